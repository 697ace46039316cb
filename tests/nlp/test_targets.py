"""What a stance is on: the words of the article that say so, however they are cut up, listed or pointed back at."""

import pytest

from nlp.standing.cases import cases


@pytest.fixture(scope="module")
def told(nlp):
    """The signals of a text as (holder, sign, target), those that only others allege left out."""
    return lambda text: {
        (signal.holder.name, signal.sign, signal.target.text)
        for case in cases(nlp(text))
        for signal in case.told
        if not signal.alleged
    }


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Unison opposed plans, backed by Labour, to close the mobile libraries.", "close the mobile libraries"),
        ("Unison opposed the idea that tenants should pay for moorings.", "idea that tenants should pay for moorings"),
        ("Unison opposed some of the harbour fees.", "harbour fees"),
        ("Unison opposed a system that hides rents from tenants.", "system that hides rents from tenants"),
        ("Unison opposed measures such as kerbside fees.", "measures such as kerbside fees"),
        ('Unison opposed the "night bus" cuts.', '"night bus" cuts'),
    ],
)
def test_the_whole_of_what_is_opposed_is_told(told, text, target):
    assert ("Unison", -1, target) in told(text)


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        (
            "Unison criticised the ferry fares, the pier closures and the harbour fees.",
            {"ferry fares", "pier closures", "harbour fees"},
        ),
        ("Unison backed free ferries, including night sailings.", {"free ferries", "night sailings"}),
    ],
)
def test_each_thing_of_a_list_is_a_target(told, text, targets):
    assert targets <= {target for holder, _, target in told(text) if holder == "Unison"}


def test_a_noun_alone_is_what_it_is_with_more_words_before(told):
    text = "The merger of the two ferry firms was put off on Monday. Unison opposed the merger."
    assert ("Unison", -1, "merger of the two ferry firms") in told(text)


def test_a_plan_named_since_is_nearer_than_the_same_noun_further_back(told):
    text = "Labour has plans to paint the piers. The Early Bread scheme began on Monday. Unison backed the plans."
    assert ("Unison", 1, "Early Bread scheme") in told(text)


def test_a_bare_noun_counts_where_the_article_keeps_coming_back_to_it(told):
    often = "Ferries cost too much. Ferries are old. Unison opposed ferries."
    once = "Bridges cost too much. Piers are old. Unison opposed ferries."
    assert ("Unison", -1, "ferries") in told(often)
    assert ("Unison", -1, "ferries") not in told(once)
