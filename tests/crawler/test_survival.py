"""A crawl that ends in the middle, and the one after it: all pages are stored, none twice."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from crawler.run import crawl
from crawler.sources import Source

Publisher = Any  # of conftest.py, which tests can't import
ROOT = Path(__file__).parents[2]
DRIVER = """
import json, sys
from crawler.run import crawl
from crawler.sources import Source
if __name__ == "__main__":
    crawl(sys.argv[1], [Source(**json.loads(sys.argv[2]))])
"""


@pytest.fixture
def pages(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def archive(publisher: Publisher, pages: int) -> Source:
    """An API of so many documents, found by one search."""
    links = [f"/news/{number}" for number in range(pages)]
    publisher.put("/api/search.json", json.dumps({"results": [{"link": link} for link in links]}))
    for link in links:
        document = {
            "base_path": link,
            "schema_name": "news_article",
            "title": f"Ferry news {link}",
            "details": {"body": f"<p>The subsidy for the island ferries is to be doubled, says number {link}.</p>"},
        }
        publisher.put(f"/api/content{link}", json.dumps(document), kind="application/json")
    declared: Source = publisher.source(spider="api", url=publisher.url + "/api/search.json", pages_per_day=9000)
    return declared


@pytest.fixture
def running(
    publisher: Publisher, archive: Source, pages: int, db_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[subprocess.Popen[bytes]]:
    """A crawl in processes of its own, a third of the way."""
    monkeypatch.setenv("QUOTEWIRE_ARTICLES_PER_RUN", "9000")
    driver = tmp_path / "driver.py"
    driver.write_text(DRIVER)
    process = subprocess.Popen(
        [sys.executable, str(driver), str(db_path), json.dumps(asdict(archive))],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )
    while len(publisher.asked) < pages // 3:
        time.sleep(0.02)
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def killed(process: subprocess.Popen[bytes], db_path: Path) -> Path:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return db_path


def told_to_stop(process: subprocess.Popen[bytes], db_path: Path) -> Path:
    process.send_signal(signal.SIGTERM)
    assert process.wait() != 0
    with closing(sqlite3.connect(db_path)) as db:
        assert db.execute("select finish_reason from crawls").fetchall() == [("shutdown",)]
        assert db.execute("select count(*) from frontier where state = 'leased'").fetchone() == (0,)
    return db_path


def without_power(process: subprocess.Popen[bytes], db_path: Path) -> Path:
    """What lies on the disk at one moment, copied to where the power comes back."""
    os.killpg(process.pid, signal.SIGSTOP)
    copy = db_path.parent.parent / "copy"
    shutil.copytree(db_path.parent, copy, ignore=shutil.ignore_patterns("*-shm"))
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return copy / db_path.name


@pytest.mark.parametrize(
    ("end", "pages"), [(killed, 1500), (told_to_stop, 500), (without_power, 500)], indirect=["pages"]
)
def test_what_was_not_fetched_is_fetched_the_next_time_and_nothing_twice(
    end: Callable[[subprocess.Popen[bytes], Path], Path],
    running: subprocess.Popen[bytes],
    archive: Source,
    pages: int,
    db_path: Path,
) -> None:
    left = end(running, db_path)
    with closing(sqlite3.connect(left)) as db:
        before = db.execute("select count(*) from articles").fetchone()[0]
        assert 0 < before < pages
        (result,) = crawl(left, [archive])
        assert (result.new, result.changed, result.unchanged, result.errors) == (pages - before, 0, 0, 0)
        stored = "select count(*), count(distinct article_id), max(version_no) from article_versions"
        assert db.execute(stored).fetchone() == (pages, pages, 1)
        assert db.execute("select state, count(*) from frontier where kind = 'article' group by state").fetchall() == [
            ("done", pages)
        ]
        assert db.execute(
            "select count(*), count(distinct url) from captures where outcome = 'new' and warc_file is not null"
        ).fetchone() == (pages, pages)
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
        assert db.execute("pragma foreign_key_check").fetchall() == []
