"""Second looks, at a real server on loopback: what is asked for again, and what its answer changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.run import crawl

Publisher = Any  # of conftest.py, which tests can't import
Outcomes = Callable[[], dict[str, tuple[str, str]]]
Rows = Callable[..., list[dict[str, Any]]]
Later = Callable[[str], None]
STATES = "select a.headline, a.pubstatus from articles a order by a.headline"


def asked(publisher: Publisher, path: str) -> list[dict[str, str]]:
    """The headers of each request for ``path``."""
    return [headers for one, headers in publisher.asked if one == path]


def test_nothing_is_asked_for_before_it_is_due_and_the_source_says_when(
    feed: Publisher, db_path: Path, rows: Rows
) -> None:
    crawl(db_path, [feed.source()])
    count = len(feed.asked)
    (result,) = crawl(db_path, [feed.source()])
    assert (result.finish_reason, result.failed, len(feed.asked)) == ("nothing due", False, count)
    (source,) = rows("select next_check_at from sources")
    assert rows("select min(next_due) as due from frontier")[0]["due"] == source["next_check_at"]
    assert rows("select count(*) as n from crawls") == [{"n": 1}]


def test_a_poll_of_the_feed_fetches_what_is_new_in_it_and_nothing_else(
    feed: Publisher, db_path: Path, later: Later
) -> None:
    crawl(db_path, [feed.source()])
    later("listing")
    feed.feed("/news/3", "/news/1", "/news/2")
    feed.article("/news/3", headline="Third")
    (result,) = crawl(db_path, [feed.source()])
    assert (result.new, feed.paths()) == (1, ["/feed.xml", "/news/3"])


def test_a_feed_that_brings_nothing_new_is_polled_more_rarely(
    feed: Publisher, db_path: Path, rows: Rows, later: Later
) -> None:
    intervals = []
    for _ in range(3):
        crawl(db_path, [feed.source()])
        intervals.append(rows("select interval_s from frontier where kind = 'listing'")[0]["interval_s"])
        later("listing")
    assert intervals == [3600, 5400, 8100]


def test_a_feed_that_has_not_changed_is_not_sent_again(
    feed: Publisher, db_path: Path, outcomes: Outcomes, later: Later
) -> None:
    feed.pages["/feed.xml"].headers["ETag"] = '"first"'
    crawl(db_path, [feed.source()])
    later("listing")
    (result,) = crawl(db_path, [feed.source()])
    assert outcomes()["/feed.xml"][0] == "not-modified"
    assert (result.unchanged, result.finish_reason, result.failed) == (0, "finished", False)


def test_the_next_page_of_a_listing_is_asked_for_when_the_first_has_news(
    publisher: Publisher, db_path: Path, later: Later
) -> None:
    publisher.put("/list", "<a href=/news/a>A</a> <a rel=next href='/list?p=2'>Older</a>")
    publisher.put("/list?p=2", "<a href=/news/b>B</a>")
    for path in ("/news/a", "/news/b", "/news/c"):
        publisher.article(path, headline=path)
    source = publisher.source(spider="listing", url=publisher.url + "/list", links="a[href*=news]")
    crawl(db_path, [source])
    later("listing")
    crawl(db_path, [source])
    assert publisher.paths() == ["/list"]
    later("listing")
    publisher.put("/list", "<a href=/news/c>C</a> <a href=/news/a>A</a> <a rel=next href='/list?p=2'>Older</a>")
    crawl(db_path, [source])
    assert sorted(publisher.paths()) == ["/list", "/list?p=2", "/news/c"]


@pytest.mark.parametrize(
    ("paragraph", "outcome"),
    [("Last updated at 16:20", "unchanged"), ("The mayor has resigned over the subsidy, she said.", "changed")],
)
def test_a_time_stamp_is_no_new_version_and_a_sentence_is(
    feed: Publisher, db_path: Path, rows: Rows, outcomes: Outcomes, later: Later, paragraph: str, outcome: str
) -> None:
    text = [f"The ferry subsidy is to be doubled from the autumn, said minister number {n}." for n in range(5)]
    feed.article("/news/1", *text, headline="First")
    crawl(db_path, [feed.source()])
    later("article")
    feed.article("/news/1", paragraph, *text, headline="First")
    crawl(db_path, [feed.source()])
    assert outcomes()["/news/1"][0] == outcome
    (versions,) = rows("select count(*) as n from article_versions where headline = 'First'")
    assert versions["n"] == (2 if outcome == "changed" else 1)


def test_a_server_that_says_of_a_changed_page_that_it_is_the_same_is_found_out(
    feed: Publisher, db_path: Path, rows: Rows, outcomes: Outcomes, later: Later
) -> None:
    feed.article("/news/2", "It was one thing, the minister told the island council.", headline="Second", ETag='"two"')
    crawl(db_path, [feed.source()])
    feed.article("/news/2", "It is another, the minister told the island council.", headline="Second", ETag='"two"')
    found = []
    for times in (0, 3, 0):
        later("article")
        with closing(sqlite3.connect(db_path)) as db, db:
            db.execute("update frontier set not_modified = ?", [times])
        crawl(db_path, [feed.source()])
        found.append((outcomes()["/news/2"][0], "if-none-match" in asked(feed, "/news/2")[0]))
    assert found == [("not-modified", True), ("changed", False), ("unchanged", False)]
    assert rows("select validators_lie from hosts") == [{"validators_lie": 1}]


def test_a_page_that_is_sent_anew_with_the_same_text_is_unchanged(
    feed: Publisher, db_path: Path, outcomes: Outcomes, later: Later
) -> None:
    crawl(db_path, [feed.source()])
    later("article")
    feed.pages["/news/2"].headers["ETag"] = '"made up for every answer"'
    crawl(db_path, [feed.source()])
    assert outcomes()["/news/2"][0] == "unchanged"


def test_an_article_goes_along_with_its_page_when_that_moves_for_good(
    feed: Publisher, db_path: Path, rows: Rows, later: Later
) -> None:
    crawl(db_path, [feed.source()])
    feed.pages["/archive/1"] = feed.pages["/news/1"]
    feed.put("/news/1", "", status=301, Location="/archive/1")
    later("article")
    crawl(db_path, [feed.source()])
    assert rows("select canonical_url, pubstatus from articles where headline = 'First'") == [
        {"canonical_url": feed.url + "/archive/1", "pubstatus": "usable"}
    ]
    assert rows("select state, moved_to, next_due from frontier where url like '%/news/1'") == [
        {"state": "moved", "moved_to": feed.url + "/archive/1", "next_due": None}
    ]
    later("article")
    crawl(db_path, [feed.source()])
    assert ("/archive/1" in feed.paths(), "/news/1" in feed.paths()) == (True, False)


def test_an_article_that_moves_to_another_one_is_marked_as_moved(
    feed: Publisher, db_path: Path, rows: Rows, later: Later
) -> None:
    crawl(db_path, [feed.source()])
    feed.put("/news/1", "", status=308, Location="/news/2")
    later("article")
    crawl(db_path, [feed.source()])
    assert rows(STATES) == [
        {"headline": "First", "pubstatus": "moved"},
        {"headline": "Second", "pubstatus": "usable"},
    ]


def test_a_page_that_moves_for_now_keeps_its_address(feed: Publisher, db_path: Path, rows: Rows, later: Later) -> None:
    feed.pages["/tonight/1"] = feed.pages["/news/1"]
    feed.put("/news/1", "", status=302, Location="/tonight/1")
    crawl(db_path, [feed.source()])
    assert rows("select distinct state from frontier where kind = 'article'") == [{"state": "done"}]


def test_a_sitemap_that_dates_a_page_after_our_visit_brings_it_forward(
    publisher: Publisher, db_path: Path, later: Later
) -> None:
    publisher.article("/news/1", headline="First")
    publisher.article("/news/2", headline="Second")
    source = publisher.source(spider="sitemap", url=publisher.url + "/sitemap.xml")

    def sitemap(first: str, second: str) -> None:
        dated = "".join(
            f"<url><loc>{publisher.url}/news/{n}</loc><lastmod>{day}</lastmod></url>"
            for n, day in ((1, first), (2, second))
        )
        publisher.put("/sitemap.xml", f"<urlset>{dated}</urlset>", kind="application/xml")

    sitemap("2024-01-01", "2024-01-01")
    crawl(db_path, [source])
    later("listing")
    with closing(sqlite3.connect(db_path)) as db, db:
        db.execute("update frontier set fetched_at = '2024-02-01T00:00:00+00:00' where kind = 'article'")
    sitemap("2024-03-01", "2024-01-01")
    crawl(db_path, [source])
    assert publisher.paths() == ["/sitemap.xml", "/news/1"]


def test_a_part_of_a_sitemap_is_read_again_when_its_index_says_that_it_changed(
    publisher: Publisher, db_path: Path, later: Later
) -> None:
    def index(newest: str) -> None:
        parts = "".join(
            f"<sitemap><loc>{publisher.url}/part-{n}.xml</loc><lastmod>{day}</lastmod></sitemap>"
            for n, day in ((1, "2024-01-01"), (2, newest))
        )
        publisher.put("/index.xml", f"<sitemapindex>{parts}</sitemapindex>", kind="application/xml")

    for n in (1, 2):
        publisher.article(f"/news/{n}", headline=str(n))
        loc = f"<url><loc>{publisher.url}/news/{n}</loc></url>"
        publisher.put(f"/part-{n}.xml", f"<urlset>{loc}</urlset>", kind="application/xml")
    source = publisher.source(spider="sitemap", url=publisher.url + "/index.xml")
    index("2024-01-01")
    crawl(db_path, [source])
    with closing(sqlite3.connect(db_path)) as db, db:
        db.execute("update frontier set fetched_at = '2024-02-01T00:00:00+00:00'")
        db.execute("update frontier set next_due = '2020' where discovered_from is null")
    publisher.asked.clear()
    index("2024-03-01")
    crawl(db_path, [source])
    assert publisher.paths() == ["/index.xml", "/part-2.xml"]


def test_an_address_that_fails_keeps_its_cause_and_is_tried_again(
    feed: Publisher, db_path: Path, rows: Rows, later: Later
) -> None:
    page = feed.pages["/news/1"]
    feed.put("/news/1", "our mistake", status=500)
    (result,) = crawl(db_path, [feed.source()])
    assert (result.errors, result.failed, result.barren) == (1, True, False)
    assert rows("select state, attempts, cause from frontier where url like '%/news/1'") == [
        {"state": "waiting", "attempts": 1, "cause": "the server answered 500"}
    ]
    feed.pages["/news/1"] = page
    later("article")
    (again,) = crawl(db_path, [feed.source()])
    assert (again.new, again.failed) == (1, False)


def test_a_source_that_fails_seven_times_is_paused_with_its_reason_and_can_be_forced(
    feed: Publisher, db_path: Path, rows: Rows, later: Later
) -> None:
    working = feed.pages["/feed.xml"]
    feed.put("/feed.xml", "our mistake", status=500)
    crawl(db_path, [feed.source()])
    with closing(sqlite3.connect(db_path)) as db, db:
        db.execute("update sources set failures = 6")
    later("listing")
    crawl(db_path, [feed.source()])
    later("listing")
    (source,) = rows("select status, failures, paused_reason from sources")
    assert (source["status"], source["failures"]) == ("paused", 7)
    assert "no listing: the server answered 500" in source["paused_reason"]
    (result,) = crawl(db_path, [feed.source()])
    assert (result.finish_reason, result.failed, feed.asked) == ("paused", False, [])
    feed.pages["/feed.xml"] = working
    (forced,) = crawl(db_path, [feed.source()], force=True)
    assert forced.new == 2
    assert rows("select status, failures, paused_reason from sources") == [
        {"status": "active", "failures": 0, "paused_reason": None}
    ]
