"""Stances told by narration: a subject, a verb that shows where it stands, and the object it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.wordlists import rows

UPWARD = frozenset({"xcomp", "ccomp", "conj", "advcl"})
MODALS = frozenset({"should", "must", "would", "will", "'ll"})
AGAINST = frozenset({"against"})
TOWARDS = frozenset({"for", "to", "of", "on", "with", "about", "over"})


@dataclass(frozen=True, slots=True)
class Stance:
    """One clause: token indices of the subject and of the object's head, +1 or -1, how sure, and the clause's verb."""

    subject: int
    target: int
    sign: int
    confidence: float
    verb: int


@lru_cache(maxsize=1)
def _verbs() -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for lemma, kind, sign in rows("stance_verbs"):
        table.setdefault(kind, {})[lemma] = 1 if sign == "+" else -1
    return table


def stances(doc: Doc) -> Iterator[Stance]:
    """Every stance clause of a Doc, once over its tokens."""
    verbs = _verbs()
    for token in doc:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        lemma = token.lemma_.lower()
        for kind, sure in (("attitude", 0.8), ("proposal", 0.7), ("action", 0.6)):
            if lemma in verbs[kind]:
                yield from _read(token, verbs[kind][lemma], kind, sure)
                break
        else:
            if verbs["volition"].get(lemma) == 1:
                yield from _called_for(token)
    yield from _nouns(doc)


def _read(verb: Token, sign: int, kind: str, sure: float) -> Iterator[Stance]:
    targets = list(_objects(verb))
    if not targets:
        return
    sign = -sign if _negated(verb) else sign
    wanted = any(child.lower_ in MODALS for child in verb.children)
    subject = _subject(verb)
    top = verb
    while subject is None or kind == "action":
        if top.dep_ not in UPWARD or top.head is top:
            break
        top = top.head
        lemma = top.lemma_.lower()
        volition = _verbs()["volition"].get(lemma)
        if volition:
            sign, wanted = sign * volition, True
        if top.pos_ in ("VERB", "AUX", "ADJ") and _negated(top) and (volition or subject is None):
            sign = -sign
        found = _subject(top)
        if found is not None and (volition or subject is None):
            subject = found
            if volition or kind != "action":
                break
    if kind == "action" and not wanted:
        return
    if subject is not None:
        for target, flip in targets:
            yield Stance(subject.i, target.i, sign * flip, sure, verb.i)


def _objects(verb: Token) -> Iterator[tuple[Token, int]]:
    for child in verb.children:
        if child.dep_ == "dobj" or (child.dep_ in ("nsubjpass",) and any(c.dep_ == "agent" for c in verb.children)):
            yield child, 1
        elif (
            child.dep_ == "prep"
            and child.lower_ in AGAINST | TOWARDS
            and verb.lemma_ in ("object", "protest", "rebel", "approve")
        ):
            yield from ((grand, 1) for grand in child.children if grand.dep_ == "pobj")


def _subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    for child in verb.children:
        if child.dep_ == "nsubj":
            if child.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
                return verb.head
            return child
    if verb.dep_ == "conj":
        return _subject(verb.head)
    return None


def _negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in ("never", "no") for child in verb.children)


def _called_for(verb: Token) -> Iterator[Stance]:
    """ "called for an inquiry", "pledged free school meals", "want a ban"."""
    subject = _subject(verb)
    if subject is None or verb.lemma_ in ("agree", "decide", "bring"):
        return
    sign = -1 if _negated(verb) else 1
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("for", "to", "against"):
            flip = -1 if child.lower_ == "against" else 1
            for grand in child.children:
                if grand.dep_ == "pobj" and not (child.lower_ == "to" and verb.lemma_ != "commit"):
                    yield Stance(subject.i, grand.i, sign * flip, 0.6, verb.i)
        elif child.dep_ == "dobj" and verb.lemma_ in ("want", "demand", "pledge", "promise", "plan", "recommend"):
            yield Stance(subject.i, child.i, sign, 0.5, verb.i)


def _nouns(doc: Doc) -> Iterator[Stance]:
    """ "X's support for Y", "their opposition to Y", "X is in favour of Y", "is opposed to Y", "unhappy about Y"."""
    signs = {
        "support": 1,
        "backing": 1,
        "enthusiasm": 1,
        "opposition": -1,
        "objection": -1,
        "hostility": -1,
        "criticism": -1,
    }
    moods = {"opposed": -1, "unhappy": -1, "committed": 1, "hostile": -1, "critical": -1, "supportive": 1, "angry": -1}
    for token in doc:
        low = token.lower_
        if low in signs and token.pos_ == "NOUN":
            owner = next(
                (c for c in token.children if c.dep_ == "poss" or (c.dep_ in ("compound", "amod") and c.ent_type_)),
                None,
            )
            if owner is None and token.dep_ == "dobj":
                owner = _subject(token.head)
            if owner is not None and owner.dep_ == "poss" and owner.lower_ in ("his", "her", "their", "its"):
                owner = _subject(token.head) or owner
            yield from _preposition(token, owner, signs[low])
        elif (
            low in moods and token.pos_ in ("ADJ", "VERB") and token.dep_ in ("acomp", "ROOT", "ccomp", "conj", "advcl")
        ):
            owner = _subject(token.head if token.dep_ == "acomp" else token)
            yield from _preposition(token, owner, -moods[low] if _negated(token.head) else moods[low])
        elif low == "favour" and token.i and doc[token.i - 1].lower_ == "in":
            verb = doc[token.i - 1].head
            yield from _preposition(token, _subject(verb), 1)


def _preposition(token: Token, owner: Token | None, sign: int) -> Iterator[Stance]:
    if owner is None:
        return
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in TOWARDS:
            yield from (
                Stance(owner.i, grand.i, sign, 0.6, token.i) for grand in child.children if grand.dep_ == "pobj"
            )
