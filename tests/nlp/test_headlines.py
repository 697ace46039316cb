"""Headlines as attributions of their own, over a body that says who is meant."""

from __future__ import annotations

import pytest
from spacy.language import Language

from nlp.document import quotes

BODY = "\n\nMayor Nora Whitcombe said on Monday that the pier could not stay open."


@pytest.mark.parametrize(
    ("line", "content", "source", "speaker"),
    [
        ("Pier row must end - Whitcombe", "Pier row must end", "Whitcombe", "Nora Whitcombe"),
        ("Pier sale 'bad bargain' - Unison", "Pier sale 'bad bargain'", "Unison", "Unison"),
        ("More piers ahead says Whitcombe", "More piers ahead", "Whitcombe", "Nora Whitcombe"),
        ("School repairs 'ahead of plan'", "School repairs 'ahead of plan'", "", "Nora Whitcombe"),
        ("Council told to mend the pier", "to mend the pier", "", "Nora Whitcombe"),
        ("Whitcombe rejects 'ghost pier' jibe", "'ghost pier' jibe", "Whitcombe", "Nora Whitcombe"),
        ("Pier 'may shut', says mayor", "Pier 'may shut'", "mayor", "Nora Whitcombe"),
    ],
)
def test_a_headline_that_reports_is_a_quote(nlp: Language, line: str, content: str, source: str, speaker: str) -> None:
    text = line + BODY
    first = quotes(nlp(text))[0]
    assert text[slice(*first.content[0])] == content
    assert [text[slice(*span)] for span in first.source] == ([source] if source else [])
    assert first.speaker == speaker


@pytest.mark.parametrize(
    "line",
    [
        "Pier sale - the full story",
        "Pier must be saved - BBC News",
        "Row over 'ghost piers'",
        "Council tackles 'ghost piers'",
        "What the mayor says",
    ],
)
def test_a_headline_that_only_names_its_subject_is_none(nlp: Language, line: str) -> None:
    text = line + BODY
    assert all(quote.content[0][0] > len(line) for quote in quotes(nlp(text)))
