"""How much a holder has to do with a target: the sentences in which they meet, and the words that say most."""

import pytest

from nlp.document import quotes
from nlp.speaking.cast import cast_of
from nlp.standing.bearings import JUDGED, MET, Bearings
from nlp.standing.holders import Holders
from nlp.standing.salience import salience
from nlp.standing.scopes import Scopes
from nlp.standing.topics import telling

ARTICLE = (
    "Ferry levy under fire\n\n"
    "The Ferry Levy Bill was published on Monday. Ministers say that it will pay for piers.\n\n"
    'Unison chief Ann Lee said the ferry levy was a shambles. "It is unfair to islanders," she added.\n\n'
    "Paul Reeve of the Island Council opened a school. He spoke of the weather."
)


@pytest.fixture(scope="module")
def doc(nlp):
    return nlp(ARTICLE)


@pytest.fixture(scope="module")
def scopes(doc):
    cast = cast_of(doc)
    return Scopes(doc, cast, Holders(doc, cast, quotes(doc)))


def met(scopes, name, fact):
    facts, judged = Bearings(scopes, [name], [telling("Ferry Levy Bill")]).of()
    row = dict(zip((*MET, *JUDGED), (*facts[0], *judged[0]), strict=True))
    return row[fact]


def test_whoever_speaks_of_it_meets_it_and_whoever_does_not_does_not(scopes):
    assert met(scopes, "Ann Lee", "said with it") == 1
    assert met(scopes, "Paul Reeve", "said with it") == 0
    assert met(scopes, "Paul Reeve", "named with it") == 0


def test_the_sentence_after_counts_as_near(scopes):
    assert met(scopes, "Ann Lee", "share said near it") == 1


def test_what_is_said_with_it_is_judged_by_its_words(scopes):
    assert met(scopes, "Ann Lee", "judged near it") < 0
    assert met(scopes, "Paul Reeve", "judged near it") == 0


def test_groups_that_are_subjects_are_holders_too(scopes):
    assert {"Ann Lee", "Paul Reeve", "ministers"} <= {holder.name for holder in scopes.everyone}


def test_a_holder_and_a_target_that_never_meet_are_shown_where_the_holder_is_named(scopes, doc):
    start, end = scopes.meeting("Paul Reeve", telling("Ferry Levy Bill"))
    assert doc.text[start:end].startswith("Paul Reeve")


def test_what_the_article_argues_about_is_more_salient_than_what_it_names_by_the_way(doc):
    chances = salience().of(doc)
    assert chances["levy"] > max(chances["schoo"], chances["weath"])


def test_a_text_without_words_has_nothing_salient(nlp):
    assert salience().of(nlp("12. 13!")) == {}
