"""A copy without full texts: of each body only the words stay that a quote or a position was read from.

What goes becomes line breaks, so that every offset still points to the characters that it pointed to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from nlp.records import Span

# From the first to the last character of each quote's content, cue and source, and each position's passage.
KEPT = """
    select q.version_id, min(s.start), max(s."end") from quotes q join quote_spans s on s.quote_id = q.id group by q.id
    union all select version_id, start, "end" from positions where start is not null
"""
QUOTING = ("changes",)  # tables whose rows are passages of texts


def excerpt(text: str, kept: Iterable[Span]) -> str:
    """``text`` with all but the spans ``kept`` (which may overlap) replaced by line breaks; as long as before."""
    pieces, at = [], 0
    for start, end in sorted(kept):
        if end > at:
            start = max(start, at)
            pieces += ["\n" * (start - at), text[start:end]]
            at = end
    return "".join(pieces) + "\n" * (len(text) - at)


def keep_excerpts_alone(copy: sqlite3.Connection) -> None:
    """Cuts every body of a copy down to its excerpts, drops the standfirsts, and makes the full-text index anew."""
    kept: dict[int, list[Span]] = {}
    for version, start, end in copy.execute(KEPT):
        kept.setdefault(version, []).append((start, end))
    guards = copy.execute(
        "select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'article_versions'"
    ).fetchall()
    for name, _ in guards:  # a version never changes where it is kept; this is a copy
        copy.execute(f"drop trigger [{name}]")
    versions = [number for (number,) in copy.execute("select id from article_versions")]
    for number in versions:
        (body,) = copy.execute("select body from article_versions where id = ?", [number]).fetchone()
        cut = excerpt(body, kept.get(number, ()))
        copy.execute("update article_versions set body = ?, standfirst = null where id = ?", [cut, number])
    for _, sql in guards:
        copy.execute(sql)
    for table in QUOTING:
        if copy.execute("select 1 from sqlite_master where name = ?", [table]).fetchone():
            copy.execute(f"delete from [{table}]")
    copy.execute("insert into article_versions_fts(article_versions_fts) values ('rebuild')")
