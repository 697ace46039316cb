"""Whom a pronoun or a bare description means: a weighted sum over the people named so far, as a probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from spacy.tokens import Doc, Token

from nlp.cast import Member

GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
SUBJECT_DEPS = ("nsubj", "nsubjpass")


@dataclass(frozen=True, slots=True)
class Trace:
    """One place where a member was named, or a pronoun already resolved to them."""

    member: Member
    start: int
    sentence: int
    paragraph: int
    is_subject: bool
    quoted: bool
    spoke: bool = False


WEIGHTS = {
    "sentences": -0.55,
    "paragraphs": -0.35,
    "subject": 1.1,
    "spoke": 1.3,
    "last_speaker": 1.2,
    "quoted": -1.4,
    "frequency": 0.35,
    "same_sentence": -0.6,
    "first_in_sentence": 0.6,
}


def features(
    traces: Sequence[Trace], *, sentence: int, paragraph: int, last_speaker: Member | None
) -> dict[str, float]:
    """What speaks for one member, from their traces before the pronoun (in order, at least one)."""
    plain = [trace for trace in traces if not trace.quoted] or list(traces)
    last = plain[-1]
    return {
        "sentences": min(sentence - last.sentence, 8),
        "paragraphs": min(paragraph - last.paragraph, 4),
        "subject": float(last.is_subject),
        "spoke": float(last.spoke),
        "last_speaker": float(last.member is last_speaker),
        "quoted": float(last.quoted),
        "frequency": log(1 + len(traces)),
        "same_sentence": float(last.sentence == sentence and not last.is_subject),
    }


def ranked(candidates: Sequence[tuple[Member, dict[str, float]]]) -> list[tuple[float, Member]]:
    """Members with their share of probability, best first."""
    scores = [(sum(WEIGHTS[name] * value for name, value in row.items()), member) for member, row in candidates]
    if not scores:
        return []
    top = max(score for score, _ in scores)
    total = sum(exp(score - top) for score, _ in scores)
    return sorted(((exp(score - top) / total, member) for score, member in scores), key=lambda pair: -pair[0])


def is_subject(doc: Doc, start: int, end: int) -> bool:
    """Whether the mention at these characters is a subject, or in apposition to one."""
    span = doc.char_span(start, end, alignment_mode="expand")
    token: Token | None = span.root if span is not None else None
    while token is not None and token.dep_ in ("appos", "compound", "nmod", "flat") and token.head is not token:
        token = token.head
    return token is not None and token.dep_ in SUBJECT_DEPS
