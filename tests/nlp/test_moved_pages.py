"""A page that moved to where another article stands is kept, and counts no second time."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from nlp.run import read_all
from pipeline import cli

TEXT = """The toll on the Pennock bridge will end in March, the county council decided by a single vote on Thursday.

“Nobody should pay twice to go to work and come home again,” Hal Orchard, who leads the council, told the meeting.

The bridge has cost a pound each way since it was opened, and the ferry that it replaced had cost a good deal less."""


@pytest.fixture
def moved(db: Database, add_article) -> Database:
    """Article 1 of the day's first paper stands at the address of article 2 by now; article 3 is another's copy."""
    add_article(TEXT, url="http://paper.example/old", published="2020-05-01T08:00:00+00:00")
    add_article(TEXT, url="http://paper.example/new", published="2020-05-01T09:00:00+00:00")
    add_article(TEXT, url="http://gazette.example/", source="gazette", published="2020-05-02")
    read_all(db)
    assert db.execute("select origin_article_id from stories").fetchall() == [(1,)]
    assert db.execute("select occurrences from utterances").fetchall() == [(3,)]
    db.execute("update articles set pubstatus = 'moved' where id = 1")
    read_all(db)
    return db


def test_the_story_begins_with_the_article_that_stands_there_now(moved) -> None:
    rows = "select article_id, story_id, relation from story_members order by article_id"
    assert moved.execute(rows).fetchall() == [(1, 1, "verbatim"), (2, 1, "origin"), (3, 1, "verbatim")]


def test_what_was_said_in_it_is_counted_once(moved) -> None:
    assert moved.execute("select occurrences, outlets from utterances").fetchall() == [(2, 2)]


def test_the_story_is_shown_without_it(moved) -> None:
    path = moved.execute("pragma database_list").fetchone()[2]
    shown = CliRunner().invoke(cli, ["--db", path, "story", "1"], catch_exceptions=False).stdout
    assert "2 articles in 2 outlets" in shown


def test_it_is_the_first_again_when_it_comes_back(moved) -> None:
    moved.execute("update articles set pubstatus = 'usable' where id = 1")
    read_all(moved)
    assert moved.execute("select origin_article_id from stories").fetchall() == [(1,)]
    assert moved.execute("select occurrences from utterances").fetchall() == [(3,)]
