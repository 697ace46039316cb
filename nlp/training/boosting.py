"""Fits boosted trees with numpy: histograms of gradients, Newton leaves, samples of rows and columns by seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.speaking.boosting import Floats, Trees

BINS = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """How the trees grow; ``rows`` and ``columns`` are the shares that each tree sees."""

    trees: int = 400
    depth: int = 4
    rate: float = 0.04
    least: float = 5.0  # sum of second derivatives in a leaf
    ridge: float = 2.0
    rows: float = 0.7
    columns: float = 0.5
    seed: int = 1


def fit(rows: Floats, labels: NDArray[np.bool_], settings: Settings) -> Trees:
    """Trees for ``labels`` (rows,) given ``rows`` (rows, features)."""
    rng = np.random.default_rng(settings.seed)
    edges = _edges(rows)
    binned = np.stack([np.searchsorted(edges[f], rows[:, f]) for f in range(rows.shape[1])], axis=1)
    share = labels.mean()
    bias = float(np.log(share / (1 - share)))
    odds = np.full(len(rows), bias)
    grown = []
    for _ in range(settings.trees):
        chance = 1 / (1 + np.exp(-odds))
        seen = rng.random(len(rows)) < settings.rows
        columns = np.asarray(rng.random(rows.shape[1]) < settings.columns)
        gradient, curve = np.where(seen, labels - chance, 0.0), np.where(seen, chance * (1 - chance), 0.0)
        feature, cut, leaf, place = _tree(binned, gradient, curve, columns, settings)
        odds += leaf[place]
        grown.append((feature, _values(edges, feature, cut), leaf))
    feature, threshold, leaf = (np.stack(part) for part in zip(*grown, strict=True))
    return Trees(feature.astype(np.int16), threshold.astype(np.float32), leaf.astype(np.float32), bias)


def _edges(rows: Floats) -> list[Floats]:
    quantiles = np.linspace(0, 1, BINS + 1)[1:-1]
    return [np.unique(np.quantile(column, quantiles)).astype(np.float32) for column in rows.T]


def _values(edges: list[Floats], feature: NDArray[np.intp], cut: NDArray[np.intp]) -> Floats:
    """Bin numbers as values: a bin above the cut is a value above the edge; no cut sends everything left."""
    return np.array(
        [edges[f][c] if c < len(edges[f]) else np.inf for f, c in zip(feature, cut, strict=True)], dtype=np.float32
    )


def _tree(
    binned: NDArray[np.intp],
    gradient: NDArray[np.float64],
    curve: NDArray[np.float64],
    columns: NDArray[np.bool_],
    settings: Settings,
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64], NDArray[np.intp]]:
    """Features, cuts, leaves of one tree, and the leaf in which each row ends."""
    width = binned.shape[1]
    inner = 2**settings.depth - 1
    feature, cut = np.zeros(inner, dtype=np.intp), np.full(inner, BINS, dtype=np.intp)
    place = np.zeros(len(binned), dtype=np.intp)
    for level in range(settings.depth):
        first, nodes = 2**level - 1, 2**level
        slots = ((place - first)[:, None] * width + np.arange(width)) * BINS + binned
        shape = (nodes, width, BINS)
        sums = [
            np.bincount(slots.ravel(), np.repeat(part, width), minlength=nodes * width * BINS).reshape(shape)
            for part in (gradient, curve)
        ]
        left = [part.cumsum(axis=2) for part in sums]
        right = [part[:, :, -1:] - part for part in left]
        gain = sum(g**2 / (h + settings.ridge) for g, h in (left, right)) - (
            (left[0] + right[0]) ** 2 / (left[1] + right[1] + settings.ridge)
        )
        allowed = (left[1] >= settings.least) & (right[1] >= settings.least) & columns[None, :, None]
        gain = np.where(allowed, gain, 0.0).reshape(nodes, -1)
        best = gain.argmax(axis=1)
        split = gain[np.arange(nodes), best] > 0
        feature[first : first + nodes] = np.where(split, best // BINS, 0)
        cut[first : first + nodes] = np.where(split, best % BINS, BINS)
        place = 2 * place + 1 + (binned[np.arange(len(binned)), feature[place]] > cut[place])
    place -= inner
    count = 2**settings.depth
    top = np.bincount(place, gradient, minlength=count)
    leaf = settings.rate * top / (np.bincount(place, curve, minlength=count) + settings.ridge)
    return feature, cut, leaf, place
