"""A two-layer scorer in numpy, and how it picks one candidate (or none) for each span."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Scorer:
    """score = out . max(0, hidden x features + bias) + out_bias, over the last axis."""

    hidden: Array
    bias: Array
    out: Array
    out_bias: float

    @classmethod
    def of(cls, arrays: Mapping[str, Array], name: str) -> Scorer:
        """Arrays NAME.hidden (features, units), NAME.bias (units,), NAME.out (units,), NAME.out_bias (1,)."""
        found = [arrays[f"{name}.{part}"] for part in ("hidden", "bias", "out", "out_bias")]
        return cls(found[0], found[1], found[2], float(found[3][0]))

    def __call__(self, features: Array) -> Array:
        scores: Array = np.maximum(features @ self.hidden + self.bias, 0) @ self.out + np.float32(self.out_bias)
        return scores

    def chances(self, features: Array) -> Array:
        """Sigmoid of the score."""
        chances: Array = (1 / (1 + np.exp(-self(features)))).astype(np.float32)
        return chances

    def pick(self, features: Array, exists: NDArray[np.bool_]) -> tuple[NDArray[np.int64], Array]:
        """Of (queries, candidates, features): the best candidate's column, -1 for none (score 0); its probability."""
        scores = np.where(exists, self(features), np.float32(-1e9))
        scores = np.concatenate([scores, np.zeros((len(scores), 1), np.float32)], axis=1)
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        best = chances.argmax(axis=1)
        probability: Array = chances[np.arange(len(best)), best]
        return np.where(best == scores.shape[1] - 1, -1, best), probability
