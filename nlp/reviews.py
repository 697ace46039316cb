"""What reviewers decided, brought into the copy that is published.

A review names the article's address, the fingerprint of its text and characters in it, never a row of a reading; what
is read there now is found again by those. The site writes the file (``datasette/plugins/review.py``).
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from nlp.settled import settle

Key = tuple[str, str, str, int, int, str]  # address, fingerprint, subject, start, end, about
PAST = {"accept": "accepted", "reject": "rejected", "amend": "amended"}
LATEST = """
    select url, body_sha256, subject, start, "end", about, decision, amended, as_read from reviews where id in (
      select max(id) from reviews group by url, body_sha256, subject, start, "end", about, reviewer
    ) order by url, start, id
"""
TEXTS = """
    select a.canonical_url, v.body_sha256, v.id, a.id, v.body
    from article_versions v join articles a on a.id = v.article_id
    where v.body_sha256 in (select value from json_each(?)) order by v.id
"""
QUOTE = """
    select q.id from quotes q join quote_spans s on s.quote_id = q.id and s.part = 'content' where q.version_id = ?
    group by q.id having min(s.start) = ? and max(s."end") = ?
"""
POSITION = (
    "select id from positions where version_id = ? and start = ? and \"end\" = ? and holder || ' on ' || target = ?"
)
REVIEWED = """
    create table reviewed (id integer primary key, subject text, state text, as_read text, should_be text,
      accepted integer, rejected integer, amended integer, article_id integer, version_id integer, start integer,
      "end" integer, quote_id integer, position_id integer)
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the latest reviews of one thing come to. ``state``: accepted, rejected, amended or disputed."""

    key: Key
    state: str
    as_read: str
    should_be: str | None
    counts: tuple[int, int, int]


def reviews_path(copy: Path) -> Path:
    """Where the reviews of a published copy lie."""
    return copy.with_name("reviews.db")


def verdicts(file: Path) -> list[Verdict]:
    """Every thing reviewed, with what its reviews come to; [] when there are none."""
    if not file.exists():
        return []
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute(LATEST).fetchall()
    grouped: dict[Key, list[tuple[str, str | None, str]]] = {}
    for *key, decision, amended, as_read in rows:
        grouped.setdefault((key[0], key[1], key[2], key[3], key[4], key[5]), []).append((decision, amended, as_read))
    return [_verdict(key, said) for key, said in grouped.items()]


def _verdict(key: Key, said: list[tuple[str, str | None, str]]) -> Verdict:
    different = {(decision, amended) for decision, amended, _ in said}
    decision, amended = next(iter(different))
    accepted, rejected, changed = (sum(one[0] == name for one in said) for name in PAST)
    state = PAST[decision] if len(different) == 1 else "disputed"
    return Verdict(key, state, said[-1][2], amended if state == "amended" else None, (accepted, rejected, changed))


def into_copy(copy: sqlite3.Connection, file: Path | None) -> None:
    """Writes what reviewers decided into a copy, no reviewer's name; nothing when ``file`` is None.

    The table ``reviewed`` has the verdicts, ``settled`` what counts for it in place of what was read.
    """
    copy.execute(REVIEWED)
    found = verdicts(file) if file else []
    texts = texts_of(copy, found)
    for one in found:
        url, sha, subject, start, end, _ = one.key
        if (url, sha) not in texts:
            continue  # withdrawn, or of another database
        version, article, _ = texts[url, sha]
        what = (subject, one.state, one.as_read, one.should_be, *one.counts)
        copy.execute(
            "insert into reviewed values (null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*what, article, version, start, end, *row_of(copy, version, one.key)],
        )
    copy.execute("create index reviewed_quote on reviewed (quote_id)")
    copy.execute("create index reviewed_article on reviewed (article_id)")
    settle(copy)


def texts_of(db: sqlite3.Connection, found: list[Verdict]) -> dict[tuple[str, str], tuple[int, int, str]]:
    """(address, fingerprint) → (version, article, body) of the texts that were reviewed."""
    wanted = json.dumps(sorted({one.key[1] for one in found}))
    return {(url, sha): (version, article, body) for url, sha, version, article, body in db.execute(TEXTS, [wanted])}


def row_of(db: sqlite3.Connection, version: int, key: Key) -> tuple[int | None, int | None]:
    """The quote and the position that are read now where the review was made; None when nothing is."""
    _, _, subject, start, end, about = key
    if subject == "position":
        found = db.execute(POSITION, [version, start, end, about]).fetchone()
        return None, found[0] if found else None
    found = db.execute(QUOTE, [version, start, end]).fetchone()
    return found[0] if found else None, None
