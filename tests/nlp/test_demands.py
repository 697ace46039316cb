"""What people demand, plan, want or refuse, whatever the verb: whose stance it is, on what, for or against."""

import pytest

from nlp.standing.cases import cases
from nlp.standing.told import NEW_KINDS
from nlp.standing.wanted import WANTED

SIGNS = {1: "support", -1: "oppose"}


@pytest.fixture
def wants(nlp):
    """(holder, stance, target, kind) of what a text says somebody wants done."""

    def told(text):
        return {
            (signal.holder.name, SIGNS[signal.sign], signal.target.text, signal.kind)
            for case in cases(nlp(text))
            for signal in case.told
            if not signal.alleged
        }

    return told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ferries should carry more lifeboats, Ann Lee of Unison said.",
            ("Ann Lee", "support", "carry more lifeboats", "demand"),
        ),
        (
            "Unison said that moorings should be handed to local councils.",
            ("Unison", "support", "moorings should be handed", "demand"),
        ),
        (
            "Unison said councils must not charge anglers for moorings.",
            ("Unison", "oppose", "charge anglers for moorings", "demand"),
        ),
        ("Unison said the test should be voluntary.", ("Unison", "support", "test should be voluntary", "ideal")),
        (
            '"It is vital that councils publish their harbour accounts," said Ann Lee of Unison.',
            ("Ann Lee", "support", "publish their harbour accounts", "pressing"),
        ),
        (
            "Unison called on the council to appoint harbour wardens.",
            ("Unison", "support", "appoint harbour wardens", "plea"),
        ),
        (
            "Unison wants the council to buy the old ferry.",
            ("Unison", "support", "buy the old ferry", "aim"),
        ),
        (
            "The Liberal Democrats said they would hire more harbour wardens.",
            ("Liberal Democrats", "support", "hire more harbour wardens", "intent"),
        ),
        (
            "Labour refused to publish the harbour accounts.",
            ("Labour", "oppose", "publish the harbour accounts", "refusal"),
        ),
        (
            "Unison appealed for a public inquiry into moorings.",
            ("Unison", "support", "public inquiry into moorings", "wanting"),
        ),
    ],
)
def test_whoever_wants_a_thing_done_is_for_the_deed(wants, text, expected):
    found = wants(text)
    assert any(
        mine[0] == expected[0] and mine[1] == expected[1] and expected[2] in mine[2] and mine[3] == expected[3]
        for mine in found
    ), found


@pytest.mark.parametrize(
    "text",
    [
        "Should ferries carry more lifeboats? Unison said nothing.",
        "Unison said it would be sad if ferries should carry more lorries.",
        "Unison said passengers have to wait for an hour.",
        "Unison said ministers should know the harbour by now.",
        "Unison said ferries should have carried more lifeboats.",
        "Unison said the storm would cut power supplies.",
    ],
)
def test_questions_conditions_regrets_and_forecasts_are_no_demands(wants, text):
    assert not {signal for signal in wants(text) if signal[3] in WANTED}


def test_each_of_a_list_of_plans_is_one(wants):
    found = wants("Labour said it would hire harbour wardens, build two piers and restore the old lighthouse.")
    targets = {target for holder, stance, target, _ in found if holder == "Labour" and stance == "support"}
    assert {"hire harbour wardens", "build two piers", "restore the old lighthouse"} <= targets


def test_a_partys_plan_told_by_its_own_people_is_theirs_as_well(wants):
    found = wants("Conservative MP John Carter spoke. Mr Carter said the Tories would restore the lighthouse.")
    assert {holder for holder, _, target, _ in found if "restore" in target} >= {"John Carter", "Tories"}


def test_kinds_that_are_found_are_offered_to_the_weighing(wants):
    assert set(WANTED) <= set(NEW_KINDS)


def test_parties_and_countries_that_one_name_joins_each_hold_the_position(wants):
    found = wants("France, Spain and Malta want the ferry levy to be capped at one euro.")
    assert {"France", "Spain", "Malta"} <= {holder for holder, _, target, _ in found if "ferry levy" in target}
