"""Whom a subject means that is no name: an office, a spokesman, a pronoun, "the group", "two-thirds of tenants"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from nlp.records import Quote
from nlp.speaking import descriptions
from nlp.speaking.cast import Cast, Member
from nlp.speaking.incumbents import incumbent
from nlp.speaking.pronouns import GENDERS
from nlp.speaking.scene import Scene
from nlp.speaking.titles import by_role
from nlp.wordlists import words

SHARES = descriptions.SHARES | frozenset("majority most many some number hundreds thousands dozens all few".split())
LOOSE = frozenset("group organisation campaign association charity union body coalition alliance".split())
NOT_GROUPS = frozenset({"party", "department", "ministry", "parliament", "country"})
POSSESSIVES = {"his": "he", "her": "she", "their": "they", "its": "it"}
NATIONS = ("NORP", "GPE")
BARE = 2  # "the group"
NEAR = 600  # characters
SURE = 0.5


class Referents:
    """Looks up descriptions in one article; the stage is set only when one is asked for."""

    def __init__(self, doc: Doc, cast: Cast, quotes: Sequence[Quote]) -> None:
        self.doc, self.cast, self.quotes = doc, cast, quotes

    @cached_property
    def _scene(self) -> Scene:
        return Scene(self.doc, self.cast, self.quotes)

    def of(self, subject: Token) -> tuple[str, str] | None:
        """Name and kind of whom it means, or None."""
        found = self.beside(subject)
        if found is not None:
            return found.name, found.kind
        if subject.lower_ in SHARES or subject.text == "%":
            return self._some(subject)
        if subject.lower_ in descriptions.PERSONAL:
            found = self._office(subject)
        elif subject.lower_ in LOOSE:
            found = self._body(subject)
        if found is not None:
            return found.name, found.kind
        if subject.tag_ == "NNPS" and subject.ent_type_ in NATIONS:  # "Britons"
            return subject.text, "group"
        return None

    def pronoun(self, subject: Token) -> tuple[str, str] | None:
        """Whom "he", "her" or "they" means in narration."""
        word = POSSESSIVES.get(subject.lower_, subject.lower_)
        kinds = ("person",) if word in GENDERS else ("organisation", "group")
        found = self._scene.salient(subject.idx, kinds=kinds, gender=GENDERS.get(word, ""), pronoun=subject)
        return (found.member.name, found.member.kind) if found is not None and found.confidence >= SURE else None

    def beside(self, subject: Token) -> Member | None:
        """ "her successor, Ada Quill", "a spokesman for Unison"."""
        for child in subject.children:
            thing = child if child.dep_ == "appos" else None
            if (
                child.dep_ == "prep"
                and child.lower_ in ("for", "from", "at")
                and subject.lower_ in descriptions.UNNAMED
            ):
                thing = next((grand for grand in child.children if grand.dep_ == "pobj"), None)
            if thing is not None:
                named = self.cast.within(thing.idx, thing.idx + len(thing))
                if named:
                    return named[0][0]
        return None

    def _office(self, subject: Token) -> Member | None:
        span: Span = self.doc[subject.left_edge.i : subject.i + 1]
        if not descriptions.is_definite(span):
            return None
        speaker = by_role(self._scene, span) or incumbent(self._scene, span)
        return speaker.member if speaker is not None else None

    def _body(self, subject: Token) -> Member | None:
        """ "the group": the body named last before that is no party, ministry or country."""
        span = self.doc[subject.left_edge.i : subject.i + 1]
        if not descriptions.is_definite(span) or len(span) > BARE:
            own = span[0].tag_ in ("PRP$", "DT")  # "his constituency association"
            return Member(descriptions.described(span[own:] if own else span), "group") if len(span) > BARE else None
        before = [m for m, _ in self.cast.within(max(0, subject.idx - NEAR), subject.idx) if m.kind == "organisation"]
        return next((member for member in reversed(before) if member.sort not in NOT_GROUPS), None)

    def _some(self, share: Token) -> tuple[str, str] | None:
        """ "a majority of tenants" are tenants."""
        links = (child for child in share.children if child.dep_ == "prep" and child.lower_ == "of")
        thing = next((grand for link in links for grand in link.children if grand.dep_ == "pobj"), None)
        if thing is None or thing.tag_ not in ("NNS", "NNPS"):
            return None
        if thing.lower_ in words("actor_nouns") or thing.tag_ == "NNPS":
            start = thing.left_edge.i + (thing.left_edge.pos_ == "DET")
            return str(self.doc[start : thing.i + 1].text), "group"
        return None
