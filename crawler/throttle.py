"""AutoThrottle by host, never quicker than the host's robots.txt and the most patient source on it ask for."""

from __future__ import annotations

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

LONGEST_CRAWL_DELAY_S = 3600.0


class HostThrottle(AutoThrottle):
    """Every source's requests go through one downloader, so that a slot's delay is the host's, whoever asks."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.least: dict[str, float] = {}
        crawler.signals.connect(self._reached, signal=signals.request_reached_downloader)

    def _reached(self, request: Request) -> None:
        """Called when the request has its slot, and before it is sent."""
        key = request.meta["download_slot"]
        wishes = (self.least.get(key, 0.0), request.meta.get("crawl_delay") or 0.0, request.meta["source"].delay)
        self.least[key] = min(LONGEST_CRAWL_DELAY_S, max(wishes))
        slot = self.crawler.engine.downloader.slots[key]
        slot.delay = max(slot.delay, self.least[key])
        if request.meta.get("crawl_delay"):
            slot.concurrency = 1
        # A source that asks for no delay is its owner's own server.
        request.meta["autothrottle_dont_adjust_delay"] = request.meta["source"].delay == 0

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        request = response.request
        if request is not None:
            slot.delay = max(slot.delay, self.least.get(request.meta["download_slot"], 0.0))
