"""Scraped text never becomes markup, a link never becomes a script, and the headers hold for every page."""

from __future__ import annotations

from urllib.parse import quote

import pytest

# As conftest.py puts them into the database.
HOSTILE_HEADLINE = "<script>alert(1)</script> at the council"
HOSTILE_NAME = "<script>alert(3)</script> Bobby Tables"

HOSTILE_PAGES = (
    "/", "/article/4", "/person/3", "/policy/2", "/story/3", "/organisation/2", "/search?q=council",
    "/quotewire/people", "/quotewire/articles", "/quotewire/articles/4", "/quotewire/quotes_in_context?_facet=speaker",
    "/quotewire/sources", "/source/wire", "/pictures", "/quote/5", "/story/3/compare", "/search?speaker=bobby",
    "/quotewire/positions_by_policy", "/quotewire/source_health", "/quotewire/mentions", "/quotewire/organisations",
    "/quotewire/quotes_by_a_person", "/quotewire/quotes_by_a_person?name=" + quote("<script>alert(6)</script>"),
    "/search?q=" + quote('"><script>alert(6)</script>'), "/search?source=" + quote('"><script>alert(6)</script>'),
    "/nowhere/" + quote("<script>alert(6)</script>"), "/article/1?version=" + quote("<script>alert(6)</script>"),
    "/quotewire?sql=" + quote("select '<script>alert(6)</script>' as article_id, 'javascript:alert(7)' as url"),
)  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE_PAGES)
async def test_hostile_text_stays_text(get, path):
    page = (await get(path, follow_redirects=True)).text
    for markup in (
        "<script>alert",
        "<img src=x",
        "<b>Little",
        "<u>met",
        "<i>council",
        "<em>clerk",
        'onmouseover="alert',
    ):
        assert markup not in page
    assert 'href="javascript:' not in page


async def test_the_hostile_headline_is_there_to_be_read(get):
    assert "&lt;script&gt;alert(1)&lt;/script&gt; at the council" in (await get("/article/4")).text
    assert HOSTILE_HEADLINE in (await get("/quotewire/articles.json?_shape=array")).text


async def test_a_source_whose_homepage_is_a_script_gets_no_link(get):
    page = (await get("/quotewire/sources")).text
    assert "javascript:alert(5)" in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(
    "asked",
    ['"', '""', "'", "(", ")", "*", "AND", "a OR", "NOT x", "NEAR(", "headline:", "-", "^a", "{a b}:", 'a"b', "+",
     "\x00", 'x" OR "1', "“school”", "school*", "*school", "a" * 5000, " ", "%", "😀", "\x02school\x03", HOSTILE_NAME],
)  # fmt: skip
async def test_no_search_breaks_the_page(get, asked, capsys):
    for path in ("/search?q=", "/quotewire/search_articles?words=", "/quotewire/search_quotes?words="):
        assert (await get(path + quote(asked))).status_code == 200, path
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "9" * 40, "2"])
async def test_no_page_number_breaks_the_search(get, page):
    assert (await get(f"/search?q=school&page={page}")).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/article/1", "/quotewire", "/quotewire/quotes_in_context", "/quotewire/quotes_in_context.csv",
             "/nothing-here", "/static/quotewire.css", "/quotewire.json", "/article/5"],
)  # fmt: skip
async def test_every_answer_carries_the_security_headers(get, path):
    headers = (await get(path)).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "path",
    ["/", "/article/1", "/quotewire", "/quotewire/quotes_in_context", "/quotewire/articles/1", "/search?q=school",
     "/quotewire/for_and_against", "/quotewire?sql=select+1"],
)  # fmt: skip
async def test_no_page_has_inline_scripts_or_content_from_other_hosts(get, path):
    page = (await get(path)).text
    assert "<style" not in page
    for tag in page.split("<script")[1:]:
        assert tag.lstrip().startswith(("src=", "type=")), tag[:80]
    for piece in ('src="http', 'rel="stylesheet" href="http'):
        assert piece not in page


@pytest.mark.parametrize(
    "sql",
    ["attach database '/etc/passwd' as x", "delete from articles", "pragma journal_mode=wal",
     "insert into articles values (1)", "select load_extension('x')"],
)  # fmt: skip
async def test_the_sql_editor_reads_and_does_nothing_else(get, sql):
    response = await get("/quotewire?sql=" + quote(sql))
    assert response.status_code == 400
    assert 'class="masthead"' in response.text


async def test_a_query_that_would_run_for_ever_is_stopped(get):
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    response = await get("/quotewire.json?sql=" + quote(endless))
    assert response.status_code == 400
    assert "interrupted" in response.text.lower() or "too long" in response.text.lower()
