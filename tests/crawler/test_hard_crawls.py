"""Crawls that meet trouble: forbidden addresses, dead hosts, hostile text, a kill in the middle, two at a time."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from crawler.run import CrawlError, crawl

Publisher = Any  # of conftest.py, which tests can't import
Outcomes = Callable[[], dict[str, tuple[str, str]]]
Rows = Callable[..., list[dict[str, Any]]]
ROOT = Path(__file__).parents[2]


def test_a_source_on_loopback_is_refused_unless_it_says_that_it_may_be(
    feed: Publisher, db_path: Path, rows: Rows, outcomes: Outcomes
) -> None:
    (result,) = crawl(db_path, [feed.source(allow_private=False)])
    assert feed.asked == []
    assert (result.finish_reason, result.errors, result.failed) == ("failed", 1, True)
    assert outcomes()["/feed.xml"] == ("refused", "127.0.0.1 is a private address")


def test_a_dead_host_is_an_error_and_does_not_stop_the_others(feed: Publisher, db_path: Path, rows: Rows) -> None:
    dead = feed.source(id="dead", url="http://127.0.0.1:9/feed")
    alive, failed = crawl(db_path, [feed.source(), dead])
    assert (alive.new, alive.failed) == (2, False)
    assert (failed.errors, failed.finish_reason, failed.failed) == (1, "failed", True)
    assert rows("select id, status, failures from sources order by id") == [
        {"id": "dead", "status": "failing", "failures": 1},
        {"id": "gazette", "status": "active", "failures": 0},
    ]


def test_a_listing_that_names_no_article_is_a_failure(publisher: Publisher, db_path: Path) -> None:
    listings = ("", "<rss><channel></channel></rss>", "{]", "%PDF", "<html>Down for repairs</html>")
    sources = []
    for number, text in enumerate(listings):
        publisher.put(f"/{number}", text)
        sources += [
            publisher.source(id=f"{spider}-{number}", spider=spider, links="a", url=f"{publisher.url}/{number}")
            for spider in ("feed", "sitemap", "listing", "api")
        ]
    results = crawl(db_path, sources)
    assert {(result.finish_reason, result.failed) for result in results} == {("nothing found", True)}
    assert len(results) == 20


def test_one_article_at_two_addresses_is_one_article(publisher: Publisher, db_path: Path, rows: Rows) -> None:
    publisher.feed("/news/1?utm_source=feed", "/news/1?print=1")
    head = '<link rel="canonical" href="/news/1">'
    publisher.article("/news/1?utm_source=feed", head=head)
    publisher.article("/news/1?print=1", "The printed copy of this page is a little different.", head=head)
    (result,) = crawl(db_path, [publisher.source()])
    assert (result.new, result.changed, result.skipped) == (1, 0, 1)
    assert rows("select canonical_url from articles") == [{"canonical_url": publisher.url + "/news/1"}]


def test_hostile_text_is_stored_as_text(publisher: Publisher, db_path: Path, rows: Rows) -> None:
    publisher.feed("/news/1")
    publisher.article("/news/1", headline="&lt;script&gt;alert(1)&lt;/script&gt; ' ); drop table articles")
    crawl(db_path, [publisher.source()])
    assert rows("select headline from articles") == [{"headline": "<script>alert(1)</script> ' ); drop table articles"}]


DRIVER = """
import json, sys
from crawler.run import CrawlError, crawl
from crawler.sources import Source
if __name__ == "__main__":
    crawl(sys.argv[1], [Source(**json.loads(sys.argv[2]))])
"""


def test_a_crawl_killed_in_the_middle_loses_and_doubles_nothing(
    publisher: Publisher, db_path: Path, rows: Rows
) -> None:
    paths = [f"/news/{number}" for number in range(40)]
    publisher.feed(*paths)
    for path in paths:
        publisher.article(path, headline=path)
    publisher.pause = 0.05
    source = publisher.source()
    driver = db_path.parent.parent / "driver.py"
    driver.write_text(DRIVER)
    running = subprocess.Popen(
        [sys.executable, str(driver), str(db_path), json.dumps(asdict(source))],
        env={**os.environ, "PYTHONPATH": str(ROOT), "QUOTEWIRE_BATCH": "5"},
        start_new_session=True,
    )
    while len(publisher.asked) < 20:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    publisher.pause = 0.0
    before = rows("select count(*) as n from articles")[0]["n"]
    assert 0 < before < 40
    assert rows("select count(*) as n from articles where current_version_id is null") == [{"n": 0}]
    (result,) = crawl(db_path, [source])
    assert (result.new, result.unchanged) == (40 - before, 0)
    for table in ("articles", "article_versions", "article_versions_fts_docsize"):
        assert rows(f"select count(*) as n from {table}") == [{"n": 40}]
    assert rows("pragma foreign_key_check") == []
    assert rows("pragma integrity_check") == [{"integrity_check": "ok"}]
    assert rows("select finish_reason from crawls order by id") == [
        {"finish_reason": "interrupted"},
        {"finish_reason": "finished"},
    ]


def test_a_killed_parent_takes_its_crawl_along(publisher: Publisher, db_path: Path) -> None:
    publisher.feed(*(f"/news/{number}" for number in range(200)))
    publisher.pause = 0.1
    driver = db_path.parent.parent / "driver.py"
    driver.write_text(DRIVER)
    running = subprocess.Popen(
        [sys.executable, str(driver), str(db_path), json.dumps(asdict(publisher.source()))],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    while len(publisher.asked) < 10:
        time.sleep(0.02)
    running.kill()
    running.wait()
    time.sleep(0.5)
    after = len(publisher.asked)
    time.sleep(0.7)
    assert len(publisher.asked) == after


NAMED = """
import json, sys
from pathlib import Path
from scrapy.resolver import dnscache
from crawler.engine import crawl_here
from crawler.sources import Source
dnscache["gazette.example.org"] = "127.0.0.1"
(result,) = crawl_here(Path(sys.argv[1]), [Source(**json.loads(sys.argv[2]))], contact="crew@gazette.example.org")
print(result.finish_reason)
"""


def test_a_public_name_that_leads_to_a_private_address_is_refused(
    feed: Publisher, db_path: Path, rows: Rows, outcomes: Outcomes
) -> None:
    url = feed.url.replace("127.0.0.1", "gazette.example.org") + "/feed.xml"
    declared = json.dumps(asdict(feed.source(url=url, allow_private=False)))
    done = subprocess.run(
        [sys.executable, "-c", NAMED, str(db_path), declared],
        env={**{k: v for k, v in os.environ.items() if "proxy" not in k.lower()}, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "failed"
    assert outcomes()["/feed.xml"] == ("refused", "gazette.example.org is at the private address 127.0.0.1")
    assert feed.asked == []


def test_a_second_crawl_at_the_same_time_is_told_to_wait(feed: Publisher, db_path: Path) -> None:
    db_path.parent.mkdir()
    with db_path.with_suffix(".crawl-lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CrawlError, match="another crawl"):
            crawl(db_path, [feed.source()])
    assert feed.asked == []
