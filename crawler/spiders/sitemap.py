"""Sitemaps (sitemaps.org): XML and plain text, news sitemaps, and indexes of sitemaps, packed or not."""

from __future__ import annotations

import gzip
import heapq
import io
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree
from scrapy.http import Response

from crawler.spiders.base import Cut, Link, More, SourceSpider

ENTRIES = ("{*}url", "{*}sitemap")
# What the protocol allows one file to have: bytes unpacked, and addresses.
LARGEST = 52_428_800
MOST = 50_000
PIECE = 1 << 16

Entry = tuple[str, str, str, bool]  # when changed, address, when published, is it a further sitemap?


class SitemapSpider(SourceSpider):
    """Articles are a sitemap's addresses, those changed last first; an index leads to further sitemaps.

    It is unpacked and read piece by piece: what is in memory is the answer as it came and the entries that are kept.
    """

    largest_listing = LARGEST

    def links(self, response: Response) -> Iterator[Link | More | Cut]:
        unpacked = _Unpacked(response.body)
        file: io.BufferedReader[Any] = io.BufferedReader(unpacked)
        while file.peek(1)[:1].isspace():
            file.read(1)
        if file.peek(8).startswith((b"http://", b"https://")):
            entries = _Counted(_lines(file))
            taken = list(islice(entries, MOST))
        else:
            entries = _Counted(_elements(file))
            taken = heapq.nlargest(MOST, entries)
        for changed, place, published, part in taken:
            url = response.urljoin(place)
            if part:
                yield More(url, part=True, listed=changed or None)
            else:
                yield Link(url, published or changed or None)
        if beyond := entries.count + sum(1 for _ in entries) - len(taken):
            yield Cut(f"more than {MOST:,} addresses in it: {beyond:,} were left out, those changed last taken first")
        if unpacked.problem:
            yield Cut(unpacked.problem)


class _Unpacked(io.RawIOBase):
    """The bytes of a sitemap, unpacked as they are read; ``problem`` tells why that is not all of them."""

    def __init__(self, payload: bytes) -> None:
        plain = io.BytesIO(payload)
        self.file: Any = gzip.GzipFile(fileobj=plain) if payload.startswith(b"\x1f\x8b") else plain
        self.left = LARGEST
        self.problem = ""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            piece: bytes = self.file.read(min(len(buffer), self.left or 1))
        except (OSError, EOFError, zlib.error):
            self.problem = "cut off: a damaged gzip file"
            return 0
        if piece and not self.left:
            self.problem = f"cut off: larger than {LARGEST >> 20} MB"
            return 0
        buffer[: len(piece)] = piece
        self.left -= len(piece)
        return len(piece)


class _Counted:
    """An iterator that knows how many entries it has given."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self.entries = entries
        self.count = 0

    def __iter__(self) -> Iterator[Entry]:
        return self

    def __next__(self) -> Entry:
        entry = next(self.entries)
        self.count += 1
        return entry


def _lines(file: io.BufferedReader[Any]) -> Iterator[Entry]:
    for line in file:
        for place in line.decode("utf-8", "replace").split():
            yield "", place, "", False


def _elements(file: io.BufferedReader[Any]) -> Iterator[Entry]:
    """The entries of an XML sitemap, one element in memory at a time.

    What comes before a broken place is kept. An element that the file ends in the midst of is never given.
    """
    parser = etree.XMLPullParser(
        events=("end",), tag=ENTRIES, recover=True, resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        while piece := file.read1(PIECE):
            parser.feed(piece)
            ended: Iterator[tuple[str, Any]] = parser.read_events()
            for _, element in ended:
                fields = _fields(element)
                if fields.get("loc"):
                    part = etree.QName(element).localname == "sitemap"
                    yield fields.get("lastmod", ""), fields["loc"], fields.get("publication_date", ""), part
                element.clear()
                while (before := element.getprevious()) is not None:
                    before.getparent().remove(before)
    except etree.XMLSyntaxError:
        return


def _fields(element: etree._Element) -> dict[str, str]:
    """A <url> or <sitemap> as {local name: text}, those nested in <news:news> too; <image:loc> is no address of it."""
    return {
        etree.QName(child).localname: (child.text or "").strip()
        for child in element.iterdescendants()
        if isinstance(child.tag, str) and "image" not in child.tag and "video" not in child.tag
    }
