"""Descriptions, offices and groups as sources: who they point back to."""

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
            "Daniel Osei met union leader Peter Marsh. But the mayor said the plan was sound.",
            "Daniel Osei",
        ),
        (
            "Gemma Hart praised shadow mayor Daniel Osei. The mayor said the plan was weak.",
            "Gemma Hart",
        ),
        (
            "Nora Whitcombe met mayor Daniel Osei. The Greens and Daniel Osei said the plan was weak.",
            "Greens and Daniel Osei",
        ),
        ("Unison met ministers on Monday. The union said the plan was weak.", "Unison"),
        ("The Evening Standard has the plan. The paper said it was weak.", "Evening Standard"),
        ("A poll by YouGov for the Daily Mail is out. The Daily Mail poll said the plan was weak.", "YouGov"),
        ("Police questioned Lucy Harwood. Harwood said the plan was weak.", "Lucy Harwood"),
        ("President Ardeno came to London. Mr Ardeno said the plan was weak.", "President Ardeno"),
        ("Sir Tom Reeve met Alan Reeve. Mr Reeve said the plan was weak.", "Alan Reeve"),
    ],
)
def test_a_description_or_a_short_name_is_resolved_to_whom_it_means(nlp: Language, text: str, expected: str) -> None:
    assert speakers(nlp, text)[-1] == expected


def test_the_one_whom_the_lead_only_describes_is_named_below(nlp: Language) -> None:
    text = "The city's most senior officer has said crime is down.\n\nPeter Marsh said patrols had helped."
    assert speakers(nlp, text) == ["Peter Marsh", "Peter Marsh"]


def test_he_is_never_a_thing(nlp: Language) -> None:
    text = "Daniel Osei came late. The register said a trip was paid for. He said it was a gift."
    assert speakers(nlp, text)[-1] == "Daniel Osei"


def test_a_description_that_the_article_writes_small_is_small_at_the_start_of_a_sentence(nlp: Language) -> None:
    text = "The party met on Monday. Party strategists said turnout would rise."
    assert speakers(nlp, text) == ["party strategists"]
