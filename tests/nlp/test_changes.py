"""What changed between versions, and between copies, is told by what matters of it, with both places."""

from __future__ import annotations

import json

import pytest
from sqlite_utils import Database

from nlp import changes
from nlp.copies.alignment import align
from nlp.copies.comparing import Comparison
from nlp.copies.facts import Facts, Measured, Quoted
from nlp.copies.quote_pairs import matched
from nlp.copies.telling import when
from nlp.run import read_all

MORNING = """The county is to spend £4 million on the harbour wall, and the first stones come by sea from an old quarry.

Ada Pell, the council leader, said: “The wall has held for ninety years and we will see that it holds for ninety more.”

Ben Orr, who speaks for the fishermen, said: “Nobody asked the crews where the boats will lie while it is built.”

He added: “We were told of the plan by the newspaper.”

Work starts in May and will take two summers, and the market moves to the upper quay until it is done."""


@pytest.fixture
def revised(db: Database, add_article):
    """Reads MORNING and a later text of the same page; gives the changes between them."""

    def later(text: str, *, headline: str = "Harbour wall") -> list[dict[str, object]]:
        url = "http://paper.example/wall"
        add_article(MORNING, url=url, headline="Harbour wall", seen_at="2011-03-31T10:02:00+00:00")
        add_article(text, url=url, headline=headline, seen_at="2011-03-31T14:30:00+00:00")
        read_all(db)
        return list(db.query("select * from changes order by id"))

    return later


def test_a_quote_that_was_removed_is_told_with_its_speaker_and_its_times(revised) -> None:
    found = revised(MORNING.replace("He added: “We were told of the plan by the newspaper.”\n\n", ""))
    lines = {row["kind"]: row["line"] for row in found}
    assert lines["quote removed"] == "Ben Orr’s second quote was removed between 10:02 and 14:30 on 31 March 2011"


@pytest.mark.parametrize(
    ("first", "later", "told"),
    [
        ("2011-03-31T14:30:00+00:00", "2011-03-31T10:02:00", "between 10:02 and 14:30 on 31 March 2011"),
        ("2011-03-31T23:58:00Z", "2011-04-01T00:05:00Z", "between 23:58 on 31 March 2011 and 00:05 on 1 April 2011"),
        (None, "2011-03-31T10:02:00", "between version 1 and version 2"),
    ],
)
def test_two_looks_at_a_page_are_told_in_their_order_also_by_a_clock_put_back(first, later, told: str) -> None:
    morning, noon = (Facts(n, 1, "Paper", "", "", at, n, [], [], []) for n, at in ((1, first), (2, later)))
    assert when(morning, noon) == told


@pytest.mark.parametrize(
    ("before", "after", "kind", "words"),
    [
        ("ninety years", "eighty years", "figure changed", "“ninety” became “eighty”"),
        ("£4 million", "£6 million", "figure changed", "“£4 million” became “£6 million”"),
        ("we will see", "we must see", "quote altered", "Ada Pell’s first quote was altered: “will” became “must”"),
        ("Ben Orr, who", "Cole Marsh, who", "person added", "Cole Marsh was named"),
        (
            "Work starts in May",
            "Work starts once the crews agree",
            "wording changed",
            "“in May” became “once the crews",
        ),
        ("He added:", "He added in a letter to all crews:", "wording changed", "“in a letter to all crews” was put in"),
        ("Work starts in May and will take", "Work starts in May and would take", "tense changed", "“will” became"),
    ],
)
def test_what_was_edited_is_told_by_what_it_is(revised, before: str, after: str, kind: str, words: str) -> None:
    found = [row for row in revised(MORNING.replace(before, after)) if row["kind"] == kind]
    assert [row["line"] for row in found if str(row["line"]).startswith(words)] != []


def test_a_quote_put_down_to_another_speaker_is_told(revised) -> None:
    found = revised(MORNING.replace("Ada Pell, the council leader, said", "Dora Finch, the deputy leader, said"))
    assert "Ada Pell’s first quote was put down to Dora Finch between 10:02 and 14:30 on 31 March 2011" in {
        row["line"] for row in found
    }


def test_a_changed_headline_is_told(revised) -> None:
    found = revised(MORNING, headline="Crews were not asked about harbour wall")
    assert [row["kind"] for row in found] == ["headline changed"]


def test_marks_capitals_spelling_and_moved_paragraphs_are_no_change(revised) -> None:
    parts = MORNING.replace("“", '"').replace("”", '"').replace("council leader", "Council Leader").split("\n\n")
    assert revised("\n\n".join([*parts[:1], parts[4], *parts[1:4]])) == []


def test_the_spans_of_a_change_lead_to_its_words_in_both_versions(db, revised) -> None:
    for row in revised(MORNING.replace("£4 million", "£6 million").replace("two summers", "three winters")):
        for side in ("before", "after"):
            body = db.execute("select body from article_versions where id = ?", [row[f"{side}_version_id"]]).fetchone()[
                0
            ]
            assert body[row[f"{side}_start"] : row[f"{side}_end"]] == row[f"{side}_text"]


