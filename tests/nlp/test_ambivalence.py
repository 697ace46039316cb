"""Mixed views are read where the words themselves say so."""

import pytest

from nlp.build import build
from nlp.document import reading_of

BILL = "The Hedgerows Bill was published on Monday."


def stances(text):
    reading = reading_of(build()(f"{BILL} {text}"))
    return {(position.holder, position.stance, position.target) for position in reading.positions}


@pytest.mark.parametrize(
    ("sentence", "holder"),
    [
        ("Peers are split over the Hedgerows Bill.", "peers"),
        ("Unison remains undecided about the bill.", "Unison"),
        ("Ministers have qualms about the bill.", "ministers"),
        ("Unison cautiously welcomed the bill.", "Unison"),
        ("Unison gave the bill a guarded welcome.", "Unison"),
        ("Unison supports the bill in principle but wants more money.", "Unison"),
    ],
)
def test_views_that_are_told_to_be_mixed_are_coded_so(sentence, holder):
    assert (holder, "mixed", "Hedgerows Bill") in stances(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ministers have no qualms about the bill.",
        "The bill was split into two parts.",
        "Unison denied that it was split over the bill.",
        "Unison welcomed the bill.",
    ],
)
def test_what_is_denied_or_meant_of_things_is_no_mixed_view(sentence):
    assert not [stance for _, stance, _ in stances(sentence) if stance == "mixed"]
