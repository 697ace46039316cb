"""How much each holder of an article has to do with each target: the sentences in which the two meet, and how those
judge. All pairs at once: rows of holders and of targets over the sentences, and their products."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.standing.scopes import Scopes

MODALS = ("should", "need", "needs", "will", "would", "could", "not", "but", "if")
MET = (
    "said with it", "share said with it", "share said near it", "named with it", "told with it", "subject with it",
    "whole said", "whole named", "whole as subject", *(f"says {word}" for word in MODALS),
    "said", "said beside others", "named in", "subject of", "holder first",
    "target first", "target paragraphs", "target spread", "target speakers", "target whole", "speakers", "sentences",
)  # fmt: skip
JUDGED = (
    "judged with it", "judged near it", "judged of it by others", "judged where named with it", "judged first with it",
    "judged", "judged where named", "judged first", "judged by all",
)  # fmt: skip
Floats = NDArray[np.float64]
Stems = frozenset[str]


class Bearings:
    """``names`` and ``stems`` are those of the cases, in their order."""

    def __init__(self, scopes: Scopes, names: Sequence[str], stems: Sequence[Stems]) -> None:
        self.rows = scopes.sentences
        holders, targets = list(dict.fromkeys(names)), list(dict.fromkeys(stems))
        by_name, by_stems = {name: n for n, name in enumerate(holders)}, {stem: n for n, stem in enumerate(targets)}
        self.holder = np.array([by_name[name] for name in names], dtype=np.intp)
        self.target = np.array([by_stems[stem] for stem in stems], dtype=np.intp)
        found = [scopes.of(name) for name in holders]
        self.said, self.named, self.told, self.subject = (
            self._marked(numbers)
            for numbers in zip(*((s.said, s.named, s.told, s.subject) for s in found), strict=True)
        )
        self.shared = np.array([[len(row.stems & stem) for row in self.rows] for stem in targets], dtype=np.float64)
        self.sizes = np.array([max(1, len(stem)) for stem in targets], dtype=np.float64)
        self.judgement = np.array([row.judgement for row in self.rows])

    def of(self) -> tuple[Floats, Floats]:
        """(cases, MET) and (cases, JUDGED)."""
        there = (self.shared > 0).astype(np.float64)
        near = there.copy()
        near[:, 1:] = np.maximum(near[:, 1:], there[:, :-1])
        near[:, :-1] = np.maximum(near[:, :-1], there[:, 1:])
        h, t = self.holder, self.target
        judged = self.judgement
        said = self.said.sum(1)
        often = np.maximum(said, 1.0)[h]
        both = self.said[h] * there[t]
        heard = np.where(both.sum(1, keepdims=True) > 0, both, self.said[h])
        modals = np.array([[word in row.words for word in MODALS] for row in self.rows], dtype=np.float64)
        met = [
            both.sum(1), both.sum(1) / often, (self.said[h] * near[t]).sum(1) / often,
            (self.named[h] * there[t]).sum(1), (self.told[h] * there[t]).sum(1), (self.subject[h] * there[t]).sum(1),
            *((marked[h] * self.shared[t]).max(1) / self.sizes[t] for marked in (self.said, self.named, self.subject)),
            *(heard @ modals).T,
            *(column[h] for column in self._of_holders(said)), *(column[t] for column in self._of_targets(there)),
            *(np.full(len(h), value) for value in (float((said > 0).sum()), float(len(self.rows)))),
        ]  # fmt: skip
        judgements = [
            both @ judged, (self.said[h] * near[t]) @ judged, (self.told[h] * there[t]) @ judged,
            (self.named[h] * there[t]) @ judged, _at_first(both, judged),
            (self.said @ judged)[h], (self.named @ judged)[h], _at_first(self.said, judged)[h],
            (there @ judged / np.maximum(there.sum(1), 1.0))[t],
        ]  # fmt: skip
        return np.stack(met, axis=1), np.stack(judgements, axis=1)

    def _of_holders(self, said: Floats) -> tuple[Floats, ...]:
        length = len(self.rows)
        present = (self.said + self.named) > 0
        first = np.where(present.any(1), present.argmax(1), length) / length
        return said, said / max(1.0, said.max()), self.named.sum(1), self.subject.sum(1), first

    def _of_targets(self, there: Floats) -> tuple[Floats, ...]:
        length = len(self.rows)
        first = np.where(there.any(1), there.argmax(1) / length, 1.0)
        paragraphs, speakers = [], []
        for line in there:
            rows = [self.rows[n] for n in np.flatnonzero(line)]
            paragraphs.append(len({row.paragraph for row in rows}))
            speakers.append(len({name for row in rows for name in row.speakers}))
        many = np.array(paragraphs, dtype=np.float64)
        return first, many, many / length, np.array(speakers, dtype=np.float64), self.shared.max(1) / self.sizes

    def _marked(self, lists: Sequence[Sequence[int]]) -> Floats:
        """(lists, sentences): 1 where a list names the sentence."""
        found = np.zeros((len(lists), len(self.rows)))
        for line, numbers in zip(found, lists, strict=True):
            line[list(numbers)] = 1.0
        return found


def _at_first(marked: Floats, judged: Floats) -> Floats:
    """What the first marked sentence of each row judges, 0 where none is."""
    return np.where(marked.any(1), judged[marked.argmax(1)], 0.0)
