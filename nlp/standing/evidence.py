"""Evidence for who stands where: single passages (signals), and all on one holder and one target (a case)."""

from __future__ import annotations

from dataclasses import dataclass, field

from nlp.records import Span
from nlp.standing.holders import Holder
from nlp.standing.said import Saying
from nlp.standing.targets import Target
from nlp.standing.topics import Topic


@dataclass(frozen=True, slots=True)
class Signal:
    """One passage whose grammar speaks for (+) or against (-) a holder's support of a target.

    ``alleged``: somebody else says so. ``start`` is where the target stands, ``kind`` that of the Stance.
    """

    holder: Holder
    target: Target
    sign: int
    evidence: Span
    kind: str
    start: int
    quote: int | None = None
    alleged: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence of a quote; ``named``: it names or points at the target."""

    saying: Saying
    named: bool


@dataclass(slots=True)
class Case:
    """All that the article says of one holder and one target."""

    holder: Holder
    target: Target
    topic: Topic | None = None
    rank: int = -1  # of the topic among the article's
    told: list[Signal] = field(default_factory=list)
    said: list[Remark] = field(default_factory=list)
    cue: float = 0.0  # what the reporting verbs show of the speaker's mind
    turned: bool = False  # "But …" opens a paragraph in which the holder speaks
    proposer: bool = False
    party: bool = False  # whether the holder is a party or of one
    side: int = 0  # of the holder; and of the proposer:
    other_side: int = 0
