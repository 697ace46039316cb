"""robots.txt as RFC 9309 has it: read once a day, recorded, obeyed; a server in trouble forbids everything for now."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.captures import now
from crawler.frontier.rows import host_of

AGENT = "Quotewire"
MOST_KEPT = 500
LONGEST = 500 * 1024  # bytes; RFC 9309, 2.5


class ForbiddenByRobots(IgnoreRequest):
    """robots.txt does not let us fetch this address."""


class RobotsUnreadable(IgnoreRequest):
    """The server could not give its robots.txt (RFC 9309, 2.3.1.4): nothing is fetched until it can."""

    def __init__(self, message: str, retry_after: str = "") -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Robots:
    """Downloader middleware. What a host allows is asked for once, however many requests wait for the answer."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.rules: OrderedDict[tuple[str, bool], asyncio.Future[Protego]] = OrderedDict()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Robots:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises ForbiddenByRobots, RobotsUnreadable, or what befell the request for robots.txt."""
        if request.meta.get("is_robots"):
            return
        parts = urlsplit(request.url)
        base = f"{parts.scheme}://{parts.netloc}"
        key = (base, request.meta["source"].allow_private)
        if key not in self.rules:
            self.rules[key] = asyncio.ensure_future(self._read(f"{base}/robots.txt", request))
            while len(self.rules) > MOST_KEPT:
                self.rules.popitem(last=False)
        rules = await self.rules[key]
        if not rules.can_fetch(request.url, AGENT):
            raise ForbiddenByRobots("robots.txt forbids it")
        delay = rules.crawl_delay(AGENT)
        request.meta["crawl_delay"] = float(delay) if delay else None

    async def _read(self, url: str, request: Request) -> Protego:
        spider: Any = self.crawler.spider
        kept = None if spider.store.force else spider.hosts.robots_txt(host_of(url), now=now())
        if kept is not None:
            return Protego.parse(kept)
        meta = {"is_robots": True, "source": request.meta["source"], "download_slot": host_of(url)}
        asked = Request(url, callback=NO_CALLBACK, meta=meta, dont_filter=True)
        response = await self.crawler.engine.download_async(asked)
        spider.runs[request.meta["due"].source_id].recorder.rules(response)
        if response.status >= 500 or response.status == 429:
            stated = (response.headers.get("Retry-After") or b"").decode("latin-1")
            raise RobotsUnreadable(f"robots.txt could not be read: the server answered {response.status}", stated)
        text = _text(response)
        spider.hosts.keep_robots_txt(host_of(url), text, now=now())
        return Protego.parse(text)


def _text(response: Response) -> str:
    """No file (4xx) allows everything."""
    return response.body[:LONGEST].decode("utf-8-sig", "replace") if response.status == 200 else ""
