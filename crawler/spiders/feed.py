"""RSS and Atom."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import feedparser
from scrapy.http import Response

from crawler.spiders.base import Link, More, SourceSpider


class FeedSpider(SourceSpider):
    """Articles are a feed's entries; RFC 5005 pages are followed."""

    def links(self, response: Response) -> Iterator[Link | More]:
        feed = feedparser.parse(BytesIO(response.body), sanitize_html=False)
        for entry in feed.entries:
            if entry.get("link"):
                yield Link(response.urljoin(entry["link"].strip()), entry.get("published") or entry.get("updated"))
        for link in feed.feed.get("links", ()):
            if link.get("rel") == "next" and link.get("href"):
                yield More(response.urljoin(link["href"]))
