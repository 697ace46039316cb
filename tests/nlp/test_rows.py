"""A reading as rows: every one points into the text, and a new reading replaces the old."""

from __future__ import annotations

from sqlite_utils import Database

from nlp import utterances
from nlp.keys import name_key, person_key
from nlp.records import Entity, Figure, Person, Position, Quote, Reading, Role
from nlp.rows import ReadingWriter, Version

TEXT = "The harbour minister, Ada Quill, backed the ferry bill. “It will pay for 12 new boats,” she said."


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


READING = Reading(
    words=18,
    people=(Person("Ada Quill", (span("Ada Quill"),), (Role("harbour minister", span("harbour minister")),)),),
    policies=(Entity("ferry bill", "bill", (span("ferry bill"),)),),
    figures=(Figure("12 new boats", span("12 new boats"), 12.0, "", "new boats"),),
    quotes=(
        Quote(
            (span("“It will pay for 12 new boats,”"),), (span("said"),), (span("she"),), "direct", "Ada Quill", "person"
        ),
    ),
    positions=(
        Position(
            "Ada Quill", "person", "ferry bill", "support", 0.9, span("backed the ferry bill"), "ferry bill", 0
        ),
    ),
)  # fmt: skip


def write(db: Database, article_id: int, reading: Reading | None = READING, reason: str = "") -> None:
    version = Version(id=article_id, article_id=article_id, text=TEXT)
    with db.atomic():
        ReadingWriter(db).write(version, reading, pipeline="1", model="m", read_at="2020-01-01", reason=reason)


def counts(db: Database) -> dict[str, int]:
    tables = (
        "readings",
        "people",
        "mentions",
        "memberships",
        "policies",
        "figures",
        "quotes",
        "quote_spans",
        "positions",
    )
    return {table: db[table].count for table in tables}


def test_every_row_points_to_its_own_characters(db, add_article) -> None:
    write(db, add_article(TEXT, url="http://a.example/1"))
    for table in ("mentions", "figures"):
        for row in db[table].rows:
            assert TEXT[row["start"] : row["end"]] == row["exact"]
    for row in db["positions"].rows:
        assert TEXT[row["start"] : row["end"]] == row["evidence"]
        assert (row["quote_id"], row["person_id"], row["policy_id"]) == (1, 1, 1)
    assert next(db["quotes"].rows)["content"] == "“It will pay for 12 new boats,”"


def test_reading_again_replaces_and_doubles_nothing(db, add_article) -> None:
    article = add_article(TEXT, url="http://a.example/1")
    write(db, article)
    before = counts(db)
    write(db, article)
    assert counts(db) == before


def test_a_text_that_was_skipped_says_why_and_derives_nothing(db, add_article) -> None:
    article = add_article(TEXT, url="http://a.example/1")
    write(db, article)
    write(db, article, None, "skipped: language is cy, not English")
    row = next(db["readings"].rows)
    assert (row["status"], row["reason"]) == ("skipped", "skipped: language is cy, not English")
    assert db["quotes"].count == db["mentions"].count == 0


def test_the_same_words_of_the_same_speaker_in_two_papers_are_one_utterance(db, add_article) -> None:
    write(db, add_article(TEXT, url="http://a.example/1", source="one"))
    write(db, add_article(TEXT, url="http://b.example/1", source="two"))
    utterances.link(db)
    row = next(db["utterances"].rows)
    assert db["utterances"].count == 1
    assert (row["occurrences"], row["outlets"], row["first_published_at"]) == (2, 2, "2011-03-31")


def test_a_full_name_joins_people_across_articles_and_a_surname_alone_does_not() -> None:
    assert person_key("Sir Ada Quill", article_id=1) == person_key("Ada Quill MP", article_id=2) == "ada quill"
    assert person_key("Mr Quill", article_id=1) != person_key("Mr Quill", article_id=2)
    assert person_key("Lord Quill", article_id=1) == person_key("Lord Quill", article_id=2) == "lord quill"
    assert name_key("The Harbour Board") == name_key("Harbour Board")
