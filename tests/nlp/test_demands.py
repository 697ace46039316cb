"""What people demand, plan, want or refuse, whatever the verb: whose stance it is, on what, for or against."""

import pytest

from nlp.standing.cases import cases
from nlp.standing.told import STRENGTH
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
            ("Ann Lee", "support", "publish their harbour accounts", "verdict"),
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
    assert set(WANTED) <= set(STRENGTH)


def test_parties_and_countries_that_one_name_joins_each_hold_the_position(wants):
    found = wants("France, Spain and Malta want the ferry levy to be capped at one euro.")
    assert {"France", "Spain", "Malta"} <= {holder for holder, _, target, _ in found if "ferry levy" in target}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The government wants the new ferry bill to pass into law by May.",
            ("the government", "support", "ferry bill", "aim"),
        ),
        (
            "Ann Lee said she wants the ferry levy to come to an end.",
            ("Ann Lee", "oppose", "ferry levy", "aim"),
        ),
        (
            "Ann Lee unveiled a ferry levy. The Lib Dems want it scrapped.",
            ("Lib Dems", "oppose", "ferry levy", "aim"),
        ),
        ("Unison would like to see the ferry levy abolished.", ("Unison", "oppose", "ferry levy", "aim")),
        (
            "The Lib Dems backed Tory demands that the ferry levy be put on hold.",
            ("Lib Dems", "oppose", "ferry levy", "plea"),
        ),
        (
            "Unison demanded that the ferry fares be frozen.",
            ("Unison", "support", "ferry fares be frozen", "ideal"),
        ),
        (
            "Voters would rather any ferry profits were spent on hospitals.",
            ("voters", "support", "ferry profits were spent on hospitals", "aim"),
        ),
        (
            "Labour's aims are the repeal of the Ferry Act and an end to dredging.",
            ("Labour", "support", "end to dredging", "wanting"),
        ),
        (
            "Ann Lee is expected to announce an end to the ferry subsidy.",
            ("Ann Lee", "support", "end to the ferry subsidy", "intent"),
        ),
        ("Unison is likely to demand action on fares.", ("Unison", "support", "action on fares", "wanting")),
    ],
)
def test_what_is_demanded_in_a_clause_or_as_a_thing_is_wanted(wants, text, expected):
    assert expected in wants(text)


def test_who_is_punished_for_a_refusal_is_who_refuses(wants):
    found = wants("Ann Lee suspended the Tories for refusing to drop the ferry levy.")
    assert not any(holder == "Ann Lee" for holder, _, _, _ in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ann Lee and Bob Day agreed to establish a harbour board.",
            ("Bob Day", "support", "establish a harbour board", "pledge"),
        ),
        ("The aim of Unison is to dredge the harbour.", ("Unison", "support", "dredge the harbour", "plan")),
        (
            "Fishermen are to be guaranteed a minimum price for cod, the government has announced.",
            ("the government", "support", "minimum price for cod", "announced"),
        ),
        (
            '"I have no desire to make further cuts to ferries," Ann Lee said.',
            ("Ann Lee", "oppose", "make further cuts to ferries", "refusal"),
        ),
        (
            "Mr Lee, the Tory leader, stressed his party's commitment to extend fares to students.",
            ("Lee", "support", "extend fares to students", "intent"),
        ),
        (
            "Ann Lee's refusal to sign up to the Ferry Pact angered Unison.",
            ("Ann Lee", "oppose", "sign up to the Ferry Pact", "refusal"),
        ),
        ("Labour is prepared to fund the ferries.", ("Labour", "support", "fund the ferries", "intent")),
        ("Unison is reluctant to fund the ferries.", ("Unison", "oppose", "fund the ferries", "refusal")),
        (
            "The government intends to legislate to cap the fare.",
            ("the government", "support", "cap the fare", "intent"),
        ),
        (
            "Unison has urged an increase to nine per cent.",
            ("Unison", "support", "increase to nine per cent", "wanting"),
        ),
        ("Ann Lee heard of the Tories' idea of ferry quotas.", ("Tories", "support", "ferry quotas", "scheme")),
    ],
)
def test_what_is_agreed_aimed_at_or_not_desired_is_a_plan_or_a_refusal(wants, text, expected):
    assert expected in wants(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee will make two solo visits.",
        '"I would share a cabin with him," Ann Lee said.',
        "Ann Lee plans to represent the harbour at a conference.",
        "Ann Lee has not ruled out a ferry levy.",
        "Ann Lee hoped the winter would bring fewer storms.",
        "Ann Lee said the tapes would remove the need to hold suspects.",
    ],
)
def test_what_one_person_will_do_or_hopes_is_no_policy(wants, text):
    assert not wants(text)
