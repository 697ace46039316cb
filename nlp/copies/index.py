"""Which stored articles may be copies of one: an index of sampled shingles, without those that outlets repeat.

A shingle that outlets run again and again is a phrase or a template, not a story. It is told by its repeats, articles
less outlets, and not by its articles: one wire story in sixty papers repeats nothing, sixty pages of one council's
opening hours do. What has once been found common stays so, and leaves the index.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from sqlite_utils import Database

from nlp.copies.postings import Places, Postings, among, stretched
from nlp.copies.shingles import Shingles, shingled

SAMPLE = 12  # one shingle in so many finds candidates, the same ones in every text;
DENSER = 4  # of a text with fewer than BRIEF shingles one in so many, those of the others among them
BRIEF = 150
REPEATS = 12  # articles that have a shingle, less their outlets, from which on it is common
MOST = 300  # articles; a shingle in more is common even if each outlet ran it once
SMALLEST = 24  # shingles; a shorter text is too short to say whose copy it is
FEWEST = 2  # sampled shingles that a candidate must share,
DOUBT = 4  # and so many times fewer than the sample would lead one to expect of a copy
COPY = 0.4  # of the smaller text's shingles that the larger must hold
ENOUGH = 50  # shingles that they must share as well: a long quotation in two short reports makes no copy,
SHORT = 0.7  # unless it is so much of the shorter one
WINDOW_DAYS = 10
CACHED = 4000  # texts whose shingles are kept at hand
NO_DAY = float("nan")


class Signed(NamedTuple):
    """An article as it is compared: its shingles, its outlet and its day (ISO date or None)."""

    article_id: int
    version_id: int
    outlet: str
    published: str | None
    shingles: Shingles


class Alike(NamedTuple):
    """What a batch has in common with what is there.

    candidates: article of the batch → articles worth a comparison, the likeliest first.
    had_common: who had each of the shingles that have become common with the batch.
    """

    candidates: dict[int, list[int]]
    had_common: list[list[int]]


def sampled(found: Shingles, size: int) -> Shingles:
    """Those of ``found`` that are sampled when the larger of the texts has ``size`` shingles."""
    kept: Shingles = found[found % np.uint32(DENSER if size < BRIEF else SAMPLE) == 0]
    return kept


@lru_cache(maxsize=10_000)
def day_of(published: str | None) -> float:
    """The number of a day; of what has none, or none that is a date, ``NO_DAY``: it may lie anywhere."""
    try:
        return date.fromisoformat(published or "").toordinal()
    except ValueError:
        return NO_DAY


def near(one: str | None, other: str | None) -> bool:
    """Whether two days lie in one window."""
    return not abs(day_of(one) - day_of(other)) > WINDOW_DAYS


def shared(one: Shingles, other: Shingles) -> Shingles:
    """The hashes that both hold."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return small[among(small, large)]


def wanted(smaller: int) -> float:
    """How many shingles two texts must share to be copies when the smaller one has so many."""
    return max(COPY * smaller, min(ENOUGH, SHORT * smaller))