def test_a_second_run_compares_nothing_again_and_a_new_reading_does(db, revised) -> None:
    revised(MORNING.replace("£4 million", "£6 million"))
    before = db.execute("select id from alignments").fetchall()
    changes.link(db)
    assert db.execute("select id from alignments").fetchall() == before
    db.execute("update alignments set before_reading_id = 999")
    changes.link(db)
    assert db.execute("select before_reading_id from alignments").fetchone() != (999,)
    assert db.execute("select count(distinct kind) from changes").fetchone() == (1,)


def test_of_two_copies_only_the_passages_that_both_have_are_compared(db, add_article) -> None:
    copy = MORNING.replace("two summers", "three summers").replace(
        "He added: “We were told of the plan by the newspaper.”", "A meeting in the chapel is planned for Friday."
    )
    add_article(MORNING, url="http://wire.example/1", source="wire", kind="wire")
    add_article(copy, url="http://gazette.example/1", source="gazette")
    read_all(db)
    found = list(db.query("select comparison, kind, line from changes"))
    assert [(row["comparison"], row["kind"]) for row in found] == [("copy", "figure changed")]
    assert found[0]["line"] == "“two” became “three” in the copy of Gazette"
    pieces = json.loads(db.execute("select paragraphs from alignments").fetchone()[0])
    assert [(piece["before"] is None, piece["after"] is None) for piece in pieces] == [
        (False, False), (False, False), (False, False), (False, True), (True, False), (False, False),
    ]  # fmt: skip


def test_a_short_quote_does_not_take_the_partner_of_a_longer_one_that_says_the_same() -> None:
    short = Quoted("it a burden on the crews", "indirect", "opposition", None, None, 1, ((20, 44),))
    whole = Quoted("“It is a burden on the crews who never asked,”", "direct", "Ada Pell", 1, None, 2, ((60, 106),))
    assert matched([short, whole], [whole]) == [(short, None), (whole, whole)]
    assert matched([short], [whole]) == [(short, whole)]


SPLIT = """The harbour board met on Tuesday and talked of the wall for most of the afternoon.

“The wall will stand for ninety years,” Ada Pell said, “and we will see that it stands for ninety more.”"""


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("Ada Pell said,", "Ada Pell told the board,", {"wording changed"}),
        ("will see that", "must see that", {"quote altered"}),
        ("said, “and we will see", "told the board, “and we must see", {"wording changed", "quote altered"}),
    ],
)
def test_a_cue_that_changes_between_two_parts_of_a_quote_is_no_change_of_the_quote(
    db, add_article, before: str, after: str, kinds: set[str]
) -> None:
    for source, text in (("wire", SPLIT), ("gazette", SPLIT.replace(before, after))):
        add_article(text, url=f"http://{source}.example/", source=source, kind=source.replace("gazette", "newspaper"))
    read_all(db)
    spans = db.execute("select count(*) from quote_spans where part = 'content' group by quote_id").fetchall()
    assert spans == [(2,), (2,)]
    assert {row["kind"] for row in db.query("select kind from changes")} >= kinds
    assert ("quote altered" in kinds) == bool(
        db.execute("select 1 from changes where kind = 'quote altered'").fetchone()
    )


def test_a_figure_of_one_quote_is_no_partner_of_a_figure_of_another() -> None:
    def read(body: str, *quotes: str, figures: tuple[str, ...]) -> Facts:
        def at(text: str) -> tuple[int, int]:
            return body.index(text), body.index(text) + len(text)

        said = [Quoted(q, "direct", "ab"[n], n + 1, None, n + 1, (at(q),)) for n, q in enumerate(quotes)]
        return Facts(1, 1, "Paper", "", body, None, 1, said, [], [Measured(figure, at(figure)) for figure in figures])

    first, second = "“The wall will last and cost £4 million.”", "“Our boats will leave the harbour for good.”"
    before = read(f"Pell: {first} Orr: {second}", first, second, figures=("£4 million",))
    first, second = "“The wall will last.”", "“900 boats will leave the harbour for good.”"
    after = read(f"Pell: {first} Orr: {second}", first, second, figures=("900 boats",))
    found = Comparison(before, after, align(before.body, after.body), copies=False).changes()
    assert [(one.kind, one.before_text, one.after_text) for one in found if one.kind.startswith("figure")] == [
        ("figure removed", "£4 million", ""), ("figure added", "", "900 boats"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "shape"),
    [
        ("One red barge lay low.\nTwo blue vans drove by.", "Two blue vans drove by.\nOne red barge lay low.", "moved"),
        ("One red barge lay low.\nTwo blue vans drove by.", "One red barge lay low. Two blue vans drove by.", "joined"),
        ("One red barge lay low. Two blue vans drove by.", "One red barge lay low.\nTwo blue vans drove by.", "parted"),
    ],
)
def test_paragraphs_find_their_partners_when_they_move_join_or_part(before: str, after: str, shape: str) -> None:
    pairs = align(before, after)
    assert all(pair.before and pair.after and not pair.edits for pair in pairs)
    assert (len(pairs), any(pair.moved for pair in pairs)) == {"moved": (2, True)}.get(shape, (1, False))
