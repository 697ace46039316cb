"""RSS and Atom."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from io import BytesIO

import feedparser
from scrapy.http import Response

from crawler.decoding import decode
from crawler.spiders.base import Link, More, SourceSpider


class FeedSpider(SourceSpider):
    """Articles are a feed's entries; RFC 5005 pages are followed."""

    def links(self, response: Response) -> Iterator[Link | More]:
        payload = response.body
        if payload.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # whatever the XML declaration claims
            payload = re.sub(r"^\s*<\?xml.*?\?>", "", decode(payload), flags=re.DOTALL).encode("utf-8", "replace")
        feed = feedparser.parse(BytesIO(payload), sanitize_html=False)
        for entry in feed.entries:
            address = entry.get("feedburner_origlink") or entry.get("link")
            if address:
                yield Link(response.urljoin(address.strip()), entry.get("published") or entry.get("updated"))
        for link in feed.feed.get("links", ()):
            if link.get("rel") == "next" and link.get("href"):
                yield More(response.urljoin(link["href"]))
