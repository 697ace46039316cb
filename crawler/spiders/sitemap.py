"""Sitemaps (sitemaps.org): XML and plain text, news sitemaps, and indexes of sitemaps, packed or not."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from lxml import etree
from scrapy.http import Response

from crawler.decoding import gunzip
from crawler.spiders.base import Link, More, SourceSpider

ENTRIES = ("{*}url", "{*}sitemap")


class SitemapSpider(SourceSpider):
    """Articles are a sitemap's addresses, those changed last first; an index leads to further sitemaps."""

    def links(self, response: Response) -> Iterator[Link | More]:
        payload = gunzip(response.body) if response.body.startswith(b"\x1f\x8b") else response.body
        payload = (payload or b"").strip()
        if payload.startswith((b"http://", b"https://")):
            for line in payload.decode("utf-8", "replace").split():
                yield Link(response.urljoin(line))
            return
        for changed, place, published, part in sorted(_entries(payload), reverse=True):
            url = response.urljoin(place)
            if part:
                yield More(url, part=True, listed=changed or None)
            else:
                yield Link(url, published or changed or None)


def _entries(payload: bytes) -> list[tuple[str, str, str, bool]]:
    """(when changed, address, when published, is it a further sitemap?), one element in memory at a time.

    What comes before a broken place in the file is kept.
    """
    found = []
    elements = etree.iterparse(
        BytesIO(payload), events=("end",), tag=ENTRIES, recover=True, resolve_entities=False, no_network=True,
        huge_tree=False,
    )  # fmt: skip
    try:
        for _, element in elements:
            fields = _fields(element)
            if fields.get("loc"):
                part = etree.QName(element).localname == "sitemap"
                found.append((fields.get("lastmod", ""), fields["loc"], fields.get("publication_date", ""), part))
            element.clear()
            while (before := element.getprevious()) is not None:
                before.getparent().remove(before)
    except etree.XMLSyntaxError:
        pass
    return found if payload.endswith(b">") else found[:-1]  # the last address may be cut off


def _fields(element: etree._Element) -> dict[str, str]:
    """A <url> or <sitemap> as {local name: text}, those nested in <news:news> too; <image:loc> is no address of it."""
    return {
        etree.QName(child).localname: (child.text or "").strip()
        for child in element.iterdescendants()
        if isinstance(child.tag, str) and "image" not in child.tag and "video" not in child.tag
    }
