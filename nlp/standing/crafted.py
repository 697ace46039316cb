"""Verdicts that adverbs tell: "the bill is poorly drafted", "the rules unfairly target tenants"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from nlp.standing.stances import Stance, negated, subject_of
from nlp.standing.thinkers import held
from nlp.surface import tokens_among
from nlp.wordlists import words

MADE = frozenset(
    "drafted written thought planned managed conceived designed run handled researched judged founded timed executed "
    "worded prepared considered advised constructed organised targeted thought-out thought-through".split()
)
# How a thing is made.
HOW = {"poorly": -1, "badly": -1, "ill": -1, "hastily": -1, "sloppily": -1, "well": 1, "carefully": 1, "sensibly": 1}
# How it acts on others.
UNDULY = {
    "unfairly": -1, "unjustly": -1, "needlessly": -1, "wrongly": -1, "unnecessarily": -1, "disproportionately": -1,
    "recklessly": -1, "arbitrarily": -1, "unlawfully": -1, "illegally": -1, "unreasonably": -1, "cruelly": -1,
}  # fmt: skip


def crafted(doc: Doc) -> Iterator[Stance]:
    """One for each thing that is said to be made well or badly, or to do wrong."""
    for word in tokens_among(doc, HOW.keys() | UNDULY.keys()):
        verb = word.head
        if word.dep_ != "advmod" or verb.i == word.i:
            continue
        thing = _made(verb) if word.lower_ in HOW else _doer(verb)
        if thing is not None and thing.lower_ not in words("actor_nouns"):
            sign = HOW.get(word.lower_) or UNDULY[word.lower_]
            holder, sign = held(verb, -sign if negated(verb) else sign)
            yield Stance(holder, thing.i, sign, "verdict", verb.i)


def _made(verb: Token) -> Token | None:
    """What is drafted or planned so."""
    if verb.lower_ not in MADE:
        return None
    owner = verb.head if verb.dep_ == "acomp" else verb
    return next((child for child in owner.children if child.dep_ in ("nsubjpass", "nsubj")), None)


def _doer(verb: Token) -> Token | None:
    passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)
    return subject_of(verb) if verb.tag_.startswith("VB") and not passive else None
