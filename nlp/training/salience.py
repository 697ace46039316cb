"""Fits which words of an article name what its people are for or against, on hand-coded articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from nlp.standing.salience import COMMON, Salience, uses
from nlp.training.boosting import Settings, fit

TREES = Settings(trees=60, depth=3, rate=0.15, least=5.0)
DOUBT = 5.0  # articles that a word's share is drawn towards COMMON by
TOLD_OF = 4  # articles a word must stand in before its share is kept

Coded = tuple[Doc, Set[str]]  # an article, and the stems of its positions' targets


def fitted(coded: Sequence[Coded]) -> Salience:
    """Trees and shares from articles whose positions are known."""
    seen: Counter[str] = Counter()
    chosen: Counter[str] = Counter()
    tables = [(*uses(doc), stems) for doc, stems in coded]
    for table, _, stems in tables:
        seen.update(table)
        chosen.update(stem for stem in table if stem in stems)
    facts: list[NDArray[np.float32]] = []
    labels: list[bool] = []
    for table, used, stems in tables:
        mine = [stem in stems for stem in table]
        # An article's own choice must not tell of itself.
        shares = [[_share(chosen[s] - own, seen[s] - 1)] for s, own in zip(table, mine, strict=True)]
        facts.append(np.hstack([used, np.array(shares, dtype=np.float32).reshape(-1, 1)]))
        labels += mine
    trees = fit(np.vstack(facts), np.array(labels), TREES)
    kept = {stem: _share(chosen[stem], often) for stem, often in seen.items() if often >= TOLD_OF}
    return Salience(trees, {stem: share for stem, share in kept.items() if abs(share - COMMON) > 0.01})


def save(model: Salience, path: Path) -> None:
    """As nlp/standing/salience.py reads it."""
    trees = model.trees
    np.savez_compressed(
        path,
        feature=trees.feature,
        threshold=trees.threshold,
        leaf=trees.leaf,
        bias=np.float32(trees.bias),
        stems=np.array(" ".join(model.shares)),
        shares=np.array(list(model.shares.values()), dtype=np.float16),
    )


def _share(chosen: int, seen: int) -> float:
    return (chosen + COMMON * DOUBT) / (seen + DOUBT)
