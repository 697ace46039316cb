"""Tables and pages count what reviewers settled, in the text that they reviewed and in copies of it, and say so."""

from __future__ import annotations

import html
import re
import runpy
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette

from commands import jobs
from nlp.publish import publish, published_path

REVIEW = runpy.run_path(str(jobs.SITE / "plugins" / "review.py"))
TIRED, CHAOS = "“Tired children", "the plan would “leave"  # in the wire's article (1) and the gazette's copy (2)
Publish = Callable[..., Path]


@pytest.fixture
def publishing(working: Path, tmp_path: Path) -> Publish:
    """Publishes with the reviews given: (first words of the quote or passage, subject, decision, amended, reviewer)."""
    mine = tmp_path / "working.db"
    shutil.copy(working, mine)
    copy = published_path(mine)
    copy.parent.mkdir()

    def again(*reviews: tuple[str, ...], article: int = 1, shown: bool = True) -> Path:
        with closing(sqlite3.connect(mine)) as db:
            version, url, sha = db.execute(
                "select v.id, a.canonical_url, v.body_sha256 from articles a "
                "join article_versions v on v.id = a.current_version_id where a.id = ?",
                [article],
            ).fetchone()
            db.row_factory = sqlite3.Row
            found = [db.execute(REVIEW[sql], {"version": version}).fetchall() for sql in ("QUOTES", "POSITIONS")]
        items = REVIEW["read_items"](*found)
        words_of = {False: {row["id"]: row["content"] for row in found[0]},
                    True: {row["id"]: row["holder"] for row in found[1]}}  # fmt: skip
        with closing(sqlite3.connect(copy.with_name("reviews.db"))) as file, file:
            file.executescript(REVIEW["TABLE"])
            for words, subject, decision, amended, *by in reviews:
                key, item = next(
                    (key, item) for key, item in items.items()
                    if key[0] == subject and words_of[subject == "position"][item["id"]].startswith(words)
                )  # fmt: skip
                row = {"url": url, "sha": sha, "subject": subject, "start": key[1], "end": key[2], "about": key[3],
                       "decision": decision, "amended": amended if decision == "amend" else None,
                       "as_read": item["now"], "confidence": item["sure"], "reviewer": by[0] if by else "ada",
                       "now": "2012-05-01"}  # fmt: skip
                file.execute(REVIEW["ADD"], row)
        return publish(mine, views=jobs.VIEWS, reviews=shown)

    return again


def ask(copy: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(copy)) as db:
        return db.execute(sql).fetchall()


SAID = (
    "select person, articles from quotes_by_person where person in ('Priya Nand', 'Owen Tasker') order by person, date"
)
READ = [("Owen Tasker", 2), ("Priya Nand", 2), ("Priya Nand", 1)]
MOVED = [("Owen Tasker", 2), ("Owen Tasker", 2), ("Priya Nand", 1)]


@pytest.mark.parametrize(
    ("reviews", "counted"),
    [
        ([], READ),
        ([(TIRED, "speaker", "amend", "Owen Tasker")], MOVED),
        ([(TIRED, "speaker", "amend", "Mr Owen Tasker MP")], MOVED),
        ([(TIRED, "speaker", "amend", "Tasker")], MOVED),
        ([(TIRED, "speaker", "accept", "")], READ),
        ([(TIRED, "speaker", "reject", "")], [("Owen Tasker", 2), ("Priya Nand", 1)]),
        ([(TIRED, "quote", "reject", "")], [("Owen Tasker", 2), ("Priya Nand", 1)]),
        ([(TIRED, "speaker", "amend", "")], [("Owen Tasker", 2), ("Priya Nand", 1)]),
        ([(TIRED, "speaker", "amend", "Owen Tasker"), (TIRED, "speaker", "accept", "", "bea")], READ),
    ],
)
def test_quotes_count_for_whom_reviewers_say(publishing: Publish, reviews, counted) -> None:
    assert ask(publishing(*reviews), SAID) == counted


def test_every_count_follows(publishing: Publish) -> None:
    copy = publishing((TIRED, "speaker", "amend", "Owen Tasker"), (CHAOS, "quote", "reject", ""))
    assert ask(copy, "select how_many from site_counts where what = 'quotes'") == [(5,)]
    people = (
        "select person, quotes, articles from people_quoted where person in ('Priya Nand', 'Owen Tasker') order by 1"
    )
    assert ask(copy, people) == [("Owen Tasker", 1, 2), ("Priya Nand", 1, 1)]
    assert ask(copy, "select sum(quotes) from people_by_outlet where person_id = 1") == [(1,)]
    assert ask(copy, "select quotes from services_talked_about where service = 'school transport'") == [(0,)]
    assert ask(copy, "select quotes from story_copies where article_id in (1, 2) order by article_id") == [(2,), (1,)]
    assert ask(copy, "select distinct speaker from utterances where text like '“Tired%'") == [("Owen Tasker",)]
    told = "select article_id, speaker, reviewed, speaker_confidence from quotes_in_context where reviewed is not null"
    assert ask(copy, told) == [
        (1, "Owen Tasker", "speaker amended", 1.0), (2, "Owen Tasker", "speaker amended in another copy", 1.0),
    ]  # fmt: skip
    assert ask(copy, "select distinct speaker from quotes where content like '“Tired%'") == [("Priya Nand",)], "as read"


