"""Where policies are named: in quotation marks, in capitals, by head noun, by a common name, by what they allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.naming.phrases import capital
from nlp.naming.policy_compounds import broadcast, compounds, heads, remade
from nlp.naming.policy_papers import budgets, manifestos, papers, resolutions
from nlp.surface import text_of, tokens_among
from nlp.wordlists import Phrases, table

NAMED_HEADS = frozenset(
    "act bill scheme strategy plan programme directive directives charter convention treaty initiative agreement levy "
    "tax allowance benefit accord protocol constitution order timetable manifesto framework review fund deal guarantee "
    "code budget agenda package contract service facility amendment guarantee".split()
)
LINKS = frozenset({"of", "for", "on", "and", "the", "to", "&"})
QUOTED = re.compile(r"[‘“]([^‘’“”\n]{3,60})[’”]")
RIGHT = re.compile(
    r"\b(?:introduc\w+|creat\w+|establish\w+|enshrin\w+)\s(?:an?|the)\s(?:new\s|legal\s)?(right to [a-z]+)"
)
ABLE = re.compile(
    r"\b(?:form|set up|create|introduce|establish|launch|become)"
    r"\s((?:[a-z]+-(?:led|owned|run|based|funded))\s[a-z]+s)\b"
)


@lru_cache(maxsize=1)
def _lexicon() -> Phrases:
    return Phrases(table("policies"))


def named_policies(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """(first token, end token, kind), the surest ways of naming first; they may overlap."""
    for find in (_quoted, papers, resolutions, _named, budgets, remade, _common, manifestos, _allowed, compounds):
        yield from find(doc)


def _quoted(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """A name in quotation marks with a policy's head noun beside or inside it: the 'right to provide' scheme."""
    kinds = heads()
    for match in QUOTED.finditer(doc._.oriented):
        span = doc.char_span(match.start(1), match.end(1))
        if span is None or len(span) > 6 or span[-1].is_punct:
            continue
        after = doc[span.end + 1].lemma_.lower() if span.end + 1 < len(doc) else ""
        right = span.text.lower().startswith("right to ")
        named = len(span) > 1 and span[-1].pos_ in ("NOUN", "PROPN", "VERB")
        titled = len(span) > 2 and span[1].lower_ in ("of", "for", "on") and _titles(span[0])
        if right or (named and (after in kinds or titled)):
            yield span.start, span.end, "right" if right else kinds.get(after, ("policy", ""))[0]


def _titles(token: Token) -> bool:
    """ "Certificate of approval", "charter for ferries": the first word says what it is."""
    return token.lemma_.lower() in heads() or token.lower_ == "certificate"


def _named(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Capitalised names: "Terrorism Act 2000", "1701 Act of Settlement", "Succession to the Crown Bill"."""
    kinds = heads()
    for token in tokens_among(doc, NAMED_HEADS):
        i = token.i
        if not token.is_title or broadcast(doc, i):
            continue
        start = i
        while start > 0 and (
            capital(doc, start - 1)
            or (doc[start - 1].lower_ in LINKS and start > 1 and not _another(doc, start) and _linked(doc, start - 1))
        ):
            start -= 1
        start = _first_of_row(doc, start, i)
        if start > 0 and re.fullmatch(r"1\d{3}|20\d\d", doc[start - 1].text):
            start -= 1
        while start < i and (doc[start].lower_ in LINKS or doc[start].text == "-"):
            start += 1
        end = i + 1
        while (
            end + 1 < len(doc)
            and doc[end].lower_ in LINKS - {"and", "to"}
            and (
                capital(doc, end + 1) or (doc[end + 1].lower_ == "the" and end + 2 < len(doc) and capital(doc, end + 2))
            )
        ):
            end += 2
            while end < len(doc) and capital(doc, end):
                end += 1
        if end < len(doc) and re.fullmatch(r"1\d{3}|20\d\d", doc[end].text):
            end += 1
        alone = end - start == 1
        if not alone and (token.lower_ != "service" or doc[start].lower_ not in ("national", "the")):
            if token.lower_ in ("service", "fund", "review", "order", "deal", "contract") and not _scheme_like(
                doc, start, end
            ):
                continue
            yield start, end, kinds.get(token.lemma_.lower(), ("policy", ""))[0]


def _first_of_row(doc: Doc, start: int, head: int) -> int:
    """ "The Ferries, Ports and Piers Bill" has commas in it; a place or another act before it is no part of it."""
    if "and" not in {token.lower_ for token in doc[start:head]}:
        return start
    first = start
    while first > 1 and doc[first - 1].text == "," and capital(doc, first - 2):
        first -= 2
        while first > 0 and capital(doc, first - 1):
            first -= 1
    row = doc[first:start]
    other = any(token.lower_ in NAMED_HEADS or token.ent_type_ in ("GPE", "PERSON", "DATE") for token in row)
    return start if other or not len(row) else first


def _another(doc: Doc, start: int) -> bool:
    """ "The Ferries Act and the Ports Bill" are two."""
    return doc[start - 1].lower_ == "the" and doc[start - 2].lower_ in ("and", "&")


def _scheme_like(doc: Doc, start: int, end: int) -> bool:
    return doc[end - 1].lower_ in ("fund", "review", "deal", "contract", "order") and end - start > 2


def _linked(doc: Doc, i: int) -> bool:
    """A link word inside a name has a capitalised word somewhere to its left, links only between."""
    while i > 0 and doc[i].lower_ in LINKS:
        i -= 1
    return capital(doc, i) and doc[i].tag_ in ("NNP", "NNPS", "NN") and not doc[i].is_sent_start


def _common(doc: Doc) -> Iterator[tuple[int, int, str]]:
    yield from _lexicon().find(doc)


def _allowed(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """What a policy lets people do or have: "introduced a right to request", "able to form employee-led mutuals"."""
    for pattern, kind in ((RIGHT, "right"), (ABLE, "entitlement")):
        for match in pattern.finditer(text_of(doc)):
            span = doc.char_span(match.start(1), match.end(1))
            if span is not None:
                yield span.start, span.end, kind
