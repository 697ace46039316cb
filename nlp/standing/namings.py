"""Stances that names for a thing tell: "called the levy a joke", "branded it reckless", "hailed it as fair"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from nlp.standing.judgements import judgement
from nlp.standing.stances import Stance, negated, subject_of
from nlp.surface import tokens_among

# What a naming verb tells by itself; 0: only what it is called tells.
NAMING = {
    "called": 0, "calls": 0, "call": 0, "calling": 0, "described": 0, "describes": 0, "describing": 0, "describe": 0,
    "branded": -1, "brands": -1, "branding": -1, "labelled": -1, "labels": -1, "labelling": -1, "dubbed": 0,
    "dismissed": -1, "dismisses": -1, "dismissing": -1, "denounced": -1, "condemned": -1, "hailed": 1, "hails": 1,
    "found": 0, "finds": 0, "considered": 0, "considers": 0, "thinks": 0, "saw": 0, "sees": 0, "regards": 0,
    "regarded": 0, "likened": -1, "termed": 0, "declared": 0,
}  # fmt: skip
NAMES = frozenset({"oprd", "acomp", "attr", "ccomp", "xcomp"})


def namings(doc: Doc) -> Iterator[Stance]:
    """One for each verb that names its object something that judges it."""
    for verb in tokens_among(doc, NAMING):
        if not verb.tag_.startswith("VB"):
            continue
        thing, name = _called(verb)
        subject = subject_of(verb)
        if thing is None or name is None or subject is None or thing.i == subject.i:
            continue
        low, high = name.left_edge.i, name.right_edge.i + 1
        score = judgement(doc, doc[low].idx, doc[high - 1].idx + len(doc[high - 1]))
        sign = NAMING[verb.lower_] or (score > 0) - (score < 0)
        if sign:
            yield Stance(subject.i, thing.i, -sign if negated(verb) else sign, "attitude", verb.i)


def _called(verb: Token) -> tuple[Token | None, Token | None]:
    """The thing and what it is called: object and predicate, subject and rest of a small clause, or "as …"."""
    thing = next((child for child in verb.children if child.dep_ == "dobj"), None)
    for child in verb.children:
        if child.dep_ in NAMES and child.i > verb.i:
            if thing is not None:
                return thing, child
            inner = next((grand for grand in child.children if grand.dep_ in ("nsubj", "dobj")), None)
            if inner is not None:
                return inner, child
        if child.lower_ == "as" and thing is not None:
            return thing, next(iter(child.children), None)
    return None, None
