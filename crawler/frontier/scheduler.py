"""Scrapy's scheduler over the frontier: hands out leased rows, a few to each host at a time; takes more when dry."""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from typing import Any

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

from crawler.frontier.rows import host_of
from crawler.frontier.visits import Due

Refill = Callable[[], list[Request]]


class FrontierScheduler(BaseScheduler):
    """What is leased waits here by host, so that a slow host holds up no other. Memory is bounded by the leases.

    The spider has ``refill()``, which leases more and returns it as requests with their row in ``meta["due"]``.
    """

    def __init__(self, *, per_host: int) -> None:
        self.per_host = per_host
        self.ready: OrderedDict[str, deque[Request]] = OrderedDict()
        self.under_way: Counter[str] = Counter()  # by host
        self.held: Counter[str] = Counter()  # ready requests by source; those with none are not in it
        self.redirected: deque[Request] = deque()
        self.refill: Refill = list

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FrontierScheduler:
        return cls(per_host=crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))

    def open(self, spider: Any) -> None:
        self.refill = spider.refill
        spider.queue = self

    def enqueue_request(self, request: Request) -> bool:
        """A redirect, or another attempt: part of a visit that is under way, at the pace of the host that it is to."""
        request.meta["download_slot"] = host_of(request.url)
        self.redirected.append(request)
        return True

    def has_pending_requests(self) -> bool:
        return bool(self.redirected or self.ready or self._filled())

    def next_request(self) -> Request | None:
        if self.redirected:
            return self.redirected.popleft()
        request = self._next_ready()
        if request is None and self._filled():
            request = self._next_ready()
        return request

    def answered(self, due: Due) -> None:
        """The visit to a row has ended, one way or another."""
        self.under_way[due.host] -= 1
        if not self.under_way[due.host]:
            del self.under_way[due.host]

    def withdraw(self, host: str | None = None) -> list[Due]:
        """Takes back what is ready for one host, or for all; gives the rows."""
        taken = [host] if host is not None else list(self.ready)
        dues = [request.meta["due"] for one in taken for request in self.ready.pop(one, ())]
        for due in dues:
            self._let_go(due)
        return dues

    def _let_go(self, due: Due) -> None:
        self.held[due.source_id] -= 1
        if not self.held[due.source_id]:
            del self.held[due.source_id]

    def _filled(self) -> bool:
        found = self.refill()
        for request in found:
            self.held[request.meta["due"].source_id] += 1
            self.ready.setdefault(request.meta["due"].host, deque()).append(request)
        return bool(found)

    def _next_ready(self) -> Request | None:
        """Hosts take turns."""
        for host in list(self.ready):
            if self.under_way[host] >= self.per_host:
                continue
            waiting = self.ready[host]
            request = waiting.popleft()
            self.under_way[host] += 1
            self._let_go(request.meta["due"])
            self.ready.move_to_end(host)
            if not waiting:
                del self.ready[host]
            return request
        return None
