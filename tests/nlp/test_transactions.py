"""A crawl, a reading and a user's decision may write at the same time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from commands import jobs
from nlp import stories
from nlp.transactions import writing

NEWS = """The lighthouse at Farrow Head will have a keeper again after forty years in which a lamp did without one.

Trinity pilots had asked for somebody who could see fog before an instrument in the next bay reported it to them.

The post is for two winters, comes with a cottage and no neighbours, and has drawn three hundred letters already."""
COUNT = "select count(*) from sources"


def path_of(db: Database) -> Path:
    return Path(db.execute("pragma database_list").fetchone()[2])


def test_who_reads_before_writing_has_the_lock_already(db) -> None:
    with closing(sqlite3.connect(path_of(db), timeout=0)) as other:
        with writing(db):
            assert db.execute(COUNT).fetchone() == (0,)
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("insert into sources(id, name, kind) values ('a', 'A', 'wire')")
            db.execute("insert into sources(id, name, kind) values ('b', 'B', 'wire')")
        assert other.execute(COUNT).fetchone() == (1,)


def test_an_error_takes_all_of_it_back_and_one_within_another_its_own_part(db) -> None:
    def fail(name: str) -> None:
        with writing(db):
            db.execute("insert into sources(id, name, kind) values (?, ?, 'wire')", [name, name])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail("a")
    with writing(db):
        db.execute("insert into sources(id, name, kind) values ('b', 'B', 'wire')")
        with pytest.raises(ZeroDivisionError):
            fail("c")
    assert db.execute("select id from sources").fetchall() == [("b",)]


def test_a_text_that_is_stored_while_its_article_waits_is_the_one_that_is_placed(db, add_article, monkeypatch) -> None:
    for number in (1, 2):
        add_article(NEWS, url=f"http://paper.example/{number}")
    crawl = jobs.open_db(path_of(db))

    def store(done: int, total: int) -> None:
        if done == 1:
            row = {
                "article_id": 2,
                "version_no": 2,
                "headline": "",
                "body": NEWS + "\n\nMore soon.",
                "body_sha256": "x",
            }
            crawl["article_versions"].insert(row)
            crawl.execute("update articles set current_version_id = 3 where id = 2")

    monkeypatch.setattr(stories, "BATCH", 1)
    stories.link(db, progress=store)
    crawl.close()
    assert db.execute("select version_id from story_members order by article_id").fetchall() == [(1,), (3,)]
    assert db.execute("select count(*) from story_queue").fetchone() == (0,)


def test_what_another_process_has_placed_meanwhile_is_left_as_it_is(db, add_article, monkeypatch) -> None:
    for number in (1, 2):
        add_article(NEWS, url=f"http://paper.example/{number}")
    other = jobs.open_db(path_of(db))
    monkeypatch.setattr(stories, "BATCH", 1)
    stories.link(db, progress=lambda done, total: stories.link(other) if done == 1 else None)
    other.close()
    assert db.execute("select story_id, relation from story_members").fetchall() == [(1, "origin"), (1, "verbatim")]
    assert db.execute("select count(*) from story_moves").fetchone() == (0,)
