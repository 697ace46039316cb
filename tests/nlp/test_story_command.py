"""`quotewire story` lays the copies of a story side by side on the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nlp.run import read_all
from pipeline import cli

WIRE = """The last lighthouse keeper on the coast will leave her post in autumn, the lighthouse board announced.

“I will miss the gulls,” Ines Vale said. “Nobody else ever listened to me for so long without a word.”

The lamp is to be tended from an office in the county town, sixty miles from the sea, by a staff of two."""
COPY = (
    WIRE.replace("will leave her post", "left her post")
    .replace("“I will", "[red]“I will")
    .replace("Nobody else ever listened to me for so long without a word.", "Nobody else ever listened.")
)


@pytest.fixture
def story(db, add_article):
    """Runs the command on two copies of one text."""
    add_article(WIRE, url="http://wire.example/1", source="wire", kind="wire", headline="Keeper to go")
    add_article(COPY, url="http://gazette.example/1", source="gazette", headline="Last keeper goes")
    read_all(db)
    path = Path(db.execute("pragma database_list").fetchone()[2])

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["--db", str(path), "story", *arguments])

    return run


def test_without_a_number_the_stories_that_ran_more_than_once_are_listed(story) -> None:
    assert "Keeper to go" in story().output


def test_a_story_shows_who_ran_it_what_was_kept_and_which_words_differ(story) -> None:
    output = story("1").output
    for expected in (
        "2 articles in 2 outlets", "agency's own copy", "edited", "[-will leave-]", "{+left+}",
        "“will leave” became “left” in the copy of Gazette", "[{+red+}]",
    ):  # fmt: skip
        assert expected in output


def test_each_column_names_the_article_too_as_one_outlet_may_have_run_both(story) -> None:
    heading = next(line for line in story("1").output.splitlines() if line.startswith("┃ Wire ("))
    assert heading.split("┃")[1].strip() == "Wire (1)"
    assert heading.split("┃")[2].strip() == "Gazette (2)"


def test_of_many_copies_the_articles_that_kept_a_quote_are_listed_in_one_column(story, db, add_article) -> None:
    for number in range(6):
        add_article(WIRE, url=f"http://paper.example/{number}", source=f"paper-{number}")
    read_all(db)
    assert "by which articles" in story("1").output
    assert "kept: 1, 3, 4, 5, 6, 7, 8" in story("1", "--width", "250").output


def test_the_number_of_a_merged_story_shows_the_one_it_is_now(story, db) -> None:
    db["story_moves"].insert(
        {"what": "merged", "story_id": 1, "other_story_id": 77, "decided_by": "a copy of both", "decided_at": "2020"}
    )
    assert "Story 77 was merged into story 1." in story("77").output


@pytest.mark.parametrize(("arguments", "why"), [(("9",), "no story 9"), (("1", "--article", "9"), "Article 9 is not")])
def test_what_is_not_there_is_said(story, arguments: tuple[str, ...], why: str) -> None:
    result = story(*arguments)
    assert result.exit_code == 1
    assert why in result.output


def test_without_a_database_the_way_to_one_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["--db", str(tmp_path / "none.db"), "story"])
    assert result.exit_code == 1
    assert "quotewire import" in result.output
