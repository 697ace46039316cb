"""Articles into the tables: in batches, each batch one transaction, and nothing twice however often it is run."""

from __future__ import annotations

import os
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from time import monotonic
from typing import Any, TypeVar

from sqlite_utils import Database

from crawler.captures import Capture
from crawler.items import Article

BATCH = int(os.environ.get("QUOTEWIRE_BATCH", "100"))
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
LONGEST_WAIT_S = 5.0
INDEX_BATCH = 500


@contextmanager
def writing(db: Database) -> Iterator[sqlite3.Connection]:
    """One write transaction, taken at its start so that it waits for other writers instead of failing half-way."""
    db.conn.execute("begin immediate")
    try:
        yield db.conn
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()


Row = TypeVar("Row", Capture, Article)


def storable(row: Row) -> Row:
    """The same row without what SQLite or a reader can't take: lone surrogates, control characters."""
    texts = {f.name: value for f in fields(row) if isinstance(value := getattr(row, f.name), str)}
    clean: dict[str, Any] = {name: UNSTORABLE.sub("", value) for name, value in texts.items()}
    return row if clean == texts else replace(row, **clean)


@dataclass
class Store:
    """Collects captures with the articles found in them, and writes them a batch at a time.

    ``counts`` tells the outcomes per source, of what has been written. ``before_commit`` is called ahead of every
    batch: the WARC file is flushed there, so that no row points to bytes that are not on disk.
    """

    db: Database
    batch: int = BATCH
    before_commit: Callable[[], None] | None = None
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    reasons: dict[str, Counter[str]] = field(default_factory=dict)
    waiting: list[tuple[Capture, Article | None]] = field(default_factory=list)
    _met: set[tuple[int | None, str]] = field(default_factory=set)
    _written_at: float = field(default_factory=monotonic)

    def add(self, capture: Capture, article: Article | None = None) -> None:
        """Take one capture; with an article its outcome is found out when the batch is written."""
        self.waiting.append((storable(capture), storable(article) if article is not None else None))
        if len(self.waiting) >= self.batch or monotonic() - self._written_at > LONGEST_WAIT_S:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting: captures, articles and versions in one transaction."""
        if self.before_commit is not None:
            self.before_commit()
        waiting, self.waiting = self.waiting, []
        self._written_at = monotonic()
        if not waiting:
            return
        with writing(self.db) as connection:
            written = [self._write(connection, capture, article) for capture, article in waiting]
        for capture in written:
            self.counts.setdefault(capture.source_id, Counter())[capture.outcome] += 1
            if capture.reason:
                self.reasons.setdefault(capture.source_id, Counter())[capture.reason] += 1

    def _write(self, connection: sqlite3.Connection, capture: Capture, article: Article | None) -> Capture:
        if article is None:
            _insert_capture(connection, capture)
            _mark(connection, capture)
            return capture
        key = (capture.crawl_id, article.canonical_url)
        if key in self._met and capture.crawl_id is not None:
            capture = replace(capture, outcome="duplicate", reason=f"the same article as {article.canonical_url}")
            _insert_capture(connection, capture)
            return capture
        self._met.add(key)
        return _write_article(connection, capture, article)


def _write_article(connection: sqlite3.Connection, capture: Capture, article: Article) -> Capture:
    """The article with its capture, and a version when its text is new. Returns the capture with its outcome."""
    row = connection.execute(
        "select a.id, a.current_version_id, v.body_sha256, v.version_no from articles a "
        "left join article_versions v on v.id = a.current_version_id where a.canonical_url = ?",
        (article.canonical_url,),
    ).fetchone()
    article_id, current, known_text, version_no = row or (None, None, None, None)
    outcome = "new" if current is None else "unchanged" if known_text == article.body_sha256 else "changed"
    capture = replace(capture, outcome=outcome)
    capture_id = _insert_capture(connection, capture)
    if article_id is None:
        article_id = connection.execute(
            "insert into articles (canonical_url, source_id, first_seen_at) values (?, ?, ?)",
            (article.canonical_url, capture.source_id, capture.fetched_at),
        ).lastrowid
    if outcome != "unchanged":
        current = connection.execute(
            "insert into article_versions (article_id, version_no, headline, standfirst, byline, dateline, body, "
            "body_sha256, extractor, capture_id, seen_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article_id, (version_no or 0) + 1, article.headline, article.standfirst, article.byline,
                article.dateline, article.body, article.body_sha256, article.extractor, capture_id, capture.fetched_at,
            ),
        ).lastrowid  # fmt: skip
    # A date or credit once found stays when a later copy of the page no longer shows it.
    connection.execute(
        "update articles set headline = ?, pubstatus = ?, language = ?, current_version_id = ?, last_seen_at = ?, "
        "agency = coalesce(?, agency), date_evidence = case when ? is null then date_evidence else ? end, "
        "published_at = coalesce(?, published_at) where id = ?",
        (
            article.headline, article.pubstatus, article.language, current, capture.fetched_at,
            article.agency, article.published, article.date_evidence, article.published, article_id,
        ),
    )  # fmt: skip
    return capture


def _mark(connection: sqlite3.Connection, capture: Capture) -> None:
    """What an answer without a text says about an article that is known at that address."""
    article_id = known_article(connection, capture.url)
    if article_id is None:
        return
    if capture.outcome == "gone":
        connection.execute("update articles set pubstatus = 'gone' where id = ?", (article_id,))
    if capture.outcome == "not-modified":
        connection.execute("update articles set last_seen_at = ? where id = ?", (capture.fetched_at, article_id))


def known_article(connection: sqlite3.Connection, url: str) -> int | None:
    """The article that was last found at ``url``, if any."""
    row = connection.execute(
        "select v.article_id from captures c join article_versions v on v.capture_id = c.id "
        "where c.url = ? order by c.id desc limit 1",
        (url,),
    ).fetchone()
    return None if row is None else int(row[0])


def _insert_capture(connection: sqlite3.Connection, capture: Capture) -> int:
    values = asdict(capture)
    statement = f"insert into captures ({', '.join(values)}) values ({', '.join('?' * len(values))})"
    return int(connection.execute(statement, tuple(values.values())).lastrowid or 0)


def index_versions(db: Database) -> int:
    """Bring the full-text index up to date, in batches; returns how many versions were added."""
    added = 0
    while True:
        with writing(db) as connection:
            count = connection.execute(
                "insert into article_versions_fts (rowid, headline, body) select id, headline, body "
                "from article_versions where id not in (select id from article_versions_fts_docsize) limit ?",
                (INDEX_BATCH,),
            ).rowcount
        added += count
        if count < INDEX_BATCH:
            return added
