"""The sample publishers, asked over real HTTP."""

from __future__ import annotations

import json
import re
import socket
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import feedparser
import pytest
from lxml import html

from crawler.sample import SOURCES, Sample, default_addresses, serving, write_sources

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
CHANGING = "/news/2025/03/last-bus-to-thorley"
FORBIDDEN = "/subscribers/subscriber-briefing-rail-talks"
NOWHERE = r"""
/nothing-here /static/../site.toml /static/%2e%2e/site.toml /static/..%2fsite.toml /../../__init__.py /static/
/articles/last-bus-to-thorley.md //etc/passwd /static/style.css%00.html /..\site.toml ? //[
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def get(address: str, path: str = "", *, method: str = "GET", **headers: str) -> Answer:
    """Asks with the path exactly as written: no client-side tidying of dots."""
    parts = urlsplit(address)
    target = path or (f"{parts.path}?{parts.query}" if parts.query else parts.path)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=10)
    connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


@pytest.fixture(scope="module")
def running() -> Iterator[Sample]:
    with serving(base_port=0) as sample:
        yield sample


@pytest.fixture
def sample(running: Sample) -> Iterator[Sample]:
    yield running
    running.edition = 1


def search(sample: Sample, query: str = "?count=100") -> dict:
    return json.loads(get(sample.addresses["announcements"], f"/api/search.json{query}").body)


def listing_pages(sample: Sample) -> list[html.HtmlElement]:
    """The listing and what its rel=next links lead to."""
    pages, path = [], "/news"
    while path:
        pages.append(html.fromstring(get(sample.addresses["practitioner"], path).text))
        path = next(iter(pages[-1].xpath("//a[@rel='next']/@href")), "")
    return pages


def sitemap_locations(sample: Sample) -> list[str]:
    index = ElementTree.fromstring(get(sample.addresses["chronicle"], "/sitemap.xml").body)
    maps = [ElementTree.fromstring(get(loc.text or "").body) for loc in index.iter(LOC)]
    return [loc.text or "" for tree in maps for loc in tree.iter(LOC)]


def announced(sample: Sample) -> dict[str, list[str]]:
    """The addresses of every publisher's articles, found in the way that it announces them."""
    at = sample.addresses
    feed = feedparser.parse(get(at["meridian"], "/feed.xml").body)
    links = [path for page in listing_pages(sample) for path in page.xpath("//ul[@class='articles']//h2/a/@href")]
    return {
        "announcements": [at["announcements"] + result["link"] for result in search(sample)["results"]],
        "meridian": [entry.link for entry in feed.entries],
        "chronicle": [url for url in sitemap_locations(sample) if "/news/" in url],
        "practitioner": [at["practitioner"] + path for path in links],
    }


def paragraphs(url: str) -> list[str]:
    tree = html.fromstring(get(url).text)
    return [" ".join(p.text_content().split()) for p in tree.xpath("//div[@class='copy' or @class='story']/p")] or [
        " ".join(p.text_content().split()) for p in tree.xpath("//div[@class='article-body']/p[not(@class)]")
    ]


def test_the_sample_tells_at_least_six_stories_in_at_least_fourteen_articles(sample: Sample) -> None:
    found = announced(sample)
    subjects = ("mutual", "breakfast", "bus", "levy", "prison", "clear fares", "librar")
    texts = [get(url).body.decode(errors="replace").lower() for urls in found.values() for url in urls]
    assert all(len(urls) >= 4 for urls in found.values())
    assert sum(len(text) > 0 for text in texts) >= 14
    assert all(sum(subject in text for text in texts) >= 2 for subject in subjects)


def test_the_search_api_pages_newest_first_through_what_the_content_api_holds(sample: Sample) -> None:
    whole, first, second = search(sample), search(sample, "?count=3"), search(sample, "?count=3&start=3")
    assert whole["total"] == len(whole["results"]) == 4
    assert first["results"] + second["results"] == whole["results"]
    stamps = [result["public_timestamp"] for result in whole["results"]]
    assert stamps == sorted(stamps, reverse=True)
    for result in whole["results"]:
        document = json.loads(get(sample.addresses["announcements"], f"/api/content{result['link']}").body)
        assert document["base_path"] == result["link"]
        assert document["title"] == result["title"]
        assert document["details"]["body"].startswith('<div class="govspeak"><p>')
        assert document["links"]["organisations"][0]["title"]
        assert document["first_published_at"]
        assert get(sample.addresses["announcements"], result["link"]).status == 200


