"""Stances that nouns and moods tell: support for it, opposition from them, in favour of, unhappy about."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from nlp.standing.stances import Stance, negated, subject_of
from nlp.surface import tokens_among

SIGNS = {
    "support": 1, "backing": 1, "enthusiasm": 1, "praise": 1, "approval": 1, "opposition": -1, "objection": -1,
    "objections": -1, "hostility": -1, "criticism": -1, "concern": -1, "concerns": -1, "doubts": -1, "anger": -1,
    "fury": -1, "dismay": -1, "unease": -1, "disappointment": -1, "fears": -1,
}  # fmt: skip
MOODS = {
    "opposed": -1, "unhappy": -1, "committed": 1, "hostile": -1, "critical": -1, "supportive": 1, "angry": -1,
    "concerned": -1, "worried": -1, "furious": -1, "uneasy": -1, "dismayed": -1, "disappointed": -1, "sceptical": -1,
    "delighted": 1, "pleased": 1, "happy": 1, "keen": 1, "united": -1,
}  # fmt: skip
TOWARDS = frozenset({"for", "to", "of", "on", "with", "about", "over", "at", "by", "against"})
GETS = frozenset({"have", "has", "had", "win", "won", "get", "got", "face", "faces", "faced", "facing", "receive",
                  "received", "draw", "drew", "drawn", "enjoy", "enjoys", "attract", "attracted"})  # fmt: skip


def nouns(doc: Doc) -> Iterator[Stance]:
    """ "X's support for Y", "Y has support from X", "X is in favour of Y", "is opposed to Y", "unhappy about Y"."""
    for token in tokens_among(doc, SIGNS.keys() | MOODS.keys() | {"favour"}):
        low = token.lower_
        if low in SIGNS and token.pos_ == "NOUN":
            yield from _preposition(token, _owner(token), SIGNS[low])
            yield from _from(token, SIGNS[low])
        elif low in MOODS and token.pos_ in ("ADJ", "VERB"):
            if token.dep_ in ("acomp", "ROOT", "ccomp", "conj", "advcl"):
                owner = subject_of(token.head if token.dep_ == "acomp" else token)
                yield from _preposition(token, owner, -MOODS[low] if negated(token.head) else MOODS[low])
        elif low == "favour" and token.i and doc[token.i - 1].lower_ == "in":
            verb = doc[token.i - 1].head
            yield from _preposition(token, subject_of(verb), -1 if negated(verb) else 1)


def _owner(noun: Token) -> Token | None:
    owner = next(
        (c for c in noun.children if c.dep_ == "poss" or (c.dep_ in ("compound", "amod") and c.is_title)), None
    )
    if owner is None and noun.dep_ == "dobj":
        owner = subject_of(noun.head)
    if owner is not None and owner.dep_ == "poss" and owner.lower_ in ("his", "her", "their", "its"):
        owner = subject_of(noun.head) or owner
    return owner


def _from(noun: Token, sign: int) -> Iterator[Stance]:
    """ "the bill has support from charities", "plans that face opposition from growers"."""
    holders = [c for link in noun.children if link.lower_ == "from" for c in link.children if c.dep_ == "pobj"]
    if not holders:
        return
    targets = [c for link in noun.children if link.lower_ in ("for", "to") for c in link.children if c.dep_ == "pobj"]
    if not targets and noun.dep_ == "dobj" and noun.head.lower_ in GETS:
        subject = subject_of(noun.head)
        targets = [subject] if subject is not None else []
    for holder in holders:
        yield from (Stance(holder.i, target.i, sign, "noun", noun.i) for target in targets)


def _preposition(token: Token, owner: Token | None, sign: int) -> Iterator[Stance]:
    if owner is None:
        return
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in TOWARDS:
            if token.lower_ == "united" and child.lower_ != "against":
                continue
            for grand in child.children:
                if grand.dep_ == "pobj" or grand.tag_ == "VBG":
                    yield Stance(owner.i, grand.i, sign, "noun", token.i)
