"""Stances that moods and slights tell: "I am glad that …", "there is no logic in …", "this ludicrous scheme"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from nlp.standing.attitude_nouns import MOODS
from nlp.standing.judgements import judging, valued
from nlp.standing.pledges import deeds
from nlp.standing.stances import Stance, negated, subject_of
from nlp.standing.targets import GENERIC, PROPOSABLE
from nlp.surface import tokens_among

# Moods of a holder about what a clause tells; those of MOODS besides.
FEELINGS = {
    "glad": 1, "proud": 1, "relieved": 1, "grateful": 1, "thrilled": 1, "encouraged": 1, "heartened": 1,
    "appalled": -1, "shocked": -1, "alarmed": -1, "horrified": -1, "outraged": -1, "saddened": -1, "disgusted": -1,
    "sad": -1, "sorry": -1, "astonished": -1, "amazed": -1, "staggered": -1, "afraid": -1, "troubled": -1,
}  # fmt: skip
HELD = frozenset({"united", "committed", "keen", "happy", "hostile", "critical", "supportive", "opposed"})
TOWARDS = frozenset({"about", "at", "by", "with", "over"})
FELT = frozenset({"acomp", "ROOT", "ccomp", "conj", "oprd", "advcl"})
# "there is no … in it": what is lacking speaks against a thing, but lack of harm for it.
MERITS = {
    "logic": 1, "justification": 1, "sense": 1, "merit": 1, "point": 1, "excuse": 1, "reason": 1, "benefit": 1,
    "support": 1, "mandate": 1, "harm": -1, "danger": -1, "flaw": -1, "problem": -1, "objection": -1,
}  # fmt: skip
IN = frozenset({"in", "for", "of", "with", "to", "behind"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "their", "its", "his", "her", "such"})


PLAIN = frozenset({"great", "modern", "good", "new", "best", "better"})  # "great powers"


def moods(doc: Doc) -> Iterator[Stance]:
    """What somebody is glad or sorry about, and what a speaker says there is no sense in."""
    for word in tokens_among(doc, MOODS.keys() | FEELINGS.keys()):
        if word.dep_ in FELT and word.lower_ not in HELD:
            yield from _felt(word)
    for noun in tokens_among(doc, MERITS):
        above = noun.head
        there = noun.dep_ in ("attr", "dobj") and any(child.lower_ == "no" for child in noun.children)
        if there and any(child.dep_ == "expl" or child.lower_ in ("i", "we") for child in above.children):
            for thing in _behind(noun, IN):
                yield Stance(above.i, thing.i, -MERITS[noun.lower_], "verdict", above.i)


def epithets(doc: Doc) -> Iterator[Stance]:
    """ "this ludicrous scheme", "their flawed plans": what a speaker calls a thing in passing."""
    for word in tokens_among(doc, judging()):
        noun = word.head
        if word.dep_ != "amod" or word.pos_ not in ("ADJ", "VERB") or noun.lower_ not in GENERIC | PROPOSABLE:
            continue
        if not any(child.lower_ in DEFINITE or child.dep_ == "poss" for child in noun.children):
            continue
        value = valued(word)
        if abs(value) >= 1 and word.lower_ not in PLAIN:
            yield Stance(noun.i, noun.i, 1 if value > 0 else -1, "verdict", noun.i)


def _felt(word: Token) -> Iterator[Stance]:
    verb = word.head if word.dep_ in ("acomp", "oprd") else word
    felt = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    subject = felt or subject_of(verb)  # "I am appalled by it"
    if subject is None:
        return
    sign = FEELINGS.get(word.lower_) or MOODS[word.lower_]
    sign = -sign if negated(verb) else sign
    for child in (*word.children, *(verb.children if verb.i != word.i else ())):
        if child.dep_ == "ccomp" and child.i > word.i:
            yield from _told(subject, child, sign)
    if word.lower_ in FEELINGS:
        for thing in _behind(word, TOWARDS):
            yield Stance(subject.i, thing.i, sign, "verdict", word.i)


def _told(subject: Token, clause: Token, sign: int) -> Iterator[Stance]:
    """What is felt of "that ministers have dropped the levy" or "that the levy will go ahead"."""
    sign = -sign if negated(clause) else sign
    things = [c for c in clause.children if c.dep_ == "dobj"]
    passive = [c for c in clause.children if c.dep_ == "nsubjpass"]
    if clause.lower_ in deeds():
        for thing in things or passive:
            yield Stance(subject.i, thing.i, sign, "verdict", clause.i, deed=True)
        return
    if sign < 0:  # "I am worried that children …": what worries is no proposal
        return
    for thing in (*things, *(c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass"))):
        yield Stance(subject.i, thing.i, sign, "verdict", clause.i)


def _behind(word: Token, links: frozenset[str]) -> Iterator[Token]:
    for link in word.children:
        if link.dep_ in ("prep", "agent") and link.lower_ in links:
            yield from (child for child in link.children if child.dep_ in ("pobj", "pcomp"))
