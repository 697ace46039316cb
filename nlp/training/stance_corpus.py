"""The stance corpora: who is for or against whom (DSE), and how a text judges a target (NewsMTSC)."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nlp.records import Span

FILES = ("stance/dse-train.jsonl", "stance/newsmtsc-train.jsonl")
DIRECTED = ("none", "first for second", "second for first", "first against second", "second against first")
TURNED = (0, 2, 1, 4, 3)  # the same labels when the two change places
JUDGED = {4: 0, 6: 1, 2: 2}  # NewsMTSC's polarity: neutral, positive, negative


@dataclass(frozen=True, slots=True)
class Case:
    """One question to a passage. With ``first``: a label of DIRECTED; without: how the text judges ``second``."""

    text: str
    first: Span | None
    second: Span
    label: int = 0

    def turned(self) -> Case:
        """The same pair asked the other way round."""
        if self.first is None:
            return self
        return replace(self, first=self.second, second=self.first, label=TURNED[self.label])


def directed(path: Path) -> Iterator[Case]:
    """The pairs of a DSE file."""
    for row in _rows(path):
        first, second = ((start, end) for start, end in row["spans"])
        yield Case(row["text"], first, second, row["y"])


def judged(path: Path) -> Iterator[Case]:
    """The targets of a NewsMTSC file."""
    for row in _rows(path):
        for target in row["targets"]:
            place = (target["from"], target["to"])
            yield Case(row["sentence_normalized"], None, place, JUDGED[int(target["polarity"])])


def parted(cases: Iterable[Case], share: float, seed: int) -> tuple[list[Case], list[Case]]:
    """(the most, ``share`` of them kept apart); a text is never in both."""
    most: list[Case] = []
    apart: list[Case] = []
    for case in cases:
        (apart if random.Random(f"{seed} {case.text}").random() < share else most).append(case)
    return most, apart


def _rows(path: Path) -> Iterator[dict]:  # type: ignore[type-arg]
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            if line.strip():
                yield json.loads(line)
