"""Where policies are named: in quotation marks, in capitals, by head noun, by a common name, by what they allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.naming.phrases import modifiers, noun_phrase_end
from nlp.naming.vocabulary import BODY_HEADS, BODY_WORDS, CALENDAR, PARTY_WORDS
from nlp.surface import text_of, tokens_among
from nlp.wordlists import Phrases, rows, table, words

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
BROADCASTERS = frozenset({"bbc", "itv", "gmtv", "channel", "radio", "sky", "newsnight", "tv", "television"})
COMPLEMENTS = frozenset({"on", "against"})
PAPERS = frozenset({"paper", "papers", "review", "report"})
REMAKING = frozenset({"reform", "overhaul", "abolition", "privatisation", "shake-up"})


@lru_cache(maxsize=1)
def heads() -> dict[str, tuple[str, str]]:
    """Head noun (lemma) to its kind and whether any modifier names a policy (strong) or only a telling noun (weak)."""
    return {row[0]: (row[1], row[2]) for row in rows("policy_heads")}


@lru_cache(maxsize=1)
def _lexicon() -> Phrases:
    return Phrases(table("policies"))


def named_policies(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """(first token, end token, kind), the surest ways of naming first; they may overlap."""
    for find in (_quoted, _papers, _named, _remade, _common, _allowed, _compounds):
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
        if right or (named and (after in kinds or span[0].lemma_ in kinds or span[0].lower_ == "certificate")):
            yield span.start, span.end, "right" if right else kinds.get(after, ("policy", ""))[0]


def _papers(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """What a government or a reviewer puts on paper: a Green Paper on pensions, the Quill Review, the Quill report."""
    for token in tokens_among(doc, PAPERS):
        i = token.i
        if i == 0:
            continue
        before = doc[i - 1]
        if token.lower_ in ("paper", "papers") and before.lower_ in ("white", "green", "consultation"):
            about = i + 1 < len(doc) and doc[i + 1].lower_ == "on"
            end = noun_phrase_end(doc, i + 2) if about else i + 1
            yield i - 1, max(end, i + 1), "review"
        elif token.lower_ in ("review", "report") and i > 1 and _surname(doc, i - 1):
            named = token.is_title or doc[i - 2].lower_ == "the"
            yield from [(i - 1, i + 1, "review")] if named else []


def _surname(doc: Doc, i: int) -> bool:
    """One capitalised word that names nobody's body or place: the Quill report, not the Commons report."""
    token = doc[i]
    return (
        token.is_title
        and token.tag_ == "NNP"
        and not _capital(doc, i - 1)
        and token.ent_type_ not in ("GPE", "NORP", "LOC", "DATE")
        and token.lower_ not in CALENDAR | BODY_HEADS | BODY_WORDS | PARTY_WORDS
    )


