"""Whom a pronoun or a bare description means: a weighted sum over those named so far, as a probability."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

from spacy.tokens import Doc, Token

from nlp.speaking.boosting import Trees, load
from nlp.speaking.cast import Member
from nlp.speaking.coreference import MODEL, rows
from nlp.speaking.passage import Candidate, Passage

GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
SUBJECT_DEPS = ("nsubj", "nsubjpass")
WITHIN = frozenset({"relcl", "ccomp", "acl", "advcl", "xcomp", "csubj", "pcomp"})
# Fitted as a choice among those on stage at 223 pronouns of annotated articles, pulled towards a first guess.
WEIGHTS = {
    "sentences": -0.5,
    "subject": 0.6,
    "embedded": -0.5,
    "here": 0.5,
    "next": 0.8,
    "spoke_near": 0.3,
    "last_speaker": 1.0,
    "quoted": -1.5,
    "frequency": 0.2,
    "same_sentence": -0.3,
    "plural": 0.5,
    "syntax": 0.3,
}


BEHIND, AHEAD = 900, 200  # characters around a pronoun in which names are looked at, as in the passages of GAP
UNSEEN = 0.05  # chance of one not named there


@dataclass(frozen=True, slots=True)
class Trace:
    """One place where a member was named, or referred to by a source already resolved to them."""

    member: Member
    start: int
    end: int
    sentence: int
    is_subject: bool
    quoted: bool
    spoke: bool = False
    embedded: bool = False  # the subject of a clause within another


def features(traces: Sequence[Trace], *, sentence: int, last: Member | None) -> dict[str, float]:
    """What speaks for one member, from their traces before the pronoun (in order, at least one)."""
    plain = [trace for trace in traces if not trace.quoted] or list(traces)
    latest = plain[-1]
    spoke = next((trace for trace in reversed(plain) if trace.spoke), None)
    return {
        "sentences": min(sentence - latest.sentence, 8),
        "subject": float(latest.is_subject and not latest.embedded),
        "embedded": float(latest.is_subject and latest.embedded),
        "here": float(latest.sentence == sentence),
        "next": float(latest.sentence == sentence - 1 and latest.is_subject and not latest.embedded),
        "spoke_near": float(spoke is not None and sentence - spoke.sentence <= 1),
        "last_speaker": float(latest.member is last),
        "quoted": float(latest.quoted),
        "frequency": log(1 + len(traces)),
        "same_sentence": float(latest.sentence == sentence and not latest.is_subject),
        "plural": float(latest.member.kind == "group"),
    }


def ranked(candidates: Iterable[tuple[Member, dict[str, float]]]) -> list[tuple[float, Member]]:
    """Members with their share of probability, best first."""
    scores = [(sum(WEIGHTS[name] * value for name, value in row.items()), member) for member, row in candidates]
    top = max((score for score, _ in scores), default=0.0)
    total = sum(exp(score - top) for score, _ in scores)
    return sorted(((exp(score - top) / total, member) for score, member in scores), key=lambda pair: -pair[0])


def subject_at(doc: Doc, start: int, end: int) -> Token | None:
    """The subject that the mention at these characters is, or is in apposition to."""
    span = doc.char_span(start, end, alignment_mode="expand")
    token: Token | None = span.root if span is not None else None
    while token is not None and token.dep_ in ("appos", "compound", "nmod", "flat") and token.head != token:
        token = token.head
    return token if token is not None and token.dep_ in SUBJECT_DEPS else None


def is_embedded(subject: Token) -> bool:
    """Whether the subject's clause stands within another: that X would go, when X goes, the plan which X made."""
    verb = subject.head
    while verb.dep_ == "conj" and verb.head != verb:
        verb = verb.head
    return verb.dep_ in WITHIN


@lru_cache(maxsize=1)
def _scorer() -> Trees:
    return load(MODEL)


def syntax(passage: Passage, pronoun: Token, named: Iterable[tuple[Member, Sequence[Trace]]]) -> list[float]:
    """Log odds of each member by the trained scorer: from their names around the pronoun, and where they spoke."""
    candidates = [_candidate(passage.doc, pronoun.idx, member, traces) for member, traces in named]
    seen = [candidate for candidate in candidates if candidate.mentions]
    chances = iter(_scorer().probability(rows(passage, pronoun, seen)).tolist() if seen else ())
    return [_odds(next(chances) if candidate.mentions else UNSEEN) for candidate in candidates]


def _odds(chance: float) -> float:
    return log(max(chance, 0.01) / max(1 - chance, 0.01))


def _candidate(doc: Doc, place: int, member: Member, traces: Sequence[Trace]) -> Candidate:
    ends = dict(member.mentions) | {trace.start: trace.end for trace in traces if trace.spoke or not member.mentions}
    near = [(a, b) for a, b in sorted(ends.items()) if place - BEHIND < a < place + AHEAD]
    spans = [span for a, b in near if (span := doc.char_span(a, b, alignment_mode="expand")) is not None]
    headline = doc._.oriented.find("\n")
    named_in_it = any(start < headline for start, _ in member.mentions)
    return Candidate(tuple((span.start, span.end) for span in spans), member.gender, named_in_it)
