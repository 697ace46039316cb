"""Who is in the article: people and organisations with their mentions, as the speaker resolver looks them up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc

from nlp.document import entities, people
from nlp.records import Role, Span, Spans


@dataclass(frozen=True)
class Member:
    """One that may speak: ``kind`` is person or organisation; ``words`` describe the roles, party and employer."""

    name: str
    kind: str
    mentions: Spans
    gender: str = ""
    roles: tuple[Role, ...] = ()
    words: frozenset[str] = field(default=frozenset(), compare=False)


class Cast:
    """Members of the article by place."""

    def __init__(self, members: Iterable[Member]) -> None:
        self.members = tuple(members)
        self.people = tuple(member for member in self.members if member.kind == "person")
        self.organisations = tuple(member for member in self.members if member.kind == "organisation")
        self._places = sorted((*span, i) for i, member in enumerate(self.members) for span in member.mentions)
        self._starts = [place[0] for place in self._places]
        self._reach = max((end - start for start, end, _ in self._places), default=0)

    def within(self, start: int, end: int) -> list[tuple[Member, Span]]:
        """Mentions that overlap the characters ``start`` to ``end``, in order."""
        low = bisect_left(self._starts, start - self._reach)
        high = bisect_left(self._starts, end)
        return [(self.members[i], (a, b)) for a, b, i in self._places[low:high] if b > start]


def cast_of(doc: Doc) -> Cast:
    """The people and organisations that earlier components found."""
    persons = [
        Member(
            p.name, "person", p.mentions, p.gender, p.roles, _words(p.name, [r.title for r in p.roles], p.organisations)
        )
        for p in people(doc)
    ]
    bodies = [
        Member(e.name, "organisation", e.mentions, words=_words("", [e.name, *e.aliases]))
        for e in entities(doc, "organisations")
    ]
    return Cast(persons + bodies)


SYNONYMS = {
    "tory": "conservative", "tories": "conservative", "conservatives": "conservative", "lib": "liberal",
    "dem": "democrat", "dems": "democrat", "democrats": "democrat", "pm": "premier", "prime": "premier",
    "chairwoman": "chair", "chairman": "chair", "chairperson": "chair", "secretary": "minister",
    "spokeswoman": "spokesman", "spokesperson": "spokesman", "lord": "peer", "baroness": "peer", "lady": "peer",
    "earl": "peer", "viscount": "peer", "mps": "mp", "chief": "head", "director": "head", "boss": "head",
}  # fmt: skip


def key(word: str) -> str:
    """A word as descriptions and roles are compared: lower case, with synonyms as one."""
    lowered = word.lower().rstrip(".,")
    return SYNONYMS.get(lowered, lowered)


def _words(name: str, roles: Iterable[str], bodies: Iterable[str] = ()) -> frozenset[str]:
    first = name.split(" ")[:1]
    titled = [word for word in first if key(word) == "peer"]
    return frozenset(key(word) for text in (*roles, *bodies, *titled) for word in text.replace("-", " ").split())
