"""Where one report ends and the next begins, and what is no report at all."""

from __future__ import annotations

import pytest
from spacy.language import Language

from nlp.document import quotes


def told(nlp: Language, text: str) -> list[tuple[str, str, str]]:
    """(speaker, cue, content) of each quote."""
    return [
        (q.speaker or "", " ".join(text[a:b] for a, b in q.cue), " … ".join(text[a:b] for a, b in q.content))
        for q in quotes(nlp(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ada Quill said it could be years before the pier was fit, describing it as a failing body.",
            [
                ("Ada Quill", "said", "it could be years before the pier was fit"),
                ("Ada Quill", "describing", "it as a failing body"),
            ],
        ),
        (
            "The council confirmed it was reviewing the tolls, prompting a march of ferry workers.",
            [("council", "confirmed", "it was reviewing the tolls")],
        ),
        (
            "Ada Quill said: “It is a pier. “These tolls could end it,” she warned.",
            [("Ada Quill", "said", "“It is a pier."), ("Ada Quill", "warned", "“These tolls could end it,”")],
        ),
        ("The Pier Bill proposes tolls, which may be high.", []),
        ("Ada Quill hoped the pier would open.", [("Ada Quill", "hoped", "the pier would open")]),
        ("The Greens want tolls on every pier.", [("Greens", "want", "tolls on every pier")]),
        ("Judge Ada Quill ruled that the tolls broke the law.", [("Ada Quill", "ruled", "the tolls broke the law")]),
        (
            "Ada Quill attacked Mr Osei for raising the tolls.",
            [("Ada Quill", "attacked", "Mr Osei for raising the tolls")],
        ),
        ("Ada Quill called it a pier for the rich.", [("Ada Quill", "called", "it a pier for the rich")]),
        (
            "Piers to close\n\nPeter Marsh has been accused of neglecting piers.\n\nAda Quill said he forgot them.",
            [("Ada Quill", "accused", "Peter Marsh … of neglecting piers"), ("Ada Quill", "said", "he forgot them")],
        ),
        ("Ada Quill went on to say the pier was late.", [("Ada Quill", "say", "the pier was late")]),
    ],
)
def test_each_report_has_its_own_content(nlp: Language, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(nlp, text) == expected
