"""Copies of one story, found as the articles arrive: two texts are one when the larger contains the smaller.

Containment, not Jaccard: a copy cut to its first half shares half of the union at best, but all of itself. Stories are
what such pairs connect, so that the order of arrival decides nothing but their numbers (``nlp.copies.index``).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain

from sqlite_utils import Database

from nlp.copies.groups import Groups
from nlp.copies.index import CopyIndex, Signed
from nlp.copies.relations import Member, compare, origin_of
from nlp.copies.shingles import shingled
from nlp.transactions import writing

BATCH = 500  # articles a transaction: what a kill can cost
CACHE_KB = 65_536  # of the index's pages that SQLite keeps at hand while articles are placed
MIXED = "imported"  # the source of files that name no outlet of their own: each of them stands for itself

# The queue leads (a cross join keeps its order), since it is short and the archive is not.
WAITING = """
    select a.id from story_queue q cross join articles a on a.id = q.article_id where a.current_version_id is not null
    order by coalesce(a.published_at, '9'), a.id
"""
STILL_WAITING = """
    select a.id, a.current_version_id, iif(a.source_id = ?, a.source_id || ' ' || a.id, a.source_id),
           substr(a.published_at, 1, 10)
    from json_each(?) j cross join story_queue q on q.article_id = j.value cross join articles a on a.id = q.article_id
    where a.current_version_id is not null order by j.key
"""
MEMBERS = """
    select m.story_id, a.id, a.canonical_url, v.headline, a.published_at, s.kind, s.name, a.agency, g.size,
           t.origin_article_id, a.pubstatus is 'moved'
    from story_members m join stories t on t.id = m.story_id join articles a on a.id = m.article_id
    join article_versions v on v.id = m.version_id join sources s on s.id = a.source_id
    join story_signatures g on g.article_id = a.id
    where m.story_id in (select value from json_each(?))
