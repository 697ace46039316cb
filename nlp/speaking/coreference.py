"""What speaks for a person as the one a pronoun means: where they were named, in which role, who else was."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import log1p
from pathlib import Path

import numpy as np
from spacy.tokens import Token

from nlp.speaking.boosting import Floats
from nlp.speaking.discourse import Surroundings
from nlp.speaking.passage import MASCULINE, ROLES, SUBJECT, Candidate, Passage, Place

MODEL = Path(__file__).parents[1] / "model" / "pronouns.npz"
THRESHOLD = 0.2  # of probability, below which a pronoun is left open
FAR = 8  # sentences
CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "xcomp", "conj", "ROOT", "parataxis"})


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
    around = Surroundings(passage, pronoun, here, own, places)
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
                *around.of(some),
                float(candidate.in_title),
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
