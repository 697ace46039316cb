"""Crawls of a real server on loopback: what is taken in, what changes, and what must never be asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator

from crawler.run import crawl

Publisher = Any  # of conftest.py, which tests can't import
Outcomes = Callable[[], dict[str, tuple[str, str]]]
Rows = Callable[..., list[dict[str, Any]]]
ROOT = Path(__file__).parents[2]


def test_a_second_crawl_adds_a_version_for_the_changed_page_only(
    feed: Publisher, db_path: Path, rows: Rows, outcomes: Outcomes
) -> None:
    source = feed.source()
    (first,) = crawl(db_path, [source])
    assert (first.new, first.changed, first.unchanged, first.errors, first.failed) == (2, 0, 0, 0, False)
    feed.article("/news/1", "The subsidy is not to be doubled after all, the secretary said.", headline="First")
    (second,) = crawl(db_path, [source], force=True)
    assert (second.new, second.changed, second.unchanged) == (0, 1, 1)
    assert outcomes()["/news/1"][0] == "changed"
    assert outcomes()["/news/2"][0] == "not-modified"
    assert rows("select version_no from article_versions order by id") == [{"version_no": n} for n in (1, 1, 2)]
    (current,) = rows(
        "select v.version_no, v.body from articles a join article_versions v on v.id = a.current_version_id "
        "where a.headline = 'First'"
    )
    assert current == {"version_no": 2, "body": "The subsidy is not to be doubled after all, the secretary said."}
    assert rows("select finish_reason, new, changed, unchanged from crawls order by id") == [
        {"finish_reason": "finished", "new": 2, "changed": 0, "unchanged": 0},
        {"finish_reason": "finished", "new": 0, "changed": 1, "unchanged": 1},
    ]
    assert len(rows("select rowid from article_versions_fts where article_versions_fts match 'doubling'")) == 3


def test_we_say_who_we_are_and_read_robots_first(feed: Publisher, db_path: Path) -> None:
    crawl(db_path, [feed.source()])
    assert feed.paths()[0] == "/robots.txt"
    assert {headers["user-agent"].split("/")[0] for _, headers in feed.asked} == {"Quotewire"}
    assert all("cookie" not in headers for _, headers in feed.asked)


def test_a_capture_can_be_read_back_from_its_warc_file(feed: Publisher, db_path: Path, rows: Rows) -> None:
    for _ in range(2):
        crawl(db_path, [feed.source()], force=True)
    kept = rows("select warc_file, warc_offset, payload_bytes, url from captures where url like '%/news/1'")
    assert len(kept) == 2
    assert kept[0] == kept[1], "the same payload is stored once"
    with (db_path.parent / kept[0]["warc_file"]).open("rb") as file:
        file.seek(kept[0]["warc_offset"])
        record = next(iter(ArchiveIterator(file)))
        assert record.headers["WARC-Target-URI"] == kept[0]["url"]
        assert record.reader.read() == feed.pages["/news/1"].body


def test_a_sitemap_index_leads_to_its_articles(publisher: Publisher, db_path: Path, rows: Rows) -> None:
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    index = f"<sitemapindex {ns}><sitemap><loc>{publisher.url}/sitemap-1.xml</loc></sitemap></sitemapindex>"
    sitemap = "".join(f"<url><loc>{publisher.url}{path}</loc></url>" for path in ("/news/a", "/news/b", "/about"))
    publisher.put("/sitemap.xml", f"<?xml version='1.0'?>{index}", kind="application/xml")
    publisher.put("/sitemap-1.xml", f"<urlset {ns}>{sitemap}</urlset>", kind="application/xml")
    for path in ("/news/a", "/news/b", "/about"):
        publisher.article(path, headline=path)
    source = publisher.source(spider="sitemap", url=publisher.url + "/sitemap.xml", match="/news/")
    (result,) = crawl(db_path, [source])
    assert (result.new, result.failed) == (2, False)
    assert "/about" not in publisher.paths()


def test_a_listing_is_followed_page_by_page(publisher: Publisher, db_path: Path) -> None:
    first = (
        "<ul><li><h2><a href='/news/a'>A</a></h2></ul><a href='/advert'>Buy</a><a rel=next href='/list?p=2'>Older</a>"
    )
    publisher.put("/list", f"<html><body>{first}</body></html>")
    publisher.put(
        "/list?p=2", "<html><body><h2><a href='news/b'>B</a></h2><a rel=next href='/list'>x</a></body></html>"
    )
    publisher.article("/news/a", headline="A")
    publisher.article("/news/b", headline="B")
    source = publisher.source(spider="listing", url=publisher.url + "/list", links="h2 a")
    (result,) = crawl(db_path, [source])
    assert (result.new, result.failed) == (2, False)
    assert "/advert" not in publisher.paths()


def test_an_api_gives_documents_page_by_page(publisher: Publisher, db_path: Path, rows: Rows) -> None:
    for start, links in ((0, ("/news/a", "/news/b")), (2, ("/news/c",))):
        answer = {"results": [{"link": link} for link in links], "total": 3, "start": start}
        publisher.put("/api/search.json?count=2" + (f"&start={start}" if start else ""), json.dumps(answer))
    for name in "abc":
        document = {
            "base_path": f"/news/{name}",
            "schema_name": "news_article",
            "title": f"News {name}",
            "first_published_at": "2024-05-06T09:30:00+01:00",
            "details": {"body": "<p>The subsidy for the island ferries is to be doubled.</p>"},
            "links": {"organisations": [{"title": "Ministry of Harbours"}]},
        }
        publisher.put(f"/api/content/news/{name}", json.dumps(document), kind="application/json")
    source = publisher.source(spider="api", url=publisher.url + "/api/search.json?count=2", match="/news/")
    (result,) = crawl(db_path, [source])
    assert (result.new, result.failed) == (3, False)
    (row,) = rows(
        "select a.*, v.byline from articles a join article_versions v using (headline) where headline = 'News a'"
    )
    assert row["canonical_url"] == publisher.url + "/news/a"
    assert (row["published_at"], row["byline"]) == ("2024-05-06T09:30:00+01:00", "Ministry of Harbours")


def test_one_name_in_a_listing_that_nobody_can_ask_for_costs_no_other(publisher: Publisher, db_path: Path) -> None:
    links = [
        {"link": "/news/\ud800"},
        {"link": "http://\ud800.example/"},
        {"link": "/news/a", "public_timestamp": "\ud800"},
    ]
    publisher.put("/api/search.json", json.dumps({"results": links}))
    document = {"base_path": "/news/a", "title": "A", "details": {"body": "<p>The ferry runs again from May.</p>"}}
    publisher.put("/api/content/news/a", json.dumps(document), kind="application/json")
    (result,) = crawl(db_path, [publisher.source(spider="api", url=publisher.url + "/api/search.json")])
    assert (result.new, result.errors, result.failed) == (1, 0, False)


def test_every_address_asked_for_leaves_a_row_that_says_what_came_of_it(
    feed: Publisher, db_path: Path, rows: Rows, outcomes: Outcomes
) -> None:
    paths = ("/news/1", "/closed/1", "/lost", "/broken", "/paper.html", "/to-file", "/to-meta", "/loop", "/fault")
    feed.feed(*paths)
    feed.put("/robots.txt", "User-agent: *\nDisallow: /closed/", kind="text/plain")
    feed.article("/closed/1")
    feed.put("/broken", "<html><head></head><body>")
    feed.put("/paper.html", b"%PDF-1.7 and so on")
    feed.put("/to-file", "", status=302, Location="file:///etc/passwd")
    feed.put("/to-meta", '<meta http-equiv="refresh" content="0;url=file:///etc/passwd">')
    feed.put("/loop", "", status=301, Location="/loop?x")
    feed.put("/loop?x", "", status=301, Location="/loop?x")
    feed.put("/fault", "our mistake", status=500)
    (result,) = crawl(db_path, [feed.source()])
    found = outcomes()
    assert found.pop("/feed.xml")[0] == "listing"
    assert found.pop("/robots.txt")[0] == "rules"
    assert {path: outcome for path, (outcome, _) in found.items()} == {
        "/news/1": "new",
        "/closed/1": "robots",
        "/lost": "gone",
        "/broken": "skipped",
        "/paper.html": "skipped",
        "/to-file": "refused",
        "/to-meta": "skipped",
        "/loop": "refused",
        "/fault": "error",
    }
    assert all(reason for path, (_, reason) in found.items() if path != "/news/1")
    assert "/closed/1" not in feed.paths()
    assert (result.new, result.errors, result.robots_blocked, result.failed) == (1, 1, 1, True)


def test_a_redirect_to_an_article_of_the_same_crawl_leaves_a_row_too(
    feed: Publisher, db_path: Path, rows: Rows, outcomes: Outcomes
) -> None:
    feed.feed("/news/1", "/old")
    feed.put("/old", "", status=301, Location="/news/1")
    (result,) = crawl(db_path, [feed.source()])
    assert sorted(outcome for path, (outcome, _) in outcomes().items() if "/news" in path or path == "/old") == [
        "duplicate",
        "new",
    ]
    assert result.failed is False


def test_a_page_that_is_not_there_twice_marks_its_article_as_gone(feed: Publisher, db_path: Path, rows: Rows) -> None:
    crawl(db_path, [feed.source()])
    del feed.pages["/news/1"]
    crawl(db_path, [feed.source()], force=True)
    assert rows("select distinct pubstatus from articles") == [{"pubstatus": "usable"}]
    crawl(db_path, [feed.source()], force=True)
    assert rows("select headline, pubstatus from articles order by headline") == [
        {"headline": "First", "pubstatus": "gone"},
        {"headline": "Second", "pubstatus": "usable"},
    ]
