"""The stance scorer on the dev parts of its two corpora: macro-F1 over three classes.

DSE: each pair is two directed questions (is the first for, against or neither towards the second, and the other way
round), so a label 0 is neutral twice and any other label is neutral once; majority comes to .31. NewsMTSC: how the text
judges the marked target.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.corpora import SHARED
from nlp.build import build
from nlp.standing.attitudes import Question, scorer
from nlp.training.stance_corpus import Case, directed, judged
from nlp.training.stance_parsing import parsed

FOLDER = SHARED / "data" / "stance"
Labels = NDArray[np.int64]


def figures() -> dict[str, float]:
    """Macro-F1 in percent on each dev part."""
    return {
        "DSE dev": _pairs(FOLDER / "dse-dev.jsonl"),
        "NewsMTSC rw-dev": _targets(FOLDER / "newsmtsc-rw-dev.jsonl"),
        "NewsMTSC mt-dev": _targets(FOLDER / "newsmtsc-mt-dev.jsonl"),
    }


def directions(labels: Sequence[int]) -> Labels:
    """Labels of pairs as directed answers (0 neutral, 1 for, 2 against): all first-to-second, then all back."""
    found = np.array(labels)
    there = np.select([found == 1, found == 3], [1, 2], 0)
    return np.concatenate([there, np.select([found == 2, found == 4], [1, 2], 0)])


def macro(gold: Labels, told: Labels) -> float:
    """The mean F1 of the three classes, in percent."""
    scores = []
    for label in range(3):
        hits = int(((gold == label) & (told == label)).sum())
        both = int((gold == label).sum() + (told == label).sum())
        scores.append(2 * hits / both if both else 0.0)
    return round(100 * sum(scores) / 3, 1)


def _pairs(path: Path) -> float:
    cases, questions = _asked(list(directed(path)))
    chances = scorer().pairs(questions)
    there = np.stack([1 - chances[:, 1] - chances[:, 3], chances[:, 1], chances[:, 3]], 1)
    back = np.stack([1 - chances[:, 2] - chances[:, 4], chances[:, 2], chances[:, 4]], 1)
    return macro(directions([case.label for case in cases]), np.concatenate([there, back]).argmax(1))


def _targets(path: Path) -> float:
    cases, questions = _asked(list(judged(path)))
    return macro(np.array([case.label for case in cases]), scorer().targets(questions).argmax(1))


def _asked(cases: list[Case]) -> tuple[list[Case], list[Question]]:
    return cases, [Question(*asked) for asked in parsed(build(), cases)]
