"""Public services named in the text: members of lists, head nouns with their modifiers, and our own list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from nlp.document import entities, store
from nlp.records import Entity
from nlp.surface import tokens_among
from nlp.wordlists import Phrases, table, words

Bounds = tuple[int, int]
LIST_HEADS = frozenset({"services", "service", "treatments", "clinics", "facilities"})
FIELDS = {
    "health": "health", "education": "education", "transport": "transport", "housing": "social care",
    "defence": "defence", "schools": "education", "hospitals": "health", "roads": "transport",
    "police": "justice",
}  # fmt: skip
STOPS = frozenset({".", ";", ":", "(", ")", '"', "?", "!"})
VERB_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})


@lru_cache(maxsize=1)
def _lexicon() -> Phrases:
    return Phrases(table("services"))


@Language.component("services", requires=["token.tag", "doc.spans"], assigns=["doc.spans"])
def services(doc: Doc) -> Doc:
    bodies = {i for body in entities(doc, "organisations") for i in _tokens(doc, body)}
    used: set[int] = set()
    found: dict[str, tuple[str, str, list[Bounds]]] = {}
    for start, end, kind in [*_listed(doc), *_headed(doc), *_lexical(doc), *_fields(doc)]:
        if not used.isdisjoint(range(start, end)) or not bodies.isdisjoint(range(start, end)):
            continue
        used.update(range(start, end))
        span = (doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
        text = doc[start:end].text
        found.setdefault(_key(doc, start, end), (text, kind, []))[2].append(span)
    records = [
        Entity(name=name, kind=kind, mentions=tuple(sorted(spans)))
        for name, kind, spans in sorted(found.values(), key=lambda row: min(row[2]))
    ]
    store(doc, "services", records, spans=[span for record in records for span in record.mentions])
    return doc


def _tokens(doc: Doc, body: Entity) -> Iterator[int]:
    for start, end in body.mentions:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            yield from range(span.start, span.end)


def _key(doc: Doc, start: int, end: int) -> str:
    """One service in the singular and the plural; "policing" is one however the tagger took it."""
    last = doc[end - 1]
    return " ".join([*(token.lower_ for token in doc[start : end - 1]), _singular(last)])


def _singular(token: Token) -> str:
    return token.lemma_.lower() if token.tag_ in ("NNS", "NNPS") else token.lower_


def _listed(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """ "Services including A and B detox, C, D and E": commas split, "and" only before the last member."""
    for i, token in enumerate(doc):
        if token.lower_ not in LIST_HEADS or i + 2 >= len(doc):
            continue
        start = i + 1 + (doc[i + 1].text == ",")
        if doc[start].lower_ in ("including", "like"):
            start += 1
        elif doc[start].lower_ == "such" and doc[start + 1].lower_ == "as":
            start += 2
        else:
            continue
        members = list(_members(doc, start))
        if len(members) > 1:
            yield from ((first, last, "public") for first, last in members)


def _members(doc: Doc, start: int) -> Iterator[Bounds]:
    end = start
    while end < len(doc) and not _list_ends(doc[end]):
        end += 1
    commas = [i for i in range(start, end) if doc[i].text == ","]
    cuts = [start - 1, *commas]
    for n, cut in enumerate(cuts):
        stop = cuts[n + 1] if n + 1 < len(cuts) else end
        begin = cut + 1
        if n == len(cuts) - 1:
            joint = [i for i in range(begin, stop) if doc[i].lower_ in ("and", "or")]
            if joint and joint[0] == begin:
                begin += 1
            elif joint:
                yield from _trim(doc, begin, joint[0])
                begin = joint[0] + 1
        yield from _trim(doc, begin, stop)


def _list_ends(token: Token) -> bool:
    return token.text in STOPS or token.is_space or token.tag_ in VERB_TAGS or token.lower_ in ("who", "which", "that")


def _trim(doc: Doc, start: int, end: int) -> Iterator[Bounds]:
    while start < end and doc[start].pos_ in ("DET", "PRON", "CCONJ"):
        start += 1
    if 0 < end - start <= 8:
        yield start, end


def _lexical(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """The word list; "police officers" and "hospital bosses" are people, not the service."""
    for start, end, kind in _lexicon().find(doc):
        if not (doc[end - 1].lower_ in ("police", "customs") and _goes_on(doc, end - 1)):
            yield start, end, kind


def _fields(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """ "money for education, health and housing": two fields or more side by side stand for their services."""
    run: list[int] = []
    for token in doc:
        if token.lower_ in FIELDS and token.is_lower and not _goes_on(doc, token.i):
            run.append(token.i)
        elif not (run and token.lower_ in ("and", ",", "or")):
            yield from ((i, i + 1, FIELDS[doc[i].lower_]) for i in run if len(run) > 1)
            run = []


def _headed(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """ "out-of-hours maternity care", "support for young carers": a head noun with a word of the field before it."""
    heads, fields = table("service_heads"), words("service_fields")
    for token in tokens_among(doc, heads):
        i = token.i
        if token.pos_ in ("NOUN", "PROPN"):
            start = _modifiers(doc, i)
            named = token.lower_ == "prison" and doc[i - 1].pos_ == "PROPN"
            first = start if named else _drop_evaluation(doc, start, i, fields)
            plain = i - first == 1 and doc[first].lower_ == "public"  # "public services" says not which
            nhs = token.lower_ == "service" and doc[i - 1].lower_ == "health"  # "the health service" is a body
            if (named or any(doc[k].lower_ in fields for k in range(start, i))) and not (
                _goes_on(doc, i) or nhs or plain
            ):
                yield first, i + 1, heads[token.lower_]


def _goes_on(doc: Doc, head: int) -> bool:
    """ "care programme" and "service charge" are something else."""
    return head + 1 < len(doc) and doc[head + 1].pos_ in ("NOUN", "PROPN") and doc[head + 1].dep_ != "appos"


def _modifiers(doc: Doc, head: int) -> int:
    start = head
    while start > 0 and (
        (doc[start - 1].pos_ in ("NOUN", "PROPN", "ADJ") and doc[start - 1].is_alpha)
        or (doc[start - 1].text == "-" and not doc[start - 1].whitespace_)
        or (doc[start - 1].tag_ == "POS")
        or (doc[head].lower_ not in FIELDS and _coordinated(doc, start - 1))
    ):
        start -= 1
    return start


def _coordinated(doc: Doc, i: int) -> bool:
    """ "eye and dental checks": "and" between two words of the field belongs to the name."""
    fields = words("service_fields")
    return (
        doc[i].lower_ in ("and", "or", "&")
        and 0 < i < len(doc) - 1
        and doc[i - 1].lower_ in fields
        and doc[i + 1].lower_ in fields
    )


def _drop_evaluation(doc: Doc, start: int, head: int, fields: frozenset[str]) -> int:
    """The phrase starts at the first word of the field: "world class public services" is "public services"."""
    while start < head and doc[start].lower_ not in fields:
        start += 1
    if doc[start].lower_ == "free" and start + 1 < head:
        start += 1
    return start
