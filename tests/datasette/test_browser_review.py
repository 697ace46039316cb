"""A reviewer's journey in a real Chromium, with and without scripts: log in, accept, amend, publish anew."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from commands import jobs, reviewing
from nlp.publish import publish
from tests.datasette.served import chromium, serving

pytestmark = pytest.mark.browser
PASSWORD = "gulls over the old pier"


@pytest.fixture(scope="module")
def browsing() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def site(working: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A served site of one's own, with one reviewer: its address and its working database."""
    mine = tmp_path / "working.db"
    shutil.copy(working, mine)
    copy = publish(mine, views=jobs.VIEWS)
    copy.with_name("reviewers.json").write_text(json.dumps({"ada": reviewing.hashed(PASSWORD)}))
    with serving(copy) as address:
        yield address, mine


def log_in(page: Page) -> None:
    page.goto("/-/login?next=/article/1")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/article/1")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_reviewer_accepts_amends_and_finds_it_after_publishing_anew(
    site, browsing: Browser, javascript: bool
) -> None:
    address, mine = site
    context = browsing.new_context(base_url=address, java_script_enabled=javascript)
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda told: heard.append(told.text) if told.type == "error" else None)
    log_in(page)
    block = page.locator(".margin .review").first
    block.locator("summary").click()
    block.get_by_role("button", name="Accept the quote").click()
    block.locator(".verdict.accepted").wait_for()
    if not javascript:
        block.locator("summary").click()
    block.locator("fieldset", has_text="Speaker").get_by_label("Should be").fill("Priya Nand MP")
    block.get_by_role("button", name="Amend the speaker").click()
    block.locator(".verdict.amended", has_text="Priya Nand MP").wait_for()
    publish(mine, views=jobs.VIEWS)
    reader = browsing.new_context(base_url=address).new_page()
    reader.goto("/article/1")
    assert reader.locator(".verdict").all_inner_texts() == [
        "quote accepted by 1 reviewer", "speaker amended: Priya Nand MP by 1 reviewer",
    ]  # fmt: skip
    assert reader.locator("form[data-review]").count() == 0
    reader.goto("/reviews")
    assert "100 %" in reader.locator("main").inner_text()
    assert heard == []
    reader.context.close()
    context.close()


def test_what_is_no_part_of_the_text_is_refused_where_it_was_typed(site, browsing: Browser) -> None:
    address, _ = site
    context = browsing.new_context(base_url=address)
    page = context.new_page()
    log_in(page)
    block = page.locator(".margin .review").first
    block.locator("summary").click()
    block.locator("textarea").fill("Words that nobody said.")
    block.get_by_role("button", name="Amend the quote").click()
    assert "have to stand in the text" in block.get_by_role("alert").inner_text()
    context.close()


def test_the_pages_of_reviewing_are_accessible(site, browsing: Browser) -> None:
    address, _ = site
    context = browsing.new_context(base_url=address)
    page = context.new_page()
    found = []
    log_in(page)
    for path in ("/article/1", "/reviews", "/-/login"):
        page.goto(path)
        for summary in page.locator(".review summary").all():
            summary.click()
        wrong = Axe().run(page).response["violations"]
        found += [(path, one["id"], one["nodes"][0]["html"][:200]) for one in wrong]
    context.close()
    assert found == []
