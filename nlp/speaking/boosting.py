"""Boosted trees at run time: numpy alone, every tree at once (Friedman 2001, logistic loss)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Trees:
    """Complete binary trees of one depth, in heap order.

    ``feature`` and ``threshold`` have shape (trees, 2**depth - 1), ``leaf`` (trees, 2**depth); a value above the
    threshold goes right. ``bias`` is the log odds with no tree at all.
    """

    feature: NDArray[np.int16]
    threshold: Floats
    leaf: Floats
    bias: float

    def probability(self, rows: Floats) -> Floats:
        """One probability for each row of ``rows`` (rows, features)."""
        trees, inner = self.feature.shape
        every = np.arange(trees)
        place = np.zeros((len(rows), trees), dtype=np.intp)
        lines = np.arange(len(rows))[:, None]
        while place.size and place[0, 0] < inner:
            right = rows[lines, self.feature[every, place]] > self.threshold[every, place]
            place = 2 * place + 1 + right
        odds = self.bias + self.leaf[every, place - inner].sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)

    def save(self, path: Path) -> None:
        np.savez_compressed(
            path, feature=self.feature, threshold=self.threshold, leaf=self.leaf, bias=np.float32(self.bias)
        )


def load(path: Path) -> Trees:
    """The trees that ``save`` wrote."""
    with np.load(path) as kept:
        return Trees(kept["feature"], kept["threshold"], kept["leaf"], float(kept["bias"]))
