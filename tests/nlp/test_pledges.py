"""Who is for what they pledge, plan, want or call for, and when a deed is against what it is done to."""

import pytest

FEE = "The mooring fee was announced on Monday."


def positions(reading):
    return [(p.holder, p.stance, p.target) for p in reading.positions]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Labour has pledged to double library grants.", ("Labour", "support", "double library grants")),
        ("The Lib Dems are planning to cut class sizes.", ("Lib Dems", "support", "cut class sizes")),
        ("Unison urged ministers to build hostels.", ("Unison", "support", "build hostels")),
        ("Labour is committed to giving tenants more grants.", ("Labour", "support", "giving tenants more grants")),
        ("Labour will continue to extend library grants.", ("Labour", "support", "extend library grants")),
        ("Papers were full of the pledge by Labour to build hostels.", ("Labour", "support", "build hostels")),
        ("The Tories would scrap the mooring tax.", ("Tories", "oppose", "mooring tax")),
        ("Peers want the mooring tax to be abolished.", ("peers", "oppose", "mooring tax")),
    ],
)
def test_a_pledge_is_support_for_the_deed_and_undoing_is_against_the_thing(read, sentence, expected):
    assert expected in positions(read(sentence))


def test_both_of_two_that_pledge_hold_the_position_on_both_deeds(read):
    found = positions(read("Labour and Unison promised to build hostels and reduce ferry queues."))
    assert {(holder, target) for holder, _, target in found} == {
        (holder, target) for holder in ("Labour", "Unison") for target in ("build hostels", "reduce ferry queues")
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "Labour did not promise to build hostels.",
        "Would Labour build hostels?",
        "Labour was urged to build hostels.",
        "Labour wants to win the seat.",
        "The storm would cut power supplies.",
    ],
)
def test_what_nobody_commits_to_is_no_position(read, sentence):
    assert positions(read(sentence)) == []
