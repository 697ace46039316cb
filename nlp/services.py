"""Public services named in the text: members of lists, head nouns with their modifiers, and our own list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from nlp.document import entities, store
from nlp.naming.service_lists import listed_services
from nlp.records import Entity
from nlp.surface import tokens_among
from nlp.wordlists import Phrases, table, words

Bounds = tuple[int, int]
FIELDS = {
    "health": "health", "education": "education", "transport": "transport", "housing": "social care",
    "defence": "defence", "schools": "education", "hospitals": "health", "roads": "transport",
    "police": "justice", "policing": "justice", "pensions": "welfare", "welfare": "welfare",
}  # fmt: skip
ALONE = {"education": "education", "transport": "transport"}  # "a say on transport": the field says its services
# Bodies that are spoken of as the service they run.
OWN_NAMES = frozenset({"nhs", "health service", "national health service", "army", "the army", "british army"})
OFFICE_WORDS = frozenset("minister ministers secretary spokesman spokeswoman".split())
MEANS = frozenset("numbers funding budget budgets spending pay".split())  # "police numbers" are the police's
WHOLES = frozenset({"school"})
BODY_WORDS = frozenset({"service", "force"})


@lru_cache(maxsize=1)
def _lexicon() -> Phrases:
    return Phrases(table("services"))


@Language.component("services", requires=["token.tag", "doc.spans"], assigns=["doc.spans"])
def services(doc: Doc) -> Doc:
    bodies = {i for body in entities(doc, "organisations") for i in _tokens(doc, body)}
    used: set[int] = set()
    found: dict[str, tuple[str, str, list[Bounds]]] = {}
    listed = list(listed_services(doc))
    others = sorted([*_headed(doc), *_lexical(doc), *_fields(doc), *_alone(doc)], key=lambda span: span[0] - span[1])
    for start, end, kind in [*listed, *others]:  # the longest first
        if not used.isdisjoint(range(start, end)):
            continue
        own = doc[start:end].text.lower() in OWN_NAMES
        if own and listed:  # where services are listed, they are what is spoken of, not the body that runs them
            continue
        if not bodies.isdisjoint(range(start, end)) and not (own and start - 1 not in bodies and end not in bodies):
            continue  # the NHS is a service too; "Larchfield NHS Trust" is none
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
    """One service in the singular and the plural, with a hyphen and without; "police forces" are the police."""
    words = [_singular(token) for token in doc[start:end] if token.text != "-" and not token.is_stop]
    if not words:
        return str(doc[start:end].text.lower())
    if words[-1] in WHOLES:
        return words[-1]  # "secondary schools", then "the schools"
    if len(words) > 1 and words[-1] in BODY_WORDS:
        words.pop()
    return " ".join(words)


def _singular(token: Token) -> str:
    low = token.lower_
    if token.tag_ == "NNS":
        return token.lemma_.lower()
    if low.endswith("ies"):
        return f"{low[:-3]}y"
    return low if low.endswith("ss") else low.removesuffix("s")


def _lexical(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """The word list; "police officers" and the "prisons minister" are people, and who polices a street is no police.

    "Key public services, such as clean streets" names others as what is meant.
    """
    for start, end, kind in _lexicon().find(doc):
        last, after = doc[end - 1], doc[end].lower_ if end < len(doc) else ""
        goes = after not in MEANS and (
            (last.lower_ in ("police", "customs", "services") and _goes_on(doc, end - 1))
            or (last.lower_ == "health" and _goes_on(doc, _last_of_row(doc, end - 1)))
        )
        foreign = last.lower_ == "army" and (last.is_lower or (start > 0 and doc[start - 1].pos_ == "PROPN"))
        if not (goes or foreign or after in OFFICE_WORDS or last.pos_ == "VERB") and not (
            kind == "public" and _exemplified(doc, end)
        ):
            yield start, end, kind


def _last_of_row(doc: Doc, i: int) -> int:
    """The last noun of a row that one noun begins: "mental health, drug or alcohol problems" goes on after it."""
    while i + 2 < len(doc) and doc[i + 1].lower_ in (",", "and", "or") and doc[i + 2].pos_ == "NOUN":
        i += 2
    return i


def _exemplified(doc: Doc, end: int) -> bool:
    """Whether "such as", "including" or "like" follows, a comma before it or not."""
    after = [token.lower_ for token in doc[end : end + 3] if token.text != ","]
    return after[:1] in (["including"], ["like"]) or after[:2] == ["such", "as"]


def _fields(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """ "money for education, health and housing": two fields or more side by side stand for their services."""
    run: list[int] = []
    for token in doc:
        if token.lower_ in FIELDS and token.is_lower and not _goes_on(doc, token.i):
            run.append(token.i)
        elif not (run and token.lower_ in ("and", ",", "or")):
            yield from ((i, i + 1, FIELDS[doc[i].lower_]) for i in run if len(run) > 1)
            run = []
    yield from ((i, i + 1, FIELDS[doc[i].lower_]) for i in run if len(run) > 1)


def _alone(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """ "Issues like transport", "state education": the noun alone or with its modifiers, but no secretary after it."""
    for token in tokens_among(doc, ALONE):
        i = token.i
        plain = token.is_lower or (token.is_sent_start and not doc[i + 1 : i + 2].text.istitle())
        joint = doc[i + 1 : i + 2].text in ("and", "or", "&") and [t.pos_ for t in doc[i + 2 : i + 4]] == ["NOUN"] * 2
        after = doc[i + 1].pos_ if i + 1 < len(doc) else ""
        if plain and token.pos_ in ("NOUN", "PROPN") and not joint and after not in ("NOUN", "PROPN"):
            yield _modifiers(doc, i), i + 1, ALONE[token.lower_]


def _headed(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """ "out-of-hours maternity care", "support for young carers": a head noun with a word of the field before it."""
    heads, fields = table("service_heads"), words("service_fields")
    for token in tokens_among(doc, heads):
        i = token.i
        if token.pos_ in ("NOUN", "PROPN"):
            start = _modifiers(doc, i)
            named = token.lower_ in ("prison", "hospital") and start < i and doc[i - 1].pos_ == "PROPN"
            first = start if named else _drop_evaluation(doc, start, i, fields)
            plain = doc[i - 1].lower_ == "public" or (i - first == 1 and doc[first].lower_ == "free")  # says not which
            body = token.lower_ in ("service", "checks") and doc[i - 1].lower_ == "health"  # a body; what a border does
            if (named or any(doc[k].lower_ in fields for k in range(start, i))) and not (
                _goes_on(doc, i) or body or plain
            ):
                yield first, i + 1, heads[token.lower_]


def _goes_on(doc: Doc, head: int) -> bool:
    """ "care programme" and "service charge" are something else."""
    return head + 1 < len(doc) and doc[head + 1].pos_ in ("NOUN", "PROPN") and doc[head + 1].dep_ != "appos"


def _modifiers(doc: Doc, head: int) -> int:
    """Where the phrase starts: "children's homes" say whose homes they are, "Leeds's homes" say it of one case."""
    start = head
    while start > 0 and (
        (doc[start - 1].pos_ in ("NOUN", "PROPN", "ADJ") and doc[start - 1].is_alpha)
        or (doc[start - 1].text == "-" and not doc[start - 1].whitespace_)
        or (doc[start - 1].tag_ == "POS" and start > 1 and doc[start - 2].tag_ == "NNS")
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
