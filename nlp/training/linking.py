"""Trains the linker's scorers on gold spans, some of them dropped as a tagger would miss them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from nlp.linking.layout import Layout, candidates, pair_features
from nlp.linking.scorer import Scorer
from nlp.tagging.tagger import TaggedSpan
from nlp.training.corpus import Article

Array = NDArray[np.float32]
UNITS = 32


def link_examples(
    articles: Sequence[Article], *, seed: int, missed: float = 0.07
) -> dict[str, tuple[NDArray[Any], ...]]:
    """For `content` and `source`: features (queries, candidates, FEATURES), which exist, and the right column.

    The right column is behind the last one when the true partner was missed or is out of reach."""
    rng = random.Random(seed)
    gathered: dict[str, list[tuple[NDArray[Any], ...]]] = {"content": [], "source": []}
    for article in articles:
        partners: dict[tuple[str, TaggedSpan], set[TaggedSpan]] = {}
        spans: set[TaggedSpan] = set()
        for quote in article.quotes:
            parts = {
                part: [TaggedSpan(start, end, part, 1.0) for start, end in quote[part]]
                for part in ("content", "cue", "source")
            }
            for span in (span for of_part in parts.values() for span in of_part):
                if rng.random() > missed:
                    spans.add(span)
            for content in parts["content"]:
                partners.setdefault(("content", content), set()).update(parts["cue"])
            for cue in parts["cue"]:
                partners.setdefault(("source", cue), set()).update(parts["source"])
        layout = Layout.of(article.text, sorted(spans))
        pairs = (("content", layout.contents, layout.cues), ("source", layout.cues, layout.sources))
        for name, queries, others in pairs:
            if queries and others:
                chosen, exists = candidates(queries, others)
                features = pair_features(layout, queries, others, chosen)
                right = [
                    [others[k] in partners[name, query] and bool(e) for k, e in zip(row, ok, strict=True)]
                    for query, row, ok in zip(queries, chosen.tolist(), exists.tolist(), strict=True)
                ]
                target = np.array([row.index(True) if any(row) else len(row) for row in right])
                gathered[name].append((features, exists, target))
    return {
        name: tuple(np.concatenate(column) for column in zip(*rows, strict=True)) for name, rows in gathered.items()
    }


def fit_picker(
    features: Array, exists: NDArray[np.bool_], target: NDArray[np.int64], *, seed: int, epochs: int = 12
) -> dict[str, Array]:
    """Softmax over the candidates and none; returns the arrays of a `Scorer`."""
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(features.shape[-1], UNITS), nn.ReLU(), nn.Linear(UNITS, 1))
    optimiser = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=1e-3)
    x, mask, y = torch.from_numpy(features), torch.from_numpy(exists), torch.from_numpy(target)
    steps = epochs * (1 + len(x) // 256)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.02, steps)
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(256):  # type: ignore[no-untyped-call]
            scores = model(x[rows])[..., 0].masked_fill(~mask[rows], -1e9)
            scores = torch.cat([scores, torch.zeros(len(rows), 1)], 1)
            loss = nn.functional.cross_entropy(scores, y[rows])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return arrays_of(model)


def fit_chance(features: Array, right: Array, *, seed: int, epochs: int = 60, units: int = 8) -> dict[str, Array]:
    """Whether a draft is right, as a small network under a logistic loss: calibrated on what it was fitted to."""
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(features.shape[-1], units), nn.ReLU(), nn.Linear(units, 1))
    optimiser = torch.optim.AdamW(model.parameters(), lr=5e-3, weight_decay=0.05)
    x, y = torch.from_numpy(features), torch.from_numpy(right.astype(np.float32))
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(128):  # type: ignore[no-untyped-call]
            loss = nn.functional.binary_cross_entropy_with_logits(model(x[rows])[:, 0], y[rows])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    return arrays_of(model)


def arrays_of(model: nn.Sequential) -> dict[str, Array]:
    first, last = model[0], model[-1]
    assert isinstance(first, nn.Linear)
    assert isinstance(last, nn.Linear)
    return {
        "hidden": first.weight.detach().numpy().T.copy(),
        "bias": first.bias.detach().numpy().copy(),
        "out": last.weight.detach().numpy()[0].copy(),
        "out_bias": last.bias.detach().numpy().copy(),
    }


def scorer(arrays: dict[str, Array]) -> Scorer:
    return Scorer.of({f"it.{name}": value for name, value in arrays.items()}, "it")
