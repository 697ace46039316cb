"""Who is for and who is against, and what is no position at all."""

import pytest


def positions(reading):
    return [(p.holder, p.stance, p.policy or p.target) for p in reading.positions]


BILL = "The Hedgerows Bill was published on Monday."


@pytest.mark.parametrize(
    ("sentence", "holder", "stance"),
    [
        ("Unison backed the bill.", "Unison", "support"),
        ("Ministers welcomed the bill.", "ministers", "support"),
        ("Labour MP Jane Dole attacked the bill.", "Jane Dole", "oppose"),
        ("The Lib Dems have pledged to oppose the bill.", "Lib Dems", "oppose"),
        ("The government refused to back the bill.", "the government", "oppose"),
        ("Unison urged peers to reject the bill.", "Unison", "oppose"),
        ("Unison does not support the bill.", "Unison", "oppose"),
        ("The bill was condemned by Unison.", "Unison", "oppose"),
        ("Unison voted against the bill.", "Unison", "oppose"),
        ("Unison announced its support for the bill.", "Unison", "support"),
        ("Peers came out against the bill.", "peers", "oppose"),
        ("Unison warned against the bill.", "Unison", "oppose"),
        ("Peers spoke of the bill backed by Unison.", "Unison", "support"),
        ("Unison is opposed to the bill.", "Unison", "oppose"),
        ("Unison will press ahead with the bill.", "Unison", "support"),
        ('"The bill must continue," said Paul Reeve of Unison.', "Paul Reeve", "support"),
        ("Unison is in favour of the bill.", "Unison", "support"),
    ],
)
def test_narration_tells_a_position(read, sentence, holder, stance):
    assert (holder, stance, "Hedgerows Bill") in positions(read(f"{BILL} {sentence}"))


def test_opponents_and_those_they_include_are_against(read):
    found = positions(read(f"{BILL} Opponents of the bill, including Lord Ash and Unison, met on Friday."))
    assert {("Lord Ash", "oppose", "Hedgerows Bill"), ("Unison", "oppose", "Hedgerows Bill")} <= set(found)


@pytest.mark.parametrize(
    ("quote", "stance"),
    [
        ('"The bill is deeply flawed and unfair," said Unison chief Paul Reeve.', "oppose"),
        ('"The bill is a fair and sensible step," said Unison chief Paul Reeve.', "support"),
    ],
)
def test_what_a_speaker_says_of_a_policy_is_their_position(read, quote, stance):
    reading = read(f"{BILL}\n\n{quote}")
    (position,) = [p for p in reading.positions if p.holder == "Paul Reeve"]
    assert (position.stance, position.policy) == (stance, "Hedgerows Bill")
    assert position.quote is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "Peers met to discuss the bill.",
        "If Unison backed the bill, peers would listen.",
        "Unison dismissed the claim.",
        "Should Unison support the bill?",
        "Unison praised Labour.",
        "Unison rejected the idea that peers were late.",
        "Claims were made, and Unison dismissed them.",
        "Unison supports bright rooms.",
    ],
)
def test_what_is_no_stance_on_a_policy_is_left_out(read, sentence):
    assert not [p for p in positions(read(f"{BILL} {sentence}")) if p[0] in ("Unison", "peers")]


def test_the_evidence_is_the_passage_that_shows_it(read):
    text = f"{BILL} Unison backed the bill."
    (position,) = [p for p in read(text).positions if p.holder == "Unison"]
    assert text[slice(*position.evidence)] == "Unison backed the bill"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ministers rejected calls for a public inquiry.", ("ministers", "oppose", "public inquiry")),
        ("Unison condemned the closure of village libraries.", ("Unison", "oppose", "closure of village libraries")),
        (
            '"There should be a public inquiry," said Unison chief Paul Reeve.',
            ("Paul Reeve", "support", "public inquiry"),
        ),
    ],
)
def test_a_proposal_without_a_name_is_named_by_its_own_words(read, text, expected):
    assert expected in positions(read(text))


@pytest.mark.parametrize("said", ['called the scheme "half-baked"', 'said the scheme was "flawed"'])
def test_a_judgement_that_says_nothing_else_of_a_policy_is_a_position(read, said):
    reading = read(f"The Early Bread scheme was announced by ministers. The Bakers' Federation {said}.")
    assert ("Bakers' Federation", "oppose", "Early Bread scheme") in {
        (position.holder, position.stance, position.target) for position in reading.positions
    }


def test_a_notice_that_dwells_on_no_subject_is_read_and_tells_no_position(read):
    notice = (
        "All rights reserved. No part of this page may be copied without the leave of the publisher.\n\n"
        "Have you seen something that we should report? Ring the newsroom or send a picture to our desk."
    )
    assert positions(read(notice)) == []
