"""What speaks for a person as the one a pronoun means: where they were named, in which role, who else was."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p
from pathlib import Path

import numpy as np
from spacy.tokens import Doc, Token

from nlp.speaking.boosting import Floats
from nlp.surface import tokens_among, words_as_written

MODEL = Path(__file__).parents[1] / "model" / "pronouns.npz"
THRESHOLD = 0.3  # of probability, below which a pronoun is left open
MASCULINE, FEMININE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
SUBJECT, OBJECT, OBLIQUE, OWNER, JOINED = range(5)
ROLES = {
    "nsubj": SUBJECT, "nsubjpass": SUBJECT, "dobj": OBJECT, "dative": OBJECT, "iobj": OBJECT, "attr": OBJECT,
    "pobj": OBLIQUE, "agent": OBLIQUE, "poss": OWNER, "conj": JOINED,
}  # fmt: skip
ASIDE = frozenset({"appos", "compound", "nmod", "flat"})
FAR = 8  # sentences
CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "xcomp", "conj", "ROOT", "parataxis"})


@dataclass(frozen=True, eq=False)
class Candidate:
    """One whom the pronoun may mean: token spans in order, gender m, f or unknown."""

    mentions: tuple[tuple[int, int], ...]
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one mention stands."""

    start: int
    end: int
    role: int
    sentence: int
    depth: int
    head: Token


