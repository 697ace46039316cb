"""When the rules change, what they made is read again, and what reads as before keeps its rows and numbers."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from signal import SIGKILL
from subprocess import DEVNULL, Popen

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

import nlp.run
from nlp.freshness import versions_of
from nlp.run import read_all
from pipeline import cli

TEXT = """Lena Roe, the canal minister, said: “We will repair every lock before the summer.”

The boat owners' guild said that it opposes the lock tolls bill, which would cost each owner £40 a year."""
OTHER = "Piet Hahn, who runs the lock cafe, said: “Nobody asked us when the towpath would be shut.”"
STORED = ("quotes", "positions", "mentions", "utterances", "people", "policies", "stories", "story_members")


@pytest.fixture
def reading(db: Database, add_article) -> Database:
    add_article(TEXT, url="http://paper.example/1")
    add_article(OTHER, url="http://paper.example/2")
    add_article("", url="http://paper.example/empty")
    read_all(db)
    return db


def age(db: Database, component: str, *, version_id: int | None = None) -> None:
    """Makes readings look as if an older ``component`` had made them."""
    aged = "update readings set components = json_set(components, '$.' || ?, 'older')"
    sql = f"{aged} where version_id = coalesce(?, version_id)"
    db.execute(sql, [component, version_id])
    db.conn.commit()


def rows(db: Database) -> dict[str, list[tuple[object, ...]]]:
    return {table: db.execute(f"select * from {table} order by 1").fetchall() for table in STORED}


def test_what_is_read_already_is_left_alone_but_told_to_be_outdated(reading: Database) -> None:
    age(reading, "quotes")
    result = read_all(reading)
    assert (result.read, dict(result.outdated)) == (0, {"quotes": 3})


def test_with_stale_what_reads_as_before_keeps_every_row_and_number(reading: Database) -> None:
    before = rows(reading)
    age(reading, "quotes")
    result = read_all(reading, stale=True)
    assert (result.read, result.skipped, result.unchanged, dict(result.outdated)) == (2, 1, 3, {})
    assert rows(reading) == before
    assert read_all(reading, stale=True).read == 0


def test_only_what_the_older_component_made_is_read_again(reading: Database) -> None:
    age(reading, "positions", version_id=1)
    assert read_all(reading, stale=True).read == 1


def test_what_reads_otherwise_is_written_anew_under_the_numbers_that_its_evidence_keeps(reading: Database) -> None:
    kept = {name: rows(reading)[name] for name in ("people", "policies", "stories", "story_members")}
    said = reading.execute("select content, utterance_id from quotes order by utterance_id").fetchall()
    reading.execute("delete from positions where version_id = 1")
    reading.execute("update readings set digest = 'what older rules found' where version_id = 1")
    age(reading, "positions", version_id=1)
    result = read_all(reading, stale=True)
    assert (result.read, result.unchanged) == (1, 0)
    assert {name: rows(reading)[name] for name in kept} == kept
    assert reading.execute("select content, utterance_id from quotes order by utterance_id").fetchall() == said
    assert reading.execute("select count(*) from utterances").fetchone() == (len({number for _, number in said}),)


def test_stopped_in_the_middle_it_goes_on_with_what_is_left(reading: Database, monkeypatch) -> None:
    monkeypatch.setattr(nlp.run, "BATCH", 1)
    age(reading, "text")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_all(reading, stale=True, progress=stop)
    assert reading.execute("select count(*) from readings where components like '%older%'").fetchone() == (2,)
    left = read_all(reading, stale=True)
    assert left.read + left.skipped == 2


def test_killed_outright_it_has_lost_and_doubled_nothing(db: Database, add_article) -> None:
    texts = [TEXT.replace("Lena Roe", f"Lena Roe{'b' * n}") for n in range(2 * nlp.run.BATCH)]
    for number, text in enumerate(texts):
        add_article(text, url=f"http://paper.example/{number}")
    read_all(db)
    before = rows(db)
    db.execute("update readings set digest = 'what older rules found'")
    age(db, "positions")
    path = db.execute("pragma database_list").fetchone()[2]
    command = [sys.executable, "-m", "pipeline", "--db", path, "read", "--stale"]
    left = "select count(*) from readings where components like '%older%'"
    with Popen(command, cwd=Path(__file__).parents[2], stdout=DEVNULL) as process:
        while process.poll() is None and db.execute(left).fetchone() == (len(texts),):
            time.sleep(0.01)
        process.kill()
    assert process.returncode == -SIGKILL
    (remaining,) = db.execute(left).fetchone()
    assert 0 < remaining < len(texts)
    assert read_all(db, stale=True).read == remaining
    after = rows(db)
    assert [(name, len(found)) for name, found in after.items()] == [(n, len(found)) for n, found in before.items()]
    assert (after["people"], after["policies"]) == (before["people"], before["policies"])


def test_a_component_is_as_new_as_the_code_and_the_lists_that_it_leads_to() -> None:
    versions = versions_of(["people", "figures", "positions"])
    assert set(versions) == {"people", "figures", "positions", "text", "rows"}
    assert len(set(versions.values())) == len(versions)


def test_the_command_says_what_is_outdated_and_reads_it_again_when_asked(reading: Database) -> None:
    path = Path(reading.execute("pragma database_list").fetchone()[2])

    def read(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["--db", str(path), "read", *arguments], catch_exceptions=False)

    age(reading, "quotes")
    assert "quotewire read --stale" in read().output
    assert "3 of them as before" in read("--stale").output
    assert "--stale" not in read().output
