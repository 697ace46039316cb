"""Bodies under their fullest name, with kind and acronym."""

import pytest


def bodies(reading):
    return {body.name: body.kind for body in reading.organisations}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The Department of Health refused to comment.", "Department of Health", "department"),
        ("It was opposed by Unison.", "Unison", "union"),
        ("Critics include Brent Council and others.", "Brent Council", "other"),
        ("Plans for the NHS were dropped.", "NHS", "nhs"),
        ("They wrote to the Royal College of Nursing.", "Royal College of Nursing", "other"),
    ],
)
def test_bodies_are_named_without_article_and_with_their_kind(read, text, name, kind):
    assert bodies(read(text)).get(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        '"But Wexdale Council was wrong," said Ann Lee.',
        "But Wexdale Council was wrong. And Wexdale Council knew.",
        '"Because Wexdale Council would not pay, we left," said Ann Lee.',
    ],
)
def test_a_word_that_opens_a_sentence_is_no_part_of_a_bodys_name(read, text):
    assert bodies(read(text)) == {"Wexdale Council": "other"}


def test_a_party_is_one_body_under_all_its_names(read):
    text = "Tories cheered. The Conservatives had won, and the Tory leader wept."
    (party,) = read(text).organisations
    assert (party.name, party.kind) == ("Conservatives", "party")
    assert [text[a:b] for a, b in party.mentions] == ["Tories", "Conservatives", "Tory"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Tory leader met the Conservative MP. Tories cheered.", "Tories"),
        ("Lib Dems cheered. The Liberal Democrats had won.", "Liberal Democrats"),
        ("A Labour Party spokesman called it a win for Labour.", "Labour"),
        ("The British National Party leader wept. The BNP had lost.", "British National Party"),
    ],
)
def test_a_party_has_the_fullest_name_under_which_it_stands_for_itself(read, text, expected):
    (party,) = read(text).organisations
    assert party.name == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The government said no. Friends of the government left.", {"the government": "government"}),
        ("Ministers defended the government plan.", {}),
        ("It was bought by the government of Ruritania.", {}),
    ],
)
def test_the_government_of_nobody_in_particular_is_a_body_by_itself(read, text, expected):
    assert bodies(read(text)) == expected


def test_an_acronym_is_tied_to_the_name_it_stands_for(read):
    text = "The British Lighthouse Association (BLA) objected. The BLA said the fees were too high."
    (body,) = [body for body in read(text).organisations if body.name == "British Lighthouse Association"]
    assert body.acronym == "BLA"
    assert len(body.mentions) == 3


def test_whose_event_it_is_does_not_swallow_the_event(read):
    reading = read("He will address the Rural Transport Alliance's Wheels 9 conference in Leeds.")
    assert "Rural Transport Alliance" in bodies(reading)
    assert [event.name for event in reading.events] == ["Wheels 9 conference"]