@pytest.mark.parametrize(
    ("query", "start"), [("?start=none", 0), ("?start=-1", 0), ("?count=", 0), ("?start=99", 99), ("?count=%00", 0)]
)
def test_a_search_with_an_odd_number_is_answered(sample: Sample, query: str, start: int) -> None:
    assert search(sample, query)["start"] == start


def test_the_feed_is_well_formed_rss_with_a_date_for_every_item(sample: Sample) -> None:
    feed = feedparser.parse(get(sample.addresses["meridian"], "/feed.xml").body)
    assert not feed.bozo
    assert feed.version == "rss20"
    assert all(entry.title and entry.summary and entry.published_parsed for entry in feed.entries)


def test_the_sitemap_index_leads_to_articles_and_to_pages_that_are_none(sample: Sample) -> None:
    locations = sitemap_locations(sample)
    assert sample.addresses["chronicle"] + "/about" in locations
    assert all(get(location).status == 200 for location in locations)


def test_the_listing_has_two_pages_and_heavy_furniture(sample: Sample) -> None:
    pages = listing_pages(sample)
    article = get(sample.addresses["practitioner"], "/news/staff-led-nhs-mutuals").text
    assert len(pages) == 2
    for furniture in ("This site is intended for", "cookies", "Sign up", "Related articles", "Comments", "Share this"):
        assert furniture in article


def test_each_publisher_states_the_date_in_its_own_way(sample: Sample) -> None:
    found = announced(sample)
    wire, paper = get(found["meridian"][0]).text, get(found["chronicle"][-1]).text
    trade = get(sample.addresses["practitioner"], "/news/staff-led-nhs-mutuals").text
    record = json.loads(html.fromstring(wire).xpath("string(//script[@type='application/ld+json'])"))
    assert record["@type"] == "NewsArticle"
    assert re.match(r"\d{4}-\d\d-\d\dT", record["datePublished"])
    assert html.fromstring(paper).xpath("//meta[@property='article:published_time']/@content")
    assert "31 March 2011" in trade
    assert "2011-03-31" not in trade


def test_every_article_names_its_own_address_as_canonical(sample: Sample) -> None:
    paper = sample.addresses["chronicle"]
    page = html.fromstring(get(paper, CHANGING).text)
    assert page.xpath("//link[@rel='canonical']/@href") == [paper + CHANGING]


def test_robots_txt_forbids_the_page_that_the_listing_links_to_and_no_other(sample: Sample) -> None:
    refused = []
    for name, urls in announced(sample).items():
        robots = RobotFileParser()
        robots.parse(get(sample.addresses[name], "/robots.txt").text.splitlines())
        refused += [url for url in urls if not robots.can_fetch("Quotewire", url)]
    assert refused == [sample.addresses["practitioner"] + FORBIDDEN]
    assert get(refused[0]).status == 200


def test_the_second_edition_changes_exactly_one_article(sample: Sample) -> None:
    urls = [url for urls in announced(sample).values() for url in urls]
    before = {url: get(url).body for url in urls}
    sample.edition = 2
    after = {url: get(url).body for url in urls}
    changed = sample.addresses["chronicle"] + CHANGING
    assert [url for url in urls if before[url] != after[url]] == [changed]
    assert "£1.9 million" in before[changed].decode()
    assert "£1.3 million" in after[changed].decode()
    assert after[changed].decode().count("‘") < before[changed].decode().count("‘")


def test_there_is_no_third_edition(sample: Sample) -> None:
    with pytest.raises(ValueError, match="not 3"):
        sample.edition = 3


def test_two_outlets_carry_copies_of_wire_stories_edited_differently(sample: Sample) -> None:
    at = sample.addresses
    levy = paragraphs(at["meridian"] + "/wire/2025/04/care-levy-divides-commons")
    cut = paragraphs(at["chronicle"] + "/news/2025/04/care-levy-passes-first-vote")
    meals = paragraphs(at["meridian"] + "/wire/2025/03/breakfast-scheme-staff-warning")
    copy = paragraphs(at["practitioner"] + "/news/breakfast-scheme-ballot")
    reworded = paragraphs(at["practitioner"] + "/news/care-levy-what-managers-say")
    assert set(levy) & set(reworded) == {"“This levy is fair, it is small, and it will be spent on nothing but care.”"}
    assert cut == levy[: len(cut)]
    assert len(levy) / 3 < len(cut) < len(levy)
    assert copy[:-1] == meals[: len(copy) - 1]
    assert copy[-1] not in meals


