"""What wants looking at: told by the rows of past crawls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawler.frontier.visits import DAY, later
from crawler.tables import migrations, open_database
from crawler.watching import Alarm, alarms, note, told, volume

NOW = "2024-05-31T12:00:00+00:00"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path / "quotewire.db")
    migrations.apply(database)
    database["sources"].insert({"id": "courier", "name": "Courier", "kind": "newspaper", "spider": "feed"})
    yield database
    database.close()


def crawled(db: Database, days_ago: float, *, new: int = 0, skipped: int = 0) -> None:
    """A crawl of that day, with a capture for each page that it read."""
    row = {"source_id": "courier", "started_at": later(NOW, -days_ago * DAY), "finish_reason": "finished", "new": new}
    crawl_id = db["crawls"].insert(row).last_pk
    for outcome, count in (("new", new), ("skipped", skipped)):
        page = {"crawl_id": crawl_id, "url": "u", "fetched_at": row["started_at"], "outcome": outcome}
        db["captures"].insert_all(dict(page) for _ in range(count))


def kinds(db: Database) -> list[str]:
    return [alarm.kind for alarm in alarms(db, now=NOW)]


def test_a_source_that_brings_a_fifth_of_the_usual_wants_looking_at(db: Database) -> None:
    for week in range(1, 5):
        crawled(db, 7 * week, new=20)
    crawled(db, 1, new=4)
    (alarm,) = alarms(db, now=NOW)
    assert alarm == Alarm(
        source_id="courier",
        kind="volume",
        text="4 new articles in 3 days; 20 are usual on these days of the week",
    )


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ([20, 20, 20, 20], 5),  # less, and yet not a fifth
        ([2, 2, 2, 2], 0),  # a source that brings little
        ([20, 20], 0),  # two weeks tell nothing yet
        ([500, 20, 21, 19], 20),  # the first crawl took in a year
    ],
)
def test_a_quiet_spell_does_not(db: Database, before: list[int], now: int) -> None:
    for week, new in enumerate(reversed(before), start=1):
        crawled(db, 7 * week, new=new)
    crawled(db, 1, new=now)
    assert kinds(db) == []


def test_days_without_a_crawl_are_no_drop(db: Database) -> None:
    for week in range(1, 5):
        crawled(db, 7 * week, new=20)
    assert volume(db, "courier", now=NOW) == (None, 20.0)
    assert kinds(db) == []


def test_pages_that_no_longer_give_their_text_want_looking_at(db: Database) -> None:
    crawled(db, 10, new=95, skipped=5)
    crawled(db, 1, new=10, skipped=10)
    assert [alarm.text for alarm in alarms(db, now=NOW)] == [
        "no article was found on 10 of 20 pages in 3 days (5% before that)"
    ]


def test_a_source_that_always_had_such_pages_does_not(db: Database) -> None:
    crawled(db, 10, new=60, skipped=40)
    crawled(db, 1, new=12, skipped=8)
    assert kinds(db) == []


@pytest.mark.parametrize(
    ("status", "failures", "kind"), [("failing", 2, []), ("failing", 3, ["failing"]), ("paused", 7, ["paused"])]
)
def test_a_source_that_keeps_failing_wants_looking_at(
    db: Database, status: str, failures: int, kind: list[str]
) -> None:
    db["sources"].update("courier", {"status": status, "failures": failures})
    assert kinds(db) == kind


def test_an_alarm_is_told_once_while_it_stands_and_again_when_it_comes_back(db: Database) -> None:
    alarm = [Alarm(source_id="courier", kind="failing", text="the last 3 crawls failed")]
    untold = note(db, alarm, now=NOW)
    assert [row["source"] for row in untold] == ["courier"]
    assert note(db, alarm, now=NOW) == untold, "nobody has been told yet"
    told(db, untold, now=NOW)
    assert note(db, alarm, now=NOW) == []
    assert note(db, [], now=NOW) == []
    assert len(note(db, alarm, now=NOW)) == 1
