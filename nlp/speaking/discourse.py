"""Where a pronoun stands among clauses and earlier pronouns, and how a person's mentions stand to it."""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p

from spacy.tokens import Token

from nlp.speaking.passage import SUBJECT, Passage, Place

SUBJECT_DEPS = ("nsubj", "nsubjpass")
FAR = 10  # sentences to a main subject; more, or none


class Surroundings:
    """One pronoun's clause, looked at once; ``of`` gives the features of one candidate's places."""

    def __init__(
        self, passage: Passage, pronoun: Token, here: Place, own: Sequence[int], places: Sequence[Sequence[Place]]
    ) -> None:
        self.passage, self.pronoun, self.here = passage, pronoun, here
        self.earlier = [index for index in own if index < pronoun.i]  # pronouns of this gender before
        self.verb = _verb(pronoun)
        self.subject = next((child for child in self.verb.children if child.dep_ in SUBJECT_DEPS), None)
        self.first = min((place.start for some in places for place in some if place.start < pronoun.i), default=-1)
        self.alone = [
            float(self.subject == pronoun),
            float(bool(self.earlier) and passage.sentence(self.earlier[-1]) == here.sentence),
            *(float(self.verb.dep_ in deps) for deps in (("advcl",), ("relcl", "acl"), ("ccomp",), ("conj",))),
            float(pronoun.dep_ == "poss" and pronoun.head.dep_ in SUBJECT_DEPS),
            float(pronoun.dep_ in ("dobj", "pobj", "dative")),
        ]

    def of(self, some: Sequence[Place]) -> list[float]:
        """The clause's own features, then those of the mentions ``some`` of one candidate, in order."""
        before = [place for place in some if place.start < self.pronoun.i]
        here = [place for place in before if place.sentence == self.here.sentence]
        previous = [place for place in before if place.sentence == self.here.sentence - 1]
        main = [place for place in before if _is_main(place)]
        return [
            *self.alone,
            float(any(place.role == SUBJECT for place in here)),
            float(any(map(_is_main, here))),
            float(any(place.role == SUBJECT for place in previous)),
            float(any(map(_is_main, previous))),
            float(any(place.role == self.here.role for place in previous)),
            min(self.here.sentence - main[-1].sentence, FAR - 1) if main else FAR,
            float(any(place.head == self.subject for place in some)),
            *self._of_latest(before[-1] if before else None),
            *self._of_pronouns(before),
            float(bool(before) and before[0].start == self.first),
            float(any(p.start > self.pronoun.i and p.sentence == self.here.sentence and _is_main(p) for p in some)),
        ]

    def _of_latest(self, latest: Place | None) -> list[float]:
        """The mention nearest before: whose, joined to whom, in brackets, governing the pronoun, in which clause."""
        if latest is None:
            return [0.0] * 9
        doc, verb = self.passage.doc, _verb(latest.head)
        within = latest.sentence == self.here.sentence
        return [
            float(latest.head.dep_ == "poss"),
            float(latest.head.dep_ == "conj"),
            float(doc[latest.start : latest.end].root.dep_ == "appos"),
            float(latest.start > 0 and doc[latest.start - 1].text == "("),
            float(latest.end - latest.start),
            float(self.pronoun.dep_ == "poss" and latest.head.is_ancestor(self.pronoun)),
            float(within and verb == self.verb),
            float(within and verb == self.verb.head),
            log1p(latest.start),
        ]

    def _of_pronouns(self, before: Sequence[Place]) -> list[float]:
        """Whether earlier pronouns of this gender may mean the candidate, too."""
        latest, last = before[-1].start if before else -1, self.earlier[-1] if self.earlier else -1
        near = any(p.start < last and self.passage.sentence(last) - p.sentence <= 1 for p in before)
        return [
            float(sum(index > latest for index in self.earlier)) if before else 0.0,
            float(0 <= last < latest),
            float(bool(self.earlier) and near),
        ]


def _verb(token: Token) -> Token:
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    return token


def _is_main(place: Place) -> bool:
    """The subject of a main clause."""
    return place.role == SUBJECT and place.head.head.dep_ in ("ROOT", "conj")
