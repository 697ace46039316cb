"""What a verdict is about when its subject only points ("it", "the plans") or may be any thing at all ("the hall")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from nlp.standing.evidence import Signal
from nlp.standing.targets import GENERIC, Target, phrase, tells
from nlp.standing.topics import Topic, telling

VERDICTS = frozenset({"verdict", "effect", "pointed", "gestured", "naming"})
POINTERS = frozenset({"it", "this", "that", "these"})
SURE = 0.7  # from here on a phrase is a proposal by its own words
POINTED = 0.5
WAVED_AT = Target("", None, POINTED)


def points(head: Token) -> bool:
    """Whether it names nothing itself, so that what the article argues about is meant."""
    return head.lower_ in POINTERS or (head.lower_ in GENERIC and not tells(head.doc, *phrase(head)))


def pointed(head: Token, kind: str, known: Target | None) -> tuple[Target | None, str]:
    """The target of a verdict and its kind: by its own words, by what "it" points back at, or left to the topics."""
    if known is not None:
        return known, "pointed" if head.lower_ in POINTERS else kind
    if head.lower_ in GENERIC and points(head):
        return Target("", None, POINTED), "gestured"
    single = head.tag_.startswith("NN") and phrase(head) == (head.i, head.i + 1)  # "the suspension"
    return (Target(str(head.text), None, POINTED), kind) if single else (None, kind)


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
    stems = telling(target.text)
    return any(stems & topic.stems for topic in about)
