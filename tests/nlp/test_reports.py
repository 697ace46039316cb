"""Reported clauses where the grammar hides what was said, or by whom."""

from __future__ import annotations

import pytest
from spacy.language import Language

from nlp.document import quotes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Critics are concerned that the pier will close.",
            [("Critics", "are concerned", "the pier will close")],
        ),
        (
            "The posters were “not meant to hurt anyone,” Mr Osei insisted.",
            [("Mr Osei", "insisted", "The posters were “not meant to hurt anyone,”")],
        ),
        (
            "The pier had lost money because nobody mended it, Mr Osei went on.",
            [("Mr Osei", "went on", "The pier had lost money because nobody mended it")],
        ),
        (
            "Ms Whitcombe, who has described the pier as a “scar”, has left the council.",
            [("Ms Whitcombe", "described", "the pier as a “scar”")],
        ),
        ("Mr Osei spoke of “rival plans” for the pier.", [("Mr Osei", "spoke of", "“rival plans” for the pier")]),
        (
            "Mr Osei shrugged off claims that he had lost the vote.",
            [("Mr Osei", "shrugged off", "claims that he had lost the vote")],
        ),
        (
            "The Greens say they will read the plan, but Mr Osei said his party had a better one.",
            [("The Greens", "say", "they will read the plan"), ("Mr Osei", "said", "his party had a better one")],
        ),
        ("Number 10 said ministers were calm.", [("Number 10", "said", "ministers were calm")]),
    ],
)
def test_a_report_keeps_its_own_words_and_its_own_source(
    nlp: Language, text: str, expected: list[tuple[str, str, str]]
) -> None:
    found = [
        tuple(" … ".join(text[a:b] for a, b in spans) for spans in (q.source, q.cue, q.content))
        for q in quotes(nlp(text))
    ]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    ["Mr Osei walked along the pier that Ms Whitcombe described.", "It is certain that the pier will close."],
)
def test_a_description_that_reports_nothing_is_no_quote(nlp: Language, text: str) -> None:
    assert quotes(nlp(text)) == ()
