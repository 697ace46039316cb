"""Roles as the article states them, whole, and for the right person."""

import pytest


def roles(reading, name):
    (person,) = [person for person in reading.people if person.name == name]
    return [role.title for role in person.roles]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Work and pensions secretary Alan Birch agreed.", "Alan Birch", ["Work and pensions secretary"]),
        ("They asked shadow home secretary Maria Dunne.", "Maria Dunne", ["shadow home secretary"]),
        ("The director of prison reform, Susan Okoro, resigned.", "Susan Okoro", ["director of prison reform"]),
        (
            "Paul Reeve, the general secretary of the Seafarers union, agreed.",
            "Paul Reeve",
            ["general secretary of the Seafarers union"],
        ),
        (
            "It was refused, said general secretary of the postal union Kevin Stroud.",
            "Kevin Stroud",
            ["general secretary of the postal union"],
        ),
        ("Salford MP Karen Holt asked why.", "Karen Holt", ["Salford MP"]),
        ("Committee chairman Labour MP Joan Tull asked why.", "Joan Tull", ["Committee chairman", "Labour MP"]),
        (
            "The bill's author, former minister and Tory peer Lord Ash, agreed.",
            "Lord Ash",
            ["former minister", "Tory peer"],
        ),
        ("Ruth Pell, who chairs the transport committee, agreed.", "Ruth Pell", ["chairs the transport committee"]),
        (
            "It was checked by Nora Vance - a former harbour inspector - before Easter.",
            "Nora Vance",
            ["former harbour inspector"],
        ),
        ("A backbench Labour MP Joan Tull asked why.", "Joan Tull", ["backbench Labour MP"]),
        ("The figures alarmed Ada Quill MSP, who left.", "Ada Quill", ["MSP"]),
        ("Labour MP Joan Tull MP asked why.", "Joan Tull", ["Labour MP"]),
        (
            "It failed, said the chairman of the Commons ferries committee, Labour MP Joan Tull.",
            "Joan Tull",
            ["chairman of the Commons ferries committee", "Labour MP"],
        ),
        ("Lord Ash, who sits on the ports board, agreed.", "Lord Ash", ["sits on the ports board"]),
        ("They met Scottish Conservative leader Karen Holt.", "Karen Holt", ["Scottish Conservative leader"]),
        ("Both the mayor and Bishop Joan Tull agreed.", "Joan Tull", ["Bishop"]),
        ("Echoing Joan Tull, the mayor said no.", "Joan Tull", []),
        ("Deputy High Court Judge Stephen Crane ruled on it.", "Stephen Crane", ["Deputy High Court Judge"]),
        ("It was welcomed by Bank of Ruritania governor Joan Tull.", "Joan Tull", ["Bank of Ruritania governor"]),
        ("They heard its managing director Joan Tull.", "Joan Tull", ["managing director"]),
        ("It was sung by folk singer Joan Tull.", "Joan Tull", ["folk singer"]),
        ("Ada Quill, 58, MP for Moor, agreed.", "Ada Quill", ["MP for Moor"]),
        ("They heard 20-year-old biology student Tom Bright.", "Tom Bright", ["biology student"]),
        ("Paul Reeve, a 40-year-old doctor from Hull, spoke.", "Paul Reeve", ["doctor from Hull"]),
        ("Boatmen were blamed by harbour chief, Paul Reeve, on Monday.", "Paul Reeve", ["harbour chief"]),
        ("They met Norway's director general for fish, Ida Holm.", "Ida Holm", ["Norway's director general for fish"]),
        ("Paul Reeve, Joan Tull's former press secretary, spoke.", "Paul Reeve", ["former press secretary"]),
        ("Paul Reeve, an adviser on tides to Mrs Tull, spoke.", "Paul Reeve", ["adviser on tides to Mrs Tull"]),
        ("Paul Reeve is to become the next governor of Bermuda.", "Paul Reeve", ["next governor of Bermuda"]),
        ("Joan Tull resigned as fisheries minister last week.", "Joan Tull", ["fisheries minister"]),
        ("As fisheries minister, Joan Tull closed the port.", "Joan Tull", ["fisheries minister"]),
        ("Joan Tull would be a good fisheries minister.", "Joan Tull", []),
        ("Joan Tull said as fisheries minister he had failed.", "Joan Tull", []),
        (
            "It was said by the Anglican Bishop of Ely, the Most Reverend Paul Reeve.",
            "Paul Reeve",
            ["Anglican Bishop of Ely"],
        ),
    ],
)
def test_a_role_is_read_whole_before_after_and_around_the_name(read, text, name, expected):
    assert roles(read(text), name) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Mr Blair met harbour masters. The prime minister said that he was glad.", "Blair", ["prime minister"]),
        ("Ms Quill met harbour masters. The prime minister said that she was glad.", "Quill", []),
    ],
)
def test_who_speaks_by_an_office_has_it_when_the_register_knows_that_they_held_it(read, text, name, expected):
    assert roles(read(text), name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It was backed by cabinet ministers David Poole, Anne Leigh and Simon Hart.",
        "It was backed by three cabinet ministers - David Poole, Anne Leigh QC and Simon Hart.",
    ],
)
def test_a_plural_role_goes_to_every_name_of_the_list(read, text):
    reading = read(text)
    assert [roles(reading, name) for name in ("David Poole", "Anne Leigh", "Simon Hart")] == [["cabinet minister"]] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Labour gained from it. Tony Blair spoke for an hour. It was a test for the prime minister.",
            {"Tony Blair": ["prime minister"]},
        ),
        (  # the time is that of the chancellor Brown
            "Chancellor Gordon Brown met Tony Blair. It was a test for the prime minister.",
            {"Gordon Brown": ["Chancellor"], "Tony Blair": ["prime minister"]},
        ),
        (  # nothing tells the time
            "Gordon Brown met Tony Blair. It was a test for the prime minister.",
            {"Gordon Brown": [], "Tony Blair": []},
        ),
        (
            "Former health secretary Alan Milburn spoke first. It was a test for the health secretary.",
            {"Alan Milburn": ["Former health secretary"]},
        ),
        (
            "Scotland's first minister was late. Jack McConnell said that trains were to blame.",
            {"Jack McConnell": ["Scotland's first minister"]},
        ),
        (
            "Charles Clarke met David Blunkett. Many thanked the former work and pensions secretary.",
            {"Charles Clarke": [], "David Blunkett": ["former work and pensions secretary"]},
        ),
        (  # a name stands beside it
            "Tony Blair met Labour leader Ada Quill.",
            {"Tony Blair": [], "Ada Quill": ["Labour leader"]},
        ),
    ],
)
def test_an_office_is_theirs_who_held_it_at_the_time_that_the_article_tells_of(read, text, expected):
    assert {person.name: [role.title for role in person.roles] for person in read(text).people} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Joan Tull was born in Hull. She became fisheries minister in 1990.", ["fisheries minister"]),
        ("Joan Tull met Ann Birch in Hull. She became fisheries minister in 1990.", ["fisheries minister"]),
        ("Paul Reeve was with Joan Tull. It was Monday. He met Tom Bright and he was fisheries minister.", []),
    ],
)
def test_a_role_of_he_or_she_belongs_to_the_one_person_that_can_be_meant(read, text, expected):
    assert roles(read(text), "Joan Tull") == expected


