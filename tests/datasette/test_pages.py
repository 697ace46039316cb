"""Every kind of page answers, and says what it should."""

from __future__ import annotations

import csv
import html
import io
import re
import shutil
import sqlite3
from contextlib import closing

import pytest
from datasette.app import Datasette

from commands import jobs

PAGES = {
    "/": ("Latest stories", "Breakfast for all", "Northern Wire"),
    "/article/1": ("Later mornings for schools", "3 quotes", "How to cite", "Compare the 2 copies"),
    "/article/3": ("most primary schools", "What changed", "Version 1"),
    "/article/3?version=1": ("every primary school", "an older one"),
    "/article/3/changes": ("<del>every</del>", "<ins>most</ins>"),
    "/person/1": ("Priya Nand", "education secretary", "Owen Tasker"),
    "/policy/1": ("flexible mornings plan", "Against", "Owen Tasker", "How it went", "GraphML"),
    "/story/1": ("Northern Wire", "The Valley Gazette", "kept", "side by side"),
    "/story/1/compare": ("<del>Ministers said that evening bus routes would not be cut.</del>", "Northern Wire"),
    "/quote/1-208": ("Tired children", "Where it ran", "the same", "BibTeX"),
    "/source/gazette": ("The Valley Gazette", "Last success", "School day could start later", "a copy"),
    "/pictures": ("Attention to policies", "Quoted most", "Who sides with whom", "Coverage of each source"),
    "/organisation/1": ("Bus Workers Union", "Owen Tasker"),
    "/service/1": ("school transport", "leave school transport in chaos"),
    "/event/1": ("Headteachers Forum", "School day could start later"),
    "/search": ("Words", "Source"),
    "/search?q=hungry": ("<mark>hungry</mark>", "Breakfast for all"),
    "/quotewire": ("Questions, ready to ask", "quotes_in_context", "Ask in SQL"),
    "/quotewire?sql=select+1+as+one": ("Your own question", "one"),
    "/quotewire/articles": ("Later mornings for schools", "/article/1"),
    "/quotewire/articles/1": ("Read its page", "/article/1"),
    "/quotewire/quotes/1": ("direct",),
}


@pytest.mark.parametrize("path", PAGES)
async def test_each_page_answers_with_what_belongs_on_it(get, path):
    response = await get(path)
    assert response.status_code == 200
    page = html.unescape(response.text)
    assert [text for text in PAGES[path] if text not in page] == []


async def test_every_table_and_view_can_be_browsed_and_its_first_row_opened(get, db):
    for table in [*db.table_names(), *db.view_names()]:
        if table.startswith(("_", "sqlite_")) or "_fts" in table:
            continue
        response = await get(f"/quotewire/{table}")
        assert response.status_code == 200, table
        assert "facets-timed-out" not in response.text
        row = re.search(rf'href="(/quotewire/{table}/[^"?]+)"', response.text)
        if row:
            assert (await get(row[1])).status_code == 200, row[1]


@pytest.mark.parametrize("path", ["/", "/article/1", "/article/4", "/person/1", "/policy/1", "/story/1", "/quotewire",
                                  "/story/1/compare", "/quote/1-208", "/source/gazette", "/pictures",
                                  "/organisation/1", "/service/1", "/event/1", "/search?q=school",
                                  "/quotewire/quotes_in_context", "/quotewire/positions_by_policy"])  # fmt: skip
async def test_every_link_on_a_page_leads_somewhere(get, path):
    page = (await get(path)).text
    links = {html.unescape(link).split("#")[0] for link in re.findall(r'(?:href|src)="(/[^"]*)"', page)}
    assert links
    for link in sorted(links):
        assert (await get(link)).status_code in (200, 302), f"{path} links to {link}"


@pytest.mark.parametrize("table", ["quotes_in_context", "quotes_by_person", "quote_spans", "positions_by_policy"])
async def test_csv_holds_every_row(get, db, table):
    rows = list(csv.reader(io.StringIO((await get(f"/quotewire/{table}.csv?_stream=1&_size=2")).text)))
    assert len(rows) - 1 == db.execute(f"select count(*) from {table}").fetchone()[0]


async def test_a_search_shows_each_thing_said_once_with_the_other_papers_counted(get):
    page = html.unescape((await get("/search?q=tired&kind=direct")).text)
    assert page.count("<mark>Tired</mark> children") == 1
    assert "Northern Wire and 1 other" in page


@pytest.mark.parametrize(
    ("filters", "quotes", "articles"),
    [
        ("", 3, 4),
        ("&source=wire", 2, 1),
        ("&source=nowhere", 0, 0),
        ("&kind=mixed", 1, 0),
        ("&since=2012-04-01", 1, 2),
        ("&until=2012-03-05", 2, 1),
        ("&speaker=tasker", 1, 0),
        ("&speaker=nobody", 0, 0),
    ],
)
async def test_a_search_is_filtered_by_source_day_and_kind(get, filters, quotes, articles):
    page = (await get(f"/search?q=the{filters}")).text
    assert len(re.findall(r'class="snippet \w+"', page)) == quotes
    assert page.count('class="snippet"') == articles


async def test_two_copies_that_one_outlet_ran_are_told_apart_by_their_articles_numbers(published, tmp_path, get):
    assert "(article" not in (await get("/story/1/compare")).text
    again = tmp_path / "quotewire.db"
    shutil.copy(published, again)
    with closing(sqlite3.connect(again)) as connection, connection:
        connection.execute("update current_articles set outlet = 'Northern Wire'")
    site = Datasette([], immutables=[str(again)], config_dir=jobs.SITE)
    page = re.sub("<[^>]+>", "", (await site.client.get("/story/1/compare")).text)
    assert "What Northern Wire (article 1) has alone, and what Northern Wire (article 2) has alone." in page


@pytest.mark.parametrize(
    ("path", "kicker"),
    [
        ("/policy/1", "Policy"),  # of the kind "plan", which its name says
        ("/organisation/1", "Organisation"),
        ("/event/1", "Event · conference"),
        ("/source/gazette", "Source · newspaper"),
        ("/source/wire", "Source · news agency"),
    ],
)
async def test_the_line_above_a_name_says_what_the_page_is_about(get, path, kicker):
    page = html.unescape((await get(path)).text)
    assert re.search(r'class="kicker">([^<]*)<', page)[1] == kicker


async def test_one_of_a_thing_is_told_in_the_singular(published, tmp_path):
    alone = tmp_path / "quotewire.db"
    shutil.copy(published, alone)
    with closing(sqlite3.connect(alone)) as connection, connection:
        connection.execute("update site_counts set how_many = 1")
    site = Datasette([], immutables=[str(alone)], config_dir=jobs.SITE)
    told = re.findall(r"<dt>(\w+)</dt>", (await site.client.get("/")).text)
    assert told[:4] == ["article", "story", "quote", "person"]
    for path in PAGES:
        text = re.sub("<[^>]+>", "", (await site.client.get(path)).text)
        found = re.findall(
            r"\b1 (?:article|quote|outlet|version|copie|other|stori|word|capture|row|reviewer)e?s\b", text
        )
        assert found == [], path