def _named(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Capitalised names: "Terrorism Act 2000", "1701 Act of Settlement", "Succession to the Crown Bill"."""
    kinds = heads()
    for token in tokens_among(doc, NAMED_HEADS):
        i = token.i
        if not token.is_title:
            continue
        start = i
        while start > 0 and (
            _capital(doc, start - 1) or (doc[start - 1].lower_ in LINKS and start > 1 and _linked(doc, start - 1))
        ):
            start -= 1
        if start > 0 and re.fullmatch(r"1\d{3}|20\d\d", doc[start - 1].text):
            start -= 1
        while start < i and (doc[start].lower_ in LINKS or doc[start].text == "-"):
            start += 1
        end = i + 1
        while (
            end + 1 < len(doc)
            and doc[end].lower_ in LINKS
            and (
                _capital(doc, end + 1)
                or (doc[end + 1].lower_ == "the" and end + 2 < len(doc) and _capital(doc, end + 2))
            )
        ):
            end += 2
            while end < len(doc) and _capital(doc, end):
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


def _scheme_like(doc: Doc, start: int, end: int) -> bool:
    return doc[end - 1].lower_ in ("fund", "review", "deal", "contract", "order") and end - start > 2


def _capital(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.lower_ in CALENDAR or not token.is_alpha or not token.text[0].isupper():
        return token.text == "-" and i > 0 and not doc[i - 1].whitespace_
    return not (
        token.lower_ in ("no", "any", "this", "that")
        or (token.is_sent_start and (token.is_stop or token.tag_ not in ("NNP", "NNPS", "JJ")))
    )


def _linked(doc: Doc, i: int) -> bool:
    """A link word inside a name has a capitalised word somewhere to its left, links only between."""
    while i > 0 and doc[i].lower_ in LINKS:
        i -= 1
    return _capital(doc, i) and doc[i].tag_ in ("NNP", "NNPS", "NN") and not doc[i].is_sent_start


def _compounds(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Lower-case names: a policy's head noun with a modifier that tells which ("anti-terrorism legislation")."""
    kinds, general = heads(), words("policy_general")
    actors = {i for span in doc.spans.get("organisations", ()) for i in range(span.start, span.end)}
    for i, token in enumerate(doc):
        kind, strength = kinds.get(token.lemma_.lower(), ("", ""))
        if not kind or token.pos_ not in ("NOUN", "PROPN") or goes_on(doc, i) or _broadcast(doc, i):
            continue
        start = max([modifiers(doc, i), *(k + 1 for k in range(modifiers(doc, i), i) if doc[k].tag_ == "POS")])
        while (
            start < i
            and (doc[start].lower_ in general or doc[start].text in ("-", "'s", "'"))
            and doc[start + 1].text != "-"
            and not _begins_a_name(doc, start, actors)
        ):
            start += 1
        telling = [t for t in doc[start:i] if t.is_alpha and t.lower_ not in general and _relates(t)]
        if telling and all(t.i in actors for t in telling):  # "Green Party plans" are whose, not which
            continue
        nouns = [t for t in telling if t.pos_ in ("NOUN", "PROPN")]
        if telling and (strength == "strong" or (nouns and kind not in ("benefit", "tax"))) and not _possessive(doc, i):
            yield start, i + 1, kind
        elif (
            i + 1 < len(doc)
            and doc[i + 1].lower_ in COMPLEMENTS
            and kind in ("law", "policy")
            and token.lemma_.lower() not in ("power", "cut", "order")
        ):
            end = noun_phrase_end(doc, i + 2)
            first = modifiers(doc, i)
            if end > i + 2 and doc[i + 2].pos_ in ("NOUN", "PROPN", "ADJ") and strength != "strong":
                yield first, end, kind


def _remade(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """ "Overhaul of policing", "reform of the House of Lords": what is done, and to what."""
    for token in tokens_among(doc, REMAKING | {"reforms"}):
        i = token.i
        if token.pos_ == "NOUN" and i + 2 < len(doc) and doc[i + 1].lower_ in ("of", "to"):
            end = i + 3 if doc[i + 2].tag_ == "VBG" else noun_phrase_end(doc, i + 2)
            while end < len(doc) and end > i + 2 and doc[end].lower_ == "of" and _capital(doc, end - 1):
                end = noun_phrase_end(doc, end + 1)
            if end > i + 2:
                yield i, end, "reform"


def _begins_a_name(doc: Doc, i: int, actors: set[int]) -> bool:
    """ "Clear" says little by itself, but in "the Clear Fares plan" it is part of a name."""
    here, after = doc[i], doc[i + 1]
    return here.is_title and after.is_title and not here.is_sent_start and i not in actors and here.pos_ != "ADP"


def _broadcast(doc: Doc, head: int) -> bool:
    """ "BBC Two's Harbour Watch programme" is no policy."""
    return doc[head].lower_ == "programme" and any(t.lower_ in BROADCASTERS for t in doc[max(0, head - 7) : head])


def _relates(modifier: Token) -> bool:
    """A noun, or an adjective that says of what ("electoral", "anti-fraud"), not what it is like ("risky")."""
    if modifier.pos_ != "ADJ" or modifier.is_title or "-" in _beside(modifier):
        return True
    return modifier.lower_.endswith(("al", "ic", "ary", "ist", "ive", "ar"))


def _beside(token: Token) -> tuple[str, ...]:
    doc = token.doc
    return tuple(doc[i].text for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc))


def goes_on(doc: Doc, head: int) -> bool:
    after = doc[head + 1] if head + 1 < len(doc) else None
    return after is not None and ((after.pos_ in ("NOUN", "PROPN") and after.dep_ != "appos") or after.text == "-")


def _possessive(doc: Doc, head: int) -> bool:
    """ "Mr Brown's plans" names no policy: the only modifier is whose it is."""
    return doc[head - 1].tag_ == "POS"


def _common(doc: Doc) -> Iterator[tuple[int, int, str]]:
    yield from _lexicon().find(doc)


def _allowed(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """What a policy lets people do or have: "introduced a right to request", "able to form employee-led mutuals"."""
    for pattern, kind in ((RIGHT, "right"), (ABLE, "entitlement")):
        for match in pattern.finditer(text_of(doc)):
            span = doc.char_span(match.start(1), match.end(1))
            if span is not None:
                yield span.start, span.end, kind
