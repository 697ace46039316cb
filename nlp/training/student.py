"""The student: word features and a stack of bidirectional simple recurrent layers (Lei et al. 2018) under a CRF."""

from __future__ import annotations

from collections import Counter

import numpy as np
import torch
from torch import nn

from nlp.tagging.features import BUCKETS, COLUMNS, PLACES, SHAPES, places, word_columns
from nlp.tagging.tokens import LABELS
from nlp.training.corpus import Sample
from nlp.training.recurrence import Recurrence

WIDTHS = {"word": 48, "prefix": 12, "suffix": 16, "shape": 10}


class Layer(nn.Module):
    """In and out (time, batch, width), both directions side by side; `window` neighbours are seen on either side."""

    def __init__(self, inputs: int, width: int, window: int) -> None:
        super().__init__()
        self.window, self.width = window, width
        self.highway = inputs == width and window == 0
        self.gates = nn.Linear(inputs * (1 + 2 * window), width * (3 if self.highway else 4))
        nn.init.xavier_uniform_(self.gates.weight, gain=1.0)
        nn.init.zeros_(self.gates.bias)
        with torch.no_grad():
            self.gates.bias[width : 2 * width] = 1.0  # remember, to begin with

    def forward(self, inputs: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
        seen, edge = inputs, inputs[:1] * 0
        if self.window:
            seen = torch.cat([torch.cat([edge, inputs[:-1]]), inputs, torch.cat([inputs[1:], edge])], -1)
        gates = self.gates(seen)
        past = inputs if self.highway else gates[..., 3 * self.width :]
        result: torch.Tensor = Recurrence.apply(gates[..., : 3 * self.width], past, inside)  # type: ignore[no-untyped-call]
        return result


class Student(nn.Module):
    def __init__(
        self, vocabulary: dict[str, int], *, width: int, layers: int, dropout: float = 0.3, window: int = 1
    ) -> None:
        super().__init__()
        self.vocabulary, self.dropout = vocabulary, dropout
        sizes = {"word": len(vocabulary) + 1, "prefix": BUCKETS, "suffix": BUCKETS, "shape": SHAPES}
        self.tables = nn.ModuleDict({name: nn.Embedding(sizes[name], WIDTHS[name]) for name in COLUMNS})
        for table in self.tables.values():
            nn.init.normal_(table.weight, 0, 0.3)  # type: ignore[arg-type]
        self.place = nn.Embedding(PLACES, 12)
        inputs = sum(WIDTHS.values()) + 12
        self.stack = nn.ModuleList(
            [Layer(inputs if k == 0 else width, width, window if k == 0 else 0) for k in range(layers)]
        )
        self.out = nn.Linear(width, len(LABELS))
        self.transition = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self._known: dict[str, tuple[int, int, int, int]] = {}

    def _drop(self, x: torch.Tensor, rate: float) -> torch.Tensor:
        """The same units at every step of a sequence (Gal & Ghahramani 2016)."""
        if not self.training:
            return x
        return x * (torch.rand(1, x.shape[1], x.shape[2]) > rate).float() / (1 - rate)

    def columns(self, words: list[str]) -> list[tuple[int, int, int, int]]:
        for word in words:
            if word not in self._known:
                self._known[word] = word_columns(word, self.vocabulary)
        return [self._known[word] for word in words]

    def forward(self, samples: list[Sample]) -> torch.Tensor:
        """Emissions (batch, time, labels)."""
        longest = max(map(len, samples))
        ids = np.zeros((longest, len(samples), len(COLUMNS) + 1), dtype=np.int64)
        for number, sample in enumerate(samples):
            ids[: len(sample), number, :-1] = self.columns(sample.words)
            ids[: len(sample), number, -1] = places(sample.words, sample.opens)
        if self.training:  # a rare word now and then unknown, so that unknown words mean something
            ids[..., 0][np.random.rand(*ids.shape[:2]) < 0.03] = 0
        lengths = np.array([len(sample) for sample in samples])
        inside = torch.from_numpy((np.arange(longest)[:, None] < lengths[None])[..., None].astype(np.float32))
        numbers = torch.from_numpy(ids)
        x = torch.cat([self.tables[name](numbers[..., k]) for k, name in enumerate(COLUMNS)], -1)
        x = torch.cat([x, self.place(numbers[..., -1])], -1)
        x = nn.functional.dropout(x, self.dropout * 0.5, self.training) * inside
        for k, layer in enumerate(self.stack):
            x = layer(self._drop(x, self.dropout * 0.6 if k == 0 else self.dropout), inside)
        logits: torch.Tensor = self.out(self._drop(x, self.dropout))
        return logits.transpose(0, 1)


def vocabulary_of(texts: list[list[str]], least: int) -> dict[str, int]:
    """Lower-cased words that occur at least so often, most frequent first; ids from 1."""
    counts = Counter(word.lower() for words in texts for word in words)
    kept = [word for word, count in counts.most_common() if count >= least]
    return {word: rank for rank, word in enumerate(kept, 1)}
