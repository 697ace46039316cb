"""Stances on what somebody is blamed or praised for: "attacked ministers over the levy", "praised her for the deal"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.english.verb_forms import verb_forms
from nlp.standing.stances import SAYINGS, Stance, who
from nlp.surface import tokens_among

SIGNS = {
    "criticise": -1, "criticize": -1, "attack": -1, "condemn": -1, "blame": -1, "castigate": -1, "berate": -1,
    "slam": -1, "blast": -1, "challenge": -1, "lambast": -1, "lambaste": -1, "denounce": -1, "ridicule": -1,
    "mock": -1, "rebuke": -1, "chide": -1, "savage": -1, "confront": -1, "sue": -1, "scold": -1, "taunt": -1,
    "fault": -1, "question": -1, "rebel": -1,
    "resign": -1, "quit": -1, "protest": -1, "strike": -1, "demonstrate": -1, "march": -1,
    "praise": 1, "congratulate": 1, "applaud": 1, "commend": 1, "thank": 1, "credit": 1, "salute": 1,
}  # fmt: skip
OVER = frozenset({"over", "about", "on", "for", "at", "against"})
LEAVING = frozenset({"resign", "quit", "protest", "strike", "demonstrate", "march", "rebel", "challenge"})
CAUSES = frozenset({"over", "at", "about", "against"})  # "resigned from the cabinet over the war"
JOINED = frozenset({"NN", "NNS", "VBG"})


@lru_cache(maxsize=1)
def _verbs() -> dict[str, str]:
    return verb_forms(SIGNS)


def reproaches(doc: Doc) -> Iterator[Stance]:
    """One for each verb and thing under "over", "for", "on" or "about"."""
    known = _verbs()
    for verb in tokens_among(doc, known):
        if not verb.tag_.startswith("VB"):
            continue
        base = known[verb.lower_]
        things = list(_grounds(verb, base))
        if things:
            subject, flip = who(verb)
            if subject is not None:
                yield from (Stance(subject.i, thing.i, SIGNS[base] * flip, "reproach", verb.i) for thing in things)


def _grounds(verb: Token, base: str) -> Iterator[Token]:
    """What the verb's preposition governs; the parser may hang it on the one who is blamed."""
    places = [verb, *(child for child in verb.children if child.dep_ in ("dobj", "prep", "nsubjpass"))]
    places = [place for place in places if place.lower_ not in SAYINGS]
    for link in (child for place in places for child in place.children if child.dep_ == "prep"):
        if link.i < verb.i or link.lower_ not in (CAUSES if base in LEAVING else OVER):
            continue
        for thing in link.children:
            if thing.dep_ in ("pobj", "pcomp"):
                yield thing
                yield from (other for other in thing.conjuncts if other.i > thing.i and other.tag_ in JOINED)
