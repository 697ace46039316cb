"""Which stances deeds, reproaches, rulings, moods and others' words tell, before they are weighed."""

import pytest

BILL = "The Hedgerows Bill was published on Monday."
LEVY = "The Tories plan a mooring levy on barges. A mooring levy would pay for locks."


@pytest.mark.parametrize(
    ("sentence", "holder", "sign"),
    [
        ("Unison has launched the Early Bread scheme.", "Unison", 1),
        ("The Early Bread scheme was drawn up by Unison.", "Unison", 1),
        ("Unison has put forward the Early Bread scheme.", "Unison", 1),
        ("Unison is running the Early Bread scheme.", "Unison", 1),
        ("Unison scrapped the Early Bread scheme.", "Unison", -1),
        ("Unison has pulled out of the Early Bread scheme.", "Unison", -1),
        ("Judges threw out the Early Bread scheme.", "judges", -1),
        ("Unison went ahead with the Early Bread scheme.", "Unison", 1),
    ],
)
def test_whoever_does_a_thing_is_for_it_and_whoever_ends_it_against(told, sentence, holder, sign):
    text = f"Villages wrote of the Early Bread scheme on Monday. {sentence}"
    assert (holder, sign, "Early Bread scheme") in told(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "Unison did not launch the Early Bread scheme.",
        "Unison would run the Early Bread scheme if it could.",
        "Unison launched an attack on Labour.",
    ],
)
def test_what_is_not_done_shows_nothing(told, sentence):
    found = told(f"Villages wrote of the Early Bread scheme on Monday. {sentence}")
    assert not {row for row in found if row[0] == "Unison" and row[1] > 0}


@pytest.mark.parametrize(
    ("sentence", "holder", "sign"),
    [
        ("Unison attacked ministers over the bill.", "Unison", -1),
        ("Unison praised peers for the bill.", "Unison", 1),
        ("Jane Dole resigned from the cabinet over the bill.", "Jane Dole", -1),
        ("Unison launched an attack on the bill.", "Unison", -1),
        ("Unison was scathing about the bill.", "Unison", -1),
        ("Unison was among those worried about the bill.", "Unison", -1),
        ("Teachers were on strike in protest at the bill.", "teachers", -1),
        ("The bill has provoked dissent from Unison.", "Unison", -1),
        ("The Lib Dems demonstrated against the bill.", "Lib Dems", -1),
        ("Peers spoke of the bill, which Unison opposes.", "Unison", -1),
        ("Campaigners opposing the bill met on Friday.", "campaigners", -1),
        ("Judges ruled that the bill was unlawful.", "judges", -1),
        ("Judges found the bill breached human rights.", "judges", -1),
        ("Judges ruled that the bill was lawful.", "judges", 1),
        ("Both Labour and Unison have welcomed the bill.", "Labour", 1),
        ("Groups fighting the bill include Unison and Oxfam.", "Oxfam", -1),
        ("The Tories welcomed the bill, as did Unison.", "Unison", 1),
        ("Ministers are in favour of the bill but Unison is not.", "Unison", -1),
        ("Jane Dole was an advocate for the bill.", "Jane Dole", 1),
        ("Jane Dole, one of the fiercest critics of the bill, spoke on Friday.", "Jane Dole", -1),
        ("Unison was committed to the bill.", "Unison", 1),
        ("Unison has distanced itself from the bill.", "Unison", -1),
        ("The Tories opposed the bill. Their view was backed by Unison.", "Unison", -1),
    ],
)
def test_reproaches_moods_rulings_and_echoes_tell_a_stance(told, sentence, holder, sign):
    assert (holder, sign, "Hedgerows Bill") in told(f"{BILL} {sentence}")


def test_the_plans_are_what_the_article_argues_about_where_no_policy_is_named(told):
    found = told(f"{LEVY} The plans face stiff opposition from campaigners.")
    assert {target for holder, sign, target in found if (holder, sign) == ("campaigners", -1)} == {"mooring levy"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Barges would need permits under plans unveiled by Labour.",
            ("Labour", 1, "Barges would need permits"),
        ),
        ("Labour opposes plans, backed by Unison, to close the canal.", ("Unison", 1, "close the canal")),
        ("Labour criticised the way canals are run.", ("Labour", -1, "way canals are run")),
    ],
)
def test_a_plan_is_told_by_its_content(told, sentence, expected):
    assert expected in told(sentence)
