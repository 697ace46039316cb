"""One crawl over a site that does everything wrong: a row says what came of each page, and the rest is unharmed."""

from __future__ import annotations

import json
import os
import resource
import runpy
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler.items import Skip
from crawler.pages import article_from_page
from crawler.tables import migrations, open_database

ROOT = Path(__file__).parents[2]
SITE = runpy.run_path(str(Path(__file__).with_name("hostile_site.py")))
HOST = "gazette.example.org"
# 127.0.0.1 stands for a public address here, so that a way from the public web to a private one can be tried.
DRIVER = """
import json, sys
from pathlib import Path
from scrapy.resolver import dnscache
from crawler import guard, settings, tables
from crawler.engine import crawl_here
from crawler.results import CrawlError
from crawler.sources import Source
private = guard.is_private_address
guard.is_private_address = lambda address: address != "127.0.0.1" and private(address)
dnscache["gazette.example.org"] = dnscache["slow.example.org"] = "127.0.0.1"
settings.DOWNLOAD_TIMEOUT = 3
tables.BUSY_SECONDS = 1
sources = [Source(**declared) for declared in json.loads(sys.argv[2])]
try:
    results = crawl_here(Path(sys.argv[1]), sources, contact="me@example.org")
except CrawlError as error:
    sys.exit(f"CrawlError: {error}")
print(json.dumps([[one.source_id, one.new, one.errors, one.finish_reason, one.failed] for one in results]))
"""


def crawled(
    db_path: Path, sources: list[dict[str, Any]], *, most: int = 5, **options: Any
) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    environment = plain | {"PYTHONPATH": str(ROOT), "QUOTEWIRE_ARTICLES_PER_RUN": str(most), "QUOTEWIRE_BATCH": "5"}
    command = [sys.executable, "-c", DRIVER, str(db_path), json.dumps(sources)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120, **options)


def source(address: str, name: str, path: str, spider: str, **keys: Any) -> dict[str, Any]:
    known = {"id": name, "name": name, "kind": "newspaper", "spider": spider, "url": address + path, "delay": 0.0}
    return known | keys


@dataclass
class Crawl:
    """What was left of the crawl: its results by source, and the rows of its database."""

    results: dict[str, list[Any]]
    db: sqlite3.Connection

    def outcome(self, path: str) -> tuple[str, str]:
        row = self.db.execute(
            "select outcome, reason from captures where url like ? order by id desc limit 1", (f"%{path}",)
        ).fetchone()
        return tuple(row)

    def count(self, outcome: str, source_id: str) -> int:
        found = self.db.execute(
            "select count(*) from captures where outcome = ? and source_id = ?", (outcome, source_id)
        )
        return int(found.fetchone()[0])


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    """One crawl of four sources on the hostile site."""
    db_path = tmp_path_factory.mktemp("hostile") / "quotewire.db"
    with SITE["serving"](HOST) as address:
        done = crawled(
            db_path,
            [
                source(address, "news", "/feed.xml", "feed", match="/news/"),
                source(address, "laughs", "/laughs.xml", "feed"),
                source(address, "links", "/links", "listing", links="h2 a"),
                source(address, "map", "/sitemap.xml", "sitemap"),
            ],
            most=len(SITE["ARTICLES"]),
        )
    assert done.returncode == 0, done.stderr
    db = sqlite3.connect(db_path)
    yield Crawl({row[0]: row[1:] for row in json.loads(done.stdout)}, db)
    db.close()


@pytest.mark.parametrize(
    ("path", "outcome", "reason"),
    [
        ("/news/first", "new", ""),
        ("/news/last", "new", ""),
        ("/news/huge", "error", "larger than we read, or cut off"),
        ("/news/drip", "error", "no answer in time"),
        ("/news/to-private", "refused", "10.0.0.1 is a private address"),
        ("/news/to-loopback", "refused", "127.0.0.1 is a private address"),
        ("/news/to-file", "refused", "redirects to file:///etc/passwd"),
        ("/news/wrong-charset", "new", ""),
        ("/news/utf-16", "new", ""),
        ("/news/empty", "skipped", "empty"),
        ("/news/pdf", "skipped", "not a page but a PDF"),
        ("/news/soft-404", "gone", "says that the page was not found, though the status is 200"),
        ("/news/elsewhere", "new", ""),
        ("/news/consent", "skipped", "asks for consent to cookies in the article's place"),
    ],
)
def test_each_page_leaves_a_row_that_says_what_happened(crawl: Crawl, path: str, outcome: str, reason: str) -> None:
    assert crawl.outcome(path) == (outcome, reason)


