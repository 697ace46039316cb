"""Which articles have which sampled shingle: sorted runs that are written once and merged as they grow.

A row per shingle and article would be written all over a tree as large as the archive, a page for almost every one. A
run holds a batch in one piece, two runs of like size become one, and so there are never more than a few to look into
(O'Neil et al. 1996, the log-structured merge tree).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from nlp.copies.shingles import Shingles

Keys = NDArray[np.uint64]
Places = NDArray[np.intp]

GROWTH = 1.5  # times a new run that one before it may be as long as to be merged with it
LONGEST = 4_000_000  # postings; a run that is longer is merged no more
HALF = np.uint64(32)


class Run(NamedTuple):
    """Postings in order, the hash in the upper 32 bits and the article in the lower."""

    id: int
    keys: Keys


@dataclass
class Postings:
    """All runs, read from the database once; ``add`` writes within the caller's transaction."""

    db: Database
    runs: list[Run] = field(default_factory=list)

    def __post_init__(self) -> None:
        stored = self.db.execute("select id, postings from story_postings order by id")
        self.runs = [Run(number, np.frombuffer(blob, dtype=np.uint64)) for number, blob in stored]

    def add(self, hashes: Shingles, articles: Shingles, *, without: Shingles) -> None:
        """Takes in who has what, pair by pair; when runs are merged, what ``without`` (sorted) lists is left out."""
        keys = (hashes.astype(np.uint64) << HALF) | articles
        keys.sort()
        grown = []
        while self.runs and len(self.runs[-1].keys) <= min(GROWTH * len(keys), LONGEST):
            grown.append(self.runs.pop())
            keys = _merged(keys, grown[-1].keys)
        if grown:
            marks = ", ".join("?" * len(grown))
            self.db.execute(f"delete from story_postings where id in ({marks})", [run.id for run in grown])
            keys = keys[~among((keys >> HALF).astype(np.uint32), without)]
        if len(keys):
            row = self.db.execute("insert into story_postings(postings) values (?)", [keys.tobytes()])
            self.runs.append(Run(int(row.lastrowid or 0), keys))

    def holders(self, hashes: Shingles) -> tuple[Places, Shingles]:
        """Who has each of ``hashes`` (sorted, each once): places in ``hashes``, in order, and articles beside them."""
        wanted = hashes.astype(np.uint64)
        places, found = [np.empty(0, dtype=np.intp)], [np.empty(0, dtype=np.uint32)]
        for run in self.runs:
            first = run.keys.searchsorted(wanted << HALF)
            here = np.flatnonzero(run.keys[np.minimum(first, len(run.keys) - 1)] >> HALF == wanted)
            last = run.keys.searchsorted((wanted[here] + np.uint64(1)) << HALF)
            at, counts = stretched(first[here], last)
            places.append(np.repeat(here, counts))
            found.append(run.keys[at].astype(np.uint32))
        place, article = np.concatenate(places), np.concatenate(found)
        order = place.argsort(kind="stable")
        return place[order], article[order]


def stretched(first: Places, last: Places) -> tuple[Places, Places]:
    """All numbers from each of ``first`` up to its ``last``, one stretch after another, and how many each has."""
    counts = last - first
    total = counts.cumsum()
    at = np.arange(total[-1] if len(total) else 0) + np.repeat(first - total + counts, counts)
    return at, counts


def among(values: Shingles, listed: Shingles) -> NDArray[np.bool_]:
    """Which of ``values`` are in ``listed``, which is sorted."""
    if not len(listed):
        return np.zeros(len(values), dtype=np.bool_)
    found: NDArray[np.bool_] = listed[np.minimum(listed.searchsorted(values), len(listed) - 1)] == values
    return found


def _merged(one: Keys, other: Keys) -> Keys:
    both = np.concatenate([one, other])
    both.sort()
    first = np.ones(len(both), dtype=np.bool_)
    np.not_equal(both[1:], both[:-1], out=first[1:])
    return both[first]