@pytest.mark.parametrize(
    ("lead", "role"),
    [
        ("Harbour dues are too high, a top economist says.", "top economist"),
        ("Harbour dues are too high, Hull's most senior economist has said.", "Hull's most senior economist"),
    ],
)
def test_whom_the_lead_calls_by_an_office_alone_the_next_paragraph_names(read, lead, role):
    assert roles(read(f"{lead}\n\nIda Wren, of Hull, told boatmen so on Monday."), "Ida Wren") == [role]


def test_a_role_phrase_that_stands_for_the_last_person_named_is_theirs(read):
    text = "Martin Webb has resigned.\n\nThe Green Party leader said he was tired."
    reading = read(text)
    assert roles(reading, "Martin Webb") == ["Green Party leader"]
    assert [text[a:b] for a, b in reading.people[0].mentions] == ["Martin Webb", "Green Party leader"]


def test_a_minister_in_the_lead_is_named_by_the_next_sentence(read):
    reading = read(
        "Fares must rise, a Scottish Office minister has said.\n\nHelen Moray said the railways needed the money."
    )
    assert roles(reading, "Helen Moray") == ["Scottish Office minister"]


def test_the_role_that_opens_the_lead_belongs_to_the_one_whom_the_headline_names(read):
    text = "Marsh to resign over leak\n\nThe transport secretary will leave in May.\n\nDaniel Marsh told friends so."
    assert roles(read(text), "Daniel Marsh") == ["transport secretary"]


def test_a_headline_that_names_two_people_leaves_the_lead_s_role_open(read):
    text = "Marsh attacks Dunne\n\nThe chancellor will not give way.\n\nDaniel Marsh met Maria Dunne on Friday."
    assert roles(read(text), "Daniel Marsh") == roles(read(text), "Maria Dunne") == []


def test_between_two_people_a_role_phrase_is_left_open(read):
    reading = read("Carol Finch met Peter Lowe on Monday. The Norwich MP said it went well.")
    assert [person.roles for person in reading.people] == [(), ()]


def test_the_next_persons_role_is_not_given_to_the_one_before(read):
    reading = read("The bill was drafted by Brian Cole, health minister Jane Fell and others.")
    assert (roles(reading, "Brian Cole"), roles(reading, "Jane Fell")) == ([], ["health minister"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Labour MP Jane Dole asked why.", ("Labour",)),
        ("Tory Derek Hale lost the seat.", ("Tory",)),
        ("Nina Roy, director of the Health Foundation, agreed.", ("Health Foundation",)),
    ],
)
def test_party_and_employer_are_kept_as_stated(read, text, expected):
    assert read(text).people[0].organisations == expected
