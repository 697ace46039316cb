"""What a published copy was made from, so that a later look can tell whether there is anything new to publish."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

# What a copy rests on. Numbers of rows alone don't do: a text that is read anew may get the number of the row before.
RESTS_ON = (
    "select max(id), count(*) from captures",
    "select id, name, kind, homepage, licence, status, failures, paused_reason from sources order by id",
    "select id, canonical_url, headline, source_id, published_at, agency, pubstatus, current_version_id from articles "
    "order by id",
    "select id, version_id, pipeline_version, read_at, status, digest from readings order by id",
    "select id, undone_at from merges order by id",
    "select id, sha256, loaded_at from office_lists order by id",
    "select id, undone_at from takedowns order by id",
    "select what, rules from link_rules order by what",
    "select count(*) from utterance_queue",
    "select rules, count(*) from alignments group by rules order by rules",
)


def made_from(db: sqlite3.Connection, scripts: Iterable[str], reviews: Path | None) -> str:
    """A digest (hexadecimal) of all that a copy shows: the rows of ``db``, the SQL of the views, what was reviewed.

    ``db`` is the working database or a whole copy of it; ``reviews`` is the file of reviews, None to leave it out.
    """
    whole = sha256()
    for script in scripts:
        whole.update(script.encode())
    for sql in RESTS_ON:
        for row in db.execute(sql):
            whole.update(repr(row).encode("utf-8", "backslashreplace"))
    whole.update(repr(_latest(reviews)).encode())
    return whole.hexdigest()


def _latest(reviews: Path | None) -> tuple[int, int] | None:
    """Number of the last review, and how many there are: rows are only added."""
    if reviews is None or not reviews.exists():
        return None
    with closing(sqlite3.connect(f"{reviews.resolve().as_uri()}?mode=ro", uri=True)) as file:
        last, count = file.execute("select coalesce(max(id), 0), count(*) from reviews").fetchone()
    return int(last), int(count)
