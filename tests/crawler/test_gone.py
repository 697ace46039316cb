"""Pages that are no longer there: their articles are marked, and what they said is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.run import crawl

Publisher = Any  # of conftest.py, which tests can't import
Rows = Callable[..., list[dict[str, Any]]]
Later = Callable[[str], None]
STATES = "select a.headline, a.pubstatus from articles a order by a.headline"
FRONTIER = "select state, next_due from frontier where url like '%/news/1'"
SORRY = "Sorry, what you asked for is not here any more, or never was."


def test_a_page_that_comes_back_before_the_second_look_was_never_gone(
    feed: Publisher, db_path: Path, rows: Rows, later: Later
) -> None:
    crawl(db_path, [feed.source()])
    page = feed.pages["/news/1"]
    feed.put("/news/1", "not here", status=404)
    later("article")
    crawl(db_path, [feed.source()])
    feed.pages["/news/1"] = page
    later("article")
    crawl(db_path, [feed.source()])
    assert rows(STATES)[0] == {"headline": "First", "pubstatus": "usable"}
    feed.put("/news/1", "not here", status=410)
    for _ in range(2):
        later("article")
        crawl(db_path, [feed.source()])
    assert rows(STATES)[0] == {"headline": "First", "pubstatus": "gone"}
    assert rows(FRONTIER) == [{"state": "gone", "next_due": None}]
    assert len(rows("select id from article_versions")) == 2, "what it said stays"


def said(site: Publisher) -> None:
    """With an ETag of its own, by which the server would answer 304 the next time."""
    site.article("/news/1", SORRY, headline="Page not found", ETag='"sorry"')


def redirected(site: Publisher) -> None:
    site.put("/news/1", "", status=302, Location="/sorry")
    site.article("/sorry", SORRY, headline="Page not found")


@pytest.mark.parametrize("taken_away", [said, redirected])
def test_a_page_that_says_with_status_200_that_it_was_not_found_is_gone_all_the_same(
    feed: Publisher, db_path: Path, rows: Rows, later: Later, taken_away: Callable[[Publisher], None]
) -> None:
    source = feed.source(match="/news/")
    crawl(db_path, [source])
    taken_away(feed)
    later("article")
    crawl(db_path, [source])
    assert rows(STATES)[0] == {"headline": "First", "pubstatus": "usable"}, "it may come back before the second look"
    later("article")
    (result,) = crawl(db_path, [source])
    assert (result.skipped, result.failed) == (1, False)
    assert rows(STATES)[0] == {"headline": "First", "pubstatus": "gone"}
    assert rows(FRONTIER) == [{"state": "gone", "next_due": None}]
    (text,) = rows(
        "select v.body from articles a join article_versions v on v.id = a.current_version_id "
        "where a.headline = 'First'"
    )
    assert "island ferries" in text["body"], "what it said stays"
