"""Crawls in this process: every source scheduled in one reactor, which is started once and cannot be started again."""

from __future__ import annotations

import fcntl
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from sqlite_utils import Database

from crawler.captures import WarcFile, now
from crawler.recorder import Recorder
from crawler.results import CrawlError, CrawlResult, Progress
from crawler.sources import Source
from crawler.spiders import SPIDERS
from crawler.store import Store, index_versions, writing
from crawler.tables import migrations, open_database


def crawl_here(db_path: Path, sources: Sequence[Source], *, progress: Progress | None = None) -> list[CrawlResult]:
    """Crawl ``sources`` and return how each went, in their order. Once per process; see ``crawler.run.crawl``.

    Raises CrawlError when another crawl into this database is running.
    """
    db = open_database(db_path)
    migrations.apply(db)
    with _only_crawl_of(db_path):
        results = _crawl(db, db_path, sources, progress)
    db.close()
    return results


@contextmanager
def _only_crawl_of(db_path: Path) -> Iterator[None]:
    """Two crawls at once would ask every address twice. The lock goes with the process, however that ends."""
    with db_path.with_suffix(".crawl-lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CrawlError(f"another crawl into {db_path} is running; wait for it to end") from error
        yield


def _crawl(db: Database, db_path: Path, sources: Sequence[Source], progress: Progress | None) -> list[CrawlResult]:
    warc = WarcFile(db_path.absolute().parent / "captures")
    store = Store(db, before_commit=warc.flush)
    settings = _settings(db_path)
    process = AsyncCrawlerProcess(settings)
    runs = [_Run(db, source, store, warc, progress) for source in sources]
    for run in runs:
        run.schedule(process, settings)
    process.start()
    store.flush()
    warc.close()
    index_versions(db)
    return [run.result() for run in runs]


class _Run:
    """One source's row in ``crawls``, from its start to its end."""

    def __init__(self, db: Database, source: Source, store: Store, warc: WarcFile, progress: Progress | None) -> None:
        self.db, self.source, self.store = db, source, store
        self.started = monotonic()
        self.ended = self.started
        self.reason = ""
        self.crawl_id = _open_crawl(db, source)
        self.recorder = Recorder(source, crawl_id=self.crawl_id, store=store, warc=warc, progress=progress)
        self.spider: Any = None

    def schedule(self, process: AsyncCrawlerProcess, settings: Settings) -> None:
        own = settings.copy()
        own.set("DOWNLOAD_DELAY", self.source.delay, priority="spider")
        crawler = Crawler(SPIDERS[self.source.spider], own)
        crawler.signals.connect(self._closed, signal=signals.spider_closed)
        process.crawl(crawler, source=self.source, recorder=self.recorder)

    def _closed(self, spider: Any, reason: str) -> None:
        self.spider, self.reason, self.ended = spider, reason, monotonic()

    def result(self) -> CrawlResult:
        """Count what was written, and close the row."""
        counts = self.store.counts.get(self.source.id, Counter())
        found = CrawlResult(
            source_id=self.source.id,
            new=counts["new"],
            changed=counts["changed"],
            unchanged=counts["unchanged"] + counts["not-modified"],
            errors=counts["error"] or int(not counts["listing"]),
            skipped=sum(counts[outcome] for outcome in ("skipped", "duplicate", "gone", "refused")),
            robots_blocked=counts["robots"],
            fetched=self.recorder.fetched,
            finish_reason=self._finish_reason(counts),
            detail=self._detail(),
            seconds=round(self.ended - self.started, 2),
        )
        with writing(self.db) as connection:
            _close_crawl(connection, self.crawl_id, found)
        return found

    def _finish_reason(self, counts: Counter[str]) -> str:
        if self.reason != "finished":
            return self.reason or "never started"
        if not counts["listing"]:
            return "failed"
        if not self.spider.articles:
            return "nothing found"
        return "limit reached" if self.spider.limit_reached else "finished"

    def _detail(self) -> str:
        reasons = self.store.reasons.get(self.source.id, Counter())
        lines = [f"{count} × {reason}" for reason, count in reasons.most_common(5)]
        if self.recorder.first_problem:
            lines.insert(0, self.recorder.first_problem)
        return "; ".join(lines)[:2000]


def _settings(db_path: Path) -> Settings:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set("LOG_FILE", str(db_path.with_suffix(".log")), priority="cmdline")
    return settings


def _open_crawl(db: Database, source: Source) -> int:
    """The source's row, brought up to date with its declaration, and a new row for this crawl."""
    row = {key: value for key, value in asdict(source).items() if key in SOURCE_COLUMNS}
    with writing(db) as connection:
        names = list(row)
        updates = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
        connection.execute(
            f"insert into sources ({', '.join(names)}) values ({', '.join('?' * len(names))}) "
            f"on conflict (id) do update set {updates}",
            tuple(row.values()),
        )
        connection.execute(
            "update crawls set finish_reason = 'interrupted', finished_at = ? "
            "where source_id = ? and finished_at is null",
            (now(), source.id),
        )
        started = connection.execute("insert into crawls (source_id, started_at) values (?, ?)", (source.id, now()))
        return int(started.lastrowid or 0)


def _close_crawl(connection: sqlite3.Connection, crawl_id: int, result: CrawlResult) -> None:
    ended = now()
    connection.execute(
        "update crawls set finished_at = ?, finish_reason = ?, fetched = ?, new = ?, changed = ?, unchanged = ?, "
        "errors = ?, robots_blocked = ?, detail = ? where id = ?",
        (
            ended, result.finish_reason, result.fetched, result.new, result.changed, result.unchanged,
            result.errors, result.robots_blocked, result.detail, crawl_id,
        ),
    )  # fmt: skip
    if result.failed:
        connection.execute(
            "update sources set failures = failures + 1, status = 'failing' where id = ?", (result.source_id,)
        )
    else:
        connection.execute(
            "update sources set failures = 0, status = 'active', last_success_at = ? where id = ?",
            (ended, result.source_id),
        )


SOURCE_COLUMNS = ("id", "name", "kind", "spider", "homepage", "licence")
