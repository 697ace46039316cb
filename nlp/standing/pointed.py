"""What a verdict is about when its subject only points ("it", "the plans") or may be any thing at all ("the hall")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from nlp.standing.evidence import Signal
from nlp.standing.targets import GENERIC, Target, Targets, phrase, tells
from nlp.standing.topics import Topic, telling
from nlp.wordlists import words

VERDICTS = frozenset({"verdict", "effect", "pointed", "gestured", "naming"})
POINTERS = frozenset({"it", "this", "that", "these"})
SURE = 0.7  # from here on a phrase is a proposal by its own words
POINTED = 0.5
WAVED_AT = Target("", None, POINTED)


def points(head: Token) -> bool:
    """Whether it names nothing itself, so that what the article argues about is meant."""
    return head.lower_ in POINTERS or (head.lower_ in GENERIC and not tells(head.doc, *phrase(head)))


def pointed(head: Token, kind: str, known: Target | None, targets: Targets) -> tuple[Target | None, str]:
    """The target of a verdict and its kind: by its own words, by what "it" points back at, or left to the topics."""
    if known is not None:
        return known, "pointed" if head.lower_ in POINTERS else kind
    if head.lower_ in GENERIC and points(head):
        return Target("", None, POINTED), "gestured"
    if not head.tag_.startswith("NN") or head.idx in targets.actors or head.i in targets.persons:
        return None, kind
    if head.lower_ in words("actor_nouns") | words("role_heads"):
        return None, kind
    start, end = phrase(head)  # "the suspension", "UK e-Harbour"
    return Target(str(head.doc[start:end].text), None, POINTED), kind


def settled(signals: Iterable[Signal], about: Sequence[Topic]) -> Iterator[Signal]:
    """The signals, a pointing one's target being the first topic; verdicts on what nobody argues about left out."""
    for signal in signals:
        if not signal.target.text:
            if about:
                yield replace(signal, target=Target(about[0].text, about[0].policy, POINTED))
        elif signal.kind not in VERDICTS or _argued(signal.target, about):
            yield signal


def _argued(target: Target, about: Sequence[Topic]) -> bool:
    if target.policy is not None or target.sure >= SURE:
        return True
    stems, low = telling(target.text), target.text.lower()
    return any(stems & topic.stems or low in topic.text.lower().split() for topic in about)
