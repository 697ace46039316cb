"""A reader's journeys in a real Chromium: nothing scraped runs, every page works, and no page complains."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from datasette.app import Datasette
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = pytest.mark.browser

SITE = Path(__file__).resolve().parents[2] / "datasette"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
HOW = "no Chromium on this machine (Debian: apt install chromium; macOS: brew install --cask chromium)"
PAGES = [
    "/", "/article/1", "/article/3/changes", "/article/4", "/person/1", "/person/3", "/policy/1", "/policy/2",
    "/story/1",
    "/organisation/2", "/service/1", "/search?q=school", "/search?q=%3Cscript%3E", "/quotewire",
    "/quotewire/quotes_in_context?_facet=kind&_facet=speaker", "/quotewire/articles", "/quotewire/articles/4",
    "/quotewire/quotes_by_a_person?name=script", "/quotewire?sql=select+*+from+people", "/quotewire/sources",
]  # fmt: skip


@pytest.fixture(scope="module")
def address(published) -> Iterator[str]:
    if not CHROMIUM:
        pytest.skip(HOW)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = Datasette([], immutables=[str(published)], config_dir=SITE)
    server = uvicorn.Server(uvicorn.Config(site.app(), host="127.0.0.1", port=port, log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser(address) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def listening(page: Page, address: str) -> list[str]:
    """All that the page complains of from now on, each dialogue that opens and each other host it asks."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: (heard.append(f"dialogue: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda one: heard.append(one.url) if not one.url.startswith((address, "data:")) else None)
    return heard


@pytest.fixture
def page(browser, address) -> Iterator[Page]:
    """A page that fails its test when it complained of anything."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    heard = listening(page, address)
    yield page
    context.close()
    assert heard == []


@pytest.fixture(scope="module")
def visits(browser, address) -> dict[str, dict[str, object]]:
    """Each page opened once: what it complained of, and what was measured on it."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    heard = listening(page, address)
    found = {}
    for path in PAGES:
        heard.clear()
        status = page.goto(path).status
        visit = {"status": status, "light": page.evaluate(CONTRAST), "structure": page.evaluate(STRUCTURE)}
        page.emulate_media(color_scheme="dark")
        visit["dark"] = page.evaluate(CONTRAST)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 360, "height": 740})
        visit["phone"] = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size({"width": 1280, "height": 800})
        found[path] = {**visit, "complaints": list(heard)}
    context.close()
    return found


@pytest.mark.parametrize("path", PAGES)
def test_no_page_runs_scraped_text_asks_another_host_or_complains(visits, path):
    assert visits[path]["status"] == 200
    assert visits[path]["complaints"] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_text_has_the_contrast_of_wcag_aa(visits, path, scheme):
    assert visits[path][scheme] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_never_scrolls_sideways(visits, path):
    assert visits[path]["phone"] <= 360


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_language_one_heading_named_controls_and_each_id_once(visits, path):
    assert visits[path]["structure"] == {"language": "en-GB", "headings": 1, "nameless": [], "twice": []}


def test_a_headline_that_is_a_script_stays_text(page):
    page.goto("/article/4")
    assert page.locator("h1").inner_text() == "<script>alert(1)</script> at the council"
    assert page.locator("main script, main img, main b").count() == 0
    assert "<img src=x onerror=alert(2)>" in page.locator(".body mark.quote").inner_text()


def test_an_inline_script_would_not_run_even_if_one_slipped_through(browser, address):
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
    page.evaluate("{const s = document.createElement('script'); s.text = 'window.ran = 1'; document.body.append(s)}")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    context.close()


def test_a_reader_goes_from_a_search_to_the_quote_the_person_the_policy_the_story_and_the_csv(page):
    page.goto("/")
    page.get_by_label("Search every article and quote").fill("tired children")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    page.locator(".hits .by a", has_text="Later mornings for schools").first.click()
    page.wait_for_url("**/article/1#q1")
    assert page.locator("mark.quote:target").inner_text().startswith("“Tired children")
    page.locator(".margin").get_by_role("link", name="Priya Nand").first.click()
    page.wait_for_url("**/person/*")
    assert page.locator("h1").inner_text() == "Priya Nand"
    page.get_by_role("link", name="flexible mornings plan").first.click()
    page.wait_for_url("**/policy/*")
    assert page.locator(".side.oppose .holder").inner_text().startswith("Owen Tasker")
    page.locator(".side.oppose").get_by_role("link", name="Later mornings for schools").click()
    page.get_by_role("link", name="Compare the 2 copies").click()
    page.wait_for_url("**/story/*")
    assert page.locator(".kept tr", has_text="Tired children").get_by_text("kept").count() == 2
    page.get_by_role("link", name="Quotes", exact=True).click()
    page.locator(".facet-info").get_by_role("link", name="The Valley Gazette").click()
    page.wait_for_url("**outlet=**")
    assert page.locator("tbody tr").count() == 3
    csv = page.request.get(page.get_by_role("link", name="CSV, all rows").get_attribute("href")).text()
    assert csv.startswith("quote_id,date,speaker")
    assert csv.count("The Valley Gazette") == 3


@pytest.mark.parametrize("javascript", [True, False])
def test_the_legend_switches_marks_off_with_and_without_scripts(browser, address, javascript):
    context = browser.new_context(base_url=address, java_script_enabled=javascript)
    page = context.new_page()
    page.goto("/article/1")
    before = page.locator(".body").screenshot()
    page.locator("#show-quotes").uncheck()
    assert page.locator(".body").screenshot() != before
    page.locator("#show-quotes").check()
    page.mouse.move(0, 0)
    assert page.locator(".body").screenshot() == before
    context.close()


def test_the_sql_editor_formats_and_runs(page):
    page.goto("/quotewire?sql=select+name+from+people+order+by+name")
    page.locator(".CodeMirror").wait_for()
    page.get_by_role("button", name="Format SQL").click()
    page.get_by_role("button", name="Run SQL").click()
    page.wait_for_url("**%0D%0A**")
    assert page.locator("tbody tr").count() == 3


def test_the_column_menu_of_a_table_facets(page):
    page.goto("/quotewire/quotes")
    gear = page.locator("th[data-column=speaker] svg")
    gear.scroll_into_view_if_needed()
    page.wait_for_timeout(400)  # scrolling closes the menu, and its event may come after the click that scrolled
    gear.click()
    page.locator(".dropdown-menu a.dropdown-facet").click()
    page.wait_for_url("**_facet=speaker**")
    assert page.locator(".facet-info", has_text="Owen Tasker").count() == 1


STRUCTURE = """
() => {
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  return {
    language: document.documentElement.lang,
    headings: document.querySelectorAll('h1').length,
    nameless: [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
      .filter(e => !e.labels?.length && !e.ariaLabel && !e.closest('.CodeMirror')).map(e => e.outerHTML),
    twice: ids.filter((id, i) => ids.indexOf(id) < i),
  };
}
"""
# Every piece of text whose contrast with what lies behind it is under 4.5 (3 when it is large).
CONTRAST = """
() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length && (c[3] === undefined || c[3] > .99)) return c;
    }
    return [255, 255, 255];
  };
  const low = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
    if (!text || !e.checkVisibility() || e.closest('script, .unseen, .skip')) continue;
    const style = getComputedStyle(e), large = parseFloat(style.fontSize) >= 24;
    const [a, b] = [light(parse(style.color)), light(behind(e))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < (large ? 3 : 4.5)) low.push(`${text.slice(0, 40)} (${style.color}) ${ratio.toFixed(2)}`);
  }
  return low;
}
"""
