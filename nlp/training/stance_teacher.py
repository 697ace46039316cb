"""The stance teacher: MiniLM-L6 with the two parties of a question marked in the text, one head for each corpus."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from transformers import AutoModel, AutoTokenizer

from nlp.training.stance_corpus import DIRECTED, Case
from nlp.training.teacher import END, START, weights_folder

BATCH = 32
LONGEST = 110  # word pieces around the marked places
MARKS = 3  # plain, first party, second party


class Teacher(nn.Module):
    """Two questions, one encoder; the logits of a pair have five columns, those of a lone target three."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(weights_folder(), add_pooling_layer=False)
        self.encoder.embeddings.word_embeddings.requires_grad_(False)
        size = self.encoder.config.hidden_size
        self.mark = nn.Embedding(2 * MARKS, size)
        nn.init.normal_(self.mark.weight, 0, 0.02)
        self.pair, self.lone = nn.Linear(3 * size, len(DIRECTED)), nn.Linear(2 * size, 3)
        self.tokenizer = AutoTokenizer.from_pretrained(weights_folder())

    def forward(self, cases: Sequence[Case]) -> torch.Tensor:
        """Logits (cases, classes); the cases of one call are all pairs or all lone targets."""
        rows = [self._row(case) for case in cases]
        width = max(len(ids) for ids, _ in rows)
        ids = torch.tensor([row + [0] * (width - len(row)) for row, _ in rows])
        marks = torch.tensor([marks + [0] * (width - len(marks)) for _, marks in rows])
        alone = cases[0].first is None
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.mark(marks + MARKS * alone)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=(ids > 0).long()).last_hidden_state
        seen = [hidden[:, 0], _mean(hidden, marks == 2)]
        if not alone:
            seen.append(_mean(hidden, marks == 1))
        view = nn.functional.dropout(torch.cat(seen, -1), 0.1, self.training)
        found: torch.Tensor = (self.lone if alone else self.pair)(view)
        return found

    def _row(self, case: Case) -> tuple[list[int], list[int]]:
        text = case.text
        coded = self.tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
        marks = [_marked(case, start, end) for start, end in coded["offset_mapping"]]
        ids = coded["input_ids"]
        if len(ids) > LONGEST:
            middle = int(np.mean([i for i, mark in enumerate(marks) if mark] or [0]))
            first = max(0, min(middle - LONGEST // 2, len(ids) - LONGEST))
            ids, marks = ids[first : first + LONGEST], marks[first : first + LONGEST]
        return [START, *ids, END], [0, *marks, 0]


def _marked(case: Case, start: int, end: int) -> int:
    if start < case.second[1] and end > case.second[0]:
        return 2
    return int(case.first is not None and start < case.first[1] and end > case.first[0])


def _mean(hidden: torch.Tensor, where: torch.Tensor) -> torch.Tensor:
    share = where.float() / where.sum(1, keepdim=True).clamp(min=1)
    return (hidden * share[..., None]).sum(1)


def train(cases: list[Case], *, epochs: float, seed: int, save: Path, rate: float = 1e-4) -> Teacher:
    """Fine-tunes on both questions at once, pairs turned round at random; weights to ``save``."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Teacher()
    fresh = [*model.mark.parameters(), *model.pair.parameters(), *model.lone.parameters()]
    old = [p for p in model.encoder.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW([{"params": old, "lr": rate}, {"params": fresh, "lr": 10 * rate}], weight_decay=0.01)
    queue: list[list[Case]] = []
    steps = int(epochs * len(_batches(cases, rng)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: min(1.0, n / 100) * max(0.01, 1 - n / steps))
    started, running = time.monotonic(), 1.0
    for step in range(steps):
        queue = queue or _batches(cases, rng)
        batch = queue.pop()
        loss = nn.functional.cross_entropy(model(batch), torch.tensor([case.label for case in batch]))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        running += 0.02 * (loss.item() - running)
        if step % 50 == 49:
            print(f"teacher step {step + 1}/{steps} loss {running:.3f} {time.monotonic() - started:.0f} s", flush=True)
        if step % 400 == 399:
            torch.save(model.state_dict(), save)
    torch.save(model.state_dict(), save)
    return model


def _batches(cases: list[Case], rng: random.Random) -> list[list[Case]]:
    """Batches of one question each and of like lengths, in random order."""
    found = []
    for alone in (False, True):
        part = [case.turned() if rng.random() < 0.5 else case for case in cases if (case.first is None) == alone]
        part.sort(key=lambda case: len(case.text) * rng.uniform(0.9, 1.1))
        found += [part[i : i + BATCH] for i in range(0, len(part), BATCH)]
    rng.shuffle(found)
    return found


def views(model: Teacher, cases: Sequence[Case]) -> NDArray[np.float32]:
    """Logits (cases, 5), the last two columns of a lone target left at 0."""
    model.eval()
    found = np.zeros((len(cases), len(DIRECTED)), dtype=np.float32)
    for alone in (False, True):
        order = [i for i, case in enumerate(cases) if (case.first is None) == alone]
        order.sort(key=lambda i: len(cases[i].text))
        with torch.no_grad():
            for begin in range(0, len(order), 64):
                chosen = order[begin : begin + 64]
                logits = model([cases[i] for i in chosen]).numpy()
                found[np.array(chosen), : logits.shape[1]] = logits
    return found


def word_views(model: Teacher, words: Sequence[str], width: int) -> NDArray[np.float32]:
    """What the teacher makes of each word by itself, as its ``width`` main components (words, width), variance 1."""
    model.eval()
    found = []
    with torch.no_grad():
        for begin in range(0, len(words), 256):
            coded = model.tokenizer(list(words[begin : begin + 256]), padding=True, return_tensors="pt")
            hidden = model.encoder(
                inputs_embeds=model.encoder.embeddings.word_embeddings(coded["input_ids"]),
                attention_mask=coded["attention_mask"],
            ).last_hidden_state
            inner = coded["attention_mask"].bool() & (coded["input_ids"] != START) & (coded["input_ids"] != END)
            found.append(_mean(hidden, inner).numpy())
    table = np.concatenate(found)
    table -= table.mean(0)
    _, vectors = np.linalg.eigh(table.T @ table / len(table))
    main = table @ vectors[:, ::-1][:, :width]
    return np.asarray(main / main.std(), dtype=np.float32)
