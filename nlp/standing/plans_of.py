"""Whose plan a sentence tells of: "fees would rise under Labour's plans", "as part of X's bid", "proposals by X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from nlp.standing.stances import Stance, subject_of
from nlp.surface import tokens_among

PLANS = frozenset(
    "plan plans proposal proposals scheme schemes reforms measures bill strategy policy policies programme changes "
    "blueprint package drive bid campaign initiative crackdown rules".split()
)
FRAMES = frozenset({"under", "of"})
OWNING = frozenset({"poss", "compound", "amod", "nmod"})
BY = frozenset({"by", "from"})
ANNOUNCED = frozenset(
    "unveiled announced proposed published outlined launched revealed considered drafted set put drawn detailed "
    "floated backed tabled introduced published planned made agreed laid pushed brought suggested".split()
)


def plans_of(doc: Doc) -> Iterator[Stance]:
    """One for each plan and each owner that the text gives it, on the plan or on what is done under it."""
    for plan in tokens_among(doc, PLANS):
        if plan.pos_ not in ("NOUN", "PROPN"):
            continue
        done = _done_under(plan)
        for owner in _owners(plan, framed=done is not None):
            yield Stance(owner.i, (done or plan).i, 1, "under" if done is not None else "owned", plan.i)


def _owners(plan: Token, *, framed: bool) -> Iterator[Token]:
    for child in plan.children:
        if child.dep_ == "prep" and child.lower_ in BY:
            yield from (thing for thing in child.children if thing.dep_ == "pobj")
        elif child.dep_ in ("acl", "relcl") and child.tag_ == "VBN" and child.lower_ in ANNOUNCED:
            agent = subject_of(child) if any(grand.dep_ == "agent" for grand in child.children) else None
            if agent is not None and framed:
                yield agent
        elif framed and (child.dep_ == "poss" or child.pos_ == "PROPN") and child.dep_ in OWNING and child.i < plan.i:
            yield child


def _done_under(plan: Token) -> Token | None:
    """The verb of the clause that a plan frames."""
    link = plan.head
    if plan.dep_ != "pobj" or link.lower_ not in FRAMES:
        return None
    if link.lower_ == "of":
        if link.head.lower_ != "part" or link.head.head.lower_ != "as":
            return None
        link = link.head.head
    verb = link.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    return verb if verb.pos_ == "VERB" else None
