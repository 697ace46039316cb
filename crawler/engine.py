"""A crawl in this process: what is due of every source, in one reactor, which is started once and never again."""

from __future__ import annotations

import fcntl
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from sqlite_utils import Database

from crawler.captures import WarcFile, now
from crawler.crawl_rows import close_crawl, declare, open_crawl, paused
from crawler.fetcher import Fetcher, SourceRun
from crawler.frontier.hosts import Hosts
from crawler.frontier.leases import due_count, next_check, release_leases
from crawler.recorder import Recorder
from crawler.results import CrawlError, CrawlResult, Progress
from crawler.sources import Source
from crawler.spiders import SPIDERS
from crawler.store import Store, index_versions
from crawler.tables import migrations, open_database
from crawler.writing import writing


def crawl_here(
    db_path: Path,
    sources: Sequence[Source],
    *,
    force: bool = False,
    contact: str = "",
    progress: Progress | None = None,
) -> list[CrawlResult]:
    """Fetch what is due of ``sources`` and return how each went, in their order. Once per process.

    See ``crawler.run.crawl``. Raises CrawlError when another crawl into this database is running, or when what came
    could not be stored.
    """
    db = open_database(db_path)
    migrations.apply(db)
    with _only_crawl_of(db_path):
        results = _Crawl(db, db_path, force=force, contact=contact, progress=progress).of(sources)
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


@dataclass
class _Crawl:
    db: Database
    db_path: Path
    force: bool
    contact: str
    progress: Progress | None
    reason: str = "never started"

    def of(self, sources: Sequence[Source]) -> list[CrawlResult]:
        passed_over = self._prepare(sources)
        due = [source for source in sources if source.id not in passed_over]
        results = passed_over | (self._run(due) if due else {})
        return [results[source.id] for source in sources]

    def _prepare(self, sources: Sequence[Source]) -> dict[str, CrawlResult]:
        """Declares the sources, takes the leases back that a killed run left, and says which have nothing due."""
        passed_over = {}
        with writing(self.db) as connection:
            for source in sources:
                declare(connection, source, SPIDERS[source.spider](source).root(), force=self.force)
            release_leases(connection, now=now())
            for source in sources:
                why = paused(connection, source.id)
                if why and not self.force:
                    passed_over[source.id] = CrawlResult(source_id=source.id, finish_reason="paused", detail=why)
                elif not due_count(connection, source.id, now=now()):
                    due = next_check(connection, source.id)
                    connection.execute("update sources set next_check_at = ? where id = ?", (due, source.id))
                    passed_over[source.id] = CrawlResult(
                        source_id=source.id, finish_reason="nothing due", detail=f"next check at {due}"
                    )
        return passed_over

    def _run(self, sources: Sequence[Source]) -> dict[str, CrawlResult]:
        warc = WarcFile(self.db_path.absolute().parent / "captures")
        hosts = Hosts(self.db)

        def before_commit() -> None:
            warc.flush()
            hosts.write()

        store = Store(self.db, before_commit=before_commit, force=self.force)
        settings = _settings(self.db_path, contact=self.contact)
        runs = {source.id: self._source_run(source, store, warc, settings) for source in sources}
        process = AsyncCrawlerProcess(settings)
        crawler = process.create_crawler(Fetcher)
        crawler.signals.connect(self._closed, signal=signals.spider_closed)
        owner = f"{os.uname().nodename}:{os.getpid()}"
        started = monotonic()
        process.crawl(crawler, runs=runs, store=store, hosts=hosts, owner=owner)
        process.start()
        store.flush()
        warc.close()
        broken = getattr(crawler.spider, "broken", "") or ""
        with writing(self.db) as connection:
            release_leases(connection, now=now())
            results = {
                run.source.id: self._result(run, store, round(monotonic() - started, 2)) for run in runs.values()
            }
            for run in runs.values():
                close_crawl(connection, run.recorder.crawl_id, results[run.source.id])
        index_versions(self.db)
        if broken:
            raise CrawlError(f"what came could not be stored ({broken}); free the disk or the database and run again")
        return results

    def _closed(self, reason: str) -> None:
        self.reason = reason

    def _source_run(self, source: Source, store: Store, warc: WarcFile, settings: Settings) -> SourceRun:
        with writing(self.db) as connection:
            crawl_id = open_crawl(connection, source.id)
            due = due_count(connection, source.id, now=now())
        most = settings.getint("ARTICLES_PER_RUN")
        recorder = Recorder(
            source, crawl_id=crawl_id, store=store, warc=warc, progress=self.progress, due_at_start=due, most=most
        )
        spider = SPIDERS[source.spider](source)
        return SourceRun(source, spider, recorder, most, settings.getint("LISTINGS_PER_RUN"))

    def _result(self, run: SourceRun, store: Store, seconds: float) -> CrawlResult:
        counts = store.counts.get(run.source.id, Counter())
        causes = store.causes.get(run.source.id, Counter())
        lines = [f"{count} × {cause}" for cause, count in causes.most_common(5)]
        if run.recorder.first_problem:
            lines.insert(0, run.recorder.first_problem)
        return CrawlResult(
            source_id=run.source.id,
            new=counts["new"],
            changed=counts["changed"],
            unchanged=counts["unchanged"] + counts["not-modified"] - run.recorder.unchanged_listings,
            errors=counts["error"] or int(run.recorder.unread),
            skipped=sum(counts[outcome] for outcome in ("skipped", "duplicate", "gone", "refused")),
            robots_blocked=counts["robots"],
            fetched=run.recorder.fetched,
            finish_reason=self._finish_reason(run),
            detail="; ".join(lines)[:2000],
            seconds=seconds,
        )

    def _finish_reason(self, run: SourceRun) -> str:
        recorder = run.recorder
        if self.reason not in ("finished", "closespider_timeout"):
            return self.reason
        if recorder.unread:
            return "failed"
        if recorder.listings_read and not (recorder.named or recorder.parts or recorder.unchanged_listings):
            return "nothing found"
        left = due_count(self.db.conn, run.source.id, now=now(), heed_hosts=False)
        return "limit reached" if left else "finished"


def _settings(db_path: Path, *, contact: str) -> Settings:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set("LOG_FILE", str(db_path.with_suffix(".log")), priority="cmdline")
    settings.set("USER_AGENT", f"{settings['AGENT']} ({contact or 'no contact set'})", priority="cmdline")
    settings.set("CONTACT", contact, priority="cmdline")
    return settings
