"""Stances that nouns tell: whose plan it is, and who is counted among its opponents or supporters."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from nlp.standing.stances import Stance, subject_of
from nlp.surface import tokens_among

GOVERNMENT = frozenset({"government", "ministers", "minister", "executive"})
PLANS = frozenset("plan plans proposal proposals bill scheme reforms manifesto legislation measures".split())
INCLUDING = frozenset("include includes included involve involves mean means feature features".split())
CAMPS = {
    "opponent": -1, "opponents": -1, "critic": -1, "critics": -1, "supporter": 1, "supporters": 1, "advocates": 1,
    "backers": 1, "champion": 1, "advocate": 1, "backer": 1, "proponent": 1, "proponents": 1, "foe": -1, "foes": -1,
    "fan": 1, "fans": 1, "believer": 1, "enthusiast": 1, "enthusiasts": 1, "author": 1, "architect": 1,
    "defender": 1, "defenders": 1, "champions": 1, "detractor": -1, "detractors": -1, "signatory": 1, "signatories": 1,
    "sponsor": 1, "sponsors": 1, "promoter": 1, "promoters": 1, "adherents": 1, "exponent": 1, "architects": 1,
}  # fmt: skip


def owners(doc: Doc) -> Iterator[Stance]:
    """ "Lord Smith's bill", "Labour plans to introduce …": whoever a plan belongs to is for it."""
    for span in doc.spans.get("policies", ()):
        if span.start > 1 and len(span) > 1 and doc[span.start - 1].tag_ == "POS":
            owner = doc[span.start - 2]
            if owner.pos_ == "PROPN" or owner.lower_ in GOVERNMENT:
                yield Stance(owner.i, span.root.i, 1, "owner", span.root.i)
    bodies = {i for span in doc.spans.get("organisations", ()) for i in range(span.start, span.end)}
    for token in tokens_among(doc, PLANS):
        for child in token.children:
            mine = child.lower_ in GOVERNMENT
            whose = child.dep_ == "poss" and (mine or (child.pos_ == "PROPN" and _says_which(token)))
            party = child.dep_ in ("compound", "amod", "nmod") and child.is_title and child.i in bodies
            if whose or party:
                yield Stance(child.i, token.i, 1, "owner", token.i)


def contents(doc: Doc) -> Iterator[Stance]:
    """ "Tory plans include building prisons", "the party's proposals would mean a levy": what a plan is made of."""
    for verb in tokens_among(doc, INCLUDING):
        plan = next((c for c in verb.children if c.dep_ == "nsubj" and c.lower_ in PLANS), None)
        if plan is None:
            continue
        owners_ = [c for c in plan.children if c.dep_ in ("poss", "compound", "amod", "nmod") and c.pos_ == "PROPN"]
        things = [c for c in verb.children if c.dep_ == "dobj" or (c.dep_ in ("xcomp", "ccomp") and c.tag_ == "VBG")]
        for owner in owners_[:1]:
            for thing in things:
                yield Stance(owner.i, thing.i, 1, "pledge", verb.i)
                yield from (Stance(owner.i, other.i, 1, "pledge", verb.i) for other in thing.conjuncts)


def _says_which(plan: Token) -> bool:
    """ "Smith's plans" alone may be any plans; "Smith's plans to close piers" says which."""
    return any(child.dep_ in ("acl", "prep", "compound", "relcl") for child in plan.children)


def camps(doc: Doc) -> Iterator[Stance]:
    """ "opponents of the bill, including A and B": the group, and those whom it includes."""
    for token in tokens_among(doc, CAMPS):
        sign = CAMPS[token.lower_]
        target = _of(token)
        if target is None:
            continue
        yield Stance(token.i, target.i, sign, "noun", token.i)
        one = _one_of(token)
        if one is not None:
            yield Stance(one.i, target.i, sign, "noun", token.i)
        for member in _included(token):
            yield Stance(member.i, target.i, sign, "noun", token.i)


def _one_of(noun: Token) -> Token | None:
    """Who is said to be one: "X was a critic of it", "X, one of its opponents"."""
    if noun.dep_ == "pobj" and noun.head.lower_ in ("of", "among"):
        noun = noun.head.head if noun.head.head.dep_ in ("appos", "attr") else noun.head
    if noun.dep_ == "appos":
        return noun.head
    if noun.dep_ in ("attr", "prep") and noun.head.pos_ in ("AUX", "VERB"):
        return subject_of(noun.head)
    return None


def _of(noun: Token) -> Token | None:
    links = (child for child in noun.children if child.dep_ == "prep" and child.lower_ in ("of", "to", "for"))
    return next((grand for link in links for grand in link.children if grand.dep_ == "pobj"), None)


def members(noun: Token) -> Iterator[Token]:
    """Those whom a group is said to include: "groups fighting it include A and B", "charities including A"."""
    if not noun.tag_.endswith("S"):
        return
    if noun.dep_ == "nsubj" and noun.head.lower_ in INCLUDING:
        for thing in noun.head.children:
            if thing.dep_ == "dobj":
                yield thing
                yield from (token for token in thing.subtree if token.dep_ in ("conj", "appos"))
    yield from _included(noun)


def _included(noun: Token) -> Iterator[Token]:
    for link in noun.subtree:
        if link.lower_ in ("including", "like") and link.dep_ == "prep":
            for first in link.children:
                if first.dep_ == "pobj":
                    yield first
                    yield from (token for token in first.subtree if token.dep_ in ("conj", "appos"))
