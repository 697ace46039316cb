"""Roles that a quote's source states for its speaker: "The chancellor said", when that is who spoke."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.document import ever_held, people, quotes, store
from nlp.records import Person, Quote, Role

SURE = 0.75  # of the speaker; nobody gets a role from less


@Language.component("spoken_roles", requires=["doc.spans"], assigns=["doc.spans"])
def spoken_roles(doc: Doc) -> Doc:
    """Adds to each person the offices by which they are said to speak, when the register knows that they held them."""
    known = people(doc)
    added: dict[str, list[Role]] = {}
    for quote in quotes(doc):
        person = next((one for one in known if one.name == quote.speaker), None)
        role = _role(doc, quote, person) if person is not None else None
        if role is not None and person is not None:
            given = added.setdefault(person.name, [])
            if not any(_contains(other.title, role.title) for other in (*person.roles, *given)):
                given.append(role)
    if any(added.values()):
        told = [replace(one, roles=(*one.roles, *added.get(one.name, ()))) for one in known]
        store(doc, "people", told, spans=[span for one in told for span in one.mentions])
    return doc


def _role(doc: Doc, quote: Quote, person: Person) -> Role | None:
    """The office that the source is, where it stands; None when it names the person or is not sure to mean them."""
    if not quote.role or not quote.source or quote.speaker_confidence < SURE:
        return None
    start, end = quote.source[0]
    place = doc._.oriented.find(quote.role, start, end)
    if place < 0 or not ever_held(doc, quote.role, person.name):
        return None
    return Role(quote.role, (place, place + len(quote.role)))


def _contains(one: str, other: str) -> bool:
    ours, theirs = set(one.lower().split()), set(other.lower().split())
    return ours <= theirs or theirs <= ours
