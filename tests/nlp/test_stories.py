"""Copies of one story are found and named for what they are; strangers stay apart."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from sqlite_utils import Database

from commands import jobs
from nlp import stories
from nlp.copies.relations import compare

WIRE = """Every village hall in the county will be offered a free heat pump under a plan that ministers published today.

The energy minister said the halls had been forgotten for a generation and that nobody should have to wear a coat to a
parish meeting. She promised that the first two hundred would be fitted before the clocks go back.

Council leaders welcomed the money but asked who would pay for the repairs in ten years' time, and the opposition said
that a third of the halls had no wiring fit to carry the load.

The plan is open for comment until the end of June, and a final list of halls will be drawn up in the autumn by the
county surveyor after a visit to each of them."""
OTHER = """A ferry that has linked the two islands since the war will stop running at weekends from next month.

The operator blamed the price of fuel and a shortage of deck hands. Islanders said that they had not been asked, and
that the last bus from the harbour had gone the same way two winters ago.

A petition with four thousand names will be handed to the transport committee on Tuesday."""


def relations(db: Database) -> dict[int, tuple[int, str]]:
    return {a: (s, r) for a, s, r in db.execute("select article_id, story_id, relation from story_members")}


def test_a_verbatim_copy_is_one_story_with_its_wire_original_whoever_came_first(db, add_article) -> None:
    paper = add_article(WIRE, url="http://paper.example/1", published="2020-05-01")
    wire = add_article(WIRE, url="http://wire.example/1", source="wire", kind="wire", published="2020-05-02")
    stories.link(db)
    found = relations(db)
    assert found[paper][0] == found[wire][0]
    assert (found[wire][1], found[paper][1]) == ("origin", "verbatim")


def test_a_copy_cut_to_its_first_half_is_an_excerpt_of_the_story(db, add_article) -> None:
    wire = add_article(WIRE, url="http://wire.example/1", source="wire", kind="wire")
    half = add_article(WIRE[: len(WIRE) // 2], url="http://paper.example/1")
    stories.link(db)
    assert relations(db)[half] == (relations(db)[wire][0], "excerpt")


def test_a_copy_with_sentences_changed_is_edited(db, add_article) -> None:
    changed = WIRE.replace("The plan is open for comment until the end of June, and a", "Comments close in June. A")
    wire = add_article(WIRE, url="http://wire.example/1", source="wire", kind="wire")
    paper = add_article(changed, url="http://paper.example/1")
    stories.link(db)
    assert relations(db)[paper] == (relations(db)[wire][0], "edited")


def test_different_stories_stay_apart_and_so_does_the_same_text_a_year_later(db, add_article) -> None:
    first = add_article(WIRE, url="http://paper.example/1", published="2020-05-01")
    other = add_article(OTHER, url="http://paper.example/2", published="2020-05-01")
    year_later = add_article(WIRE, url="http://paper.example/3", published="2021-05-01")
    stories.link(db)
    found = relations(db)
    assert len({found[first][0], found[other][0], found[year_later][0]}) == 3


def test_a_text_too_short_to_tell_joins_nothing(db, add_article) -> None:
    one = add_article("Opening hours: nine to five.", url="http://paper.example/1")
    two = add_article("Opening hours: nine to five.", url="http://paper.example/2")
    stories.link(db)
    assert relations(db)[one][0] != relations(db)[two][0]


def test_linking_again_changes_nothing(db, add_article) -> None:
    add_article(WIRE, url="http://wire.example/1", source="wire", kind="wire")
    add_article(WIRE, url="http://paper.example/1")
    stories.link(db)
    before = relations(db)
    stories.link(db)
    assert relations(db) == before


def test_an_article_that_joins_two_stories_merges_them_into_the_older(db, add_article) -> None:
    one = add_article(WIRE, url="http://paper.example/1")
    stories.link(db)
    two = add_article(OTHER, url="http://paper.example/2")
    stories.link(db)
    bridge = add_article(WIRE + "\n\n" + OTHER, url="http://paper.example/3")
    stories.link(db)
    found = relations(db)
    assert found[one][0] == found[two][0] == found[bridge][0] == 1
    assert db["stories"].count == 1


@pytest.mark.parametrize("batch", [1, 500])
def test_placed_anew_a_few_at_a_time_stories_keep_their_numbers(db, add_article, monkeypatch, batch: int) -> None:
    for number, text in enumerate((OTHER, WIRE, "\n\n".join(PARAGRAPHS[:2]), "\n\n".join(PARAGRAPHS[2:]), WIRE)):
        add_article(text, url=f"http://paper.example/{number}")
    stories.link(db)
    members = "select article_id, story_id, relation, containment from story_members order by article_id"
    before = db.execute(members).fetchall()
    for emptied in ("story_signatures", "story_postings", "story_common"):
        db.execute(f"delete from {emptied}")
    db.execute("insert into story_queue select id from articles")
    monkeypatch.setattr(stories, "BATCH", batch)
    stories.link(db)
    assert db.execute(members).fetchall() == before
    assert db.execute("select count(*) from story_moves").fetchone() == (0,)


def test_what_another_process_placed_in_the_meantime_is_found(db, add_article, monkeypatch) -> None:
    add_article(OTHER, url="http://paper.example/1", published="2011-03-30")
    add_article(WIRE, url="http://paper.example/2")
    path = Path(db.execute("pragma database_list").fetchone()[2])

    def another(done: int, total: int) -> None:
        if done == 1:
            add_article(WIRE, url="http://gazette.example/2", source="gazette")
            other = jobs.open_db(path)
            stories.link(other)
            other.close()

    monkeypatch.setattr(stories, "BATCH", 1)
    stories.link(db, progress=another)
    assert {len(part) for part in parts(db)} == {1, 2}


def test_the_members_of_a_merged_story_are_told_anew_by_its_origin(db, add_article) -> None:
    add_article(WIRE, url="http://paper.example/1", published="2011-03-31")
    add_article(OTHER, url="http://paper.example/2", published="2011-04-01")
    stories.link(db)
    add_article(WIRE + "\n\n" + OTHER, url="http://paper.example/3", published="2011-04-02")
    stories.link(db)
    found = db.execute("select relation, containment from story_members order by article_id").fetchall()
    assert [relation for relation, _ in found] == ["origin", "rewrite", "edited"]
    assert found[1][1] == 0.0


def test_a_number_that_was_given_up_leads_to_the_story_it_went_into_and_is_given_to_no_other(db, add_article) -> None:
    add_article(WIRE, url="http://paper.example/1")
    add_article(OTHER, url="http://paper.example/2")
    stories.link(db)
    add_article(WIRE, url="http://paper.example/2")
    stories.link(db)
    assert parts(db) == {frozenset({"http://paper.example/1", "http://paper.example/2"})}
    assert db.execute("select what, story_id, other_story_id from story_moves").fetchall() == [("merged", 1, 2)]
    new = add_article(OTHER, url="http://paper.example/3")
    stories.link(db)
    assert relations(db)[new] == (3, "origin")


def parts(db: Database) -> set[frozenset[str]]:
    """The stories as sets of addresses, whatever their numbers."""
    rows = db.execute(
        "select m.story_id, a.canonical_url from story_members m join articles a on a.id = m.article_id"
    ).fetchall()
    return {frozenset(url for story, url in rows if story == one) for one, _ in rows}


def test_a_merge_is_on_record_with_the_article_that_showed_it(db, add_article) -> None:
    for text, path in ((WIRE, "1"), (OTHER, "2"), (WIRE + "\n\n" + OTHER, "3")):
        article = add_article(text, url=f"http://paper.example/{path}")
        stories.link(db)
    found = db.execute("select what, story_id, other_story_id, article_id from story_moves").fetchall()
    assert found == [("merged", 1, 2, article)]


def test_a_story_falls_apart_when_the_article_that_held_it_together_is_rewritten(db, add_article) -> None:
    one = add_article(WIRE, url="http://paper.example/1")
    two = add_article(OTHER, url="http://paper.example/2")
    bridge = add_article(WIRE + "\n\n" + OTHER, url="http://paper.example/3")
    stories.link(db)
    add_article(WIRE, url="http://paper.example/3")
    stories.link(db)
    found = relations(db)
    assert found[one][0] == found[bridge][0] != found[two][0]
    assert db.execute("select what from story_moves where what = 'split'").fetchall() == [("split",)]


PARAGRAPHS = WIRE.split("\n\n")
ARRIVALS = {
    "wire": WIRE, "first half": "\n\n".join(PARAGRAPHS[:2]), "second half": "\n\n".join(PARAGRAPHS[2:]),
    "stranger": OTHER,
}  # fmt: skip


@pytest.mark.parametrize("order", list(permutations(ARRIVALS))[::5], ids=" then ".join)
def test_the_order_of_arrival_decides_nothing(db, add_article, order: tuple[str, ...]) -> None:
    for name in order:
        add_article(ARRIVALS[name], url=f"http://{name.replace(' ', '-')}.example/", source=name)
        stories.link(db)
    assert {len(part) for part in parts(db)} == {3, 1}
    kept = "select a.source_id, m.relation from story_members m join articles a on a.id = m.article_id"
    assert dict(db.execute(kept)) == {
        "wire": "origin", "first half": "excerpt", "second half": "excerpt", "stranger": "origin",
    }  # fmt: skip


def test_a_wire_story_that_sixty_papers_ran_is_one_story(db, add_article) -> None:
    for number in range(60):
        add_article(WIRE, url=f"http://paper-{number}.example/", source=f"paper-{number}")
        if number % 20 == 0:
            stories.link(db)
    stories.link(db)
    assert [len(part) for part in parts(db)] == [60]


PAGE = """The library at {0} is run by the county and by forty volunteers who give an afternoon of their week to it.

