"""The ways a publisher announces its articles: a JSON API, a feed, a sitemap, a listing. Each gives routes.

A route answers a request's query (the last value of each key) with a Page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import partial
from typing import Any
from xml.etree import ElementTree

from crawler.sample.articles import SampleArticle
from crawler.sample.publishers import Publisher, RawPage
from crawler.sample.rendering import list_page

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
LISTING_ROWS = 4
API_ROWS, API_MOST = 10, 1500


@dataclass(frozen=True, slots=True)
class Page:
    """What is sent: the body, its content type, and when it last changed."""

    body: bytes
    content_type: str
    modified: datetime


Route = Callable[[Mapping[str, str]], Page]
Routes = dict[str, Route]


def fixed(body: str | bytes, content_type: str, modified: datetime) -> Route:
    """A route that gives the same page whatever the query."""
    page = Page(body.encode() if isinstance(body, str) else body, content_type, modified)
    return lambda _query: page


def html(text: str, modified: datetime) -> Route:
    return fixed(text, "text/html; charset=utf-8", modified)


def newest(publisher: Publisher) -> datetime:
    """When anything on the site last changed."""
    return max(article.modified for article in publisher.articles)


def api(publisher: Publisher, base: str) -> Routes:
    """GOV.UK's two interfaces: /api/search.json finds, /api/content/<path> gives one document."""
    contents = {
        f"/api/content{publisher.path(article)}": _json(_content(publisher, article, base), article.modified)
        for article in publisher.articles
    }
    return {"/api/search.json": partial(_search, publisher), **contents}


def feed(publisher: Publisher, base: str) -> Routes:
    """RSS 2.0 at /feed.xml."""
    rss = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(rss, "channel")
    about = {"title": publisher.name, "link": f"{base}/", "description": publisher.tagline, "language": "en-gb"}
    _children(channel, {**about, "lastBuildDate": format_datetime(newest(publisher))})
    for article in publisher.articles:
        url = base + publisher.path(article)
        item = ElementTree.SubElement(channel, "item")
        _children(item, {"title": article.headline, "link": url, "guid": url, "description": article.standfirst})
        _children(item, {"pubDate": format_datetime(article.published)})
    return {"/feed.xml": _xml(rss, "application/rss+xml; charset=utf-8", newest(publisher))}


def sitemap(publisher: Publisher, base: str) -> Routes:
    """An index at /sitemap.xml that names a news sitemap and one of the standing pages."""
    ElementTree.register_namespace("", SITEMAP)
    ElementTree.register_namespace("news", NEWS)
    modified = newest(publisher)
    index = ElementTree.Element(f"{{{SITEMAP}}}sitemapindex")
    for name in ("news", "pages"):
        _url(index, "sitemap", f"{base}/sitemap-{name}.xml", modified)
    pages = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for path in ("/", "/about"):
        _url(pages, "url", base + path, modified)
    news = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for row in publisher.announced:
        _news(news, publisher, row, base)
    trees = {"/sitemap.xml": index, "/sitemap-news.xml": news, "/sitemap-pages.xml": pages}
    return {path: _xml(tree, "application/xml; charset=utf-8", modified) for path, tree in trees.items()}


def listing(publisher: Publisher, base: str) -> Routes:
    """Pages of headlines: /news, then /news/page/2 and so on, each naming the next one."""
    rows = publisher.announced
    chunks = [rows[start : start + LISTING_ROWS] for start in range(0, len(rows), LISTING_ROWS)]
    paths = ["/news", *(f"/news/page/{number}" for number in range(2, len(chunks) + 1))]
    return {
        path: html(list_page(publisher, chunk, title="News", next_path=next_path), newest(publisher))
        for path, chunk, next_path in zip(paths, chunks, [*paths[1:], ""], strict=True)
    }


FORMS: dict[str, Callable[[Publisher, str], Routes]] = {
    "api": api,
    "feed": feed,
    "sitemap": sitemap,
    "listing": listing,
}


def _search(publisher: Publisher, query: Mapping[str, str]) -> Page:
    """Newest first; ``start`` and ``count`` as on GOV.UK (a value that is no number counts as not given)."""
    start = int(query["start"]) if query.get("start", "").isdecimal() else 0
    count = int(query["count"]) if query.get("count", "").isdecimal() else API_ROWS
    found = publisher.articles[start : start + min(count, API_MOST)]
    results = [
        {
            "title": article.headline,
            "link": publisher.path(article),
            "description": article.standfirst,
            "public_timestamp": article.modified.isoformat(),
            "format": article.document_type,
            "organisations": [{"title": name} for name in article.organisations],
        }
        for article in found
    ]
    answer = {"results": results, "total": len(publisher.articles), "start": start, "suggested_queries": []}
    return _json(answer, newest(publisher))(query)


def _content(publisher: Publisher, article: SampleArticle, base: str) -> dict[str, Any]:
    path = publisher.path(article)
    organisations = [{"title": name, "document_type": "organisation", "locale": "en"} for name in article.organisations]
    return {
        "base_path": path,
        "title": article.headline,
        "description": article.standfirst,
        "document_type": article.document_type,
        "schema_name": "news_article",
        "locale": "en",
        "first_published_at": article.published.isoformat(),
        "public_updated_at": article.modified.isoformat(),
        "withdrawn_notice": {},
        "details": {"body": f'<div class="govspeak">{article.html}</div>'},
        "links": {"organisations": organisations},
        "web_url": base + path,
    }


def _news(urlset: ElementTree.Element, publisher: Publisher, row: SampleArticle | RawPage, base: str) -> None:
    news = ElementTree.SubElement(_url(urlset, "url", base + publisher.path(row), row.modified), f"{{{NEWS}}}news")
    publication = ElementTree.SubElement(news, f"{{{NEWS}}}publication")
    _children(publication, {f"{{{NEWS}}}name": publisher.name, f"{{{NEWS}}}language": "en"})
    _children(news, {f"{{{NEWS}}}publication_date": row.published.isoformat(), f"{{{NEWS}}}title": row.headline})


def _url(parent: ElementTree.Element, tag: str, location: str, modified: datetime) -> ElementTree.Element:
    url = ElementTree.SubElement(parent, f"{{{SITEMAP}}}{tag}")
    _children(url, {f"{{{SITEMAP}}}loc": location, f"{{{SITEMAP}}}lastmod": modified.isoformat()})
    return url


def _children(parent: ElementTree.Element, texts: Mapping[str, str]) -> None:
    for tag, text in texts.items():
        ElementTree.SubElement(parent, tag).text = text


def _xml(tree: ElementTree.Element, content_type: str, modified: datetime) -> Route:
    ElementTree.indent(tree)
    return fixed(ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True), content_type, modified)


def _json(record: Mapping[str, Any], modified: datetime) -> Route:
    return fixed(json.dumps(record, ensure_ascii=False, indent=1), "application/json; charset=utf-8", modified)
