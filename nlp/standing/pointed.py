"""What a verdict is about when its subject only points ("it", "the plans") or may be any thing at all ("the hall")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from nlp.standing.evidence import Signal
from nlp.standing.targets import GENERIC, Target, phrase, tells
from nlp.standing.topics import Topic, telling

VERDICTS = frozenset({"verdict", "effect"})
POINTERS = frozenset({"it", "this", "that"})
POINTING = Target("", None, 0.5)
SURE = 0.7  # from here on a phrase is a proposal by its own words


def points(head: Token) -> bool:
    """Whether it names nothing itself, so that what the article argues about is meant."""
    return head.lower_ in POINTERS or (head.lower_ in GENERIC and not tells(head.doc, *phrase(head)))


def settled(signals: Iterable[Signal], about: Sequence[Topic]) -> Iterator[Signal]:
    """The signals, a pointing one's target being the first topic; verdicts on what nobody argues about left out."""
    for signal in signals:
        if signal.target == POINTING:
            if about:
                yield replace(signal, target=Target(about[0].text, about[0].policy, POINTING.sure))
        elif signal.kind not in VERDICTS or _argued(signal.target, about):
            yield signal


def _argued(target: Target, about: Sequence[Topic]) -> bool:
    if target.policy is not None or target.sure >= SURE:
        return True
    stems = telling(target.text)
    return any(stems & topic.stems for topic in about)