def test_a_copy_that_was_reviewed_itself_keeps_its_own(publishing: Publish) -> None:
    publishing((TIRED, "speaker", "amend", "Owen Tasker"))
    copy = publishing((TIRED, "speaker", "accept", ""), article=2)
    assert ask(copy, "select article_id, speaker from quotes_in_context where content like '“Tired%'") == [
        (1, "Owen Tasker"), (2, "Priya Nand"),
    ]  # fmt: skip


def test_the_words_and_the_role_that_reviewers_gave_count(publishing: Publish) -> None:
    shorter = "“Tired children do not learn,”"
    copy = publishing((TIRED, "quote", "amend", shorter), (TIRED, "role", "amend", "minister"))
    found = ask(copy, "select content, role_as_stated from quotes_in_context where article_id = 1 and person_id = 1")
    assert found == [(shorter, "minister")]
    elsewhere = ask(
        copy, "select content, role_as_stated from quotes_in_context where article_id = 2 and person_id = 1"
    )
    assert [(content == shorter, role) for content, role in elsewhere] == [(False, "minister")]


def test_a_role_goes_with_the_speaker_it_was_read_for_unless_it_stands_beside_the_words(publishing: Publish) -> None:
    copy = publishing((TIRED, "speaker", "amend", "Owen Tasker"), (CHAOS, "speaker", "amend", "Priya Nand"))
    told = (
        "select distinct speaker, role_as_stated from quotes_in_context where article_id in (1, 2) and reviewed <> ''"
    )
    assert sorted(ask(copy, told)) == [("Owen Tasker", None), ("Priya Nand", "general secretary")]


def test_a_name_that_nobody_here_has_stays_a_name(publishing: Publish) -> None:
    copy = publishing((TIRED, "speaker", "amend", "Dr Sue Wilkes"))
    told = "select distinct speaker, person_id, speaker_type from quotes_in_context where content like '“Tired%'"
    assert ask(copy, told) == [("Dr Sue Wilkes", None, None)]
    assert ask(copy, "select count(*) from people where name like '%Wilkes%'") == [(0,)]


@pytest.mark.parametrize(
    ("decision", "counted"),
    [("reject", [("Priya Nand", "support")]), ("amend", [("Owen Tasker", "support"), ("Priya Nand", "support")])],
)
def test_positions_count_as_reviewers_say(publishing: Publish, decision: str, counted) -> None:
    copy = publishing(("Owen Tasker", "position", decision, "support"))
    assert ask(copy, "select actor, stance from positions_by_policy where policy_id = 1 order by actor") == counted
    against = "select oppose from policies_debated where policy_id = 1"
    assert ask(copy, against) == [(0,)]


def test_a_copy_without_reviews_counts_what_was_read(publishing: Publish) -> None:
    copy = publishing((TIRED, "speaker", "amend", "Owen Tasker"), shown=False)
    assert ask(copy, SAID) == READ
    assert ask(copy, "select * from settled") == []


async def test_pages_and_files_say_who_counts_and_that_it_was_reviewed(publishing: Publish) -> None:
    copy = publishing((TIRED, "speaker", "amend", "Owen Tasker"), (CHAOS, "quote", "reject", ""))
    get = Datasette([], immutables=[str(copy)], config_dir=jobs.SITE).client.get
    for path in ("/story/1", "/search?q=tired", "/quotes.atom"):
        assert "Owen Tasker" in (await get(path)).text, path
    assert "reviewed: speaker amended" in (await get("/person/2")).text
    assert "Tired" not in (await get("/person/1")).text
    page = html.unescape(re.sub("<[^>]+>", "", (await get("/quote/1-208")).text))
    assert "Reviewed: speaker amended. It counts as they left it. It was read as Priya Nand, education minister" in page
    assert "Owen Tasker" in (await get("/quote/1-208.bib")).text
    assert "Tired" in (await get("/search?q=tired&speaker=tasker")).text
    assert "Tired" not in (await get("/search?q=tired&speaker=nand")).text
    (rejected,) = ask(copy, "select quote_id from reviewed where state = 'rejected'")
    page = (await get(f"/quote/{rejected[0]}", follow_redirects=True)).text
    assert "it is no quote, so it counts nowhere" in page
    assert "Where it ran" not in page
    page = (await get("/search?q=tired")).text
    assert "reviewed: speaker amended" in page
    assert "stands in all pages, tables and counts" in (await get("/reviews")).text


async def test_a_name_that_a_reviewer_typed_is_text_and_nothing_else(publishing: Publish) -> None:
    copy = publishing((TIRED, "speaker", "amend", "<b>Nobody</b>"))
    get = Datasette([], immutables=[str(copy)], config_dir=jobs.SITE).client.get
    for path in ("/article/1", "/story/1", "/quote/1-208", "/quotewire/settled", "/quotewire/quotes_in_context"):
        page = (await get(path)).text
        assert "Nobody" in page, path
        assert "<b>Nobody" not in page, path
