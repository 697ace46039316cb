"""Parties or countries that one name joins are holders of their own: "Labour and the Lib Dems", "France and Spain"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from nlp.standing.evidence import Signal
from nlp.standing.holders import PARTIES, Holder
from nlp.wordlists import rows

LINK = re.compile(r",\s+(?:and\s+)?|\s+and\s+")


def apart(signals: Iterable[Signal]) -> Iterator[Signal]:
    """The signals, one for each holder that a joined name names."""
    for signal in signals:
        names = _parts(signal.holder.name)
        yield from (replace(signal, holder=Holder(name, "organisation")) for name in names) if names else (signal,)


@lru_cache(maxsize=1024)
def _parts(name: str) -> tuple[str, ...]:
    if " and " not in name:
        return ()
    parts = tuple(part.removeprefix("the ").removeprefix("The ") for part in LINK.split(name))
    return parts if all(part in _known() for part in parts) else ()


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return PARTIES | {row[0] for row in rows("countries")}
