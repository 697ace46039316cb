"""Asks the stance scorer about the sentences of quotes that name a policy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc

from nlp.records import Span
from nlp.standing.attitudes import Question, scorer
from nlp.standing.passages import passage

LONGEST = 60  # tokens of a sentence that are looked at


def judged(doc: Doc, asked: Sequence[tuple[Span, Span]]) -> list[float]:
    """For each sentence and thing named in it (characters): the chance that it judges it well less that of badly."""
    questions = []
    for (start, end), place in asked:
        sentence: Any = doc.char_span(start, end, alignment_mode="expand")
        thing: Any = doc.char_span(*place, alignment_mode="expand")
        first = max(sentence.start, min(sentence.end, thing.end) - LONGEST)
        last = min(max(sentence.end, first + 1), first + LONGEST)
        low = min(max(thing.start, first), last - 1) - first
        high = min(max(thing.end, first + low + 1), last) - first
        questions.append(Question(passage(doc, first, last), None, (low, high)))
    if not questions:
        return []
    return [float(well - badly) for _, well, badly in scorer().targets(questions)]
