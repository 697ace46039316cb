"""A reader's journeys in a real Chromium: nothing scraped runs, and every page works with and without scripts."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


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


def test_a_reader_goes_from_a_search_to_the_quote_the_article_the_person_the_policy_the_story_and_the_csv(page):
    page.goto("/")
    page.get_by_label("Search every article and quote").fill("tired children")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    page.locator(".hits").get_by_role("link", name="direct quote").click()
    page.wait_for_url("**/quote/1-*")
    assert page.locator(".big-quote").inner_text().startswith("“Tired children")
    assert page.locator(".copies tbody tr").count() == 2
    page.get_by_role("link", name="Read it in the article").click()
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
    page.get_by_role("link", name="Read both side by side").click()
    page.wait_for_url("**/compare")
    assert "evening bus routes" in page.locator("td del").all_inner_texts()[-1]
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
