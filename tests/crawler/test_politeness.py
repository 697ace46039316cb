"""Manners towards a host, against real servers on loopback: its wishes are heeded, and no other host pays for them."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from crawler.run import CrawlError, crawl
from crawler.sources import Source
from crawler.tables import migrations, open_database

Publisher = Any  # of conftest.py, which tests can't import
Outcomes = Callable[[], dict[str, tuple[str, str]]]
Rows = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def busy(second_publisher: Publisher) -> Publisher:
    """Another publisher, with a feed of three articles."""
    second_publisher.feed("/1", "/2", "/3")
    for path in ("/1", "/2", "/3"):
        second_publisher.article(path, headline=path)
    return second_publisher


def waits(rows: Rows, host: str) -> float:
    """Seconds for which a host is left alone from now on."""
    (row,) = rows("select not_before from hosts where host = ?", host)
    return (datetime.fromisoformat(row["not_before"]) - datetime.now(UTC)).total_seconds()


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("as_date", [False, True])
def test_a_host_that_asks_to_be_left_alone_is_while_others_are_crawled(
    feed: Publisher, busy: Publisher, db_path: Path, rows: Rows, status: int, as_date: bool
) -> None:
    wish = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True) if as_date else "7200"
    for path in ("/1", "/2"):  # which are asked for at the same time
        busy.put(path, "busy", status=status, Retry_After=wish)
    refused, crawled = crawl(db_path, [busy.source(id="busy"), feed.source()])
    assert (crawled.new, crawled.failed) == (2, False)
    assert "/3" not in busy.paths(), "nothing more is asked of it"
    assert refused.finish_reason == "limit reached"
    assert 7000 < waits(rows, busy.host) <= 7200
    (row,) = rows("select state, next_due, cause from frontier where url like '%/1' and source_id = 'busy'")
    assert (row["state"], row["cause"]) == ("waiting", f"the server answered {status}")
    assert row["next_due"] == rows("select not_before from hosts where host = ?", busy.host)[0]["not_before"]
    asked = len(busy.asked)
    (again,) = crawl(db_path, [busy.source(id="busy")])
    assert (again.finish_reason, len(busy.asked)) == ("nothing due", asked)


def test_a_dead_host_is_put_off_after_a_few_attempts_and_its_addresses_keep_their_turn(
    publisher: Publisher, db_path: Path, rows: Rows
) -> None:
    publisher.feed(*(f"http://127.0.0.1:9/{number}" for number in range(40)))
    publisher.put("/feed.xml", publisher.pages["/feed.xml"].body.replace(publisher.url.encode() + b"http", b"http"))
    crawl(db_path, [publisher.source()])
    tried = rows("select cause from frontier where host = '127.0.0.1:9' and attempts > 0")
    assert 5 <= len(tried) <= 7
    assert {row["cause"] for row in tried} == {"no answer: the connection was refused"}
    assert rows("select count(*) as n from frontier where state = 'waiting' and kind = 'article'") == [{"n": 40}]
    assert waits(rows, "127.0.0.1:9") > 30


def test_two_sources_on_one_host_share_its_delay_and_its_places(feed: Publisher, db_path: Path) -> None:
    paths = [f"/other/{number}" for number in range(4)]
    for path in paths:
        feed.article(path, headline=path)
    items = "".join(f"<item><link>{feed.url}{path}</link></item>" for path in paths)
    feed.put("/other.xml", f"<rss version='2.0'><channel>{items}</channel></rss>")
    sources = [feed.source(delay=0.2), feed.source(id="other", url=feed.url + "/other.xml", delay=0.4)]
    started = time.monotonic()
    results = crawl(db_path, sources)
    assert [result.new for result in results] == [2, 4]
    # Nine requests, and of the eight gaps between them those after the other source's first are its 0.4 seconds.
    assert time.monotonic() - started > 7 * 0.4


def test_no_more_than_two_requests_are_under_way_to_one_host(
    feed: Publisher, db_path: Path, at_once: Callable[[], int]
) -> None:
    feed.feed(*(f"/news/{number}" for number in range(12)))
    feed.pause = 0.05
    crawl(db_path, [feed.source(), feed.source(id="other")])
    assert at_once() == 2


def test_the_crawl_delay_of_robots_txt_is_the_hosts(feed: Publisher, db_path: Path, rows: Rows) -> None:
    feed.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.5\n", kind="text/plain")
    started = time.monotonic()
    crawl(db_path, [feed.source()])
    assert time.monotonic() - started > 2 * 0.5
    assert rows("select outcome, status from captures where url like '%/robots.txt'") == [
        {"outcome": "rules", "status": 200}
    ]


def test_robots_txt_is_asked_for_once_a_day(feed: Publisher, db_path: Path) -> None:
    crawl(db_path, [feed.source()])
    crawl(db_path, [feed.source(id="other", url=feed.url + "/feed.xml?other")])
    assert feed.paths().count("/robots.txt") == 1


def test_nothing_is_asked_of_a_host_whose_robots_txt_is_in_trouble(feed: Publisher, db_path: Path, rows: Rows) -> None:
    feed.put("/robots.txt", "our mistake", status=503, Retry_After="600")
    (result,) = crawl(db_path, [feed.source()])
    assert feed.paths() == ["/robots.txt"]
    assert (result.finish_reason, result.failed) == ("failed", True)
    assert 500 < waits(rows, feed.host) <= 600
    del feed.pages["/robots.txt"]
    (again,) = crawl(db_path, [feed.source()], force=True)
    assert again.finish_reason == "nothing due"
    with closing(sqlite3.connect(db_path)) as db, db:
        db.execute("update hosts set not_before = null")
    (well,) = crawl(db_path, [feed.source()], force=True)
    assert (well.new, rows("select put_off from hosts")) == (2, [{"put_off": 0}]), "its troubles are forgotten"


def test_a_slow_server_is_asked_more_slowly(publisher: Publisher, db_path: Path) -> None:
    paths = [f"/news/{number}" for number in range(6)]
    publisher.feed(*paths)
    for path in paths:
        publisher.article(path, headline=path)
    starts: list[float] = []
    publisher.pause = 0.3
    publisher.watch = lambda step: starts.append(time.monotonic()) if step == 1 else None
    crawl(db_path, [publisher.source(delay=0.01)])
    assert len(starts) == 7
    assert starts[-1] - starts[1] > 5 * 0.3 * 0.8, "one each 0.3 seconds, which is what an answer takes"


def test_a_host_is_asked_for_so_many_pages_a_day_its_robots_txt_among_them(
    feed: Publisher, db_path: Path, rows: Rows
) -> None:
    feed.feed(*(f"/news/{number}" for number in range(10)))
    (result,) = crawl(db_path, [feed.source(pages_per_day=5)])
    assert len(feed.asked) == 5
    assert (result.finish_reason, result.errors, result.failed) == ("limit reached", 0, False)
    assert rows("select count(*) as n from frontier where state = 'waiting' and attempts = 0") == [{"n": 7}]
    (row,) = rows("select not_before, why, pages from hosts where host = ?", feed.host)
    assert row["not_before"].endswith("T00:00:00+00:00")
    assert "used up" in row["why"]
    assert row["pages"] == 5


def test_the_hops_of_a_redirect_are_pages_of_the_day_too(feed: Publisher, db_path: Path, rows: Rows) -> None:
    feed.feed(*(f"/news/{number}" for number in range(10)))
    for number in range(10):
        feed.put(f"/news/{number}", "", status=302, Location=f"/tonight/{number}")
        feed.article(f"/tonight/{number}", headline=str(number))
    (result,) = crawl(db_path, [feed.source(pages_per_day=9)])
    assert len(feed.asked) == 9
    assert (result.errors, result.failed) == (0, False)
    assert rows("select pages from hosts") == [{"pages": 9}]
    waiting = rows("select count(*) as n from frontier where state = 'waiting' and attempts = 0")
    assert waiting == [{"n": 10 - result.new}]


def test_nobody_is_led_to_a_host_that_has_had_its_pages_of_the_day(
    feed: Publisher, busy: Publisher, db_path: Path, rows: Rows
) -> None:
    feed.put("/news/1", "", status=302, Location=busy.url + "/1")
    with closing(open_database(db_path).conn) as db, db:
        migrations.apply(Database(db))
        db.execute("insert into hosts (host, day, pages) values (?, date('now'), 50)", [busy.host])
    (result,) = crawl(db_path, [feed.source(pages_per_day=50)])
    assert busy.paths() == ["/robots.txt"]
    assert (result.new, result.failed) == (1, False)
    (row,) = rows("select state, attempts, next_due from frontier where url like '%/news/1'")
    assert (row["state"], row["attempts"]) == ("waiting", 0)
    assert row["next_due"].endswith("T00:00:00+00:00")


def test_what_a_host_would_not_give_leaves_its_room_in_the_run_to_others(
    feed: Publisher, busy: Publisher, db_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTEWIRE_ARTICLES_PER_RUN", "8")
    away = "".join(f"<item><link>{busy.url}/{number}</link></item>" for number in range(8))
    for number in range(8):
        busy.put(f"/{number}", "busy", status=429, Retry_After="7200")
    feed.put("/feed.xml", feed.pages["/feed.xml"].body.replace(b"<item>", away.encode() + b"<item>", 1))
    (result,) = crawl(db_path, [feed.source()])
    assert len([path for path in busy.paths() if path != "/robots.txt"]) <= 2
    assert result.new == 2, "the eight that were leased first have gone back"


def test_a_source_whose_listing_was_never_asked_for_has_not_failed(publisher: Publisher, db_path: Path) -> None:
    names = ("first", "second", "third")
    for name in names:
        publisher.put(f"/{name}.xml", "busy", status=503, Retry_After="7200")
    results = crawl(db_path, [publisher.source(id=name, url=f"{publisher.url}/{name}.xml") for name in names])
    assert "/third.xml" not in publisher.paths()
    assert [(one.finish_reason, one.failed) for one in results] == [
        ("failed", True), ("failed", True), ("limit reached", False),
    ]  # fmt: skip


@pytest.mark.parametrize("contact", ["", "the harbour office"])
def test_somebody_elses_site_is_not_crawled_before_a_contact_is_set(
    feed: Publisher, db_path: Path, contact: str
) -> None:
    away = Source(id="away", name="Away", kind="newspaper", spider="feed", url="https://news.example.org/feed")
    with pytest.raises(CrawlError, match=r"QUOTEWIRE_CONTACT=you@example\.org"):
        crawl(db_path, [feed.source(), away], contact=contact)
    assert feed.asked == []


def test_a_listing_on_this_machine_leads_nobody_away_from_it_without_a_contact(
    publisher: Publisher, db_path: Path, rows: Rows
) -> None:
    publisher.feed("/x")
    body = publisher.pages["/feed.xml"].body.replace(publisher.url.encode(), b"https://news.example.org")
    publisher.put("/feed.xml", body)
    crawl(db_path, [publisher.source()], contact="")
    (row,) = rows("select outcome, reason from captures where url = 'https://news.example.org/x'")
    assert row["outcome"] == "refused"
    assert "no contact is set" in row["reason"]


def test_the_contact_is_in_the_user_agent(feed: Publisher, db_path: Path) -> None:
    crawl(db_path, [feed.source()], contact="https://harbour.example.org")
    assert {headers["user-agent"] for _, headers in feed.asked} == {"Quotewire/0.1 (https://harbour.example.org)"}


@pytest.mark.parametrize("status", [401, 402, 451])
def test_a_page_behind_a_login_or_a_till_is_left_there(
    feed: Publisher, db_path: Path, rows: Rows, outcomes: Outcomes, status: int
) -> None:
    feed.put("/news/1", "Members only", status=status)
    (result,) = crawl(db_path, [feed.source()])
    assert outcomes()["/news/1"][0] == "refused"
    assert result.failed is False
    assert rows("select state, next_due from frontier where url like '%/news/1'") == [
        {"state": "refused", "next_due": None}
    ]


@pytest.fixture
def at_once(publisher: Publisher) -> Iterator[Callable[[], int]]:
    """The most requests that the publisher has had under way at one time."""
    lock, under_way, most = threading.Lock(), 0, 0

    def note(step: int) -> None:
        nonlocal under_way, most
        with lock:
            under_way += step
            most = max(most, under_way)

    publisher.watch = note
    yield lambda: most
    publisher.watch = None
