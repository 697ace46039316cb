"""What the facts of a case come to: the chance that its holder is for the target, and that it is against it.

Boosted trees over the facts (facts.py), fitted by nlp/training/positions.py.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from nlp.speaking.boosting import Trees, load
from nlp.standing.cases import Gathered
from nlp.standing.facts import NAMES

WEIGHTS = Path(__file__).parents[1] / "model" / "positions.npz"
HEAVY, PLAIN = 3.0, 0.5  # what weighs so much by hand is right as often as not, whatever the trees make of it
SHORT, LIGHT = 6, 1.6  # sentences of a text that the trees know nothing of: there plain grammar is all that there is


@lru_cache(maxsize=1)
def _trees() -> Trees:
    return load(WEIGHTS)


def chances(gathered: Gathered) -> list[tuple[float, float]]:
    """For each case the chance that its holder supports the target, and that it opposes it."""
    if not gathered.cases:
        return []
    facts = gathered.facts()
    found = _trees().probability(facts)
    heavy = np.where(facts[:, NAMES.index("sentences")] <= SHORT, LIGHT, HEAVY)
    plain = facts[:, NAMES.index("weighed")] >= heavy
    sure: list[float] = np.where(plain, np.maximum(found, PLAIN), found).tolist()
    return list(zip(sure[::2], sure[1::2], strict=True))
