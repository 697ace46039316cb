"""A look publishes anew when anything that readers see has changed, and not otherwise."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands import jobs
from crawler.captures import WarcFile
from nlp.publish import is_current, published_path
from pipeline import cli

AT = "2024-05-06T07:30:00+00:00"
PARAGRAPHS = (
    "The county will pay for new harbour walls, the leader of the county council, Ada Quill, told the press.",
    "“Every port will be safer,” Ms Quill said. “We owe it to the crews who go out in January.”",
    "But the leader of the opposition, Tom Brack, said that the harbour plan was “a puddle of money”.",
    "The walls are to be built in the spring by the firm that mended the pier, and the county is to pay for the work.",
)
REVIEWS = """
    create table reviews (id integer primary key, url, body_sha256, subject, start, "end", about, decision, amended,
                          as_read, reviewer);
    insert into reviews values (1, 'https://courier.example.com/walls', '', 'quote', 0, 1, '', 'accept', '', '', 'ada')
"""
Command = Callable[..., Result]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working database after a first look at an archive of one page, and the declaration of that archive."""
    folder = tmp_path_factory.mktemp("looked")
    warc = WarcFile(folder / "archive")
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<html><head><title>Walls</title></head><body><article><h1>Walls</h1>{text}</article>".encode()
    headers = [(b"Content-Type", b"text/html; charset=utf-8")]
    warc.add(page, url="https://courier.example.com/walls", status=200, reason="OK", headers=headers, at=AT)
    warc.close()
    (folder / "sources").mkdir()
    (folder / "sources" / "kept.toml").write_text(
        f'name = "Kept"\nkind = "newspaper"\nspider = "archive"\nurl = "{folder / "archive"}"\n'
    )
    return folder


@pytest.fixture(scope="module")
def run(folder: Path) -> Command:
    def command(*arguments: str) -> Result:
        result = CliRunner().invoke(cli, ["--db", str(folder / "quotewire.db"), *arguments])
        assert result.exit_code == 0, result.output
        return result

    return command


@pytest.fixture(scope="module")
def look(folder: Path, run: Command) -> Callable[[], Result]:
    return lambda: run("run", "--sources", str(folder / "sources"))


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db, db:
        return db.execute(sql).fetchall()


def test_what_is_published_shows_a_merge_after_the_next_look_and_its_undoing_after_the_one_after(
    folder: Path, run: Command, look: Callable[[], Result]
) -> None:
    look()
    copy = published_path(folder / "quotewire.db")
    speakers = "select distinct p.name from quotes_in_context c join people p on p.id = c.person_id order by 1"
    assert ask(copy, speakers) == [("Ada Quill",), ("Tom Brack",)]
    edition = "select value from publication where what = 'edition'"
    first = ask(copy, edition)
    look()
    assert ask(copy, edition) == first, "nothing had changed, and it was published anew"
    run("people", "merge", "Tom Brack", "Ada Quill")
    look()
    assert ask(copy, speakers) == [("Ada Quill",)]
    run("people", "undo", "1")
    look()
    assert ask(copy, speakers) == [("Ada Quill",), ("Tom Brack",)]


def review(folder: Path) -> None:
    file = published_path(folder / "quotewire.db").with_name("reviews.db")
    with closing(sqlite3.connect(file)) as db, db:
        db.executescript(REVIEWS)


def read_stale(folder: Path) -> None:
    """As after an upgrade that reads otherwise: a reading that is made anew may get the number of the one before."""
    db = folder / "quotewire.db"
    ask(db, "update readings set components = '{}', digest = 'what was found before', read_at = '2024-05-06'")
    jobs.publish(db)
    jobs.read(jobs.open_db(db), stale=True)


CHANGES = {
    "a review": review,
    "a reading made anew": read_stale,
    "an article that is gone": lambda folder: ask(folder / "quotewire.db", "update articles set pubstatus = 'gone'"),
    "a takedown": lambda folder: CliRunner().invoke(
        cli, ["--db", str(folder / "quotewire.db"), "withdraw", "1", "--why", "Asked for.", "--no-publish"]
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_copy_is_current_until_something_changes_and_again_once_it_is_published(
    folder: Path, look: Callable[[], Result], what: str
) -> None:
    look()
    db = folder / "quotewire.db"
    assert is_current(db, views=jobs.VIEWS)
    CHANGES[what](folder)
    assert not is_current(db, views=jobs.VIEWS)
    jobs.publish(db)
    assert is_current(db, views=jobs.VIEWS)


def test_a_copy_made_for_other_pages_is_not_current(folder: Path, look: Callable[[], Result], tmp_path: Path) -> None:
    look()
    changed = tmp_path / "views.sql"
    changed.write_text("select 1;", encoding="utf-8")
    assert not is_current(folder / "quotewire.db", views=[*jobs.VIEWS, changed])