"""


def link(db: Database, *, progress: Callable[[int, int], None] | None = None) -> None:
    """Places every article that waits in a story, alone or with its copies, and says how each is related.

    ``progress(done, total)`` after each batch, which is a transaction.
    """
    db.execute("delete from story_queue where (select current_version_id from articles where id = article_id) is null")
    todo = [article for (article,) in db.execute(WAITING)]
    if not todo:
        return
    usual = db.execute("pragma cache_size").fetchone()[0]
    db.execute(f"pragma cache_size = -{CACHE_KB}")
    index, known = None, None
    for start in range(0, len(todo), BATCH):
        with writing(db):
            edition = db.execute("pragma data_version").fetchone()
            if index is None or edition != known:  # the first time, and when another process has written
                index, known = CopyIndex(db), edition
            rows = db.execute(STILL_WAITING, [MIXED, json.dumps(todo[start : start + BATCH])]).fetchall()
            if rows:  # another process may have placed them, or stored a newer text
                Placing(db, index).place(rows)
        if progress:
            progress(min(start + BATCH, len(todo)), len(todo))
    db.execute(f"pragma cache_size = {usual}")


@dataclass
class Placing:
    """One batch on its way into its stories, within the caller's transaction."""

    db: Database
    index: CopyIndex
    fresh: set[int] = field(default_factory=set)  # articles whose relation is to be told
    touched: set[int] = field(default_factory=set)  # stories
    merged: set[int] = field(default_factory=set)  # stories that are another one now
    now: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))

    def place(self, rows: list[tuple[int, int, str, str | None]]) -> None:
        """``rows``: article, version, outlet and day (ISO date or None) of each."""
        bodies = dict(
            self.db.execute(
                "select id, body from article_versions where id in (select value from json_each(?))",
                [json.dumps([version for _, version, *_ in rows])],
            )
        )
        found = shingled([bodies[row[1]] or "" for row in rows])
        batch = [Signed(*row, one) for row, one in zip(rows, found, strict=True)]
        left = self._take_out([one.article_id for one in batch])
        alike = self.index.put(batch)
        self._assign(batch, self._connected(batch, alike.candidates), left)
        self._review({*left.values(), *self._shaken(alike.had_common)})
        self._relate()
        self._drop_empty(left)

    def _take_out(self, articles: list[int]) -> dict[int, int]:
        """Article → the story that it was in, of those that were in one and are to be placed anew."""
        listed = json.dumps(articles)
        inside = "from story_members where article_id in (select value from json_each(?))"
        self.db.execute("delete from story_queue where article_id in (select value from json_each(?))", [listed])
        left = dict(self.db.execute(f"select article_id, story_id {inside}", [listed]))
        self.db.execute(f"delete {inside}", [listed])
        return left

    def _connected(self, batch: list[Signed], candidates: dict[int, list[int]]) -> Groups:
        """What belongs together: new articles (as negative numbers) and the stories of those known."""
        new = {one.article_id for one in batch}
        others = set(chain.from_iterable(candidates.values())) - new
        story_of = self._stories_of(others)
        known = {one.article_id: one for one in [*batch, *self.index.signed(list(others))]}
        groups = Groups()
        for one in batch:
            for other in candidates.get(one.article_id, ()):
                node = -other if other in new else story_of.get(other)
                if node is None or groups.same(-one.article_id, node):
                    continue
                if self.index.are_copies(one, known[other]):
                    groups.join(-one.article_id, node)
        return groups

    def _stories_of(self, articles: Iterable[int]) -> dict[int, int]:
        sql = "select article_id, story_id from story_members where article_id in (select value from json_each(?))"
        return dict(self.db.execute(sql, [json.dumps(list(articles))]))

    def _assign(self, batch: list[Signed], groups: Groups, left: dict[int, int]) -> None:
        """Gives each group the oldest story in it, the story that its article had to itself, or a new one."""
        version = {one.article_id: one.version_id for one in batch}
        rows: list[tuple[int, int, int]] = []
        for members in groups.of(-one.article_id for one in batch):
            articles = [-node for node in members if node < 0]
            stories = sorted(node for node in members if node > 0)
            if not stories:
                stories = sorted({left[a] for a in articles if a in left and self._is_free(left[a])})
            story = stories[0] if stories else self._new_story()
            for other in stories[1:]:
                moved = self.db.execute("select article_id from story_members where story_id = ?", [other])
                self.fresh.update(article for (article,) in moved)
                self.db.execute("update story_members set story_id = ? where story_id = ?", [story, other])
                self._record("merged", story, other, articles[0], "an article that is a copy of both came in")
                self.touched.discard(other)
                self.merged.add(other)
            rows += [(story, article, version[article]) for article in articles]
            self.touched.add(story)
        self.fresh.update(version)
        self.db.conn.executemany(
            "insert into story_members(story_id, article_id, version_id, relation) values (?, ?, ?, '')", rows
        )

    def _new_story(self) -> int:
        """A number that no story has or had: one that was cited must never lead to another."""
        sql = (
            "insert into stories(id) select 1 + max(coalesce((select max(id) from stories), 0), "
            "coalesce((select max(other_story_id) from story_moves), 0))"
        )
        return int(self.db.execute(sql).lastrowid or 0)

    def _is_free(self, story: int) -> bool:
        """Whether an article that left ``story`` may have it back: whoever else is in it waits to be placed anew."""
        placed = "select 1 from story_members where story_id = ? and article_id not in (select * from story_queue)"
        return self.db.execute(placed, [story]).fetchone() is None

    def _drop_empty(self, left: dict[int, int]) -> None:
        """Stories without articles go; whoever cited one whose last article is a copy of another's is led there."""
        story_of = self._stories_of(left)
        for article, story in left.items():
            if story not in self.merged and self._is_empty(story):
                self._record("merged", story_of[article], story, article, "its last article is a copy of another's now")
                self.merged.add(story)
        self.db.execute(
            "delete from stories where id in (select value from json_each(?))", [json.dumps([*self.merged])]
        )

    def _is_empty(self, story: int) -> bool:
        return self.db.execute("select 1 from story_members where story_id = ?", [story]).fetchone() is None

    def _shaken(self, had_common: list[list[int]]) -> set[int]:
        """Stories with two articles that were alike in a shingle which has turned out to be common."""
        story_of = self._stories_of({article for articles in had_common for article in articles})
        found: set[int] = set()
        for articles in had_common:
            stories = [story_of[article] for article in articles if article in story_of]
            found |= {story for story, alike in Counter(stories).items() if alike > 1}
        return found

    def _review(self, stories: set[int]) -> None:
        """Looks again at what holds each story together; a part that nothing joins to its first becomes a new story."""
        for story in sorted(stories):
            found = self.db.execute("select article_id from story_members where story_id = ?", [story]).fetchall()
            members = self.index.signed([article for (article,) in found])
            if not members:
                continue
            groups = Groups()
            for at, one in enumerate(members):
                for other in members[:at]:
                    if not groups.same(one.article_id, other.article_id) and self.index.are_copies(one, other):
                        groups.join(one.article_id, other.article_id)
            first = self.db.execute("select origin_article_id from stories where id = ?", [story]).fetchone()[0]
            parts = groups.of(one.article_id for one in members)
            apart = [part for part in parts if first not in part] if first in chain(*parts) else parts[1:]
            self.touched.add(story)
            for part in apart:
                new = self._new_story()
                self.db.conn.executemany(
                    "update story_members set story_id = ? where article_id = ?", [(new, article) for article in part]
                )
                self._record("split", story, new, part[0], "what its texts shared has changed, or is a template")
                self.fresh.update(part)
                self.touched.add(new)

    def _record(self, what: str, story: int, other: int, article: int, decided_by: str) -> None:
        self.db.execute(
            "insert into story_moves(what, story_id, other_story_id, article_id, decided_by, decided_at) "
            "values (?, ?, ?, ?, ?, ?)",
            [what, story, other, article, decided_by, self.now],
        )

    def _relate(self) -> None:
        """Names the origin of each story touched, and says of its other members how they stand to it."""
        stories: defaultdict[int, list[Member]] = defaultdict(list)
        for story, *row in self.db.execute(MEMBERS, [json.dumps(list(self.touched))]):
            stories[story].append(Member(*row))
        about, told = [], []
        for story, members in stories.items():
            origin, reason, agency = origin_of(members)
            first = min((member.published for member in members if member.published), default=None)
            about.append((origin.article_id, origin.headline, first, agency, story))
            anew = origin.known_origin != origin.article_id or origin.article_id in self.fresh
            wanted = [m.article_id for m in members if m is not origin and (anew or m.article_id in self.fresh)]
            original, *others = self.index.signed([origin.article_id, *wanted])
            whole = float(len(original.shingles) > 0)  # it holds itself, unless it is empty
            told.append(("origin", whole, whole, whole, reason, origin.article_id))
            for copied in others:
                copy = compare(copied.shingles, original.shingles)
                shares = round(copy.jaccard, 3), round(copy.containment, 3), round(copy.origin_containment, 3)
                told.append((copy.relation, *shares, copy.in_words, copied.article_id))
        self.db.conn.executemany(
            "update stories set origin_article_id = ?, headline = ?, first_published_at = ?, agency = ? where id = ?",
            about,
        )
        self.db.conn.executemany(
            "update story_members set relation = ?, jaccard = ?, containment = ?, origin_containment = ?, "
            "decided_by = ? where article_id = ?",
            told,
        )
