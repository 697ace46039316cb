"""What the components share on a Doc: the text with its marks told apart, and the reading as it grows.

``doc.text`` is the stored text with quotation marks in ASCII, character for character, so ``token.idx`` is an offset
into the stored text. ``doc._.oriented`` is the same text with “ ” ‘ ’ told apart (see marks.py). ``doc._.reading``
maps the field names of ``records.Reading`` to lists of plain dicts (a dataclass there would break ``to_bytes``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from nlp.marks import oriented, to_ascii
from nlp.records import Entity, Figure, Holding, Person, Position, Quote, Reading, Role, Span

Record = Person | Entity | Figure | Quote | Position | Holding

for _name, _default in (("oriented", ""), ("reading", None), ("published", None)):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


class MarkAwareTokenizer:
    """The model's tokenizer over the text with ASCII marks; remembers which marks opened and which closed."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        doc: Doc = self.tokenizer(to_ascii(text))
        doc._.oriented = oriented(text)
        doc._.reading = {}
        return doc

    def to_bytes(self, **kwargs: Any) -> bytes:
        return bytes(self.tokenizer.to_bytes(**kwargs))

    def from_bytes(self, data: bytes, **kwargs: Any) -> MarkAwareTokenizer:
        self.tokenizer.from_bytes(data, **kwargs)
        return self


@Language.component("paragraphs", assigns=["token.is_sent_start"])
def paragraphs(doc: Doc) -> Doc:
    """A paragraph break always ends a sentence; inside a paragraph the parser decides."""
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
    return doc


def store(doc: Doc, field: str, records: Iterable[Record], *, spans: Iterable[Span] = ()) -> None:
    """Puts ``records`` under ``field`` of the reading, and ``spans`` (character offsets) into ``doc.spans[field]``."""
    doc._.reading[field] = [asdict(record) for record in records]
    found = (doc.char_span(start, end, label=field, alignment_mode="expand") for start, end in spans)
    doc.spans[field] = [span for span in found if span is not None]


def people(doc: Doc) -> tuple[Person, ...]:
    return tuple(_person(row) for row in doc._.reading.get("people", ()))


def entities(doc: Doc, field: str) -> tuple[Entity, ...]:
    """The records of ``field``: organisations, services, policies or events."""
    return tuple(_entity(row) for row in doc._.reading.get(field, ()))


def holdings(doc: Doc) -> tuple[Holding, ...]:
    """Role phrases whose holder the register of offices knows."""
    return tuple(Holding(**{**row, "span": tuple(row["span"])}) for row in doc._.reading.get("holdings", ()))


def ever_held(doc: Doc, phrase: str, name: str) -> bool | None:
    """Whether this person of the article ever held the office that a phrase names; None when no register knows it."""
    holders = doc._.reading.get("ever_held", {}).get(phrase.lower())
    return None if holders is None else name in holders


def quotes(doc: Doc) -> tuple[Quote, ...]:
    return tuple(_quote(row) for row in doc._.reading.get("quotes", ()))


def reading_of(doc: Doc) -> Reading:
    """The whole reading of a Doc that went through the pipeline, as frozen records."""
    rows = doc._.reading
    held = [Position(**{**row, "evidence": tuple(row["evidence"])}) for row in rows.get("positions", ())]
    return Reading(
        words=sum(not (token.is_space or token.is_punct) for token in doc),
        people=people(doc),
        organisations=entities(doc, "organisations"),
        services=entities(doc, "services"),
        policies=entities(doc, "policies"),
        events=entities(doc, "events"),
        figures=tuple(Figure(**{**row, "span": tuple(row["span"])}) for row in rows.get("figures", ())),
        quotes=quotes(doc),
        positions=tuple(position for position in held if position.status == "position"),
        suggestions=tuple(position for position in held if position.status != "position"),
        holdings=holdings(doc),
    )


def _pairs(spans: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in spans)


def _person(row: dict[str, Any]) -> Person:
    roles = tuple(Role(**{**role, "span": tuple(role["span"])}) for role in row["roles"])
    return Person(
        **{**row, "mentions": _pairs(row["mentions"]), "roles": roles, "organisations": tuple(row["organisations"])}
    )


def _entity(row: dict[str, Any]) -> Entity:
    linked = tuple((start, end, sure) for start, end, sure in row["linked"])
    return Entity(**{**row, "mentions": _pairs(row["mentions"]), "aliases": tuple(row["aliases"]), "linked": linked})


def _quote(row: dict[str, Any]) -> Quote:
    return Quote(**{**row, **{part: _pairs(row[part]) for part in ("content", "cue", "source")}})
