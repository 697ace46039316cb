"""A site over a copy of quotes only: every page still works, says so, and shows each quote where it stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from commands import jobs
from nlp.publish import publish


@pytest.fixture(scope="module")
def quotes_only(working: Path, tmp_path_factory: pytest.TempPathFactory):
    mine = tmp_path_factory.mktemp("quotes-only") / "working.db"
    shutil.copy(working, mine)
    return jobs.site(publish(mine, views=jobs.VIEWS, quotes_only=True)).client.get


async def test_the_article_shows_its_quotes_and_nothing_else(quotes_only):
    page = (await quotes_only("/article/1")).text
    assert "Of this text only what its quotes and positions were read from is published here" in page
    assert "Tired children do not learn" in page
    assert "pilot schools will open at half past nine" not in page


@pytest.mark.parametrize(
    "path", ["/", "/person/1", "/policy/1", "/story/1", "/quote/1", "/utterance/1", "/source/gazette",
             "/search?q=tired", "/article/3/changes", "/story/1/compare", "/quotewire/quotes_in_context",
             "/article/1.bib"],
)  # fmt: skip
async def test_every_page_still_works(quotes_only, path):
    answer = await quotes_only(path)
    while answer.status_code in (301, 302, 303):
        answer = await quotes_only(answer.headers["location"])
    assert answer.status_code == 200
    assert "pilot schools will open" not in answer.text


async def test_no_table_or_search_gives_the_rest(quotes_only):
    for path in ("/quotewire/article_versions.json?_shape=array", "/quotewire/changes.json?_shape=array",
                 "/search?q=pilot", "/quotewire/search_articles.json?words=spring"):  # fmt: skip
        assert "spring term" not in (await quotes_only(path)).text, path
