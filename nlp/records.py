"""The records a reading is made of: frozen, offsets into the article's stored text (characters, end exclusive)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Span = tuple[int, int]
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A role as the article states it, and where it stands."""

    title: str
    span: Span
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One human: the fullest name in the article, every mention that names them, roles and bodies as stated."""

    name: str
    mentions: Spans
    roles: tuple[Role, ...] = ()
    organisations: tuple[str, ...] = ()
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """Who held an office that the text names by its title alone, by the register of office holders.

    ``span`` is the role phrase, ``in_text`` whether the article names the holder too, ``membership`` the register's
    row in the database (0 without one), ``source`` where the register has it from.
    """

    name: str
    office: str
    span: Span
    in_text: bool = False
    membership: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation, service, policy or event: its fullest name in the article, its kind, and where it is named.

    ``linked`` holds (start, end, confidence) of words that point back to it: the plans, the move, the bill.
    """

    name: str
    kind: str
    mentions: Spans
    acronym: str | None = None
    aliases: tuple[str, ...] = ()
    linked: tuple[tuple[int, int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount with what it measures."""

    exact: str
    span: Span
    value: float | None = None
    unit: str = ""
    measures: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """One attributed statement. ``speaker`` is None below the threshold; the source spans always stay.

    kind: direct (all content within quotation marks), indirect (none), mixed.
    speaker_type: person, organisation, group, unnamed, or "" when there is no speaker.
    """

    content: Spans
    cue: Spans
    source: Spans
    kind: str
    speaker: str | None
    speaker_type: str = ""
    role: str | None = None
    confidence: float = 0.0
    speaker_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Position:
    """Holder, target, stance (support, oppose, mixed), with the passage that shows it.

    ``policy`` names the Entity the target refers to, ``quote`` is an index into the reading's quotes. ``status`` is
    "position", or "suggestion" for one that is not likely enough to be shown as such; ``confidence`` is its chance.
    """

    holder: str
    holder_type: str
    target: str
    stance: str
    confidence: float
    evidence: Span
    policy: str | None = None
    quote: int | None = None
    status: str = "position"


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one text."""

    words: int
    people: tuple[Person, ...] = ()
    organisations: tuple[Entity, ...] = ()
    services: tuple[Entity, ...] = ()
    policies: tuple[Entity, ...] = ()
    events: tuple[Entity, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    positions: tuple[Position, ...] = ()
    suggestions: tuple[Position, ...] = ()
    holdings: tuple[Holding, ...] = ()

    def as_json(self, text: str) -> dict[str, Any]:
        """The form that the scorers read: spans as [start, end] lists, entities by name."""

        def spans(pairs: Spans) -> list[list[int]]:
            return [[start, end] for start, end in pairs]

        return {
            "quotes": [
                {
                    "content": spans(q.content),
                    "cue": spans(q.cue),
                    "source": spans(q.source),
                    "kind": q.kind,
                    "speaker": q.speaker,
                    "speaker_type": q.speaker_type,
                    "role": q.role,
                    "confidence": round(q.confidence, 3),
                    "speaker_confidence": round(q.speaker_confidence, 3),
                }
                for q in self.quotes
            ],
            "people": [
                {
                    "name": p.name,
                    "mentions": list(dict.fromkeys(text[a:b] for a, b in p.mentions)),
                    "roles": list(dict.fromkeys(r.title for r in p.roles)),
                    "organisations": list(p.organisations),
                }
                for p in self.people
            ],
            "organisations": [e.name for e in self.organisations],
            "positions": [
                {
                    "holder": p.holder,
                    "target": p.target,
                    "stance": p.stance,
                    "confidence": round(p.confidence, 3),
                    "evidence": [list(p.evidence)],
                }
                for p in self.positions
            ],
            "services": [e.name for e in self.services],
            "policies": [e.name for e in self.policies],
            "events": [e.name for e in self.events],
            "figures": [f.exact for f in self.figures],
            "office_holders": [
                {"name": h.name, "office": h.office, "span": list(h.span), "source": h.source} for h in self.holdings
            ],
        }