def test_a_gzip_bomb_is_not_unpacked(crawl: Crawl) -> None:
    outcome, reason = crawl.outcome("/news/bomb")
    assert outcome == "refused"
    assert "exceeded DOWNLOAD_MAXSIZE" in reason


def test_an_endless_redirect_ends(crawl: Crawl) -> None:
    outcome, reason = crawl.outcome("/news/loop")
    assert outcome in ("refused", "error")
    assert "redirect" in reason


def test_two_addresses_with_one_canonical_address_are_one_article(crawl: Crawl) -> None:
    outcomes = {crawl.outcome("/news/copy-1")[0], crawl.outcome("/news/copy-2")[0]}
    assert outcomes == {"new", "duplicate"}


def test_a_canonical_address_on_another_host_is_not_believed(crawl: Crawl) -> None:
    found = crawl.db.execute("select canonical_url from articles where headline = 'Elsewhere'").fetchall()
    assert [address.split("/", 3)[3] for (address,) in found] == ["news/elsewhere"]


def test_quotation_marks_survive_a_wrong_charset_and_utf_16(crawl: Crawl) -> None:
    bodies = crawl.db.execute(
        "select v.body from article_versions v join articles a on a.id = v.article_id "
        "where a.headline in ('Wrong charset', 'Wide letters')"
    ).fetchall()
    assert [body for (body,) in bodies] == ["\n\n".join(SITE["TEXT"])] * 2


def test_a_feed_with_a_bomb_of_entities_costs_nothing_and_its_link_is_read_or_it_fails_alone(crawl: Crawl) -> None:
    assert crawl.results["laughs"][2] in ("finished", "nothing found", "failed")
    assert crawl.outcome("/laughs.xml")[0] in ("listing", "error")
    assert max(len(row[0] or "") for row in crawl.db.execute("select headline from articles")) < 1000


@pytest.mark.parametrize(("name", "addresses"), [("links", 10_000), ("map", 50_000)])
def test_a_long_listing_is_kept_whole_and_fetched_a_run_at_a_time(crawl: Crawl, name: str, addresses: int) -> None:
    (known,) = crawl.db.execute(
        "select count(*) from frontier where source_id = ? and kind = 'article'", (name,)
    ).fetchone()
    assert known == addresses
    assert crawl.results[name][2] == "limit reached"


def test_the_database_is_whole_and_the_run_says_how_it_went(crawl: Crawl) -> None:
    assert crawl.db.execute("pragma integrity_check").fetchall() == [("ok",)]
    new, errors, reason, failed = crawl.results["news"]
    assert (new, reason, failed) == (crawl.count("new", "news"), "finished", True)
    assert errors == crawl.count("error", "news") >= 2
    assert crawl.db.execute("select count(*) from articles").fetchone() == (6,)


def test_a_full_disk_ends_the_run_with_an_error_that_says_so_and_the_next_run_goes_on(tmp_path: Path) -> None:
    """RLIMIT_FSIZE: no file may grow beyond what is there already and 200 kB more, as on a disk that is nearly full."""
    db_path = tmp_path / "quotewire.db"
    db = open_database(db_path)
    migrations.apply(db)
    db.close()
    most = db_path.stat().st_size + 200_000
    with SITE["serving"](HOST) as address:
        declared = [source(address, "links", "/links", "listing", links="h2 a")]
        done = crawled(db_path, declared, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
        assert done.returncode != 0
        assert "could not be stored" in done.stderr or "full" in done.stderr or "disk I/O error" in done.stderr
        assert crawled(db_path, declared).returncode == 0
    with sqlite3.connect(db_path) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("select count(*) from frontier").fetchone()[0] > 10_000


def test_a_locked_database_ends_the_run_with_an_error_that_says_so_and_the_next_run_goes_on(tmp_path: Path) -> None:
    db_path = tmp_path / "quotewire.db"
    db = open_database(db_path)
    migrations.apply(db)
    with SITE["serving"](HOST) as address:
        declared = [source(address, "laughs", "/laughs.xml", "feed")]
        db.execute("begin immediate")
        done = crawled(db_path, declared)
        assert done.returncode != 0
        assert "database is locked" in done.stderr
        db.conn.rollback()
        assert json.loads(crawled(db_path, declared).stdout)[0][1] == 1
    db.close()


def test_a_short_article_about_cookies_is_no_wall() -> None:
    text = (
        "The regulator fined the broadcaster for the cookies that it set without the consent of its readers.",
        "The broadcaster said that privacy mattered to it and that the cookies had been a mistake of an old supplier.",
    )
    assert not isinstance(article_from_page(SITE["page"]("Fined for cookies", *text).encode(), url=""), Skip)
