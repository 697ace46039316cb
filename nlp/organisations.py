"""Organisations: departments, NHS bodies, parties, unions, charities, agencies; acronyms tied to their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from nlp.document import people, store
from nlp.naming.body_names import named_bodies, parties
from nlp.records import Entity
from nlp.surface import text_of

Bounds = tuple[int, int]


@dataclass(slots=True)
class Body:
    name: str
    kind: str
    spans: list[Bounds] = field(default_factory=list)  # characters
    acronym: str | None = None
    forms: dict[str, None] = field(default_factory=dict)
    standing: list[str] = field(default_factory=list)  # forms in which a party is named for itself


@Language.component("organisations", requires=["doc.ents", "doc.spans"], assigns=["doc.spans"])
def organisations(doc: Doc) -> Doc:
    taken = {token for person in people(doc) for token in _tokens_of(doc, person.mentions)}
    bodies: dict[str, Body] = {}
    used: set[int] = set()
    for start, end, kind in named_bodies(doc, taken):
        if used.isdisjoint(range(start, end)):
            used.update(range(start, end))
            _add(bodies, doc, start, end, kind)
    _tie_acronyms(doc, bodies)
    records = [_entity(body) for body in sorted(bodies.values(), key=lambda body: min(body.spans))]
    store(doc, "organisations", records, spans=[span for record in records for span in record.mentions])
    return doc


def _tokens_of(doc: Doc, spans: tuple[Bounds, ...]) -> Iterator[int]:
    for start, end in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            yield from range(span.start, span.end)


def _add(bodies: dict[str, Body], doc: Doc, start: int, end: int, kind: str) -> None:
    text = doc[start:end].text
    kind, _, party = kind.partition(":")
    key = party or text.removeprefix("The ").removeprefix("the ")
    if key.lower() == "government":
        key = "the government"  # the only body that has no name without its article
    if not party:
        text = key
    body = bodies.setdefault(key, Body(text, kind))
    last = doc[end - 1]
    body.spans.append((last.idx + len(last) - len(doc[start:end].text), last.idx + len(last)))
    body.forms[text] = None
    if party:
        if end >= len(doc) or doc[end].pos_ not in ("NOUN", "PROPN"):  # a Labour Party spokesman calls it Labour
            body.standing.append(text)
        body.name = _party_name(body, parties()[1][party])


def _party_name(body: Body, order: Sequence[str]) -> str:
    """The fullest form that stands for the party itself; letters alone stand for its name in full."""
    if not body.standing:
        return next(iter(body.forms))
    letters = all(form.isupper() for form in body.standing)
    return min(body.forms if letters else body.standing, key=order.index)


def _tie_acronyms(doc: Doc, bodies: dict[str, Body]) -> None:
    """ "British Medical Association (BMA)": the letters stand in brackets after the name, or match its capitals."""
    text = text_of(doc)
    for key, body in list(bodies.items()):
        if key not in bodies or body.kind == "party":
            continue
        for _, end in body.spans:
            bracket = re.match(r"\s\(([A-Z][A-Za-z]+)\)", text[end : end + 14])
            if bracket:
                body.acronym = bracket.group(1)
        letters = "".join(word[0] for word in body.name.split() if word[0].isupper())
        if body.acronym is None and len(letters) > 2 and letters in bodies and letters != key:
            body.acronym = letters
        if body.acronym:
            body.spans += [(m.start(), m.end()) for m in re.finditer(rf"\b{body.acronym}\b", text)]
        other = bodies.get(body.acronym or "")
        if body.acronym and other is not None and other is not body:
            body.spans += other.spans
            body.forms.update(other.forms)
            del bodies[body.acronym]


def _entity(body: Body) -> Entity:
    aliases = tuple(form for form in body.forms if form != body.name)
    return Entity(
        name=body.name, kind=body.kind, mentions=tuple(sorted(set(body.spans))), acronym=body.acronym, aliases=aliases
    )
