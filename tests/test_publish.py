"""The published copy: whole or not at all, without what is private, readable while the next one is made."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from nlp.publish import publish, published_path

VIEWS = "create view headlines as select headline from articles;"


@pytest.fixture
def views(tmp_path: Path) -> Path:
    path = tmp_path / "views.sql"
    path.write_text(VIEWS, encoding="utf-8")
    return path


def test_the_copy_has_the_rows_and_the_views_and_nothing_private(db, add_article, tmp_path: Path, views: Path) -> None:
    add_article("A text.", url="http://a.example/1", headline="Ferry bill published")
    copy = publish(tmp_path / "quotewire.db", views=views)
    assert copy == published_path(tmp_path / "quotewire.db")
    with sqlite3.connect(copy) as published:
        assert published.execute("select headline from headlines").fetchall() == [("Ferry bill published",)]
        tables = {row[0] for row in published.execute("select name from sqlite_master")}
        assert not {"story_shingles", "reviews"} & tables
        assert published.execute("pragma journal_mode").fetchone() == ("delete",)


def test_rows_that_still_lie_in_the_write_ahead_log_are_in_the_copy(
    db, add_article, tmp_path: Path, views: Path
) -> None:
    db.execute("pragma wal_autocheckpoint = 0")
    add_article("A text.", url="http://a.example/1")
    with sqlite3.connect(publish(tmp_path / "quotewire.db", views=views)) as published:
        assert published.execute("select count(*) from articles").fetchone() == (1,)


def test_a_failure_leaves_the_old_copy_and_no_litter(db, add_article, tmp_path: Path, views: Path) -> None:
    add_article("A text.", url="http://a.example/1")
    copy = publish(tmp_path / "quotewire.db", views=views)
    before = copy.read_bytes()
    views.write_text("create view broken as select * from nowhere_at_all; select * from broken;", encoding="utf-8")
    with pytest.raises(sqlite3.OperationalError):
        publish(tmp_path / "quotewire.db", views=views)
    assert copy.read_bytes() == before
    assert [path.name for path in copy.parent.iterdir()] == ["quotewire.db"]


def test_a_reader_of_the_old_copy_keeps_it_while_the_new_one_arrives(
    db, add_article, tmp_path: Path, views: Path
) -> None:
    add_article("A text.", url="http://a.example/1")
    reader = sqlite3.connect(publish(tmp_path / "quotewire.db", views=views))
    reader.execute("select count(*) from articles").fetchone()
    add_article("Another text.", url="http://a.example/2")
    fresh = sqlite3.connect(publish(tmp_path / "quotewire.db", views=views))
    assert reader.execute("select count(*) from articles").fetchone() == (1,)
    assert fresh.execute("select count(*) from articles").fetchone() == (2,)
    reader.close()
    fresh.close()