Books can be borrowed for three weeks and renewed by telephone, at the desk or through the county's own catalogue.

Groups that want to meet in the reading room should speak to the librarian of {0} at least ten days before the date."""


@pytest.mark.parametrize("nights", [1, 4])
def test_pages_made_from_one_template_are_no_story_once_there_are_enough_to_tell(db, add_article, nights: int) -> None:
    for number in range(20):
        add_article(PAGE.format(f"Ward {number}"), url=f"http://county.example/{number}", source="county")
        if number % (20 // nights) == 0:
            stories.link(db)
    stories.link(db)
    assert len(parts(db)) == 20


@pytest.mark.parametrize(
    "text",
    [
        "Opening hours\n\n" + "\n".join(f"{day}: 9am to 5.30pm" for day in ("Monday", "Tuesday", "Friday")) * 9,
        "We use cookies to make this website work and to count visitors. Read our cookie policy, our privacy policy "
        "and our terms and conditions, or click accept. You can change your cookie preferences in your browser.",
    ],
)
def test_a_timetable_or_a_consent_notice_joins_nothing(db, add_article, text: str) -> None:
    for number in range(3):
        add_article(text, url=f"http://paper-{number}.example/", source=f"paper-{number}")
    stories.link(db)
    assert len(parts(db)) == 3


@pytest.mark.parametrize(
    ("credits", "kinds", "origin", "agency", "decided_by"),
    [
        ((None, None), ("newspaper", "wire"), 2, "B", "agency's own copy"),
        ((None, "North Agency"), ("newspaper", "newspaper"), 2, "North Agency",
         "earliest copy that credits North Agency; the agency's own is not here"),
        ((None, None), ("newspaper", "newspaper"), 1, None, "earliest copy"),
        ((None, None), ("newspaper", "government"), 1, None, "earliest copy"),
    ],
)  # fmt: skip
def test_the_origin_is_the_agencys_copy_or_the_credited_or_the_earliest(
    db, add_article, credits, kinds, origin, agency, decided_by
) -> None:
    for number, (credit, kind) in enumerate(zip(credits, kinds, strict=True), start=1):
        article = add_article(
            WIRE, url=f"http://{number}.example/", source="ab"[number - 1], kind=kind, published=f"2020-05-0{number}"
        )
        db["articles"].update(article, {"agency": credit})
    stories.link(db)
    assert db.execute("select origin_article_id, agency from stories").fetchall() == [(origin, agency)]
    assert db.execute("select decided_by from story_members where relation = 'origin'").fetchall() == [(decided_by,)]


def test_each_copy_says_in_words_how_its_relation_was_told(db, add_article) -> None:
    add_article(WIRE, url="http://wire.example/1", source="wire", kind="wire")
    half = add_article("\n\n".join(PARAGRAPHS[:2]), url="http://paper.example/1")
    stories.link(db)
    told, kept = db.execute(
        "select decided_by, origin_containment from story_members where article_id = ?", [half]
    ).fetchone()
    assert told == f"100% of its five-word runs are in the origin, {kept:.0%} of the origin's are in it"


def test_an_article_whose_date_turns_out_to_be_another_is_placed_again(db, add_article) -> None:
    one = add_article(WIRE, url="http://paper.example/1", published="2020-05-01")
    two = add_article(WIRE, url="http://paper.example/2", published="2021-05-01")
    stories.link(db)
    assert relations(db)[one][0] != relations(db)[two][0]
    db["articles"].update(two, {"published_at": "2020-05-02"})
    stories.link(db)
    assert relations(db)[one][0] == relations(db)[two][0]


@pytest.mark.parametrize(
    ("copy", "origin", "jaccard", "containment"),
    [([1, 2], [1, 2, 3, 4], 0.5, 1.0), ([], [1], 0.0, 0.0), ([], [], 0.0, 0.0), ([1], [2], 0.0, 0.0)],
)
def test_shares_are_counted_both_ways(copy: list[int], origin: list[int], jaccard: float, containment: float) -> None:
    found = compare(np.array(copy, dtype=np.uint32), np.array(origin, dtype=np.uint32))
    assert (found.jaccard, found.containment) == (jaccard, containment)
