"""Who is on stage: committees written small, spokesmen who are not quoted, subjects of sentences and of clauses."""

from __future__ import annotations

import pytest
from spacy.language import Language

from nlp.document import quotes


def speakers(nlp: Language, text: str) -> list[str | None]:
    return [quote.speaker for quote in quotes(nlp(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A report by the Commons harbour affairs committee said piers were unsafe.",
            "Commons harbour affairs committee",
        ),
        ("The joint committee on harbour rights said piers were unsafe.", "joint committee on harbour rights"),
        (
            "The influential Commons transport committee met on Monday. The committee said piers were unsafe.",
            "Commons transport committee",
        ),
        (
            "The Harbour Affairs Select Committee met. The MPs said piers were unsafe.",
            "Harbour Affairs Select Committee",
        ),
        ("Labour and Unison met on Monday. Some Labour members said piers were unsafe.", "some Labour members"),
        ("The Pier Alliance, which includes the Ferry Union, said piers were unsafe.", "Pier Alliance"),
    ],
)
def test_a_body_is_the_one_that_the_source_names_and_not_one_named_within_it(
    nlp: Language, text: str, expected: str
) -> None:
    assert speakers(nlp, text)[-1] == expected


def test_mps_stay_mps_where_no_committee_is_spoken_of(nlp: Language) -> None:
    assert speakers(nlp, "The bill was read on Monday. MPs said piers were unsafe.") == ["MPs"]


def test_a_first_name_alone_is_a_person(nlp: Language) -> None:
    text = "Nora, a mother of two, said the pier was closed. “I wait all day,” she said."
    assert speakers(nlp, text) == ["Nora", "Nora"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Daniel Osei said the plan was weak. A spokesman for the Harbour Office defended it. He said it was sound.",
            "a spokesman for the Harbour Office",
        ),
        (
            "Daniel Osei met the Harbour Office's spokesman on Monday. A Norwell spokesman had been asked about it. "
            "The spokesman said it was sound.",
            "a Norwell spokesman",
        ),
        ("The Harbour Office met councils. Councils are short of cash. They said piers would close.", "councils"),
        (
            "Gemma Hart said the plan failed. Daniel Osei regretted how Peter Marsh had put it. He said it was sound.",
            "Daniel Osei",
        ),
        (
            "Peter Marsh said the plan was weak. Daniel Osei became mayor at 27. He said it was a good time.",
            "Daniel Osei",
        ),
    ],
)
def test_a_pronoun_or_a_short_form_is_the_subject_who_came_last(nlp: Language, text: str, expected: str) -> None:
    assert speakers(nlp, text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The head of the Pier Federation said it was late.\n\nAda Quill said: “We wait.”", ["Ada Quill", "Ada Quill"]),
        ("The Norwell Echo newspaper said it had the plan.", ["Norwell Echo"]),
        ("The umbrella organisation Piersafe said it had the plan.", ["Piersafe"]),
        ("The study, carried out by Ada Quill, says piers are unsafe.", ["Ada Quill"]),
        ("Ada Quill, who chairs the Pier Federation, says: “We wait.”", ["Ada Quill"]),
        ("It was late, said the head of the Pier Federation, Labour MP Ada Quill.", ["Ada Quill"]),
        ("Tory co-chairman Ada Quill left. The Tory co-chairman said it was late.", ["Ada Quill"]),
        ("Labour MSP Christine May said it was late.", ["Christine May"]),
        ("Shadow spokesman for sport Hugh Quill said it was late.", ["Hugh Quill"]),
        ("Peace on Piers's Hugh Quill said it was late.", ["Hugh Quill"]),
        ("Hugh Quill came late. His report said piers were unsafe.", ["Hugh Quill"]),
        ("Pier 'is back', says PM\n\nHugh Quill said it was late.", ["Hugh Quill", "Hugh Quill"]),
        ("But Labour ferry chiefs said it was late.", ["Labour ferry chiefs"]),
        (
            "Labour said it was late. A Labour Party spokesman said it was early.",
            ["Labour", "a Labour Party spokesman"],
        ),
    ],
)
def test_a_speaker_who_is_described_is_called_by_the_name_that_stands_near(
    nlp: Language, text: str, expected: list[str]
) -> None:
    assert speakers(nlp, text) == expected
