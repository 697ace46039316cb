"""Atom feeds are valid, keep their ids when a text is read anew, and tell what is new of whom they are asked."""

from __future__ import annotations

import shutil
import sqlite3
from xml.etree import ElementTree

import feedparser
import pytest
from datasette.app import Datasette

from commands import jobs

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = [
    ("/person/1.atom", "Quotes of Priya Nand – Quotewire", 3),
    ("/organisation/1.atom", "Said by Bus Workers Union – Quotewire", 0),
    ("/policy/1.atom", "Said about flexible mornings plan – Quotewire", 4),
    ("/service/1.atom", "Said about school transport – Quotewire", 2),
    ("/source/wire.atom", "Quotes in Northern Wire – Quotewire", 3),
    ("/quotes.atom", "All quotes – Quotewire", 7),
    ("/search.atom?q=tired", "Quotes found by tired – Quotewire", 2),
    ("/search.atom?speaker=tasker&source=wire", "Quotes found by wire, tasker – Quotewire", 1),
    ("/search.atom?q=nothing+like+it", "Quotes found by nothing like it – Quotewire", 0),
    ("/search.atom", "Quotes found by nothing – Quotewire", 0),
]


@pytest.mark.parametrize(("path", "title", "entries"), FEEDS)
async def test_a_feed_is_valid_atom_with_what_was_asked_for(get, path, title, entries):
    answer = await get(path)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(answer.content, response_headers={"content-type": "application/atom+xml"})
    assert (parsed.bozo, parsed.version, parsed.feed.title, len(parsed.entries)) == (False, "atom10", title, entries)
    root = ElementTree.fromstring(answer.text)
    for element in (root, *root.iter(f"{ATOM}entry")):
        for once in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{once}")) == 1
        assert element.find(f"{ATOM}id").text.startswith("urn:uuid:")
        assert element.find(f"{ATOM}author/{ATOM}name").text
    ids = [entry.id for entry in parsed.entries]
    assert len(set(ids)) == len(ids)
    assert all(entry.updated_parsed and entry.link.startswith("http://localhost/quote/") for entry in parsed.entries)


async def test_entries_keep_their_ids_when_a_text_is_read_anew(published, tmp_path, get):
    again = tmp_path / "quotewire.db"
    shutil.copy(published, again)
    connection = sqlite3.connect(again)
    for table, column in (("quotes_in_context", "quote_id"), ("quotes", "id"), ("quote_spans", "quote_id")):
        connection.execute(f"update {table} set {column} = {column} + 1000")
    connection.commit()
    connection.close()
    site = Datasette([], immutables=[str(again)], config_dir=jobs.SITE)
    assert (await site.client.get("/person/1.atom")).text == (await get("/person/1.atom")).text


async def test_a_feed_that_has_not_changed_is_not_sent_again(get):
    first = await get("/quotes.atom")
    again = await get("/quotes.atom", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.text) == (304, "")


@pytest.mark.parametrize("path", ["/person/99.atom", "/policy/99.atom", "/source/nowhere.atom"])
async def test_there_is_no_feed_of_nobody(get, path):
    assert (await get(path)).status_code == 404


@pytest.mark.parametrize("path", ["/", "/person/1", "/policy/1", "/source/wire", "/service/1", "/search?q=tired"])
async def test_a_page_tells_a_feed_reader_where_its_feed_is(get, path):
    page = (await get(path)).text
    address = page.split('type="application/atom+xml"')[1].split('href="')[1].split('"')[0]
    assert (await get(address)).status_code == 200
