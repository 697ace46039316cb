"""What its publisher no longer has stays on record, counts as before, and is marked wherever it is shown."""

from __future__ import annotations

import html
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette
from sqlite_utils import Database

from commands import jobs
from nlp.publish import publish

MARK = '<span class="gone">gone from the web</span>'


@pytest.fixture(scope="module")
def copy(working: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in which the breakfast article (3) and the gazette's of the school day (2) are gone from the web."""
    mine = tmp_path_factory.mktemp("gone") / "working.db"
    shutil.copy(working, mine)
    with closing(sqlite3.connect(mine)) as db, db:
        db.execute("update articles set pubstatus = 'gone' where id in (2, 3)")
    return publish(mine, views=jobs.VIEWS)


@pytest.fixture(scope="module")
def site(copy: Path) -> Datasette:
    return Datasette([], immutables=[str(copy)], config_dir=jobs.SITE)


COUNTS = (
    "select what, how_many from site_counts",
    "select person, quotes, articles, outlets, support, oppose from people_quoted order by person",
    "select policy, articles, outlets, quotes, support, oppose from policies_debated order by policy",
    "select person, content, articles, outlets from quotes_by_person order by person, content",
    "select source_id, articles, quotes from coverage_by_source order by source_id",
    "select entity_kind, entity_id, month, articles from attention_by_month order by 1, 2, 3",
)


@pytest.mark.parametrize("sql", COUNTS)
def test_it_counts_as_if_it_were_there(copy: Path, db: Database, sql: str) -> None:
    with closing(sqlite3.connect(copy)) as gone:
        assert gone.execute(sql).fetchall() == db.execute(sql).fetchall()


def test_tables_tell_what_is_gone(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as gone:
        for table in ("current_articles", "quotes_in_context", "story_copies"):
            sql = f"select distinct article_id from {table} where pubstatus = 'gone' order by 1"
            assert gone.execute(sql).fetchall() == [(2,), (3,)], table
        told = "select source_id, gone from coverage_by_source order by 1"
        assert gone.execute(told).fetchall() == [("gazette", 1), ("gov", 1), ("wire", 0)]


@pytest.mark.parametrize(
    "path", ["/", "/article/1", "/person/1", "/story/1", "/policy/1", "/service/1", "/source/gov", "/search?q=hungry"]
)
async def test_pages_mark_the_article_wherever_they_name_it(site: Datasette, get, path: str) -> None:
    assert MARK in (await site.client.get(path)).text
    assert MARK not in (await get(path)).text


@pytest.mark.parametrize("path", ["/article/3", "/quote/4-140"])
async def test_its_own_page_says_so(site: Datasette, path: str) -> None:
    answer = await site.client.get(path)
    assert answer.status_code == 200
    assert "Gone from the web: " in html.unescape(answer.text)
