"""Copies of one story are found and named for what they are; strangers stay apart."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from nlp import stories

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


@pytest.mark.parametrize(
    ("copy", "origin", "jaccard", "containment"),
    [({1, 2}, {1, 2, 3, 4}, 0.5, 1.0), (set(), {1}, 0.0, 0.0), (set(), set(), 0.0, 0.0), ({1}, {2}, 0.0, 0.0)],
)
def test_shares_are_counted_both_ways(copy: set[int], origin: set[int], jaccard: float, containment: float) -> None:
    found = stories.compare(frozenset(copy), frozenset(origin))
    assert (found.jaccard, found.containment) == (jaccard, containment)
