"""Sitemaps (sitemaps.org), news sitemaps, and indexes of sitemaps."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from scrapy.http import Response

from crawler.decoding import gunzip
from crawler.spiders.base import Link, More, SourceSpider


class SitemapSpider(SourceSpider):
    """Articles are a sitemap's addresses, those changed last first; an index leads to further sitemaps."""

    def links(self, response: Response) -> Iterator[Link | More]:
        payload = gunzip(response.body) if response.body.startswith(b"\x1f\x8b") else response.body
        root = _root(payload or b"")
        if root is None:
            return
        index = etree.QName(root).localname == "sitemapindex"
        entries = [_fields(element) for element in root if isinstance(element.tag, str)]
        for entry in sorted(entries, key=lambda entry: entry.get("lastmod", ""), reverse=True):
            if not entry.get("loc"):
                continue
            url = response.urljoin(entry["loc"])
            changed = entry.get("lastmod")
            if index:
                yield More(url, part=True, listed=changed)
            else:
                yield Link(url, entry.get("publication_date") or changed)


def _root(payload: bytes) -> etree._Element | None:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(payload.strip(), parser)
    except etree.XMLSyntaxError:
        return None


def _fields(element: etree._Element) -> dict[str, str]:
    """A <url> or <sitemap> as {local name: text}, those nested in <news:news> too."""
    return {
        etree.QName(child).localname: (child.text or "").strip()
        for child in element.iterdescendants()
        if isinstance(child.tag, str)
    }
