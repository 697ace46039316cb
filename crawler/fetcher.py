"""The one Scrapy spider: asks for what the frontier has leased, and brings each answer to the source that it is of."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.cap import DayUsedUp
from crawler.captures import now
from crawler.frontier.hosts import Hosts
from crawler.frontier.leases import lease, release
from crawler.frontier.rows import host_of
from crawler.frontier.scheduler import FrontierScheduler
from crawler.frontier.visits import Due, Visit, retry_after
from crawler.items import Skip
from crawler.recorder import Recorder, header
from crawler.robots import RobotsUnreadable
from crawler.silence import silent
from crawler.sources import Source
from crawler.spiders.base import SourceSpider
from crawler.store import Store
from crawler.writing import writing

log = logging.getLogger(__name__)

BATCH = 50  # rows leased of a source at a time
BUSY = (429, 503)
FOR_GOOD = {301, 308}


@dataclass
class SourceRun:
    """One source in this run: who reads it, who records it, and how much of it may still be asked for."""

    source: Source
    spider: SourceSpider
    recorder: Recorder
    articles_left: int
    listings_left: int


class Fetcher(Spider):
    """Leases rows for the sources of this run, source by source, and settles each visit. Keeps nothing an address."""

    name = "quotewire"
    queue: FrontierScheduler

    def __init__(self, runs: Mapping[str, SourceRun], store: Store, hosts: Hosts, owner: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.runs = runs
        self.store = store
        self.hosts = hosts
        self.owner = owner
        self.open = set(runs)  # sources that may have more to lease
        self.broken = ""

    async def start(self) -> AsyncIterator[Request]:
        """Nothing: every request comes out of the frontier."""
        return
        yield

    def refill(self) -> list[Request]:
        """More to ask for, of every source that has nothing ready."""
        if self.broken:
            return []
        try:
            if any(visit is not None and visit.found for _, _, visit in self.store.waiting):
                self.store.flush()
            self.open |= self.store.grown
            self.store.grown.clear()
            dues = [due for name in sorted(self.open - set(self.queue.held)) for due in self._lease(self.runs[name])]
            return [request for due in self._within_cap(dues) if (request := self._request(due)) is not None]
        except Exception as error:  # in Scrapy's scheduler nobody would hear of it, and the crawl would hang
            self._give_up(error)
            return []

    def answered(self, response: Response) -> None:
        due: Due = response.meta["due"]
        self.queue.answered(due)
        run = self.runs[due.source_id]
        try:
            retry_at = self._put_off_busy(response) if response.status in BUSY else None
            if response.status not in BUSY:
                self.hosts.answered(due.host)
            visit = Visit(due=due, retry_at=retry_at, moved_to=_moved_to(response))
            if response.status == 304:
                run.recorder.not_modified(response, visit)
            elif response.status != 200:
                run.recorder.refused_answer(response, visit)
            else:
                self._read(run, response, visit)
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)

    def failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        due: Due = request.meta["due"]
        self.queue.answered(due)
        try:
            until = None
            if isinstance(failure.value, DayUsedUp):
                self._put_off_to_tomorrow(due, host_of(request.url))
                return
            if isinstance(failure.value, RobotsUnreadable):
                stated = retry_after(failure.value.retry_after, now=now())
                until = self.hosts.put_off(due.host, now=now(), until=stated, why="its robots.txt could not be read")
            elif silent(failure):
                until = self.hosts.was_silent(due.host, now=now())
            if until:
                self.withdraw(due.host)
            self.runs[due.source_id].recorder.failed(failure, request, Visit(due=due, retry_at=until))
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)

    def _read(self, run: SourceRun, response: Response, visit: Visit) -> None:
        """Whatever a page does to our code, it costs that page: the row says so, the log says where."""
        due = visit.due
        try:
            if due.kind != "article":
                named = run.spider.found(response)
                found = None
            else:
                found = run.spider.read(response, due.listed)
        except Exception as error:
            log.exception("reading %s failed", response.url)
            run.recorder.crashed(error, response, replace(visit, moved_to=""))
            return
        if found is None:
            run.recorder.listing(response, replace(visit, found=named.found), cut=named.cut)
            return
        addresses = {response.url} if isinstance(found, Skip) else {response.url, found.canonical_url}
        gone = isinstance(found, Skip) and found.gone
        if "redirect_urls" in response.meta and not gone and not any(run.spider.wanted(one) for one in addresses):
            found = Skip(url=response.url, reason="redirected to what is no article's address")
        run.recorder.article(response, found, visit)

    def _lease(self, run: SourceRun) -> list[Due]:
        with writing(self.store.db) as connection:
            taken = lease(
                connection,
                run.source.id,
                owner=self.owner,
                now=now(),
                listings=min(BATCH, run.listings_left),
                articles=min(BATCH, run.articles_left),
            )
        articles = sum(1 for due in taken if due.kind == "article")
        run.articles_left -= articles
        run.listings_left -= len(taken) - articles
        if not taken:
            self.open.discard(run.source.id)
        return taken

    def _within_cap(self, dues: Iterable[Due]) -> list[Due]:
        """The rows whose host has not been asked for its day's pages; the others go back."""
        kept: list[Due] = []
        over: dict[str, list[Due]] = {}
        for due in dues:
            if self.hosts.admits(due.host, now=now(), cap=self.runs[due.source_id].source.pages_per_day):
                kept.append(due)
            else:
                over.setdefault(due.host, []).append(due)
        asked_first = {(due.host, due.source_id) for due in kept}
        for host, ones in over.items():
            if not any((host, due.source_id) in asked_first for due in ones):
                self.hosts.rest_of_the_day(host, now=now())
            self._release(ones)
        return kept

    def _request(self, due: Due) -> Request | None:
        run = self.runs[due.source_id]
        run.recorder.asking(due)
        largest = {} if due.kind == "article" else {"download_maxsize": run.spider.largest_listing}
        try:
            return Request(
                due.url,
                callback=self.answered,
                errback=self.failed,
                headers=run.recorder.validators(due, trusted=not self.hosts.validators_lie(due.host)),
                # dont_filter: a redirect may lead to an address that was asked for already.
                dont_filter=True,
                meta={"due": due, "source": run.source, "download_slot": due.host} | largest,
            )
        except ValueError as error:
            run.recorder.unusable(Visit(due=due), error)
            return None

    def _put_off_busy(self, response: Response) -> str:
        """The host said that it has enough of us, and perhaps until when."""
        host = host_of(response.url)
        until = self.hosts.put_off(
            host,
            now=now(),
            until=retry_after(header(response, "Retry-After"), now=now()),
            why=f"it answered {response.status}",
        )
        self.withdraw(host)
        return until

    def _put_off_to_tomorrow(self, due: Due, host: str) -> None:
        """The visit led to a host that has had its requests of the day: the row waits until that is over."""
        self.runs[due.source_id].recorder.not_asked(due)
        self._release([due], until=self.hosts.rest_of_the_day(host, now=now()))

    def withdraw(self, host: str) -> None:
        """What waits for a host goes back."""
        taken_back = self.queue.withdraw(host)
        for due in taken_back:
            self.runs[due.source_id].recorder.not_asked(due)
            self.hosts.taken_back(host, now=now())
        self._release(taken_back)

    def _release(self, dues: Sequence[Due], *, until: str = "") -> None:
        """Rows that were not asked for go back, and count no more towards what their source may ask for in this run."""
        with writing(self.store.db) as connection:
            release(connection, [due.id for due in dues], due=until or now())
        for due in dues:
            run = self.runs[due.source_id]
            run.articles_left += due.kind == "article"
            run.listings_left += due.kind != "article"
            self.open.add(due.source_id)

    def _give_up(self, error: Exception) -> None:
        """What came can't be stored: nothing more is asked for, and what is not committed stays in the frontier."""
        log.error("storing failed", exc_info=error)
        self.broken = self.broken or f"{type(error).__name__}: {error}"
        self.queue.withdraw()


def _moved_to(response: Response) -> str:
    """Where a page has moved for good: every redirect on the way said so."""
    reasons = response.meta.get("redirect_reasons", ())
    return response.url if reasons and set(reasons) <= FOR_GOOD and response.meta["due"].kind == "article" else ""
