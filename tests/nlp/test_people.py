"""One person per human, whatever the article calls them."""

import pytest


def names(reading):
    return [person.name for person in reading.people]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Health Secretary Priya Holm spoke first.", ["Priya Holm"]),
        ("The plan was drawn up by Sir Anthony Marlow.", ["Anthony Marlow"]),
        ("Tory Lord Penrose of Truro disagreed.", ["Lord Penrose of Truro"]),
        ("The vote was lost, Lord Penrose said.", ["Lord Penrose"]),
        ("The Bishop of Ely, the Rt Rev Martin Coe-Smith, replied.", ["Martin Coe-Smith"]),
        ("Kelvin Ashdown QC told the court so.", ["Kelvin Ashdown"]),
        ("They were met by the Prince of Wales.", ["Prince of Wales"]),
        ("It was written by the couple Tom and Sarah Bright.", ["Tom Bright", "Sarah Bright"]),
    ],
)
def test_titles_roles_and_parties_stay_out_of_the_name(read, text, expected):
    assert sorted(names(read(text))) == sorted(expected)


def test_full_name_title_with_surname_and_surname_are_one_person(read):
    text = "Daniel Marsh resigned. Mr Marsh had been ill. Friends of Marsh said he would rest."
    (person,) = read(text).people
    assert [text[a:b] for a, b in person.mentions] == ["Daniel Marsh", "Mr Marsh", "Marsh"]


def test_a_knight_goes_by_his_first_name(read):
    assert names(read("Sir Colin Hayes was asked to report. Sir Colin will do so in May.")) == ["Colin Hayes"]


def test_two_people_with_one_surname_stay_apart_and_the_title_tells_them(read):
    text = "Peter Vale and Helen Vale both stood. Mrs Vale won the seat. Mr Vale came third."
    found = {person.name: [text[a:b] for a, b in person.mentions] for person in read(text).people}
    assert found == {"Peter Vale": ["Peter Vale", "Mr Vale"], "Helen Vale": ["Helen Vale", "Mrs Vale"]}


def test_a_name_that_nothing_supports_is_proved_by_a_later_title(read):
    text = "Counsel was Ozan Trebilcock. The hearing lasted a day. Mr Trebilcock asked for more time."
    assert "Ozan Trebilcock" in names(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "The Lib Dems held a meeting in Milton Keynes.",
        "She travelled from Victoria Station to Downing Street.",
        "The Labour Party met the Home Office on Monday.",
        "He addressed the Voice 11 conference.",
        "They walked from St Aldhelm to the harbour.",
    ],
)
def test_parties_places_and_bodies_are_nobody(read, text):
    assert names(read(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Australian Lyndal Croft wrote the speech.", ["Lyndal Croft"]),
        ("It was a Quentin Moss-style budget.", ["Quentin Moss"]),
        ("It was granted by King Edward III.", ["King Edward III"]),
        ("Mr Justice Harlow will rule in May.", ["Mr Justice Harlow"]),
        ("Later President Oduya left.", ["President Oduya"]),
        ("Ken Marsh came with his wife, Sandra, and a dog.", ["Ken Marsh", "Sandra"]),
        ("James Marsh spoke first. Jim Marsh is a farmer.", ["James Marsh"]),
        ("Ada Quill Tarn spoke. Ms Quill Tarn and Ms Quill-Tarn are one.", ["Ada Quill Tarn"]),
        ("Ida de la Tour spoke first.", ["Ida de la Tour"]),
        ("Lords Penrose, Hale and Tarn ruled on it.", ["Penrose", "Hale", "Tarn"]),
        ("Commons and Lords Reform was discussed.", []),
        ("Zolta Quint, leader of the boatmen, agreed.", ["Zolta Quint"]),
    ],
)
def test_a_name_is_whole_without_what_stands_around_it(read, text, expected):
    assert names(read(text)) == expected


def test_gender_comes_from_the_title_or_the_first_name(read):
    reading = read("Ms Oduya met Kenneth Frame. Dr Lindqvist stayed away.")
    assert {person.name: person.gender for person in reading.people} == {
        "Oduya": "f",
        "Kenneth Frame": "m",
        "Lindqvist": "",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Commuters welcomed the Clear Fares plan on Monday.",
        "Moorline Buses said that the last coach would leave at nine.",
        "Readers met at Harrow Cross library in the rain.",
        "The Prison Tutors' Union will ballot its members.",
        "Care England said that homes would close.",
        "Age Concern argued that care was short of money.",
        "The Barker Review said that homes were needed.",
        "She denied a 'Las Vegas' jibe.",
        "He earned it from the law firm Harkness Trew. Work for Harkness Trew ended in May.",
        "She has been the MP for Merrion Vale since May.",
        "Manchester Withington and Tower Hamlets were gained.",
        "Tide Watch and Harbours International agreed.",
        "It stands in the Criminal Justice Act.",
        "They walked on George Street.",
        'They called the minister "Sir Spendalot".',
    ],
)
def test_a_scheme_a_company_a_building_and_a_union_are_nobody(read, text: str) -> None:
    assert read(text).people == ()
