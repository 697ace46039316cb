"""How a position that was read is held against one that people coded: by the rules of the house's scorer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.standing.evidence import Case
from nlp.standing.topics import telling

Row = dict[str, Any]
STEM = 5
STANCES = ("support", "oppose")
TITLES = frozenset("mr mrs ms miss dr sir dame lord lady baroness professor prof qc kc mp the rev".split())
GENERAL = frozenset(
    "the a an of to for in on at by and or with from its his her their this that new plan plans proposal proposals "
    "policy government".split()
)


def right(case: Case, stance: str, coded: Row) -> bool:
    """Whether a row of gold says the same: the holder's name, the stance, and a word of the target."""
    same = name_of(case.holder.name) == name_of(coded["holder"]) and stance == coded["stance"]
    return same and not words_of(case.target.text).isdisjoint(words_of(coded["target"]))


def told_by(case: Case, stance: str, coded: Sequence[Row]) -> int:
    """1 when a row of gold says the same, 0 when none does, -1 when only one of two coders wrote it."""
    same = [row.get("agreed", True) for row in coded if right(case, stance, row)]
    return 1 if any(same) else -1 if same else 0


def chosen(cases: Sequence[Case], chance: NDArray[Any], threshold: float) -> Iterator[tuple[Case, str]]:
    """The likelier stance of each case from ``threshold`` on, likeliest first; a holder has one row for one thing.
    ``chance``: (2 × cases,), for and against of each in turn."""
    told: dict[str, list[frozenset[str]]] = {}
    for place in np.argsort(-chance, kind="stable").tolist():
        if chance[place] < threshold:
            return
        case = cases[place // 2]
        stems = telling(case.target.text)
        mine = told.setdefault(case.holder.name, [])
        if not any(stems & other for other in mine):
            mine.append(stems)
            yield case, STANCES[place % 2]


def name_of(text: str) -> str:
    """A holder's name without titles, as one line of small letters."""
    plain = text.casefold().replace("'s", "").replace("’s", "")
    return " ".join(word for word in re.findall(r"\w+", plain) if word not in TITLES)


def words_of(text: str) -> frozenset[str]:
    """The beginnings of the words of a target that tell it."""
    words = re.findall(r"\w+", text.casefold())
    return frozenset(word[:STEM] for word in words if word not in GENERAL and len(word) > 2)
