"""Events: conferences, summits, inquiries and other occasions that go by a name."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from nlp.document import store
from nlp.naming.vocabulary import CALENDAR
from nlp.records import Entity
from nlp.surface import tokens_among
from nlp.wordlists import table

LINKS = frozenset({"of", "on", "for", "and"})


@Language.component("events", requires=["token.tag"], assigns=["doc.spans"])
def events(doc: Doc) -> Doc:
    kinds = table("event_heads")
    found: dict[str, tuple[str, str, list[tuple[int, int]]]] = {}
    for start, end in _named(doc, kinds):
        text = doc[start:end].text
        span = (doc[start].idx, doc[start].idx + len(text))
        found.setdefault(text.lower(), (text, kinds[doc[end - 1].lower_], []))[2].append(span)
    records = [Entity(name=name, kind=kind, mentions=tuple(spans)) for name, kind, spans in found.values()]
    store(doc, "events", records, spans=[span for record in records for span in record.mentions])
    return doc


def _named(doc: Doc, kinds: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Capitalised words and numbers before the head; whose event it is ("the Coalition's") stays out."""
    for i in (token.i for token in tokens_among(doc, kinds) if token.i):
        start = i
        while start > 0 and _names(doc, start - 1):
            start -= 1
        while start < i and doc[start].lower_ in LINKS:
            start += 1
        capitals = [word for word in doc[start:i] if word.is_title or word.text.isupper()]
        if capitals and not (
            len(capitals) == 1 and capitals[0].is_sent_start and capitals[0].tag_ not in ("NNP", "NNPS")
        ):
            yield start, i + 1


def _names(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.lower_ in CALENDAR or token.is_space or token.tag_ == "POS":
        return False
    if token.is_digit:
        return (i > 0 and doc[i - 1].is_title) or doc[i + 1].is_title
    if token.lower_ in LINKS:
        return i > 0 and doc[i - 1].is_title and doc[i + 1].is_title
    return (token.is_title or (token.text.isupper() and token.is_alpha)) and not (token.is_sent_start and token.is_stop)
