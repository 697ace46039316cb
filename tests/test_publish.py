"""The published copy: whole or not at all, without what is private, readable while the next one is made."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from nlp.excerpts import excerpt
from nlp.publish import as_published, inspected, publish, published_path

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
        assert not {"story_queue", "story_queue_new", "story_postings", "frontier"} & tables
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


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ([(0, 3)], "one\n\n\n\n\n\n\n\n\n\n"),
        ([(4, 7), (5, 9)], "\n\n\n\ntwo t\n\n\n\n"),
        ([(8, 13), (0, 3)], "one\n\n\n\n\nthree"),
        ([(0, 13), (4, 7)], "one two three"),
        ([], "\n" * 13),
    ],
)
def test_an_excerpt_keeps_its_words_where_they_were(kept: list[tuple[int, int]], expected: str) -> None:
    assert excerpt("one two three", kept) == expected


def test_a_copy_of_quotes_only_has_no_word_of_the_rest(db, add_article, tmp_path: Path, views: Path) -> None:
    text = "Gulls wheeled overhead.\n\n“We sail at nine,” said the bosun, and went below.\n"
    add_article(text, url="http://a.example/1")
    reading = db["readings"].insert({"version_id": 1, "pipeline_version": "x", "model": "x", "status": "read"}).last_pk
    quote = {"version_id": 1, "reading_id": reading, "kind": "direct", "content": "“We sail at nine,”"}
    quote_id = db["quotes"].insert(quote).last_pk
    for part, piece in (("content", "“We sail at nine,”"), ("cue", "said"), ("source", "the bosun")):
        span = {"part": part, "start": text.index(piece), "end": text.index(piece) + len(piece)}
        db["quote_spans"].insert({"quote_id": quote_id, **span})
    db.execute("insert into article_versions_fts(article_versions_fts) values ('rebuild')")
    db.conn.commit()
    copy = publish(tmp_path / "quotewire.db", views=views, quotes_only=True)
    assert as_published(copy) == {"quotes_only": True, "reviews": True}
    file = copy.read_bytes()
    assert [word for word in (b"ulls", b"heel", b"overhead", b"below", b"went") if word in file] == []
    with sqlite3.connect(copy) as published:
        body = published.execute("select body from article_versions").fetchone()[0]
        assert len(body) == len(text)
        assert body.strip() == "“We sail at nine,” said the bosun"
        match = "select rowid from article_versions_fts where article_versions_fts match ?"
        assert published.execute(match, ["bosun"]).fetchall() == [(1,)]
        assert published.execute(match, ["gulls"]).fetchall() == []
        with pytest.raises(sqlite3.IntegrityError):
            published.execute("update article_versions set body = ''")


def test_the_copy_tells_how_many_rows_it_has_so_that_no_page_counts(
    db, add_article, tmp_path: Path, views: Path
) -> None:
    add_article("A text.", url="http://a.example/1")
    copy = publish(tmp_path / "quotewire.db", views=views)
    told = inspected(copy)["quotewire"]
    assert told["tables"]["articles"] == {"count": 1}
    assert told["size"] == copy.stat().st_size
    assert inspected(publish(tmp_path / "quotewire.db", views=views))["quotewire"]["hash"] != told["hash"]