@pytest.mark.parametrize(
    ("publisher", "path", "credit"),
    [
        ("chronicle", "/news/2025/04/care-levy-passes-first-vote", "By Fergus Inchbald, Meridian News Agency"),
        ("practitioner", "/news/breakfast-scheme-ballot", "Copyright © Meridian News Agency 2025"),
        ("practitioner", "/news/staff-led-nhs-mutuals", "Copyright © Press Association 2011"),
    ],
)
def test_a_wire_copy_credits_its_agency(sample: Sample, publisher: str, path: str, credit: str) -> None:
    page = html.fromstring(get(sample.addresses[publisher], path).text)
    assert credit in page.xpath("//p[@class='byline' or @class='credit']/text()")


def test_a_script_in_a_headline_is_text(sample: Sample) -> None:
    page = get(sample.addresses["chronicle"], "/news/2025/03/bus-survey-closed-early").text
    assert "<script>alert('x')</script>" in html.fromstring(page).xpath("string(//h1)")
    assert "<script" not in page.lower()


def test_the_broken_page_stops_in_a_tag_and_declares_a_charset_that_it_is_not_in(sample: Sample) -> None:
    answer = get(sample.addresses["chronicle"], "/news/2025/04/harrow-cross-library-vigil")
    assert answer.headers["Content-Type"] == "text/html"
    assert b"charset=iso-8859-1" in answer.body
    assert answer.text.rfind("<") > answer.text.rfind(">")
    assert answer.text.count("“") > answer.text.count("”")


def test_the_empty_page_answers_with_nothing(sample: Sample) -> None:
    answer = get(sample.addresses["practitioner"], "/news/inspection-timetable")
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.parametrize("path", NOWHERE.split())
def test_a_path_that_leads_nowhere_or_out_of_the_site_is_not_found(sample: Sample, path: str) -> None:
    for address in sample.addresses.values():
        answer = get(address, path)
        assert answer.status == 404
        assert "Page not found" in answer.text


def test_a_page_that_the_client_has_is_not_sent_again_until_it_changes(sample: Sample) -> None:
    paper = sample.addresses["chronicle"]
    first = get(paper, CHANGING)
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    same = [get(paper, CHANGING, If_None_Match=tag), get(paper, CHANGING, If_Modified_Since=date)]
    assert [(answer.status, answer.body) for answer in same] == [(304, b""), (304, b"")]
    sample.edition = 2
    changed = [get(paper, CHANGING, If_None_Match=tag), get(paper, CHANGING, If_Modified_Since=date)]
    assert [answer.status for answer in changed] == [200, 200]
    assert get(paper, CHANGING, If_Modified_Since="the day before yesterday").status == 200


def test_a_head_request_gets_the_headers_alone(sample: Sample) -> None:
    answer = get(sample.addresses["meridian"], "/feed.xml", method="HEAD")
    assert answer.body == b""
    assert int(answer.headers["Content-Length"]) > 1000
    assert answer.headers["Content-Type"].startswith("application/rss+xml")


def test_a_port_that_is_taken_is_named_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(OSError, match=rf"announcements.* port {port}: .*another base port"),
            serving(base_port=port),
        ):
            pass


def test_written_sources_differ_from_the_bundled_ones_in_the_address_alone(tmp_path: Path) -> None:
    addresses = {name: f"http://127.0.0.1:{9000 + n}" for n, name in enumerate(default_addresses())}
    for path in write_sources(tmp_path / "sources", addresses):
        ours, theirs = (tomllib.loads((folder / path.name).read_text()) for folder in (path.parent, SOURCES))
        assert ours["url"].startswith(addresses[path.stem])
        assert ours["homepage"].startswith(addresses[path.stem])
        assert {key: ours[key] for key in ours if key not in ("url", "homepage")} == {
            key: theirs[key] for key in theirs if key not in ("url", "homepage")
        }
        assert ours["name"].endswith("(sample)")
    assert {path.name for path in SOURCES.iterdir()} == {f"{name}.toml" for name in default_addresses()}
