"""Offices as sources: whose role a description repeats, and whose it does not."""

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
            "Harbour secretary Nora Whitcombe and Harbour Office minister Peter Marsh met on Monday. "
            "The harbour secretary said the plan was sound.",
            "Nora Whitcombe",
        ),
        (
            "Nora Whitcombe met deputy mayor Peter Marsh. The mayor said the plan was sound.",
            "Nora Whitcombe",
        ),
        (
            "Nora Whitcombe met ex-governor Peter Marsh on Monday. The governor said the plan was sound.",
            "Nora Whitcombe",
        ),
        (
            "Norwell police chief Peter Marsh backed the plan. The Eastmoor police chief said it was weak.",
            "Eastmoor police chief",
        ),
        (
            "Tory co-chairman Daniel Osei spoke in Norwell. The Tory co-chairman said the plan was weak.",
            "Daniel Osei",
        ),
    ],
)
def test_an_office_is_its_holder_s_and_not_that_of_another_rank_or_place(
    nlp: Language, text: str, expected: str
) -> None:
    assert speakers(nlp, text)[-1] == expected


def test_a_minister_may_be_called_so_after_a_secretary_of_state_was_named(nlp: Language) -> None:
    text = "Harbour secretary Nora Whitcombe came on Monday. The harbour minister said the plan was sound."
    assert speakers(nlp, text) == ["Nora Whitcombe"]
