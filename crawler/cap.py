"""A host is asked for so many pages a day: whatever is sent to it counts, robots.txt, redirects and retries too."""

from __future__ import annotations

import sys
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawler.captures import now
from crawler.frontier.rows import host_of


class DayUsedUp(IgnoreRequest):
    """A redirect leads to a host that may not be asked for anything more today."""


class DailyCap:
    """Downloader middleware that counts what is sent, and admits what the frontier did not.

    Rows of the frontier are admitted when they are leased. A host's robots.txt is always read: nothing else may be
    before it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DailyCap:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises DayUsedUp; Scrapy hands that to the request's errback."""
        spider: Any = self.crawler.spider
        host, at, cap = host_of(request.url), now(), request.meta["source"].pages_per_day
        rules = bool(request.meta.get("is_robots"))
        if rules or "redirect_times" in request.meta or "retry_times" in request.meta:
            if spider.hosts.asked_for(host, now=at) >= cap:
                spider.withdraw(host)  # what is leased and waits makes room for it
            if not spider.hosts.admits(host, now=at, cap=sys.maxsize if rules else cap):
                raise DayUsedUp("the pages that we may ask it for in a day are used up")
        spider.hosts.asked(host, now=at)
