"""Which stored articles may be copies of one: an index of sampled shingles, without those that outlets repeat.

A shingle that outlets run again and again is a phrase or a template, not a story. It is told by its repeats, articles
less outlets, and not by its articles: one wire story in sixty papers repeats nothing, sixty pages of one council's
opening hours do. What has once been found common stays so, and leaves the index.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from sqlite_utils import Database

from nlp.copies.shingles import RULES, Shingles

SAMPLE = 12  # one shingle in so many finds candidates, the same ones in every text
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


class Signed(NamedTuple):
    """An article as it is compared: its shingles, its outlet and its day (ISO date or None)."""

    article_id: int
    version_id: int
    outlet: str
    published: str | None
    shingles: Shingles


def sampled(found: Shingles) -> Shingles:
    kept: Shingles = found[found % np.uint32(SAMPLE) == 0]
    return kept


def near(one: str | None, other: str | None) -> bool:
    """Whether two days lie in one window; what has no day, or none that is a date, may lie anywhere."""
    if one == other:
        return True
    first, second = _day(one), _day(other)
    return first is None or second is None or abs(first - second) <= WINDOW_DAYS


@lru_cache(maxsize=10_000)
def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat(published or "").toordinal()
    except ValueError:
        return None


def shared(one: Shingles, other: Shingles) -> Shingles:
    """The hashes that both hold."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    if not len(small):
        return small
    both: Shingles = small[large[np.minimum(large.searchsorted(small), len(large) - 1)] == small]
    return both


def wanted(smaller: int) -> float:
    """How many shingles two texts must share to be copies when the smaller one has so many."""
    return max(COPY * smaller, min(ENOUGH, SHORT * smaller))


@dataclass
class CopyIndex:
    """The index in the database, within the caller's transaction."""

    db: Database
    common: set[int] = field(default_factory=set)
    holders: dict[int, list[int]] = field(default_factory=dict)  # of what more than one article has
    _known: dict[int, Signed] = field(default_factory=dict)
    _about: dict[int, tuple[str, str | None, int]] = field(default_factory=dict)  # outlet, day, how many shingles

    def __post_init__(self) -> None:
        self.common = {row[0] for row in self.db.execute("select hash from story_common")}

    def put(self, batch: Sequence[Signed]) -> list[list[int]]:
        """Takes new or changed articles in, and finds who else has what they are sampled by.

        Returns the holders of each shingle that has become common with them.
        """
        for old in self.signed([one.article_id for one in batch]):
            gone = [(value, old.article_id) for value in sampled(old.shingles).tolist()]
            self.db.conn.executemany("delete from story_shingles where hash = ? and article_id = ?", gone)
        self.db.conn.executemany(
            "insert or replace into story_signatures(article_id, version_id, outlet, published, rules, shingles) "
            "values (?, ?, ?, ?, ?, ?)",
            [(*one[:4], RULES, one.shingles.tobytes()) for one in batch],
        )
        for one in batch:
            self._keep(one)
        samples = [sampled(one.shingles) for one in batch]
        values = np.concatenate(samples)
        owners = np.repeat([one.article_id for one in batch], [len(sample) for sample in samples])
        if self.common:
            rare = ~np.isin(values, np.fromiter(self.common, dtype=np.uint32, count=len(self.common)))
            values, owners = values[rare], owners[rare]
        order = values.argsort(kind="stable")  # neighbours in the index are written and looked up one after another
        rows = list(zip(values[order].tolist(), owners[order].tolist(), strict=True))
        holders: defaultdict[int, list[int]] = defaultdict(list)
        sql = "select hash, article_id from story_shingles where hash in (select value from json_each(?))"
        for value, article in self.db.execute(sql, [json.dumps(np.unique(values).tolist())]):
            holders[value].append(article)
        self._learn(chain.from_iterable(holders.values()))
        for value, article in rows:
            holders[value].append(article)
        self.holders = {value: articles for value, articles in holders.items() if len(articles) > 1}
        common = [v for v, articles in self.holders.items() if len(articles) > REPEATS and self._repeat(articles)]
        if common:
            self.common.update(common)
            rows = [row for row in rows if row[0] not in self.common]
            self.db.conn.executemany("insert or ignore into story_common(hash) values (?)", [(v,) for v in common])
            self.db.conn.executemany("delete from story_shingles where hash = ?", [(v,) for v in common])
        self.db.conn.executemany("insert into story_shingles(hash, article_id) values (?, ?)", rows)
        return [self.holders.pop(value) for value in common]

    def candidates(self, one: Signed) -> list[int]:
        """Articles of the same window that share enough of the sample to be worth a comparison, the likeliest first.

        ``one`` is of the batch that was put in last.
        """
        holders = self.holders
        counts = Counter(chain.from_iterable(holders[v] for v in sampled(one.shingles).tolist() if v in holders))
        counts.pop(one.article_id, None)
        return [a for a, count in counts.most_common() if count >= FEWEST and self._may_be(one, a, count)]

    def _may_be(self, one: Signed, article: int, alike: int) -> bool:
        _, day, size = self._about[article]
        smaller = min(len(one.shingles), size)
        return near(one.published, day) and smaller >= SMALLEST and alike * SAMPLE * DOUBT >= wanted(smaller)

    def are_copies(self, one: Signed, other: Signed) -> bool:
        """Whether the smaller text is contained in the larger, by what is not common, as far as copies are."""
        smaller = min(len(one.shingles), len(other.shingles))
        if smaller < SMALLEST or not near(one.published, other.published):
            return False
        both = shared(one.shingles, other.shingles)
        if len(both) < wanted(smaller):
            return False
        sample = sampled(both).tolist()
        rare = sum(value not in self.common for value in sample)
        return rare >= FEWEST and len(both) * rare >= wanted(smaller) * len(sample)

    def signed(self, articles: Sequence[int]) -> list[Signed]:
        """The stored signatures of ``articles``, those that have one."""
        missing = [article for article in articles if article not in self._known]
        sql = (
            "select article_id, version_id, outlet, published, shingles from story_signatures "
            "where article_id in (select value from json_each(?))"
        )
        for article, version, outlet, day, stored in self.db.execute(sql, [json.dumps(missing)]) if missing else ():
            self._keep(Signed(article, version, outlet, day, np.frombuffer(stored, dtype=np.uint32)))
        return [self._known[article] for article in articles if article in self._known]

    def _keep(self, one: Signed) -> None:
        if len(self._known) > CACHED:
            for article in list(self._known)[: CACHED // 2]:
                del self._known[article]
        self._known[one.article_id] = one
        self._about[one.article_id] = one.outlet, one.published, len(one.shingles)

    def _learn(self, articles: Iterable[int]) -> None:
        missing = list(set(articles).difference(self._about))
        sql = (
            "select article_id, outlet, published, length(shingles) / 4 from story_signatures "
            "where article_id in (select value from json_each(?))"
        )
        for article, *about in self.db.execute(sql, [json.dumps(missing)]) if missing else ():
            self._about[article] = about[0], about[1], about[2]

    def _repeat(self, articles: list[int]) -> bool:
        outlets = {self._about[article][0] for article in articles}
        return len(articles) > MOST or len(articles) - len(outlets) > REPEATS
