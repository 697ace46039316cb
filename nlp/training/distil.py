"""Trains the student: gold labels through the CRF, and a teacher's view of every token where there is one."""

from __future__ import annotations

import random
import time

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from nlp.tagging.tokens import LABELS
from nlp.training.corpus import Sample, batches, pieces, varied
from nlp.training.crf import negative_log_likelihood
from nlp.training.fronting import fronted
from nlp.training.student import Student

LIMIT = 160
AVERAGE = 0.998  # of the weights over the later steps


def loss_of(model: Student, batch: list[Sample], share: float) -> torch.Tensor:
    """`share` of the loss is the teacher's view, the rest the path (gold, or the teacher's own on unlabelled text)."""
    emissions = model(batch)
    lengths = torch.tensor([len(sample) for sample in batch])
    time = emissions.shape[1]
    gold = np.full((len(batch), time), -1, dtype=np.int64)
    for row, sample in enumerate(batch):
        gold[row, : len(sample)] = sample.labels
    path = negative_log_likelihood(emissions, model.transition, torch.from_numpy(gold), lengths)
    inside = gold >= 0
    log_chances = nn.functional.log_softmax(emissions[torch.from_numpy(inside)], -1)
    target = np.concatenate([_target(sample) for sample in batch])
    view = -(torch.from_numpy(target) * log_chances).sum(-1).mean()
    return share * view + (1 - share) * path


def _target(sample: Sample) -> NDArray[np.float32]:
    if sample.soft is not None:
        view: NDArray[np.float32] = sample.soft / sample.soft.sum(-1, keepdims=True)
        return view
    certain: NDArray[np.float32] = np.eye(len(LABELS), dtype=np.float32)[sample.labels]
    return certain


def train(
    model: Student,
    articles: list[Sample],
    unlabelled: list[Sample],
    *,
    epochs: float,
    seed: int,
    rate: float = 3e-3,
    share: float = 0.5,
) -> Student:
    """Trains `model` on gold and on pseudo-labelled articles; at the end it holds the mean of its later weights."""
    np.random.seed(seed)
    rng = random.Random(seed)
    model.train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=1e-2, fused=True)

    def epoch() -> list[list[Sample]]:
        """Both corpora, varied anew, in batches of one kind."""
        made = []
        for samples in (articles, unlabelled):
            cut = [piece for sample in samples for piece in pieces(varied(fronted(sample, rng), rng), LIMIT, rng)]
            made += batches(cut, 1800, rng) if cut else []
        rng.shuffle(made)
        return made

    queue = epoch()
    steps, step, started, running = int(len(queue) * epochs), 0, time.monotonic(), 0.0
    mean: list[torch.Tensor] | None = None
    while step < steps:
        queue = queue or epoch()
        loss = loss_of(model, queue.pop(), share)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        step += 1
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, step / 200) * max(0.01, 1 - step / steps)
        optimiser.step()
        if step > 0.3 * steps:
            with torch.no_grad():
                if mean is None:
                    mean = [parameter.detach().clone() for parameter in model.parameters()]
                torch._foreach_lerp_(mean, list(model.parameters()), 1 - AVERAGE)
        running = loss.item() if step == 1 else 0.98 * running + 0.02 * loss.item()
        if step % 200 == 0:
            print(f"student step {step}/{steps} loss {running:.4f} {time.monotonic() - started:.0f} s", flush=True)
    if mean is not None:
        with torch.no_grad():
            for parameter, averaged in zip(model.parameters(), mean, strict=True):
                parameter.copy_(averaged)
    return model.eval()
