"""Stances that rulings tell: "judges ruled the levy unlawful", "the court found that the ban breached the treaty"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.english.verb_forms import verb_forms
from nlp.standing.stances import Stance, negated, subject_of
from nlp.surface import tokens_among

RULING = frozenset(
    "ruled rules ruling found finds finding held holds declared declares judged judges concluded".split()
)
FINDINGS = {
    "lawful": 1, "legal": 1, "valid": 1, "constitutional": 1, "proportionate": 1, "compatible": 1, "justified": 1,
    "fair": 1, "reasonable": 1, "unlawful": -1, "illegal": -1, "invalid": -1, "unconstitutional": -1, "void": -1,
    "disproportionate": -1, "discriminatory": -1, "incompatible": -1, "unfair": -1, "unreasonable": -1,
    "unjustified": -1, "irrational": -1, "contravention": -1, "breach": -1, "violation": -1, "flawed": -1,
}  # fmt: skip
BREAKING = frozenset("contravene breach violate infringe break".split())
COPULAS = frozenset({"was", "were", "is", "are", "be", "been", "being", "'s"})
UPWARD = frozenset({"acomp", "attr", "pobj", "prep", "oprd", "amod", "xcomp", "advmod"})


@lru_cache(maxsize=1)
def _breaking() -> dict[str, str]:
    return verb_forms(BREAKING)


def rulings(doc: Doc) -> Iterator[Stance]:
    """One for each word of law that a ruling lays on a thing."""
    for word in tokens_among(doc, FINDINGS.keys() | _breaking().keys()):
        verb = word
        while verb.dep_ in UPWARD and verb.head.i != verb.i and verb.lower_ not in RULING:
            verb = verb.head
        broken = verb.i == word.i and word.tag_.startswith("VB") and word.lower_ in _breaking()
        sign = -1 if broken else FINDINGS.get(word.lower_, 0)
        ruling = verb if verb.lower_ in RULING else verb.head
        if not sign or ruling.lower_ not in RULING or not ruling.tag_.startswith("VB"):
            continue
        thing = _thing(verb, ruling)
        judge = subject_of(ruling)
        if thing is not None and judge is not None and judge.i != thing.i:
            flip = -1 if negated(verb) or negated(ruling) else 1
            yield Stance(judge.i, thing.i, sign * flip, "ruling", ruling.i)


def _thing(verb: Token, ruling: Token) -> Token | None:
    """What is ruled on: the subject of the clause, or the object of "ruled the ban unlawful"."""
    wanted = ("dobj", "nsubjpass") if verb.i == ruling.i else ("nsubj", "nsubjpass")
    return next((child for child in verb.children if child.dep_ in wanted), None)