class Passage:
    """A Doc's sentences, pronouns and quotation marks, looked up by token."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.starts = [sentence.start for sentence in doc.sents]
        self.masculine = [token.i for token in tokens_among(doc, MASCULINE)]
        self.feminine = [token.i for token in tokens_among(doc, FEMININE)]
        self.breaks = [i for i, word in enumerate(words_as_written(doc)) if "\n" in word]
        self.quoted = _quoted(doc)

    def sentence(self, index: int) -> int:
        return bisect_right(self.starts, index)

    def place(self, start: int, end: int) -> Place:
        """The mention of these tokens: its head is the noun that an apposition or compound belongs to."""
        head = self.doc[start:end].root
        while head.dep_ in ASIDE and head.head != head:
            head = head.head
        depth, token = 0, head
        while token.head != token and depth < 12:
            token, depth = token.head, depth + 1
        return Place(start, end, ROLES.get(head.dep_, JOINED), self.sentence(start), depth, head)


def rows(passage: Passage, pronoun: Token, candidates: Sequence[Candidate]) -> Floats:
    """Features of each candidate, shape (candidates, features)."""
    here = passage.place(pronoun.i, pronoun.i + 1)
    own = passage.masculine if pronoun.lower_ in MASCULINE else passage.feminine
    other = passage.feminine if own is passage.masculine else passage.masculine
    places = [[passage.place(a, b) for a, b in one.mentions if not a <= pronoun.i < b] for one in candidates]
    latest = [max((p.start for p in some if p.start < pronoun.i), default=-1) for some in places]
    subjects = [
        max((p.start for p in some if p.start < pronoun.i and p.role == SUBJECT), default=-1) for some in places
    ]
    counts = [len(some) for some in places]
    starts = sorted(p.start for some in places for p in some)
    told = "m" if own is passage.masculine else "f"
    table = []
    for index, (candidate, some) in enumerate(zip(candidates, places, strict=True)):
        before = [p for p in some if p.start < pronoun.i]
        after = [p for p in some if p.start > pronoun.i]
        near = before[-1] if before else after[0] if after else here
        subject = next((p for p in reversed(before) if p.role == SUBJECT), None)
        between = (min(near.end, pronoun.i), max(near.start, pronoun.i))
        fits = {"": 0.0, told: 1.0}.get(candidate.gender, -1.0)
        table.append(
            [
                *_of_pronoun(here, pronoun),
                float(bool(before)),
                min(abs(here.sentence - near.sentence), FAR),
                log1p(abs(pronoun.i - near.start)),
                *(float(near.role == role) for role in range(5)),
                float(near.role == here.role),
                near.depth,
                near.depth - here.depth,
                log1p(near.start - passage.starts[near.sentence - 1]),
                *_bound(near, here, pronoun),
                min(here.sentence - subject.sentence, FAR) if subject else FAR + 1,
                log1p(pronoun.i - subject.start) if subject else 6.0,
                len(before),
                len(after),
                counts[index] / max(1, sum(counts)),
                min((log1p(p.start - pronoun.i) for p in after), default=6.0),
                float(bool(after) and after[0].sentence == here.sentence),
                bisect_right(starts, between[1]) - bisect_right(starts, between[0]),
                bisect_right(own, between[1] - 1) - bisect_right(own, between[0]),
                bisect_right(other, between[1] - 1) - bisect_right(other, between[0]),
                bisect_right(passage.breaks, between[1]) - bisect_right(passage.breaks, between[0]),
                fits,
                sum(fits < 1.0 and c.gender == told for c in candidates),
                sum(place > latest[index] for place in latest),
                sum(place > subjects[index] for place in subjects),
                sum(count > counts[index] for count in counts),
                len(candidates),
                near.end - near.start,
                max((p.end - p.start for p in some), default=0),
                float(bool(before) and before[0].sentence == 1 and before[0].role == SUBJECT),
                float(passage.quoted[near.start] - passage.quoted[pronoun.i]),
                float(_next_subject(passage, near, own)),
                sum(p.role == SUBJECT for p in before),
                _path(near.head, pronoun) if near.sentence == here.sentence else 12.0,
                before[-2].role if len(before) > 1 else -1.0,
                *_rival(here, [p for k, rival in enumerate(places) if k != index for p in rival]),
            ]
        )
    return np.array(table, dtype=np.float32).reshape(len(candidates), -1)


def _rival(here: Place, places: Sequence[Place]) -> list[float]:
    """The mention of somebody else that stands nearest before the pronoun."""
    before = [place for place in places if place.start < here.start]
    if not before:
        return [FAR + 1, 6.0, -1.0, -1.0]
    near = max(before, key=lambda place: place.start)
    subject = max((p.start for p in before if p.role == SUBJECT), default=-1)
    distance = here.sentence - near.sentence
    return [min(distance, FAR), log1p(here.start - near.start), near.role, log1p(here.start - subject)]


def _path(one: Token, other: Token) -> float:
    """Arcs between two tokens of a sentence, at most 12."""
    above = {one.i: 0}
    for steps, token in enumerate(one.ancestors, start=1):
        above[token.i] = steps
    for steps, token in enumerate((other, *other.ancestors)):
        if token.i in above:
            return float(min(above[token.i] + steps, 12))
    return 12.0


def _of_pronoun(here: Place, pronoun: Token) -> list[float]:
    return [
        float(here.role == SUBJECT),
        float(pronoun.dep_ == "poss"),
        float(here.depth),
        float(pronoun.head.dep_ in ("ROOT",)),
        float(pronoun.is_sent_start is True),
    ]


def _bound(near: Place, here: Place, pronoun: Token) -> list[float]:
    """Binding: one clause's arguments are two people, and a noun phrase does not mean itself."""
    if near.sentence != here.sentence:
        return [0.0, 0.0, 0.0, 0.0, 0.0]
    return [
        float(near.head.head == pronoun.head and pronoun.dep_ != "poss"),
        float(near.head.is_ancestor(pronoun)),
        float(near.head.head.is_ancestor(pronoun)),
        float(pronoun.head.is_ancestor(near.head)),
        float(_clause(near.head) == _clause(pronoun)),
    ]


def _clause(token: Token) -> Token:
    while token.dep_ not in CLAUSES and token.head != token:
        token = token.head
    return token


def _next_subject(passage: Passage, near: Place, own: Sequence[int]) -> bool:
    """Whether the first such pronoun after the mention is the subject of the next sentence: they are its topic."""
    index = bisect_right(own, near.end - 1)
    if index >= len(own):
        return False
    token = passage.doc[own[index]]
    return ROLES.get(token.dep_) == SUBJECT and passage.sentence(token.i) - near.sentence == 1


def _quoted(doc: Doc) -> list[int]:
    """1 for each token between double quotation marks."""
    oriented = doc._.oriented or doc.text
    inside, kept = 0, []
    for token in doc:
        if oriented[token.idx] == "“":
            inside = 1
        elif oriented[token.idx] == "”" or (token.is_space and "\n" in token.text):
            inside = 0
        kept.append(inside)
    return kept
