"""Articles into the tables: in batches, each batch one transaction, and nothing twice however often it is run."""

from __future__ import annotations

import os
import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from time import monotonic
from typing import Any, TypeVar

from sqlite_utils import Database

from crawler.captures import Capture
from crawler.changes import same_reading
from crawler.frontier.hosts import distrust
from crawler.frontier.rows import add_moved, cause_of, owner_of, settle
from crawler.frontier.visits import Visit
from crawler.items import Article
from crawler.writing import writing

BATCH = int(os.environ.get("QUOTEWIRE_BATCH", "100"))
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
LONGEST_WAIT_S = 5.0
INDEX_BATCH = 500
MOST_CAUSES = 200  # kept in memory for the summary of a source


Row = TypeVar("Row", Capture, Article)


def storable(row: Row) -> Row:
    """The same row without what SQLite or a reader can't take: lone surrogates, control characters."""
    texts = {f.name: value for f in fields(row) if isinstance(value := getattr(row, f.name), str)}
    clean: dict[str, Any] = {name: UNSTORABLE.sub("", value) for name, value in texts.items()}
    return row if clean == texts else replace(row, **clean)


@dataclass
class Store:
    """Collects captures with the articles found in them, and writes them a batch at a time.

    A capture that came of a visit to a row of the frontier is written in one transaction with what becomes of that
    row. ``counts`` and ``causes`` tell the outcomes per source, of what has been written. ``before_commit`` is called
    ahead of every batch: the WARC file is flushed there, so that no row points to bytes that are not on disk.
    """

    db: Database
    batch: int = BATCH
    force: bool = False
    before_commit: Callable[[], None] | None = None
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    causes: dict[str, Counter[str]] = field(default_factory=dict)
    found: Counter[str] = field(default_factory=Counter)
    grown: set[str] = field(default_factory=set)  # sources whose frontier may have more to lease than before
    waiting: list[tuple[Capture, Article | None, Visit | None]] = field(default_factory=list)
    _written_at: float = field(default_factory=monotonic)

    def add(self, capture: Capture, article: Article | None = None, visit: Visit | None = None) -> None:
        """Take one capture; with an article its outcome is found out when the batch is written."""
        self.waiting.append((storable(capture), storable(article) if article is not None else None, visit))
        if len(self.waiting) >= self.batch or monotonic() - self._written_at > LONGEST_WAIT_S:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting: captures, articles, versions and rows of the frontier in one transaction."""
        if self.before_commit is not None:
            self.before_commit()
        waiting, self.waiting = self.waiting, []
        self._written_at = monotonic()
        if not waiting:
            return
        with writing(self.db) as connection:
            written = [self._write(connection, *one) for one in waiting]
        self.grown |= {visit.due.source_id for _, _, visit in waiting if visit is not None and visit.found}
        for capture, new in written:
            self.counts.setdefault(capture.source_id, Counter())[capture.outcome] += 1
            self.found[capture.source_id] += new
            causes, cause = self.causes.setdefault(capture.source_id, Counter()), cause_of(capture.reason)
            if cause and (cause in causes or len(causes) < MOST_CAUSES):
                causes[cause] += 1

    def _write(
        self, connection: sqlite3.Connection, capture: Capture, article: Article | None, visit: Visit | None
    ) -> tuple[Capture, int]:
        """The capture with its outcome, and how many articles were found by it that nobody had named before."""
        article_id = None
        if article is None:
            _insert_capture(connection, capture)
        else:
            capture, article_id = _write_article(connection, capture, article, visit)
        if capture.outcome == "not-modified":
            known = visit.due.article_id if visit else known_article(connection, capture.url)
            connection.execute("update articles set last_seen_at = ? where id = ?", (capture.fetched_at, known))
        if visit is None:
            return capture, 0
        now, crawl_id = capture.fetched_at, capture.crawl_id
        left = settle(
            connection, visit, outcome=capture.outcome, reason=capture.reason, now=now, crawl_id=crawl_id,
            article_id=article_id, force=self.force,
        )  # fmt: skip
        if left.state == "gone":
            known = visit.due.article_id or known_article(connection, capture.url)
            connection.execute("update articles set pubstatus = 'gone' where id = ?", (known,))
        if left.state == "moved" and article is not None and article_id is not None:
            address = article.canonical_url
            add_moved(connection, visit, address=address, article_id=article_id, now=now, crawl_id=crawl_id)
        return capture, left.new


def _write_article(
    connection: sqlite3.Connection, capture: Capture, article: Article, visit: Visit | None
) -> tuple[Capture, int | None]:
    """The article with its capture, and a version when its text is new.

    Returns the capture with its outcome, and the article's number unless another address stands for it.
    """
    known = _known(connection, article.canonical_url)
    if visit is not None and visit.moved_to and visit.due.article_id is not None:
        known = _follow(connection, article, visit.due.article_id, known)
    if known is not None and visit is not None and owner_of(connection, known.id, but=visit.due.id) is not None:
        capture = replace(capture, outcome="duplicate", reason=f"the same article as {article.canonical_url}")
        _insert_capture(connection, capture)
        return capture, None
    outcome = "new" if known is None or known.version_id is None else known.compared_with(article)
    if outcome == "changed" and visit is not None and _lied(connection, capture):
        distrust(connection, visit.due.host)
    capture = replace(capture, outcome=outcome)
    capture_id = _insert_capture(connection, capture)
    version_id = known.version_id if known else None
    article_id = known.id if known else None
    if article_id is None:
        article_id = connection.execute(
            "insert into articles (canonical_url, source_id, first_seen_at) values (?, ?, ?)",
            (article.canonical_url, capture.source_id, capture.fetched_at),
        ).lastrowid
    if outcome != "unchanged":
        version_id = connection.execute(
            "insert into article_versions (article_id, version_no, headline, standfirst, byline, dateline, body, "
            "body_sha256, extractor, capture_id, seen_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article_id, (known.version_no if known else 0) + 1, article.headline, article.standfirst,
                article.byline, article.dateline, article.body, article.body_sha256, article.extractor, capture_id,
                capture.fetched_at,
            ),
        ).lastrowid  # fmt: skip
    # A date or credit once found stays when a later copy of the page no longer shows it.
    connection.execute(
        "update articles set headline = ?, pubstatus = ?, language = ?, current_version_id = ?, last_seen_at = ?, "
        "agency = coalesce(?, agency), date_evidence = case when ? is null then date_evidence else ? end, "
        "published_at = coalesce(?, published_at) where id = ?",
        (
            article.headline, article.pubstatus, article.language, version_id, capture.fetched_at,
            article.agency, article.published, article.date_evidence, article.published, article_id,
        ),
    )  # fmt: skip
    connection.executemany(
        "insert into article_facts values (?, ?, ?, ?, ?, ?) on conflict do nothing",
        [(article_id, fact.kind, fact.name, fact.url, fact.at, capture.fetched_at) for fact in article.facts],
    )
    return capture, article_id


@dataclass(frozen=True, slots=True)
class _Known:
    """What is stored of an article: its numbers, and its current text."""

    id: int
    version_id: int | None
    version_no: int
    body_sha256: str
    headline: str
    standfirst: str
    body: str

    def compared_with(self, article: Article) -> str:
        if self.body_sha256 == article.body_sha256:
            return "unchanged"
        texts = {"headline": self.headline, "standfirst": self.standfirst or "", "body": self.body}
        return "unchanged" if same_reading(article, **texts) else "changed"


def _known(connection: sqlite3.Connection, canonical_url: str) -> _Known | None:
    row = connection.execute(
        "select a.id, v.id, coalesce(v.version_no, 0), v.body_sha256, v.headline, v.standfirst, v.body from articles a "
        "left join article_versions v on v.id = a.current_version_id where a.canonical_url = ?",
        (canonical_url,),
    ).fetchone()
    return _Known(*row) if row else None


def _follow(connection: sqlite3.Connection, article: Article, article_id: int, known: _Known | None) -> _Known | None:
    """A page moved for good: its article goes along, unless one stands at the new address, which takes its place."""
    if known is None:
        connection.execute("update articles set canonical_url = ? where id = ?", (article.canonical_url, article_id))
        return _known(connection, article.canonical_url)
    if known.id != article_id:
        connection.execute("update articles set pubstatus = 'moved' where id = ?", (article_id,))
    return known


def _lied(connection: sqlite3.Connection, capture: Capture) -> bool:
    """Does the changed page carry the validators of the page before it? Asked with them, the server would say 304."""
    row = connection.execute(
        "select etag, last_modified, payload_digest from captures where url = ? and status = 200 "
        "order by id desc limit 1",
        (capture.url,),
    ).fetchone()
    if row is None or row[2] == capture.payload_digest:
        return False
    return bool(row[0] == capture.etag if row[0] else row[1] and row[1] == capture.last_modified)


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
