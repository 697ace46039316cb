"""Where a site announces its articles: feeds and sitemaps that a page, robots.txt and common habit point to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler.dates import machine_date
from crawler.decoding import decode, parse
from crawler.fetching import Client, FetchError, Page, allowed
from crawler.metadata import outlet
from crawler.sources import Source
from crawler.spiders import SPIDERS

FEEDS = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/news/feed", "/news/rss.xml")
SITEMAPS = ("/news-sitemap.xml", "/sitemap_news.xml", "/sitemap.xml", "/sitemap_index.xml")
GOV_UK = re.compile(r"https://www\.gov\.uk/government/organisations/([a-z0-9-]+)")
GOV_UK_SEARCH = (
    "https://www.gov.uk/api/search.json?filter_organisations={}&filter_content_purpose_supergroup="
    "news_and_communications&order=-public_timestamp&count=50&fields=link,public_timestamp"
)
GOV_UK_MATCH = r"^https://www\.gov\.uk/government/(news|speeches)/"
MOST_ASKED = 16  # addresses tried for one site


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A feed, sitemap or search that was found and read: how many articles it names, and how new the newest is."""

    spider: str
    url: str
    status: int = 200
    entries: int = 0
    parts: int = 0
    newest: str = ""
    match: str = ""
    problem: str = ""

    @property
    def useful(self) -> bool:
        return not self.problem and (self.entries > 0 or self.parts > 0)


def look_at(source: Source, client: Client, *, today: date | None = None) -> Announced:
    """Fetch a source's listing once and say what its spider finds in it. Never raises for what a server does."""
    found = Announced(spider=source.spider, url=source.url)
    spider = SPIDERS[source.spider](source)
    try:
        robots = client.robots(source.url)
        if not allowed(robots, source.url):
            return _with(found, problem="robots.txt forbids it")
        page = client.get(source.url, largest=spider.largest_listing)
    except FetchError as error:
        return _with(found, problem=str(error))
    if page.status != 200:
        return _with(found, status=page.status, problem=f"the server answered {page.status}")
    try:
        named = spider.found(page.response()).found
    except Exception as error:  # what a hostile listing does to a parser is a finding about the listing
        return _with(found, problem=f"reading it failed: {type(error).__name__}: {error}"[:200])
    articles = [one for one in named if one.kind == "article"]
    parts = [one for one in named if one.kind == "listing"]
    if not articles and not parts:
        return _with(found, problem="no article is named in it" + (" that fits match" if source.match else ""))
    if articles and not any(allowed(robots, one.url) for one in articles[:5]):
        return _with(found, entries=len(articles), problem="robots.txt forbids its articles")
    days = [day[:10] for one in articles if one.listed and (day := machine_date(one.listed, today=today))]
    return _with(found, entries=len(articles), parts=len(parts), newest=max(days, default=""))


def _with(found: Announced, **facts: Any) -> Announced:
    return replace(found, **facts)


@dataclass(frozen=True, slots=True)
class Site:
    """What was found out about a site: its name, and what announces its articles, the best first."""

    name: str
    homepage: str
    announced: tuple[Announced, ...]


def discover(url: str, client: Client) -> Site:
    """Look for what announces the articles of the site at ``url``. Raises FetchError when that page does not come."""
    if organisation := GOV_UK.match(url):
        return _gov_uk(organisation[1], organisation[0], client)
    page = client.get(url)
    if page.status != 200:
        raise FetchError(f"{url}: the server answered {page.status}")
    tree = parse(decode(page.body))
    name = outlet(tree) if tree is not None else ""
    title = " ".join((tree.findtext(".//title") or "").split()) if tree is not None else ""
    asked: set[str] = set()
    found = []
    for spider, address in _candidates(page, client):
        if address not in asked and len(asked) < MOST_ASKED:
            asked.add(address)
            one = look_at(_source(spider, address, client), client)
            found += [one] if one.useful else []
    found.sort(key=lambda one: (one.spider != "feed", not one.newest, -one.entries))
    host = urlsplit(page.url).hostname or ""
    return Site(name or title[:80] or host, urljoin(page.url, "/"), tuple(found))


def _gov_uk(slug: str, page: str, client: Client) -> Site:
    source = Source(
        id="new", name=slug, kind="government", spider="api", url=GOV_UK_SEARCH.format(slug), match=GOV_UK_MATCH
    )
    found = _with(look_at(source, client), match=GOV_UK_MATCH)
    return Site(slug.replace("-", " ").capitalize(), page, (found,) if found.useful else ())


def _candidates(page: Page, client: Client) -> Iterator[tuple[str, str]]:
    """(spider, address): the page itself, what it links to, what robots.txt names, what is common."""
    start = page.body[:1000].lstrip().lower()
    if start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf")):
        yield ("sitemap" if b"sitemap" in start or b"<urlset" in start else "feed"), page.url
        return
    tree = parse(decode(page.body))
    links = tree.xpath("//link[@href and contains(@rel, 'alternate')]") if tree is not None else ()
    for link in links:
        if re.search(r"rss|atom", (link.get("type") or "").lower()):
            yield "feed", urljoin(page.url, link.get("href").strip())
    for address in list(client.robots(page.url).sitemaps)[:4]:
        yield "sitemap", urljoin(page.url, address)
    for path in FEEDS:
        yield "feed", urljoin(page.url, path)
    for path in SITEMAPS:
        yield "sitemap", urljoin(page.url, path)


def _source(spider: str, url: str, client: Client) -> Source:
    return Source(id="new", name="new", kind="newspaper", spider=spider, url=url, allow_private=client.allow_private)
