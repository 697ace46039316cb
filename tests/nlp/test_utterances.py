"""One thing said is found again in other words and other papers, and what each made of it is kept."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from nlp import utterances
from nlp.copies.wording import differences, edits

SAID = "“We will repair every lock on the canal before the summer, and the barge owners have been told,”"


def one_utterance(db: Database) -> bool:
    return len({row[0] for row in db.execute("select utterance_id from quotes")}) == 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (SAID, "direct"),
        ("“We will repair every lock on the canal before the summer”", "direct"),
        ("they would repair every lock on the canal before the summer", "indirect"),
        ("every lock on the canal would be repaired, and barge owners had been told", "indirect"),
        ("“We will repair every lock … and the barge owners have been told”", "direct"),
    ],
)
def test_the_same_words_trimmed_gapped_or_in_the_past_are_one_utterance(db, say, content: str, kind: str) -> None:
    say(SAID)
    say(content, kind=kind, source="gazette")
    utterances.link(db)
    assert one_utterance(db)
    assert db.execute("select text, occurrences, outlets from utterances").fetchone() == (SAID, 2, 2)


@pytest.mark.parametrize(
    ("content", "by", "published"),
    [
        (SAID, "Ben Orr", "2011-03-31"),
        (SAID, "Ada Pell", "2011-05-31"),
        ("“We will not pay for every lock that the county forgot about in the winter,”", "Ada Pell", "2011-03-31"),
        ("“We will,”", "Ada Pell", "2011-03-31"),
    ],
)
def test_another_speaker_another_month_or_other_words_are_another_utterance(db, say, content, by, published) -> None:
    say(SAID)
    say(content, by=by, published=published, source="gazette")
    utterances.link(db)
    assert not one_utterance(db)


def test_a_quote_without_a_speaker_is_never_found_again(db, say) -> None:
    for source in ("paper", "gazette"):
        db.execute("update quotes set speaker = null, person_id = null where id = ?", [say(SAID, source=source)])
    utterances.link(db)
    assert not one_utterance(db)


@pytest.mark.parametrize("fuller_first", [True, False])
def test_two_cuts_of_one_quote_are_one_utterance_whichever_came_first(db, say, fuller_first: bool) -> None:
    full = SAID.strip("”,") + ". The last of them leaks into the bakery’s cellar when the river stands high.”"
    cuts = [SAID, "“The last of them leaks into the bakery’s cellar when the river stands high.”"]
    for content in [full, *cuts] if fuller_first else [*cuts, full]:
        say(content, source=f"paper-{len(content)}")
        utterances.link(db)
    assert one_utterance(db)
    found = db.execute("select text, occurrences, merged_into from utterances order by id").fetchall()
    assert found[0] == (full, 3, None)
    assert found[1:] == ([] if fuller_first else [(cuts[1], 0, 1)])


def test_what_each_occurrence_made_of_the_words_is_kept(db, say) -> None:
    say(SAID)
    copy = say("they would repair all the locks on the canal before the summer", kind="indirect", source="gazette")
    utterances.link(db)
    row = next(db.query("select * from occurrences where quote_id = ?", [copy]))
    assert (row["quotation_marks"], row["tense"], row["person"]) == ("lost", "will → would", "We → they")
    assert row["dropped"] == "every … and the barge owners have been told"
    assert row["added"] == "all the"
    assert row["fullest_quote_id"] == 1
    assert 0.5 < row["kept"] < 0.7


def test_an_utterance_keeps_its_number_when_its_article_is_read_again(db, say) -> None:
    say("“The mill stays open until the harvest is in,”")
    quote = say(SAID)
    utterances.link(db)
    before = db.execute("select utterance_id from quotes where id = ?", [quote]).fetchone()
    row = db.execute("select version_id, reading_id, person_id from quotes where id = ?", [quote]).fetchone()
    db.execute("delete from quotes where id = ?", [quote])
    again = db["quotes"].insert(
        {"version_id": row[0], "reading_id": row[1], "kind": "direct", "content": SAID, "speaker": "Ada Pell",
         "person_id": row[2]}
    ).last_pk  # fmt: skip
    utterances.link(db)
    assert db.execute("select utterance_id from quotes where id = ?", [again]).fetchone() == before
    assert db.execute("select count(*) from occurrences").fetchone() == (2,)


def test_words_that_no_article_says_any_more_keep_their_number_and_count_none(db, say, add_article) -> None:
    say(SAID, url="http://paper.example/locks")
    utterances.link(db)
    add_article("The article says something else now.", url="http://paper.example/locks")
    utterances.link(db)
    assert db.execute("select id, occurrences, outlets, text from utterances").fetchall() == [(1, 0, 0, SAID)]


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("The mayor will open the bridge.", "The Mayor will open the bridge!", []),
        ("They organise the “fair”", 'They organize the "fair"', []),
        ("She will open the bridge.", "She opened the bridge.", [("will open", "opened")]),
        ("He spoke.", "He spoke to the guild.", [("", "to the guild")]),
        ("A fund of 4 million crowns", "A fund of crowns", [("4 million", "")]),
        ("", "New words", [("", "New words")]),
    ],
)
def test_a_diff_of_words_leaves_out_marks_capitals_and_spelling(before: str, after: str, changed) -> None:
    assert [(before[slice(*e.before)], after[slice(*e.after)]) for e in edits(before, after)] == changed


def test_a_wording_tells_spelling_from_tense_and_person() -> None:
    found = differences("We organised our labour and will rest.", "They organized their labor and would rest.")
    assert (found.spelling, found.tense, found.person) == (
        "organised → organized, labour → labor", "will → would", "We → They, our → their",
    )  # fmt: skip
    assert (found.kept, found.dropped, found.added) == (1.0, "", "")
