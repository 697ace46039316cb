"""Who is in the article: people and organisations with their mentions, as the speaker resolver looks them up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from nlp.document import entities, people
from nlp.records import Role, Span, Spans
from nlp.speaking.committees import small_bodies

SYNONYMS = {
    "tory": "conservative", "tories": "conservative", "conservatives": "conservative", "lib": "liberal",
    "dem": "democrat", "dems": "democrat", "democrats": "democrat",
    "chairwoman": "chair", "chairman": "chair", "chairperson": "chair", "convener": "chair",
    "spokeswoman": "spokesman", "spokesperson": "spokesman", "lord": "peer", "baroness": "peer", "lady": "peer",
    "earl": "peer", "viscount": "peer", "chief": "head", "director": "head", "boss": "head",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Member:
    """One that may speak. ``kind``: person, organisation, group or unnamed; ``words`` of role, party and employer,
    ``bodies`` those of party and employer alone.

    ``sort`` is what sort of body an organisation is, and "thing" for a description that is nobody's (an entry).
    """

    name: str
    kind: str
    mentions: Spans = ()
    gender: str = ""
    roles: tuple[Role, ...] = ()
    words: frozenset[str] = field(default=frozenset())
    bodies: frozenset[str] = field(default=frozenset())
    sort: str = ""


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
            name=person.name,
            kind="person",
            mentions=person.mentions,
            gender=person.gender,
            roles=person.roles,
            words=_words(person.name, [role.title for role in person.roles], person.organisations),
            bodies=_words("", person.organisations),
        )
        for person in people(doc)
    ]
    bodies = [
        Member(
            name=body.name,
            kind="organisation",
            mentions=body.mentions,
            words=_words("", [body.name, *body.aliases]),
            sort=body.kind,
        )
        for body in entities(doc, "organisations")
    ]
    return Cast(persons + _with_small_bodies(doc, bodies))


def _with_small_bodies(doc: Doc, bodies: Sequence[Member]) -> list[Member]:
    """Committees that are written small beside the bodies; what is named inside their names (the Commons) is not."""
    places: dict[str, list[Span]] = {}
    for name, span in small_bodies(doc):
        fuller = (known for known in places if keys(name) <= keys(known))
        places.setdefault(next(fuller, name), []).append(span)
    if not places:
        return list(bodies)
    taken = [span for spans in places.values() for span in spans]
    kept = [
        replace(body, mentions=tuple(m for m in body.mentions if not any(a <= m[0] and m[1] <= b for a, b in taken)))
        for body in bodies
    ]
    small = [Member(n, "organisation", tuple(spans), words=keys(n), sort="committee") for n, spans in places.items()]
    return [body for body in kept if body.mentions] + small


def key(word: str) -> str:
    """A word as descriptions and roles are compared: lower case, with synonyms as one."""
    lowered = word.lower().rstrip(".,")
    return SYNONYMS.get(lowered, lowered)


def keys(text: str) -> frozenset[str]:
    """The words of a text as they are compared; PM is two of them, and so is a word with a hyphen."""
    plain = text.replace("-", " ").replace("PM", "prime minister")
    return frozenset(key(word) for word in plain.split() if word[0].isalnum())


def _words(name: str, roles: Iterable[str], bodies: Iterable[str] = ()) -> frozenset[str]:
    titled = [word for word in name.split(" ")[:1] if key(word) == "peer"]
    return frozenset().union(*(keys(text) for text in (*roles, *bodies, *titled)))
