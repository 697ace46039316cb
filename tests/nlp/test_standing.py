"""Who is on which side, what an article argues about, and what becomes of a stance that is not likely enough."""

import pytest

from nlp.positions import LEAST, THRESHOLD
from nlp.records import Person, Role
from nlp.standing.sides import Sides


def person(name, *titles, party=()):
    return Person(name, ((0, 1),), tuple(Role(title, (0, 1)) for title in titles), party)


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("Ada Quill", 1),
        ("Ben Reed", -1),
        ("Cy Moss", 1),
        ("Dot Pike", 0),
        ("the government", 1),
        ("Labour", 1),
        ("Tories", -1),
    ],
)
def test_offices_tell_who_governs_and_parties_follow(name, side):
    persons = (
        person("Ada Quill", "harbours minister", party=("Labour",)),
        person("Ben Reed", "shadow harbours minister", party=("Conservatives",)),
        person("Cy Moss", "backbencher", party=("Labour",)),
        person("Dot Pike", "general secretary"),
    )
    assert Sides("", persons).of(name) == side


@pytest.mark.parametrize(
    ("sentence", "holder", "stance"),
    [
        ("Unison branded the bill a disgrace.", "Unison", "oppose"),
        ("The bill has support from Unison.", "Unison", "support"),
    ],
)
def test_nouns_and_names_for_a_thing_tell_a_stance(read, sentence, holder, stance):
    reading = read(f"The Hedgerows Bill was published on Monday. {sentence}")
    found = {(p.holder, p.stance) for p in (*reading.positions, *reading.suggestions)}
    assert (holder, stance) in found


def test_what_is_not_likely_enough_is_a_suggestion_and_no_position(read):
    reading = read(
        "The Hedgerows Bill would make farmers replant what they grub up. It was published on Monday. Peers will "
        "debate it in June. Farms have lost half of their hedges since the war. The bill was drawn up in the spring. "
        "Five counties keep lists of old hedges. A levy on barns is to pay for it. "
        '"The Hedgerows Bill is long," said Ann Lee of Unison. "We read all of the Hedgerows Bill."'
    )
    assert all(position.confidence >= THRESHOLD for position in reading.positions)
    assert all(suggestion.confidence >= LEAST for suggestion in reading.suggestions)
    assert {p.status for p in (*reading.positions, *reading.suggestions)} <= {"position", "suggestion"}
    assert reading.suggestions
