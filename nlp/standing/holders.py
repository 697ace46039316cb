"""Who holds a position: a clause's subject as a person, an organisation or a group of the article."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.document import entities
from nlp.records import Quote
from nlp.speaking.cast import Cast
from nlp.standing.referents import Referents
from nlp.standing.targets import phrase
from nlp.wordlists import Phrases, rows, words

FIRST = frozenset({"we", "i"})
THIRD = {"he": "m", "she": "f", "they": "", "it": "", "his": "m", "her": "f", "their": "", "its": ""}
SINGLE = frozenset({"he", "she", "his", "her"})
# "the union" is the union named last before; alone, with none named, it tells nobody.
BODY_KINDS = {
    "party": "party", "union": "union", "charity": "charity", "department": "department", "ministry": "department",
    "watchdog": "agency", "regulator": "agency", "quango": "agency", "trust": "nhs",
}  # fmt: skip
BODY_NOUNS = frozenset(
    "executive committee commission council association assembly institute group leadership federation campaign "
    "society agency authority board foundation alliance".split()
) | frozenset(BODY_KINDS)
PLAIN = frozenset("senior leading some many most several local opposition other former backbench rural young".split())
DOCUMENTS = frozenset("report study letter survey statement paper inquiry review move".split())
NEAR = 400  # characters


PARTIES = frozenset(form for row in rows("parties") for form in (row[0], *row[1].split(";")))


@lru_cache(maxsize=1)
def _countries() -> Phrases:
    return Phrases({row[0]: row[0] for row in rows("countries")})


@dataclass(frozen=True, slots=True)
class Holder:
    name: str
    kind: str


class Holders:
    """Looks up subjects in one article."""

    def __init__(self, doc: Doc, cast: Cast, quotes: tuple[Quote, ...]) -> None:
        self.doc, self.cast, self.quotes = doc, cast, quotes
        self.referents = Referents(doc, cast, quotes)
        self.policies = {i for span in doc.spans.get("policies", ()) for i in range(span.start, span.end)}
        plans = [policy.name.lower() for policy in entities(doc, "policies")]
        # "the Harbour Pension Scheme" taken for a body: a policy holds nothing.
        self.namesakes = {m.name for m in cast.organisations if any(m.name.lower() in plan for plan in plans)} - PARTIES
        self.kinds = {body.name: body.kind for body in entities(doc, "organisations")}
        self.countries = {
            end - 1: str(doc[start:end].text)
            for start, end, _ in _countries().find(doc)
            if doc[start].is_title or doc[start].is_upper
        }

    def of(self, subject: Token) -> Holder | None:
        """The holder that a subject token names; None for what cannot hold a position."""
        low = subject.lower_
        if subject.i in self.policies:
            return None
        if low in FIRST or low in THIRD:
            return self._pronoun(subject)
        named = self.cast.within(subject.idx, subject.idx + len(subject))
        if named:
            return None if named[0][0].name in self.namesakes else Holder(named[0][0].name, named[0][0].kind)
        beside = self.referents.beside(subject)
        if beside is not None and beside.name not in self.namesakes:
            return Holder(beside.name, beside.kind)
        if low in BODY_NOUNS:
            body = self._body(subject)
            if body is not None or phrase(subject)[0] == subject.i:
                return body
        if low in DOCUMENTS:
            author = next((g for c in subject.children if c.lower_ in ("by", "from") for g in c.children), None)
            return self.of(author) if author is not None else None
        if low in words("actor_nouns"):
            return Holder(self._described(subject), "group")
        country = self.countries.get(subject.i)
        if country:
            return Holder(country, "organisation")
        meant = self.referents.of(subject)
        return Holder(*meant) if meant is not None and meant[0] not in self.namesakes else None

    def _body(self, noun: Token) -> Holder | None:
        """The organisation named last before that goes by the noun or is of its kind."""
        low, before = noun.lower_, [pair for pair in self.cast.within(0, noun.idx) if pair[0].kind == "organisation"]
        kind = BODY_KINDS.get(low)
        for member, _ in reversed(before):
            if member.name.lower().split()[-1] == low or (kind and self.kinds.get(member.name) == kind):
                return Holder(member.name, "organisation")
        return None

    def _pronoun(self, subject: Token) -> Holder | None:
        place = subject.idx
        quote = self._quote(place, "source") or self._quote(place, "content")
        if quote is not None and quote.speaker and quote.speaker_type != "unnamed":
            return Holder(quote.speaker, quote.speaker_type)
        if quote is not None and quote.speaker:
            return None
        if subject.lower_ not in SINGLE:
            meant = self.referents.pronoun(subject) if subject.lower_ in THIRD else None
            return Holder(*meant) if meant is not None else None
        gender = THIRD[subject.lower_]
        before = [
            (member, span)
            for member, span in self.cast.within(max(0, place - NEAR), place)
            if member.kind == "person" and member.gender in ("", gender)
        ]
        if before:
            return Holder(before[-1][0].name, "person")
        meant = self.referents.pronoun(subject)
        return Holder(*meant) if meant is not None else None

    def _quote(self, place: int, part: str) -> Quote | None:
        return next((q for q in self.quotes if any(a <= place < b for a, b in getattr(q, part))), None)

    def _described(self, subject: Token) -> str:
        start, end = phrase(subject)
        if subject.i + 1 < end and self.doc[subject.i + 1].lower_ != "of":
            end = subject.i + 1
        text = str(self.doc[start:end].text)
        first = self.doc[start].lower_
        plain = (first in words("actor_nouns") and not text[1:2].isupper()) or first in PLAIN  # not "MPs"
        return text[:1].lower() + text[1:] if plain else text
