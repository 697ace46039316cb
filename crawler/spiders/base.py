"""What the spiders share: from a source's listing to the addresses that it names, from a page to its article.

A spider reads one source and fetches nothing: ``crawler.fetcher`` asks for what the frontier holds, and brings it here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scrapy.http import Response, TextResponse

from crawler.addresses import UNUSABLE, canonical_form
from crawler.frontier.visits import Found
from crawler.items import Article, Skip
from crawler.pages import article_from_page
from crawler.settings import DOWNLOAD_MAXSIZE
from crawler.sources import Source


@dataclass(frozen=True, slots=True)
class Link:
    """An article to fetch, with the date that the listing gives, as it gives it."""

    url: str
    listed: str | None = None


@dataclass(frozen=True, slots=True)
class More:
    """Another page of links to read: the one after this, or (``part``) a list of its own, such as a sitemap's part.

    ``listed`` is when a part was last changed, as its index says.
    """

    url: str
    part: bool = False
    listed: str | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Not all of a listing was read, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Named:
    """What a listing names, as rows for the frontier, and why that is not all of it ("" when it is)."""

    found: tuple[Found, ...]
    cut: str = ""


class SourceSpider:
    """Reads one source. A subclass says how its listing names articles: ``links(response)``."""

    largest_listing = DOWNLOAD_MAXSIZE  # bytes

    def __init__(self, source: Source) -> None:
        self.source = source

    def links(self, response: Response) -> Iterable[Link | More | Cut]:
        """The articles, and the further pages of links, that a listing names."""
        raise NotImplementedError

    def address(self, link: Link) -> str:
        """Where the article's content is fetched; the link itself unless a subclass knows better."""
        return link.url

    def read(self, response: Response, listed: str | None) -> Article | Skip:
        """The article in a response."""
        charset = response.encoding if isinstance(response, TextResponse) and _declares_charset(response) else ""
        return article_from_page(response.body, url=response.url, charset=charset or "", listed=listed)

    def wanted(self, url: str) -> bool:
        """Is this an article's address, by the source's ``match``?"""
        return re.search(self.source.match, url) is not None

    def root(self) -> Found:
        """The listing that the source starts from."""
        return Found(kind="listing", address=canonical_form(self.source.url) or self.source.url, url=self.source.url)

    def found(self, response: Response) -> Named:
        """What a listing names: further pages, and articles that match; each once."""
        named: dict[str, Found] = {}
        cuts: list[str] = []
        for item in self.links(response):
            if isinstance(item, Cut):
                cuts.append(item.why)
                continue
            address = canonical_form(item.url)
            if address is None or address in named:
                continue
            if isinstance(item, More):
                kind = "listing" if item.part else "page"
                named[address] = Found(kind=kind, address=address, url=item.url, listed=item.listed)
            elif self.wanted(item.url):
                named[address] = Found(kind="article", address=address, url=self.address(item), listed=item.listed)
        found = (replace(one, listed=one.listed and UNUSABLE.sub("", one.listed)[:100]) for one in named.values())
        return Named(tuple(found), "; ".join(cuts))


def _declares_charset(response: Response) -> bool:
    return b"charset=" in (response.headers.get("Content-Type") or b"").lower()
