"""Policies named in lower case: a head noun with what tells which one it is; and what is remade."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.naming.phrases import capital, modifiers, noun_phrase_end
from nlp.surface import tokens_among
from nlp.wordlists import rows, words

BROADCASTERS = frozenset({"bbc", "itv", "gmtv", "channel", "radio", "sky", "newsnight", "tv", "television", "today"})
COMPLEMENTS = frozenset({"on", "against"})
# Plans of parties and firms, trials, and what says nothing of which.
CAMPAIGNS = frozenset(
    "election elections media campaign exit merger work economic domestic pilot trial overall m bn".split()
)
REMAKING = frozenset(
    "reform overhaul abolition privatisation shake-up reorganisation reclassification revaluation".split()
)


@lru_cache(maxsize=1)
def heads() -> dict[str, tuple[str, str]]:
    """Head noun (lemma) to its kind and what names a policy with it.

    strong: any modifier that tells; weak: a noun; named: a name in capitals or a count ("five-year plan").
    """
    return {row[0]: (row[1], row[2]) for row in rows("policy_heads")}


def compounds(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Lower-case names: a policy's head noun with a modifier that tells which ("anti-terrorism legislation")."""
    kinds, general = heads(), words("policy_general") | CAMPAIGNS
    actors = {i for span in doc.spans.get("organisations", ()) for i in range(span.start, span.end)}
    for i, token in enumerate(doc):
        kind, strength = kinds.get(token.lemma_.lower(), ("", ""))
        if not kind or token.pos_ not in ("NOUN", "PROPN") or goes_on(doc, i) or broadcast(doc, i):
            continue
        start = max([modifiers(doc, i), *(k + 1 for k in range(modifiers(doc, i), i) if doc[k].tag_ == "POS")])
        while (
            start < i
            and (doc[start].lower_ in general or doc[start].text in ("-", "'s", "'"))
            and doc[start + 1].text != "-"
            and not _begins_a_name(doc, start, actors)
        ):
            start += 1
        telling = [t for t in doc[start:i] if t.is_alpha and t.lower_ not in general and _relates(t) and not _aged(t)]
        if start > 1 and doc[start - 1].text == "-" and doc[start - 2].is_digit:
            start -= 2
        if telling and all(t.i in actors for t in telling):  # "Green Party plans" are whose, not which
            continue
        nouns = [t for t in telling if t.pos_ in ("NOUN", "PROPN")]
        enough = strength == "strong" or (nouns and kind not in ("benefit", "tax") and strength != "named")
        if telling and (enough or _called(doc, start, i)) and not _possessive(doc, i):
            yield start, i + 1, kind
        elif (
            i + 1 < len(doc)
            and doc[i + 1].lower_ in COMPLEMENTS
            and kind in ("law", "policy")
            and (token.lemma_.lower() not in ("power", "cut", "order") and token.lower_ != "policies")
        ):
            end = noun_phrase_end(doc, i + 2)
            first = modifiers(doc, i)
            spelt = (
                strength != "strong" or token.lemma_.lower() == "directive"
            )  # a strong head without "on" is found above
            if end > i + 2 and doc[i + 2].pos_ in ("NOUN", "PROPN", "ADJ") and spelt:
                yield first, end, kind


def _called(doc: Doc, start: int, head: int) -> bool:
    """ "The Clear Fares plan", "a five-year plan", "anti-fraud measures": a name, a count that serves as one, a foe."""
    count = any(doc[i].text == "-" and doc[i + 1].lower_ in ("year", "point") for i in range(start + 1, head - 1))
    against = any(doc[i].lower_ == "anti" for i in range(start, head - 1))
    return count or against or (doc[start].is_title and not doc[start].is_sent_start and doc[start + 1].is_title)


def remade(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """ "Overhaul of policing", "reform of the House of Lords": what is done, and to what."""
    for token in tokens_among(doc, REMAKING | {"reforms"}):
        i = token.i
        if token.pos_ == "NOUN" and i + 2 < len(doc) and doc[i + 1].lower_ in ("of", "to"):
            if doc[i + 2].lower_ in ("this", "that") or doc[i + 3 : i + 4].text == "way":
                continue
            end = i + 3 if doc[i + 2].tag_ == "VBG" else noun_phrase_end(doc, i + 2)
            while end < len(doc) and end > i + 2 and doc[end].lower_ == "of" and capital(doc, end - 1):
                end = noun_phrase_end(doc, end + 1)
            if end > i + 2:
                yield i, end, "reform"


def _begins_a_name(doc: Doc, i: int, actors: set[int]) -> bool:
    """ "Clear" says little by itself, but in "the Clear Fares plan" it is part of a name."""
    here, after = doc[i], doc[i + 1]
    return here.is_title and after.is_title and not here.is_sent_start and i not in actors and here.pos_ != "ADP"


def broadcast(doc: Doc, head: int) -> bool:
    """ "BBC Two's Harbour Watch programme" is no policy."""
    return doc[head].lower_ == "programme" and any(t.lower_ in BROADCASTERS for t in doc[max(0, head - 7) : head])


def _aged(token: Token) -> bool:
    """ "The 15-year-old ban": how old it is tells not which."""
    return token.lower_ == "year" and token.doc[token.i + 2 : token.i + 3].text.lower() == "old"


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
