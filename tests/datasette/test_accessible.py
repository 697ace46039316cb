"""Every kind of page in a real Chromium: WCAG 2.2 AA by axe, phone, paper, keyboard, and nothing moves or complains."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PAGES = [
    "/", "/article/1", "/article/3/changes", "/quote/1-208", "/person/1", "/policy/1", "/story/1", "/story/1/compare",
    "/source/gazette", "/pictures", "/organisation/2", "/service/1", "/search?q=school", "/quotewire",
    "/quotewire/quotes_in_context?_facet=kind&_facet=speaker", "/quotewire/articles", "/quotewire/articles/1",
    "/quotewire/quotes_by_a_person?name=nand", "/quotewire?sql=select+*+from+people",
]  # fmt: skip
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ALL = {"runOnly": {"type": "tag", "values": RULES}, "rules": {"target-size": {"enabled": True}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
SHIFTS = """
new PerformanceObserver(list => list.getEntries().forEach(e => window.shifted = (window.shifted || 0) + e.value))
  .observe({type: 'layout-shift', buffered: true})
"""


@pytest.fixture(scope="module")
def visits(browser, address, listening):
    """Each page opened once: what it complained of, and what was measured on it."""
    context = browser.new_context(base_url=address)
    context.add_init_script(SHIFTS)
    page = context.new_page()
    heard, found = listening(page), {}

    def violations(options):
        told = Axe().run(page, options=options).response["violations"]
        return [(rule["id"], node["html"], node["failureSummary"]) for rule in told for node in rule["nodes"]]

    for path in PAGES:
        heard.clear()
        status = page.goto(path, wait_until="networkidle").status
        visit = {"status": status, "light": violations(ALL), "shifted": page.evaluate("window.shifted || 0")}
        page.emulate_media(color_scheme="dark")
        visit["dark"] = violations(COLOURS)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 360, "height": 740})
        visit["phone"] = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size({"width": 1280, "height": 800})
        visit["language"] = page.evaluate("document.documentElement.lang")
        found[path] = {**visit, "complaints": list(heard)}
    context.close()
    return found


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_another_host_or_complains(visits, path):
    assert visits[path]["status"] == 200
    assert visits[path]["complaints"] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_meets_wcag_2_2_aa(visits, path, scheme):
    assert visits[path][scheme] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_never_scrolls_sideways(visits, path):
    assert visits[path]["phone"] <= 360


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_while_a_page_loads(visits, path):
    assert visits[path]["shifted"] < 0.005  # half a per cent of the screen; 0.1 counts as good


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_that_it_is_british_english(visits, path):
    assert visits[path]["language"] == "en-GB"


def test_the_first_tab_skips_to_the_content_and_every_link_shows_its_focus(page):
    page.goto("/policy/1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#content').contains(document.activeElement)")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_on_paper_an_article_is_its_text_without_menus_and_forms(page):
    page.goto("/article/1")
    page.emulate_media(media="print")
    for gone in (".masthead nav", ".finder", ".ways-out", ".legend input"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator(".body").is_visible()
    assert page.locator(".cite").is_visible()


def test_a_picture_is_drawn_in_the_readers_light_or_dark(page):
    page.goto("/pictures", wait_until="networkidle")
    picture = page.locator("img").first
    light = picture.screenshot()
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(300)
    assert picture.screenshot() != light
    assert picture.evaluate("image => image.naturalWidth") > 100
