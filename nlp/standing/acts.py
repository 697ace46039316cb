"""Stances that deeds show: who launches, draws up or signs a thing is for it, who scraps or overturns it is not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.english.verb_forms import verb_forms
from nlp.standing.attitude_nouns import SIGNS
from nlp.standing.stances import Stance, negated, objects, who
from nlp.surface import tokens_among
from nlp.wordlists import rows

LOOSE = frozenset({"with", "on", "over", "out"})  # particles whose object hangs on a preposition
OUT_OF = frozenset({"of", "from"})
HOPED = frozenset({"could", "would", "may", "might", "should", "must", "if", "whether"})
STEPS = SIGNS.keys() | {"inquiry", "work", "campaign", "bid", "call", "calls"}  # against a thing, or for another
Deeds = dict[str, dict[str, tuple[str, int]]]


@lru_cache(maxsize=1)
def _acts() -> Deeds:
    """Any form of a verb to its particles, each with what the deed shows and its sign."""
    bases: Deeds = {}
    for verb, particle, shows, sign in rows("acts"):
        bases.setdefault(verb, {})[particle] = (shows, 1 if sign == "+" else -1)
    return {form: bases[base] for form, base in verb_forms(bases).items()}


def acts(doc: Doc) -> Iterator[Stance]:
    """One for each deed and thing, of what is done and not only to be done."""
    known = _acts()
    for verb in tokens_among(doc, known):
        if not verb.tag_.startswith("VB") or _only_wished(verb):
            continue
        for particle, (shows, sign) in known[verb.lower_].items():
            things = [thing for thing in _things(verb, particle) if thing.lower_ not in STEPS]
            if things:
                subject, flip = who(verb)
                if subject is not None and flip > 0:
                    yield from (Stance(subject.i, thing.i, sign, shows, verb.i) for thing in things)
                break


def _only_wished(verb: Token) -> bool:
    """Infinitives and what would be done are pledges, if anything."""
    if verb.tag_ == "VB" and not any(child.lower_ in ("will", "'ll") for child in verb.children):
        return True
    return negated(verb) or any(c.lower_ in HOPED and c.dep_ in ("aux", "mark") for c in verb.children)


def _things(verb: Token, particle: str) -> Iterator[Token]:
    if particle == "-":
        yield from objects(verb, gerunds=True)
        return
    link = next((c for c in verb.children if c.lower_ == particle and c.dep_ in ("prt", "prep", "advmod")), None)
    if link is None:
        return
    if particle in LOOSE:
        inner = [link, *(c for c in (*link.children, *verb.children) if c.dep_ == "prep" and c.lower_ in OUT_OF)]
        yield from (grand for place in inner for grand in place.children if grand.dep_ == "pobj")
    yield from objects(verb, gerunds=False)
    if link.dep_ == "prep" and particle not in LOOSE:  # a particle that the parser took for a preposition
        yield from (grand for grand in link.children if grand.dep_ == "pobj")
