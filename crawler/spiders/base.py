"""What the spiders share: from the source's address to links, from links to articles, every step recorded."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from crawler.addresses import canonical_form
from crawler.items import Article, Skip
from crawler.pages import article_from_page
from crawler.recorder import Recorder
from crawler.sources import Source


@dataclass(frozen=True, slots=True)
class Link:
    """An article to fetch, with the date that the listing gives, as it gives it."""

    url: str
    listed: str | None = None


@dataclass(frozen=True, slots=True)
class More:
    """Another page of links to read."""

    url: str


class SourceSpider(Spider):
    """Reads one source. A subclass says how its listing names articles: ``links(response)``."""

    name = "source"

    def __init__(self, source: Source, recorder: Recorder, **kwargs: Any) -> None:
        super().__init__(name=source.id, **kwargs)
        self.source = source
        self.recorder = recorder
        self.listings = self.articles = 0
        self.asked: set[str] = set()
        self.limit_reached = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SourceSpider:
        spider: SourceSpider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.crashed, signal=signals.spider_error)
        return spider

    def links(self, response: Response) -> Iterable[Link | More]:
        """The articles, and the further pages of links, that a listing names."""
        raise NotImplementedError

    def address(self, link: Link) -> str:
        """Where the article's content is fetched; the link itself unless a subclass knows better."""
        return link.url

    def read(self, response: Response, listed: str | None) -> Article | Skip:
        """The article in a response."""
        charset = response.encoding if isinstance(response, TextResponse) and _declares_charset(response) else ""
        return article_from_page(response.body, url=response.url, charset=charset or "", listed=listed)

    async def start(self) -> AsyncIterator[Request]:
        for request in self.follow([More(self.source.url)]):
            yield request

    def follow(self, found: Iterable[Link | More]) -> Iterator[Request]:
        """Requests for what a listing named: articles that match the source's pattern, up to the run's limit."""
        for item in found:
            address = canonical_form(item.url)
            if address is None or address in self.asked:
                continue
            if isinstance(item, More):
                if self.listings < self.settings.getint("LISTINGS_PER_RUN"):
                    self.listings += 1
                    self.asked.add(address)
                    yield self._request(item.url, self.parse_listing, headers={})
            elif self.wanted(item.url):
                if self.articles >= self.settings.getint("ARTICLES_PER_RUN"):
                    self.limit_reached = True
                    return
                self.articles += 1
                self.asked.add(address)
                url = self.address(item)
                callback = partial(self.parse_article, listed=item.listed)
                yield self._request(url, callback, headers=self.recorder.validators(url))

    def wanted(self, url: str) -> bool:
        """Is this an article's address, by the source's ``match``?"""
        return re.search(self.source.match, url) is not None

    def parse_listing(self, response: Response) -> Iterator[Request]:
        if response.status != 200:
            self.recorder.unread_listing(response)
            return
        found = list(self.links(response))
        self.recorder.listing(response)
        yield from self.follow(found)

    def parse_article(self, response: Response, listed: str | None = None) -> None:
        if response.status == 304:
            self.recorder.not_modified(response)
        elif response.status != 200:
            self.recorder.refused_answer(response)
        elif "redirect_urls" in response.meta and not self.wanted(response.url):
            self.recorder.article(response, Skip(url=response.url, reason="redirected to what is no article's address"))
        else:
            self.recorder.article(response, self.read(response, listed))

    def failed(self, failure: Failure) -> None:
        self.recorder.failed(failure, failure.request)  # type: ignore[attr-defined]

    def crashed(self, failure: Failure, response: Response) -> None:
        self.recorder.crashed(failure, response)

    def _request(self, url: str, callback: Any, *, headers: dict[str, str]) -> Request:
        self.recorder.asking()
        # dont_filter: Scrapy drops a redirect to an address that was asked for already, without a word to us.
        return Request(url, callback=callback, errback=self.failed, headers=headers, dont_filter=True)


def _declares_charset(response: Response) -> bool:
    return b"charset=" in (response.headers.get("Content-Type") or b"").lower()
