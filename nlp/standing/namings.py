"""Stances that names for a thing tell: "called the levy a joke", "branded it reckless", "hailed it as fair"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from nlp.standing.judgements import judgement
from nlp.standing.stances import Stance, negated, subject_of
from nlp.standing.targets import phrase
from nlp.surface import tokens_among

# What a naming verb tells by itself; 0: only what it is called tells.
NAMING = {
    "called": 0, "calls": 0, "call": 0, "calling": 0, "described": 0, "describes": 0, "describing": 0, "describe": 0,
    "branded": -1, "brands": -1, "branding": -1, "labelled": -1, "labels": -1, "labelling": -1, "dubbed": 0,
    "dismissed": -1, "dismisses": -1, "dismissing": -1, "denounced": -1, "condemned": -1, "hailed": 1, "hails": 1,
    "found": 0, "finds": 0, "considered": 0, "considers": 0, "thinks": 0, "saw": 0, "sees": 0, "regards": 0,
    "regarded": 0, "likened": -1, "termed": 0, "declared": 0, "heralded": 1, "billed": 0, "portrayed": 0, "viewed": 0,
    "views": 0, "deemed": 0, "slated": -1, "lampooned": -1, "derided": -1, "ridiculed": -1, "seen": 0,
}  # fmt: skip
NAMES = frozenset({"oprd", "acomp", "attr", "ccomp", "xcomp", "dobj", "dep"})
ENDS = frozenset({",", ";", ".", "but", "while", "although", "because", "when", "after", "by", "said", "saying"})
LONGEST = 12  # tokens of a name


def namings(doc: Doc) -> Iterator[Stance]:
    """One for each verb that names its object something that judges it."""
    for verb in tokens_among(doc, NAMING):
        if not verb.tag_.startswith("VB"):
            continue
        subject, thing = subject_of(verb) or _by(verb), _thing(verb)
        if thing is None or subject is None or thing.i == subject.i:
            continue
        start = _name(verb, thing)
        if start is None:
            continue
        end = next((i for i in range(start, min(start + LONGEST, verb.sent.end)) if doc[i].lower_ in ENDS), None)
        last = doc[min(end or start + LONGEST, verb.sent.end) - 1]
        score = judgement(doc, doc[start].idx, last.idx + len(last)) if last.i >= start else 0.0
        own = NAMING[verb.lower_]
        sign = own or (score > 0) - (score < 0)
        if sign:
            kind = "attitude" if own else "naming"
            yield Stance(subject.i, thing.i, -sign if negated(verb) else sign, kind, verb.i)


def _thing(verb: Token) -> Token | None:
    """What is named: the object, a passive's subject, or the subject of a small clause ("called the levy unfair")."""
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    for child in verb.children:
        if child.dep_ == ("nsubjpass" if passive else "dobj"):
            return child
    small = (child for child in verb.children if child.dep_ in ("ccomp", "xcomp", "oprd") and child.i > verb.i)
    return next((grand for child in small for grand in child.children if grand.dep_ in ("nsubj", "dobj")), None)


def _by(verb: Token) -> Token | None:
    """Of "was branded a disgrace by peers", where the parser lays "by" under the name."""
    links = (link for child in verb.children if child.i > verb.i for link in child.children if link.lower_ == "by")
    return next((thing for link in links for thing in link.children if thing.dep_ == "pobj"), None)


def _name(verb: Token, thing: Token) -> int | None:
    """Where the name begins: behind "as", or behind the thing's own phrase."""
    behind = max(verb.i, phrase(thing)[1] - 1) + 1
    doc = verb.doc
    for i in range(max(verb.i, thing.i) + 1, min(behind + LONGEST, verb.sent.end)):
        if doc[i].lower_ == "as":
            return i + 1
    named = any(child.dep_ in NAMES and child.i > verb.i and child.i != thing.i for child in verb.children)
    return behind if named and behind < verb.sent.end else None
