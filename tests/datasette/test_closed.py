"""What a site that is open to the world keeps to itself."""

from __future__ import annotations

from urllib.parse import quote

import pytest


@pytest.mark.parametrize(
    "sql",
    [
        "select file from pragma_database_list", "select * from pragma_database_list()", "vacuum into 'x'",
        "with x as (select 1) select * from pragma_database_list, x", "select randomblob(900000000)", "detach main",
        "select group_concat(body || body) from article_versions, mentions a, mentions b, mentions c, mentions d",
        "select load_extension('x')", "select readfile('/etc/passwd')", "select writefile('/tmp/x', 'y')",
        "select * from quotes; attach ':memory:' as x",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "form", ["quotewire?sql=", "quotewire.json?sql=", "quotewire.csv?sql=", "quotewire.ndjson?sql="]
)
async def test_sql_that_asks_for_more_than_rows_is_refused(get, sql, form):
    answer = await get(f"/{form}{quote(sql)}")
    assert answer.status_code == 400, answer.text[:300]
    assert "/quotewire.db" not in answer.text.replace('href="/quotewire.db"', "")


async def test_rows_of_sql_are_limited(get):
    sql = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 50000) select i from n"
    answer = (await get("/quotewire.json?sql=" + quote(sql))).json()
    assert len(answer["rows"]) == 1000
    assert answer["truncated"] is True


@pytest.mark.parametrize(
    "path",
    ["/-/databases", "/-/databases.json", "/-/plugins.json", "/-/settings.json", "/-/threads.json", "/-/metadata.json",
     "/-/versions.json", "/-/permissions", "/-/allow-debug", "/-/messages", "/-/actor.json", "/_internal",
     "/-/patterns", "/-/auth-token?token=x"],
)  # fmt: skip
async def test_what_is_for_whoever_runs_it_is_not_shown(get, path):
    assert (await get(path)).status_code in (403, 404)


async def test_search_engines_may_visit_pages_and_not_rows(get, monkeypatch):
    assert "Disallow: /quotewire\n" in (await get("/robots.txt")).text
    assert (await get("/quotewire/people")).headers["x-robots-tag"] == "noindex"
    assert "x-robots-tag" not in (await get("/article/1")).headers
    monkeypatch.setenv("QUOTEWIRE_ROBOTS", "no")
    assert "Disallow: /\n" in (await get("/robots.txt")).text
