"""Mixed views are read where the words themselves say so."""

import pytest

BILL = "The Hedgerows Bill was published on Monday."


@pytest.fixture(scope="module")
def stances(read):
    return lambda text: {(p.holder, p.stance, p.target) for p in read(f"{BILL} {text}").positions}


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
def test_views_that_are_told_to_be_mixed_are_coded_so(stances, sentence, holder):
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
def test_what_is_denied_or_meant_of_things_is_no_mixed_view(stances, sentence):
    assert not [stance for _, stance, _ in stances(sentence) if stance == "mixed"]
