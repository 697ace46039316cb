"""What each kind of listing names, sound and broken: the bytes as they come over the wire."""

from __future__ import annotations

import gzip
import json

import pytest
from scrapy.http import HtmlResponse, TextResponse

from crawler.sources import Source
from crawler.spiders import SPIDERS
from crawler.spiders.base import Link, More

SITE = "https://gazette.example.org"
DAY = "2024-05-06"
ATOM = "http://www.w3.org/2005/Atom"


def named(spider: str, body: str | bytes, *, path: str = "/list", links: str = "") -> list[Link | More]:
    source = Source(id="gazette", name="x", kind="newspaper", spider=spider, url=SITE + path, links=links)
    payload = body.encode() if isinstance(body, str) else body
    kind = HtmlResponse if spider == "listing" else TextResponse
    return list(SPIDERS[spider](source).links(kind(SITE + path, body=payload, encoding="utf-8")))


def item(path: str, more: str = "") -> str:
    return f"<item><title>x</title><link>{path}</link><pubDate>{DAY}</pubDate>{more}</item>"


@pytest.mark.parametrize(
    "feed",
    [
        f"<?xml version='1.0'?><rss version='2.0'><channel>{item('/news/1')}</channel></rss>",
        f"<rss><channel>{item('/news/1')}",  # cut off
        f"\n\n<?xml version='1.0'?><rss version='2.0'><channel><title>Q & A</title>{item('/news/1')}</channel></rss>",
        f"<?xml version='1.0' encoding='utf-8'?><rss><channel>{item('/news/1')}</channel></rss>".encode("utf-16"),
        f"<rss version='2.0'><channel>{item(f'  {SITE}/news/1  ')}</channel></rss>",
        f"<feed xmlns='{ATOM}'><entry><link href='/news/1'/><published>{DAY}</published></entry></feed>",
        f"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='{SITE}/news/'><entry><link rel=alternate href='1'/>"
        f"<updated>{DAY}</updated></entry></feed>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
        f"xmlns:dc='http://purl.org/dc/elements/1.1/'><item><link>{SITE}/news/1</link><dc:date>{DAY}</dc:date></item></rdf:RDF>",
        "<rss version='2.0' xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'><channel>"
        + item("https://counter.example/1", f"<feedburner:origLink>{SITE}/news/1</feedburner:origLink>")
        + "</channel></rss>",
    ],
)  # fmt: skip
def test_a_feed_names_its_articles_in_whatever_form_and_state_it_is(feed: str | bytes) -> None:
    assert named("feed", feed) == [Link(f"{SITE}/news/1", DAY)]


def test_an_entry_without_an_address_is_passed_over() -> None:
    feed = f"<rss version='2.0'><channel><item><title>x</title></item>{item('/news/1')}</channel></rss>"
    assert [link.url for link in named("feed", feed)] == [f"{SITE}/news/1"]


def test_the_further_pages_of_a_feed_are_followed() -> None:
    feed = "<feed xmlns='http://www.w3.org/2005/Atom'><link rel='next' href='/feed?page=2'/></feed>"
    assert named("feed", feed) == [More(f"{SITE}/feed?page=2")]


MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@pytest.mark.parametrize("packed", [False, True])
def test_a_sitemap_names_what_changed_last_first(packed: bool) -> None:
    urls = "".join(f"<url><loc> {SITE}/news/{n} </loc><lastmod>2024-05-0{n}</lastmod></url>" for n in (1, 3, 2))
    payload = f"<?xml version='1.0'?><urlset xmlns='{MAP}'>{urls}<url><lastmod>x</lastmod></url></urlset>".encode()
    found = named("sitemap", gzip.compress(payload) if packed else payload)
    assert found == [Link(f"{SITE}/news/{n}", f"2024-05-0{n}") for n in (3, 2, 1)]


def test_a_news_sitemap_tells_when_an_article_was_published() -> None:
    entry = (
        f"<url><loc>{SITE}/news/1</loc><lastmod>2024-05-09</lastmod><n:news><n:publication_date>{DAY}</n:publication_date>"
        "</n:news><i:image xmlns:i='http://www.google.com/schemas/sitemap-image/1.1'><i:loc>/a.jpg</i:loc></i:image></url>"
    )
    assert named("sitemap", f"<urlset xmlns='{MAP}' xmlns:n='{NEWS}'>{entry}</urlset>") == [Link(f"{SITE}/news/1", DAY)]


def test_an_index_leads_to_further_sitemaps() -> None:
    parts = (
        f"<sitemap><loc>{SITE}/a.xml</loc></sitemap><sitemap><loc>{SITE}/b.xml</loc><lastmod>{DAY}</lastmod></sitemap>"
    )
    found = named("sitemap", f"<sitemapindex xmlns='{MAP}'>{parts}</sitemapindex>")
    assert found == [More(f"{SITE}/b.xml", part=True, listed=DAY), More(f"{SITE}/a.xml", part=True, listed=None)]


def test_a_sitemap_may_be_plain_text_or_cut_off() -> None:
    assert named("sitemap", f"{SITE}/news/1\r\n{SITE}/news/2\n") == [Link(f"{SITE}/news/{n}") for n in (1, 2)]
    cut = f"<urlset><url><loc>{SITE}/news/1</loc></url><url><loc>{SITE}/ne"
    assert named("sitemap", cut) == [Link(f"{SITE}/news/1")]


def test_a_sitemap_of_fifty_thousand_addresses_is_read_whole() -> None:
    entries = "".join(f"<url><loc>{SITE}/news/{n}</loc><lastmod>2024-05-06</lastmod></url>" for n in range(50_000))
    assert len({link.url for link in named("sitemap", f"<urlset>{entries}</urlset>")}) == 50_000


def test_a_listing_names_its_links_and_the_next_page_and_nothing_else() -> None:
    body = (
        "<h2><a href='/news/1'>One</a> <a href='/news/1#comments'>3</a></h2><h2><a href=' /news/2 '>Two</a></h2>"
        "<h2>no link</h2><a href='/about'>About</a><a rel='nofollow next' href='?page=2'>Older</a>"
    )
    found = named("listing", body, links="h2")
    assert found == [Link(f"{SITE}/news/1"), Link(f"{SITE}/news/2"), More(f"{SITE}/list?page=2")]


def test_a_search_names_its_results_and_its_next_page() -> None:
    results = [{"link": "/government/news/1", "public_timestamp": DAY}, {"title": "no link"}, "broken", {"link": "/x"}]
    found = named("api", json.dumps({"results": results, "start": 0, "total": 9}), path="/api/search.json?count=4")
    assert found == [
        Link(f"{SITE}/government/news/1", DAY),
        Link(f"{SITE}/x"),
        More(f"{SITE}/api/search.json?count=4&start=4"),
    ]
    assert named("api", json.dumps({"results": results, "start": 5, "total": 9}))[-1] == Link(f"{SITE}/x")
