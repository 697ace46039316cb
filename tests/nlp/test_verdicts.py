"""Which verdicts of a speaker tell a stance: what a thing is said to be or to do, and what it is called."""

import pytest

BILL = "The Hedgerows Bill was published on Monday."


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ('"The bill is a shambles," said Ann Lee of Unison.', -1),
        ('"The Hedgerows Bill is an excellent step," said Ann Lee of Unison.', 1),
        ('"The bill is not fair," said Ann Lee of Unison.', -1),
        ('"The bill sends the wrong signals to farmers," said Ann Lee of Unison.', -1),
        ('"The bill was a wasted opportunity for farms," said Ann Lee of Unison.', -1),
        ('"It is a disgrace," said Ann Lee of Unison.', -1),
        ('Ann Lee said the bill was "hugely disappointing".', -1),
        ("Ann Lee said this flawed bill must wait.", -1),
        ('"There is no logic in the bill," said Ann Lee of Unison.', -1),
    ],
)
def test_what_a_speaker_says_a_thing_is_tells_a_stance(told, sentence, sign):
    assert ("Ann Lee", sign, "Hedgerows Bill") in told(f"{BILL} {sentence}")


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ('"The bill will protect birds," said Ann Lee of Unison.', 1),
        ('"The bill would cost thousands of jobs," said Ann Lee of Unison.', -1),
        ('"The bill will not work," said Ann Lee of Unison.', -1),
        ('"The bill will do nothing to help farms," said Ann Lee of Unison.', -1),
        ('"The bill fails to protect birds," said Ann Lee of Unison.', -1),
        ('"The bill would encourage corruption," said Ann Lee of Unison.', -1),
        ('"Small farms would be crippled by the bill," said Ann Lee of Unison.', -1),
    ],
)
def test_what_a_thing_is_said_to_do_tells_a_stance(told, sentence, sign):
    assert ("Ann Lee", sign, "Hedgerows Bill") in told(f"{BILL} {sentence}")


@pytest.mark.parametrize(
    ("sentence", "holder", "sign"),
    [
        ('Unison called the bill "deeply unfair".', "Unison", -1),
        ('Unison described the bill as "long overdue".', "Unison", 1),
        ("The bill was branded a disgrace by Unison.", "Unison", -1),
        ('Ann Lee said: "I am glad that ministers have dropped the bill."', "Ann Lee", -1),
        ('Ann Lee said: "I am appalled by the bill."', "Ann Lee", -1),
    ],
)
def test_what_a_thing_is_called_and_how_it_is_felt_about_tells_a_stance(told, sentence, holder, sign):
    assert (holder, sign, "Hedgerows Bill") in told(f"{BILL} {sentence}")


def test_what_it_would_be_wrong_to_do_is_opposed(told):
    found = told("The council met on Monday. Ann Lee said it would be wrong to close village libraries.")
    assert {(holder, sign) for holder, sign, target in found if "village libraries" in target} == {("Ann Lee", -1)}


@pytest.mark.parametrize(
    "sentence",
    [
        '"Labour is a shambles," said Ann Lee of Unison.',
        '"Ann Moss was a brilliant friend," said Ann Lee of Unison.',
        '"Is the bill a shambles?" said Ann Lee of Unison.',
        '"If the bill is a shambles, we shall see," said Ann Lee of Unison.',
        '"The bill would cost ten pounds," said Ann Lee of Unison.',
        '"It is a difficult question," said Ann Lee of Unison.',
        "The bill is a shambles.",
    ],
)
def test_slanging_questions_and_plain_description_tell_nothing(told, sentence):
    assert not told(f"{BILL} {sentence}")


@pytest.mark.parametrize(
    ("sentence", "holder", "sign"),
    [
        ("Ann Lee of Unison said the bill was so badly drafted that nobody could follow it.", "Ann Lee", -1),
        ("Unison said the bill unfairly targeted farms.", "Unison", -1),
        ("Unison dismissed claims that the bill would cost jobs.", "Unison", 1),
        ("Ministers face opposition to the bill from Unison.", "Unison", -1),
        ("Ann Lee of Unison was a strong defender of the bill.", "Ann Lee", 1),
        ("Ann Lee of Unison opted for the bill.", "Ann Lee", 1),
        ("Unison dismissed criticism of the bill.", "Unison", 1),
    ],
)
def test_manner_denials_and_camps_tell_a_stance(told, sentence, holder, sign):
    assert (holder, sign, "Hedgerows Bill") in told(f"{BILL} {sentence}")


@pytest.mark.parametrize(
    "sentence",
    [
        "Ministers face opposition to the bill from Unison.",
        "Ministers attacked remarks about the bill.",
        "Ministers spoke about the bill for the first time.",
        '"It is wrong to suggest that the bill is to cut jobs," ministers said.',
    ],
)
def test_whoever_meets_with_a_stance_or_speaks_of_what_is_said_tells_none(told, sentence):
    assert not [row for row in told(f"{BILL} {sentence}") if row[0] == "ministers"]
