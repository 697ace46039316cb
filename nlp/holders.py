"""Who holds a position: a clause's subject as a person, an organisation or a group of the article."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from nlp.cast import Cast
from nlp.records import Quote
from nlp.targets import phrase
from nlp.wordlists import words

FIRST = frozenset({"we", "i"})
THIRD = {"he": "m", "she": "f", "they": "", "it": ""}
BODY_NOUNS = frozenset(
    {"executive", "committee", "commission", "council", "union", "association", "assembly", "institute"}
)
COUNTRIES = frozenset({"GPE"})
NEAR = 400  # characters


@dataclass(frozen=True, slots=True)
class Holder:
    name: str
    kind: str


class Holders:
    """Looks up subjects in one article."""

    def __init__(self, doc: Doc, cast: Cast, quotes: tuple[Quote, ...]) -> None:
        self.doc, self.cast, self.quotes = doc, cast, quotes

    def of(self, subject: Token) -> Holder | None:
        """The holder that a subject token names; None for what cannot hold a position."""
        low = subject.lower_
        if low in FIRST or low in THIRD:
            return self._pronoun(subject)
        named = self.cast.within(subject.idx, subject.idx + len(subject))
        if named:
            return Holder(named[0][0].name, named[0][0].kind)
        if low in BODY_NOUNS:
            known = [
                m
                for m in self.cast.organisations
                if m.name.lower().split()[-1] == low and m.mentions[0][0] < subject.idx
            ]
            if known:
                return Holder(known[-1].name, "organisation")
        if low in words("actor_nouns"):
            return Holder(self._described(subject), "group")
        if subject.ent_type_ in COUNTRIES and subject.dep_ in ("nsubj", "pobj", "conj"):
            return Holder(_entity_text(subject), "organisation")
        return None

    def _pronoun(self, subject: Token) -> Holder | None:
        place = subject.idx
        quote = self._quote(place, "source") or self._quote(place, "content")
        if quote is not None:
            return (
                Holder(quote.speaker, quote.speaker_type) if quote.speaker and quote.speaker_type != "unnamed" else None
            )
        if subject.lower_ not in ("he", "she"):
            return None
        gender = THIRD[subject.lower_]
        before = [
            (member, span)
            for member, span in self.cast.within(max(0, place - NEAR), place)
            if member.kind == "person" and member.gender in ("", gender)
        ]
        return Holder(before[-1][0].name, "person") if before else None

    def _quote(self, place: int, part: str) -> Quote | None:
        return next((q for q in self.quotes if any(a <= place < b for a, b in getattr(q, part))), None)

    def _described(self, subject: Token) -> str:
        start, end = phrase(subject)
        if subject.i + 1 < end and self.doc[subject.i + 1].lower_ != "of":
            end = subject.i + 1
        text = self.doc[start:end].text
        proper = self.doc[start].pos_ == "PROPN" or self.doc[start].ent_type_ or self.doc[start].text.isupper()
        return str(text) if proper else str(text[:1].lower() + text[1:])


def _entity_text(token: Token) -> str:
    """The whole name of a country: "United Kingdom", not "Kingdom"."""
    doc, start, end = token.doc, token.i, token.i + 1
    while start > 0 and doc[start].ent_iob_ == "I" and doc[start - 1].ent_type_ == token.ent_type_:
        start -= 1
    while start < token.i and doc[start].pos_ == "DET":
        start += 1
    return str(doc[start:end].text)
