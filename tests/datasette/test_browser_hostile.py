"""Hostile text in every column of the copy, in a real Chromium: nothing runs, no link is a script, feeds stay XML."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

from tests.datasette.served import chromium, serving

pytestmark = pytest.mark.browser

PAYLOAD = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(2)></title></textarea></style><svg onload=alert(3)>"
    "--></script>]]>{{7*7}}{% raw %}\u202e\x02<b>\x03&lt;script&gt;"
)
ADDRESSES = (
    "javascript:alert(4)",
    "data:text/html,<script>alert(5)</script>",
    " JaVaScRiPt:alert(6)",
    "//evil.example/x",
)
OURS = {"publication", "site_counts", "_sqlite_migrations", "sqlite_stat1"}
KEPT = set("key entity_kind kind part relation pubstatus stance holder_type speaker_type paragraphs versions".split())
CODED = ("_at", "id", "_key", "date", "month")
PAGES = (
    "/", "/article/1", "/article/3", "/article/3/changes", "/person/1", "/policy/1", "/story/1", "/organisation/1",
    "/service/1", "/event/1", "/quote/1", "/source/gov", "/search?q=alert", "/search?q=school&source=gov", "/reviews",
    "/quotewire", "/quotewire/quotes_in_context", "/quotewire/articles/1", "/quotewire/people", "/quotewire/sources",
    "/quotewire/positions_by_policy", "/quotewire/story_copies", "/quotewire/captures", "/quotewire/quotes_by_a_person",
    "/quotewire?sql=select+*+from+current_articles", "/quotewire/withdrawals", "/article/5", "/-/login", "/nothing",
    "/person/1%3Cscript%3Ealert(7)%3C/script%3E", "/search?q=%22%3E%3Csvg%20onload=alert(8)%3E&since=%3Cscript%3E",
    "/-/login?next=javascript:alert(9)",
)  # fmt: skip
XML = ("/person/1.atom", "/policy/1.atom", "/source/gov.atom", "/search.atom?q=alert", "/network.graphml")


def poison(copy: Path) -> None:
    """Puts the payload into every text column that holds words, and a scripted address into every address."""
    with closing(sqlite3.connect(copy)) as db, db:
        db.create_function("hostile", 1, lambda number: ADDRESSES[(number or 0) % len(ADDRESSES)])
        db.execute("drop trigger if exists article_versions_are_immutable")
        tables = "select name from sqlite_master where type = 'table' and instr(name, '_fts') = 0"
        for (table,) in db.execute(tables).fetchall():
            for _, column, kind, _, _, key in db.execute(f"pragma table_info([{table}])").fetchall():
                if table in OURS or kind.lower() != "text" or key or column in KEPT or column.endswith(CODED):
                    continue
                if "url" in column or column == "homepage":
                    words, values = "hostile(rowid) || '#' || rowid", []
                else:
                    words, values = f"[{column}] || ?", [PAYLOAD]
                db.execute(f"update or ignore [{table}] set [{column}] = {words} where [{column}] <> ''", values)
        for index in ("article_versions_fts", "quotes_fts"):
            db.execute(f"insert into {index}({index}) values ('rebuild')")


@pytest.fixture(scope="module")
def browsing() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def hostile(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    copy = tmp_path_factory.mktemp("hostile") / "quotewire.db"
    shutil.copy(published, copy)
    poison(copy)
    with serving(copy) as address:
        yield address


def test_nothing_hostile_runs_on_any_page(hostile: str, browsing: Browser) -> None:
    context = browsing.new_context(base_url=hostile)
    page = context.new_page()
    heard: list[tuple[str, str]] = []
    at = ""
    page.on("console", lambda told: heard.append((at, told.text)) if told.type == "error" else None)
    page.on("pageerror", lambda error: heard.append((at, str(error))))
    page.on("dialog", lambda dialog: (heard.append((at, f"dialogue {dialog.message}")), dialog.dismiss()))
    page.on("request", lambda one: heard.append((at, one.url)) if not one.url.startswith((hostile, "data:")) else None)
    read = 0
    for at in PAGES:
        answer = page.goto(at)
        assert answer is not None
        assert answer.status < 500, at
        links = page.eval_on_selector_all("a[href], form[action]", "all => all.map(a => a.getAttribute('href') || '')")
        bad = [one for one in links if one.strip().lower().startswith(("javascript:", "data:", "//"))]
        assert bad == [], at
        assert page.locator("script:not([src])").filter(has_text="alert").count() == 0, at
        read += page.locator("body").inner_text().count("alert(1)")
    context.close()
    assert [one for one in heard if "status of 4" not in one[1]] == []
    assert read > 20  # it was there to be read


def test_no_reader_gets_a_cookie(hostile: str, browsing: Browser) -> None:
    context = browsing.new_context(base_url=hostile)
    page = context.new_page()
    for at in ("/", "/article/1", "/search?q=alert", "/quotewire/quotes_in_context", "/reviews"):
        page.goto(at)
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("path", XML)
def test_feeds_and_networks_stay_well_formed(hostile: str, browsing: Browser, path: str) -> None:
    context = browsing.new_context(base_url=hostile)
    answer = context.request.get(path)
    if answer.status == 200:
        tree = ElementTree.fromstring(answer.body())
        links = [one.get("href", "") for one in tree.iter() if one.get("href")]
        assert [one for one in links if one.strip().lower().startswith(("javascript:", "data:"))] == []
    else:
        assert answer.status == 404
    context.close()
