"""From the command line: who may review, what a copy shows of reviews, and what comes out as gold."""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from commands import jobs
from nlp.publish import published_path
from nlp.records import Position, Quote, Reading
from nlp.rows import ReadingWriter, Version
from pipeline import cli

TEXT = "The harbour fund divides the town.\n\n“We want it built,” said Mae Orr, the pier warden. “Soon,” she added.\n"
URL, SHA = "https://gazette.example/harbour", ""
Command = Callable[..., Result]


def span(piece: str, text: str = TEXT) -> tuple[int, int]:
    return text.index(piece), text.index(piece) + len(piece)


def reading(*, speaker: str | None = "Mae Orr") -> Reading:
    built, soon = span("“We want it built,”"), span("“Soon,”")
    quotes = (
        Quote((built,), (span("said"),), (span("Mae Orr"),), "direct", speaker, "person", "pier warden", 0.9, 0.8),
        Quote((soon,), (span("added"),), (span("she"),), "direct", None, "", None, 0.6, 0.2),
    )
    return Reading(
        words=20, quotes=quotes, positions=(Position("Mae Orr", "person", "harbour fund", "oppose", 0.7, built),)
    )


def write(db: Database, read: Reading) -> None:
    version = Version(id=1, article_id=1, text=TEXT, published_on="2011-03-31")
    with db.atomic():
        ReadingWriter(db).write(version, read, pipeline="test", model="by hand", read_at="2011-04-01")


@pytest.fixture
def run(tmp_path: Path) -> Command:
    return lambda *arguments, **more: CliRunner().invoke(
        cli, ["--db", str(tmp_path / "quotewire.db"), *arguments], **more
    )


@pytest.fixture
def reviewed(db: Database, add_article, run, tmp_path: Path) -> Database:
    """A published article whose quote was accepted by two, its speaker amended, its position rejected by one of two."""
    add_article(TEXT, url=URL, source="gazette")
    write(db, reading())
    run("publish")
    sha = db["article_versions"].get(1)["body_sha256"]
    built = span("“We want it built,”")
    rows = [
        ("quote", *built, "", "accept", None, "“We want it built,”", "ada"),
        ("quote", *built, "", "accept", None, "“We want it built,”", "Beatrix"),
        ("speaker", *built, "", "reject", None, "Mae Orr", "ada"),
        ("speaker", *built, "", "amend", "Mae Orr-Finch", "Mae Orr", "ada"),
        ("position", *built, "Mae Orr on harbour fund", "amend", "support", "oppose", "ada"),
        ("quote", *span("“Soon,”"), "", "reject", None, "“Soon,”", "ada"),
    ]
    with closing(sqlite3.connect(tmp_path / "quotewire.public" / "reviews.db")) as file, file:
        # as datasette/plugins/review.py makes it
        file.execute(
            'create table reviews (id integer primary key, url, body_sha256, subject, start, "end", about, decision, '
            "amended, as_read, confidence, reviewer, reviewed_at)"
        )
        for subject, start, end, about, decision, amended, as_read, who in rows:
            values = (URL, sha, subject, start, end, about, decision, amended, as_read, 0.9, who, "2011-04-02")
            file.execute("insert into reviews values (null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    return db


def ask(tmp_path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(published_path(tmp_path / "quotewire.db"))) as copy:
        return copy.execute(sql).fetchall()


STATES = "select subject, state, should_be, accepted, rejected, amended, quote_id is null from reviewed order by id"


def test_a_copy_tells_what_reviews_come_to_and_no_name_of_a_reviewer(reviewed, run, tmp_path: Path) -> None:
    run("publish")
    assert ask(tmp_path, STATES) == [
        ("quote", "accepted", None, 2, 0, 0, 0),
        ("speaker", "amended", "Mae Orr-Finch", 0, 0, 1, 0),
        ("position", "amended", "support", 0, 0, 1, 1),
        ("quote", "rejected", None, 0, 1, 0, 0),
    ]
    assert ask(tmp_path, "select count(*) from reviewed where position_id is not null") == [(1,)]
    assert b"Beatrix" not in published_path(tmp_path / "quotewire.db").read_bytes()


def test_reviews_outlive_a_new_reading_that_reads_otherwise(reviewed, run, tmp_path: Path) -> None:
    write(reviewed, reading(speaker=None))
    run("publish")
    assert ask(tmp_path, "select distinct speaker from quotes") == [(None,)]
    assert [row[:3] for row in ask(tmp_path, STATES)][:2] == [
        ("quote", "accepted", None), ("speaker", "amended", "Mae Orr-Finch"),
    ]  # fmt: skip


def test_a_copy_without_reviews_stays_so_until_it_is_told_otherwise(reviewed, run, tmp_path: Path) -> None:
    for arguments, count in ((("--without-reviews",), 0), ((), 0), (("--with-reviews",), 4)):
        assert run("publish", *arguments).exit_code == 0
        assert ask(tmp_path, "select count(*) from reviewed") == [(count,)]


def test_what_was_settled_comes_out_as_gold(reviewed, run, tmp_path: Path) -> None:
    result = run("reviews", "export", "--to", str(tmp_path / "gold.jsonl"))
    assert result.exit_code == 0, result.output
    (row,) = map(json.loads, (tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines())
    (quote,) = row["quotes"]
    assert TEXT[slice(*quote["content"][0])] == "“We want it built,”"
    assert (quote["speaker"], quote["role"], quote["kind"]) == ("Mae Orr-Finch", "pier warden", "direct")
    assert quote["reviewed"] == ["quote", "speaker"]
    assert row["positions"][0]["stance"] == "support"
    assert row["people"] == [{"name": "Mae Orr-Finch", "roles": ["pier warden"]}]
    assert row["rejected"] == [list(span("“Soon,”"))]
    assert row["complete"] is True


async def test_a_reviewer_who_was_added_logs_in_and_one_who_was_removed_is_out(reviewed, run, tmp_path: Path) -> None:
    assert run("reviewer", "add", "ada", "--password", "too short").exit_code == 1
    assert run("reviewer", "add", "ada", input="gulls over the pier\ngulls over the pier\n").exit_code == 0
    file = tmp_path / "quotewire.public" / "reviewers.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "gulls" not in file.read_text()
    assert run("reviewer", "list").output == "ada\n"
    client = jobs.site(published_path(tmp_path / "quotewire.db")).client
    page = await client.get("/-/login")
    token = page.text.split('name="csrftoken" value="')[1].split('"')[0]
    form = {"name": "ada", "password": "gulls over the pier", "csrftoken": token}
    answer = await client.post("/-/login", data=form, cookies=dict(page.cookies))
    actor = {"ds_actor": answer.cookies["ds_actor"]}
    assert "data-review" in (await client.get("/article/1", cookies=actor)).text
    assert run("reviewer", "remove", "ada").exit_code == 0
    assert "data-review" not in (await client.get("/article/1", cookies=actor)).text
    assert run("reviewer", "remove", "ada").exit_code == 1
