"""Copies of one story, found by containment of sampled five-word shingles, as the articles arrive.

Containment, not Jaccard: a copy cut to its first half shares half of the union at best, but all of itself.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from zlib import crc32

from sqlite_utils import Database

SHINGLE = 5  # words
SAMPLE = 4  # one shingle in so many is kept, the same ones in every text
SMALLEST = 6  # sampled shingles; a shorter text is too short to say whose copy it is
COMMON = 40  # a shingle in so many articles is furniture, not story
WINDOW_DAYS = 10
COPY = 0.3  # containment from which two articles are one story
WORD = re.compile(r"\w+")

TO_PLACE = """
    select a.id, v.id, v.body, a.published_at
    from articles a join article_versions v on v.id = a.current_version_id
    left join story_members m on m.article_id = a.id
    where m.id is null or m.version_id <> v.id
    order by coalesce(a.published_at, '9'), a.id
"""
CANDIDATES = """
    select h.article_id, count(*) from story_shingles h join articles a on a.id = h.article_id
    where h.hash in (select value from json_each(:hashes)) and h.article_id <> :article
      and h.hash not in (select hash from story_shingles where hash in (select value from json_each(:hashes))
                         group by hash having count(*) > :common)
      and (a.published_at is null or :published is null
           or abs(julianday(a.published_at) - julianday(:published)) <= :days)
    group by h.article_id
"""

MEMBERS = """
    select a.id, v.headline, v.body, a.published_at, s.kind = 'wire'
    from story_members m join articles a on a.id = m.article_id join article_versions v on v.id = a.current_version_id
    join sources s on s.id = a.source_id where m.story_id = ?
    order by s.kind = 'wire' desc, coalesce(a.published_at, '9'), a.id
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """How an article stands to the first one of its story: shares of shingles, 0 to 1."""

    jaccard: float
    containment: float  # of this article in the first
    origin_containment: float  # of the first in this article

    @property
    def relation(self) -> str:
        if self.jaccard >= 0.9:
            return "verbatim"
        if self.containment >= 0.8 and self.origin_containment < 0.6:
            return "excerpt"
        return "edited" if max(self.containment, self.origin_containment) >= 0.5 else "rewrite"


def shingles(text: str) -> frozenset[int]:
    """Hashes of every run of five words of ``text``, case and punctuation aside."""
    words = WORD.findall(text.casefold())
    return frozenset(crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1))


def compare(copy: frozenset[int], origin: frozenset[int]) -> Copy:
    shared = len(copy & origin)
    return Copy(
        jaccard=shared / max(1, len(copy | origin)),
        containment=shared / max(1, len(copy)),
        origin_containment=shared / max(1, len(origin)),
    )


def link(db: Database) -> None:
    """Places every new or changed article in a story, alone or with its copies, and says how each is related."""
    touched: set[int] = set()
    with db.atomic():
        for article, version, body, published in db.execute(TO_PLACE).fetchall():
            sample = sorted(h for h in shingles(body) if h % SAMPLE == 0)
            db.execute("delete from story_shingles where article_id = ?", [article])
            db.conn.executemany(
                "insert into story_shingles(hash, article_id) values (?, ?)", [(h, article) for h in sample]
            )
            story = _story_of(db, article, sample, published)
            db.execute("delete from story_members where article_id = ?", [article])
            db.execute(
                "insert into story_members(story_id, article_id, version_id, relation) values (?, ?, ?, '')",
                [story, article, version],
            )
            touched.add(story)
        for story in touched:
            _relate(db, story)
        db.execute("delete from stories where id not in (select story_id from story_members)")


def _story_of(db: Database, article: int, sample: list[int], published: str | None) -> int:
    """The story that holds this article's copies, several merged into the oldest; a new one when there are none."""
    values = {"hashes": json.dumps(sample), "article": article, "published": published}
    found = db.execute(CANDIDATES, {**values, "common": COMMON, "days": WINDOW_DAYS}).fetchall()
    stories = set()
    for other, shared in found:
        size, story = db.execute(
            "select count(*), (select story_id from story_members where article_id = :a) from story_shingles "
            "where article_id = :a",
            {"a": other},
        ).fetchone()
        smaller = min(size, len(sample))
        if story and smaller >= SMALLEST and shared / smaller >= COPY:
            stories.add(story)
    alone = db.execute(
        "select m.story_id from story_members m where m.article_id = ? and "
        "(select count(*) from story_members n where n.story_id = m.story_id) = 1",
        [article],
    ).fetchone()
    if not stories:
        return int(alone[0]) if alone else int(db.execute("insert into stories default values").lastrowid or 0)
    oldest = min(stories)
    for story in stories - {oldest}:
        db.execute("update story_members set story_id = ? where story_id = ?", [oldest, story])
    return int(oldest)


def _relate(db: Database, story: int) -> None:
    """Names the origin of a story, and says of each other member how it stands to it."""
    members = db.execute(MEMBERS, [story]).fetchall()
    if not members:
        return
    origin, headline, origin_body, _, from_agency = members[0]
    first = min((published for _, _, _, published, _ in members if published), default=None)
    db.execute(
        "update stories set origin_article_id = ?, headline = ?, first_published_at = ? where id = ?",
        [origin, headline, first, story],
    )
    reason = "only copy" if len(members) == 1 else "agency's own copy" if from_agency else "earliest copy"
    original = shingles(origin_body)
    for article, _, body, _, _ in members:
        copy = compare(shingles(body), original)
        relation, decided_by = ("origin", reason) if article == origin else (copy.relation, "shingle containment")
        db.execute(
            "update story_members set relation = ?, jaccard = ?, containment = ?, origin_containment = ?, "
            "decided_by = ? where article_id = ?",
            [relation, round(copy.jaccard, 3), round(copy.containment, 3), round(copy.origin_containment, 3),
             decided_by, article],
        )  # fmt: skip