@dataclass
class CopyIndex:
    """The index, read from the database once; what is put in is written within the caller's transaction."""

    db: Database
    postings: Postings = field(init=False)
    common: Shingles = field(init=False)  # sorted
    _known: dict[int, Signed] = field(default_factory=dict)
    _outlet: dict[int, str] = field(default_factory=dict)
    _about: dict[int, tuple[float, int]] = field(default_factory=dict)  # the day's number, how many shingles

    def __post_init__(self) -> None:
        self.postings = Postings(self.db)
        common = self.db.execute("select hash from story_common order by hash").fetchall()
        self.common = np.array([value for (value,) in common], dtype=np.uint32)

    def put(self, batch: Sequence[Signed]) -> Alike:
        """Takes new or changed articles in, and finds who else has what they are sampled by."""
        self.db.conn.executemany(
            "insert or replace into story_signatures(article_id, version_id, outlet, published, size) "
            "values (?, ?, ?, ?, ?)",
            [(*one[:4], len(one.shingles)) for one in batch],
        )
        for article in list(self._known)[:-CACHED]:
            del self._known[article]
        for one in batch:
            self._keep(one)
        samples = [sampled(one.shingles, len(one.shingles)) for one in batch]
        values = np.concatenate(samples)
        owners = np.repeat(np.array([one.article_id for one in batch], dtype=np.uint32), [len(one) for one in samples])
        rare = ~among(values, self.common)
        values, owners = values[rare], owners[rare]
        self.postings.add(values, owners, without=self.common)
        hashes, places = np.unique(values, return_inverse=True)
        place, holders = self.postings.holders(hashes)
        ends = np.bincount(place, minlength=len(hashes)).cumsum()
        had_common = dict(self._repeated(holders, ends))
        if had_common:
            common = hashes[list(had_common)]
            self.db.conn.executemany("insert into story_common(hash) values (?)", [(v,) for v in common.tolist()])
            self.common = np.sort(np.concatenate([self.common, common]))
            rare = ~np.isin(places, list(had_common))
            places, owners = places[rare], owners[rare]
        return Alike(self._candidates(owners, places, holders, ends), list(had_common.values()))

    def _repeated(self, holders: Shingles, ends: Places) -> Iterator[tuple[int, list[int]]]:
        """The places of the hashes that are common, with those who have them."""
        often = np.flatnonzero(np.diff(ends, prepend=0) > REPEATS).tolist()
        having = [set(holders[ends[place - 1] if place else 0 : ends[place]].tolist()) for place in often]
        missing = set().union(*having).difference(self._outlet)
        self._outlet.update(self._of("article_id, outlet", missing))
        for place, articles in zip(often, having, strict=True):
            outlets = {self._outlet[article] for article in articles}
            if len(articles) > MOST or len(articles) - len(outlets) > REPEATS:
                yield place, sorted(articles)

    def _candidates(self, owners: Shingles, places: Places, holders: Shingles, ends: Places) -> dict[int, list[int]]:
        """Articles of the same window that share enough of the sample; ``places`` says which hash each owner has."""
        starts = np.concatenate([np.zeros(1, dtype=np.intp), ends[:-1]])
        at, counts = stretched(starts[places], ends[places])
        pairs = (np.repeat(owners, counts).astype(np.uint64) << np.uint64(32)) | holders[at]
        pairs, alike = np.unique(pairs, return_counts=True)
        ones, others = (pairs >> np.uint64(32)).astype(np.uint32), pairs.astype(np.uint32)
        likely = (alike >= FEWEST) & (ones != others)
        alike = alike[likely]
        one, other = ones[likely].tolist(), others[likely].tolist()
        for article, day, size in self._of("article_id, published, size", set(other).difference(self._about)):
            self._about[article] = day_of(day), size
        first, second = (np.array([self._about[article] for article in some]).reshape(-1, 2) for some in (one, other))
        apart = np.abs(first[:, 0] - second[:, 0]) > WINDOW_DAYS
        smaller = np.minimum(first[:, 1], second[:, 1])
        rate = np.where(np.maximum(first[:, 1], second[:, 1]) < BRIEF, DENSER, SAMPLE)
        least = np.maximum(COPY * smaller, np.minimum(ENOUGH, SHORT * smaller))
        worth = np.flatnonzero(~apart & (smaller >= SMALLEST) & (alike * rate * DOUBT >= least))
        found: dict[int, list[int]] = {}
        for pair in worth[np.argsort(-alike[worth], kind="stable")].tolist():
            found.setdefault(one[pair], []).append(other[pair])
        return found

    def are_copies(self, one: Signed, other: Signed) -> bool:
        """Whether the smaller text is contained in the larger, by what is not common, as far as copies are."""
        smaller = min(len(one.shingles), len(other.shingles))
        if smaller < SMALLEST or not near(one.published, other.published):
            return False
        both = shared(one.shingles, other.shingles)
        if len(both) < wanted(smaller):
            return False
        sample = sampled(both, max(len(one.shingles), len(other.shingles)))
        rare = len(sample) - int(among(sample, self.common).sum())
        return rare >= FEWEST and len(both) * rare >= wanted(smaller) * len(sample)

    def signed(self, articles: Collection[int]) -> list[Signed]:
        """``articles`` as they are compared, those that are in the index."""
        missing = [article for article in articles if article not in self._known]
        body = "(select body from article_versions v where v.id = version_id)"
        rows = self._of(f"article_id, version_id, outlet, published, {body}", missing)
        for row, found in zip(rows, shingled([row[-1] or "" for row in rows]), strict=True):
            self._keep(Signed._make([*row[:-1], found]))
        return [self._known[article] for article in articles if article in self._known]

    def _keep(self, one: Signed) -> None:
        self._known[one.article_id] = one
        self._outlet[one.article_id] = one.outlet
        self._about[one.article_id] = day_of(one.published), len(one.shingles)

    def _of(self, columns: str, articles: Collection[int]) -> list[tuple[Any, ...]]:
        """Columns of the signatures of ``articles``."""
        sql = f"select {columns} from story_signatures where article_id in (select value from json_each(?))"
        return self.db.execute(sql, [json.dumps(list(articles))]).fetchall() if articles else []
