"""What changed from version to version of an article, and from the first to each copy of a story, kept as rows."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlite_utils import Database

from nlp.copies.alignment import align
from nlp.copies.comparing import Comparison
from nlp.copies.facts import facts
from nlp.freshness import version_of
from nlp.transactions import writing

BATCH = 200  # comparisons a transaction
LONGEST = 200_000  # characters; longer texts are not compared word by word

WANTED = """
    select 'revision' as comparison, null as story_id, b.id as before_id, v.id as after_id
    from article_versions v join article_versions b on b.article_id = v.article_id and b.version_no = v.version_no - 1
    union all
    select 'copy', m.story_id, o.current_version_id, c.current_version_id
    from story_members m join stories s on s.id = m.story_id and s.origin_article_id <> m.article_id
    join articles o on o.id = s.origin_article_id join articles c on c.id = m.article_id
"""
TO_COMPARE = f"""
    select w.comparison, w.story_id, w.before_id, w.after_id, rb.id, ra.id from ({WANTED}) w
    join readings rb on rb.version_id = w.before_id and rb.status = 'read'
    join readings ra on ra.version_id = w.after_id and ra.status = 'read'
    left join alignments l on l.before_version_id = w.before_id and l.after_version_id = w.after_id
    where l.id is null or l.before_reading_id <> rb.id or l.after_reading_id <> ra.id or l.rules <> coalesce(?, l.rules)
       or l.comparison <> w.comparison or l.story_id is not w.story_id
"""
NO_MORE = f"""
    select l.id from alignments l left join ({WANTED}) w
    on w.before_id = l.before_version_id and w.after_id = l.after_version_id and w.comparison = l.comparison
    where w.before_id is null
"""


def link(db: Database, *, stale: bool = False, progress: Callable[[int, int], None] | None = None) -> None:
    """Compares what has not been compared since it was read; what is no pair any more goes.

    With ``stale`` also what was compared by rules that have changed since. ``progress(done, total)`` after each batch,
    which is a transaction.
    """
    with writing(db):
        for (gone,) in db.execute(NO_MORE).fetchall():
            _forget(db, "id = ?", [gone])
    rules = version_of("changes")
    todo = db.execute(TO_COMPARE, [rules if stale else None]).fetchall()
    for start in range(0, len(todo), BATCH):
        with writing(db):
            for row in todo[start : start + BATCH]:
                _compare(db, rules, *row)
        if progress:
            progress(min(start + BATCH, len(todo)), len(todo))


def _forget(db: Database, where: str, values: list[int]) -> None:
    db.execute(f"delete from changes where alignment_id in (select id from alignments where {where})", values)
    db.execute(f"delete from alignments where {where}", values)


def _compare(
    db: Database,
    rules: str,
    comparison: str,
    story_id: int | None,
    before_id: int,
    after_id: int,
    before_read: int,
    after_read: int,
) -> None:
    _forget(db, "before_version_id = ? and after_version_id = ?", [before_id, after_id])
    before, after = facts(db, before_id), facts(db, after_id)
    pairs = align(before.body, after.body) if len(before.body) + len(after.body) <= LONGEST else []
    alignment = db.execute(
        "insert into alignments(comparison, story_id, article_id, before_version_id, after_version_id, "
        "before_reading_id, after_reading_id, rules, paragraphs) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [comparison, story_id, after.article_id, before_id, after_id, before_read, after_read, rules,
         json.dumps([pair.as_json() for pair in pairs], separators=(",", ":"))],
    ).lastrowid  # fmt: skip
    found = Comparison(before, after, pairs, copies=comparison == "copy").changes()
    db.conn.executemany(
        "insert into changes(alignment_id, comparison, kind, line, article_id, story_id, person_id, "
        "before_version_id, before_start, before_end, before_text, "
        "after_version_id, after_start, after_end, after_text) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (alignment, comparison, one.kind, one.line, after.article_id, story_id, one.person_id,
             before_id, *(one.before or (None, None)), one.before_text,
             after_id, *(one.after or (None, None)), one.after_text)
            for one in found
        ],
    )  # fmt: skip
