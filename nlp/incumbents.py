"""Who held the offices that an article names by title alone: "the health secretary" on the day it was published."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc, Token

from nlp.document import people as people_of
from nlp.document import store
from nlp.keys import split_name
from nlp.naming.role_mentions import complement
from nlp.naming.role_phrases import is_head, last_words, left_edge
from nlp.naming.vocabulary import FIRST_NAMES
from nlp.offices.lists import SHIPPED, read_list
from nlp.offices.names import agree
from nlp.offices.register import Register, Term
from nlp.offices.titles import Office, office
from nlp.records import Holding, Person
from nlp.surface import tokens_among

NATIONS = frozenset("scotland scottish wales welsh northern ireland irish".split())
AT_HOME = frozenset("britain british uk united kingdom".split())

PAST = re.compile(r"^(?:former|ex)[\s-]+", re.IGNORECASE)
Tenures = dict[str, list[list[str]]]  # name → first and last day, for each term
Phrase = tuple[int, int, str]  # token bounds without the article, the words


class Incumbents:
    """Stores ``holdings``: role phrases that the register gives to one human on the article's day (doc._.published),
    ``ever_held``: which of the article's people are known to have held an office that it names, and from when to when,
    and ``offices``: the tokens of the phrases that name such an office alone.

    ``register`` is the list that ships until a run puts that of its database in place. An article that has no day,
    or that speaks of the same office abroad, resolves nothing.
    """

    def __init__(self) -> None:
        self.given: Register | None = None

    @cached_property
    def own(self) -> Register:
        return Register(read_list(SHIPPED).terms)

    def __call__(self, doc: Doc) -> Doc:
        register = self.own if self.given is None else self.given
        people = people_of(doc)
        named = frozenset(i for person in people for span in person.mentions for i in _inside(doc, span))
        phrases = list(_phrases(doc, named))
        abroad = {_at_home(doc, phrase) for phrase in phrases if _is_abroad(doc, phrase)}
        found = list(self._holdings(doc, register, people, phrases, named, abroad)) if doc._.published else []
        store(doc, "holdings", found)
        at_home = {text.lower() for _, _, text in phrases if office(text) not in abroad}
        held = {text: terms for text in at_home if (terms := _ever(register, text, people)) is not None}
        doc._.reading["ever_held"] = held
        alone = (
            (start, end) for start, end, text in phrases if held.get(text.lower()) and not _beside(doc, end, named)
        )
        doc._.reading["offices"] = [list(bounds) for bounds in alone]
        return doc

    def _holdings(
        self,
        doc: Doc,
        register: Register,
        people: Sequence[Person],
        phrases: Sequence[Phrase],
        named: frozenset[int],
        abroad: Container[Office | None],
    ) -> Iterator[Holding]:
        for start, end, text in phrases:
            if start and doc[start - 1].lower_ == "the" and end not in named and office(text) not in abroad:
                term = register.holder(text, doc._.published)
                if term is not None:
                    span = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
                    yield _holding(term, span, people)


@Language.factory("incumbents", requires=["doc.spans", "token.tag"])
def incumbents(nlp: Language, name: str) -> Incumbents:
    return Incumbents()


def _beside(doc: Doc, end: int, named: frozenset[int]) -> bool:
    """Whether a name follows the phrase that ends at token ``end``, with or without a comma."""
    return end in named or (doc[end : end + 1].text == "," and end + 1 in named)


def _holding(term: Term, span: tuple[int, int], people: Sequence[Person]) -> Holding:
    """The holder under the name that the article has for them, if it names them."""
    first, _ = split_name(term.name)
    gender = FIRST_NAMES.get(first, "").replace("-", "")
    here = [one for one in people if agree(one.name, term.name) and (not gender or one.gender in ("", gender))]
    named = next((one for one in here if split_name(one.name)[0]), here[0]) if here else None
    return Holding(
        named.name if named else term.name, term.post, span,
        in_text=named is not None, membership=term.id, source=term.source,
    )  # fmt: skip


def _ever(register: Register, text: str, people: Sequence[Person]) -> Tenures | None:
    """Those of the article who ever held the office, also a former one; None when the register does not know it."""
    terms = register.ever(PAST.sub("", text))
    found = {one.name: [[term.start, term.last] for term in terms if agree(one.name, term.name)] for one in people}
    return {name: days for name, days in found.items() if days} if terms else None


def _phrases(doc: Doc, named: frozenset[int]) -> Iterator[Phrase]:
    """Every phrase that ends in an office and names nobody beside it."""
    for token in tokens_among(doc, last_words()):
        if token.i and token.i not in named and is_head(token):
            start = left_edge(doc, token.i, people=named)
            more = token.i + 1 < len(doc) and doc[token.i + 1].lower_ in ("of", "for", "to")
            end = complement(doc, token.i, named) if more else token.i + 1
            yield start, end, doc[start:end].text


def _is_abroad(doc: Doc, phrase: Phrase) -> bool:
    """ "Ukraine's prime minister", "the French health secretary", "the prime minister of Israel"."""
    start, end, _ = phrase
    owner = doc[start - 2] if start > 1 and doc[start - 1].tag_ == "POS" else None
    places = [token for token in (*doc[start:end], *((owner,) if owner is not None else ())) if _is_foreign(token)]
    found = _at_home(doc, phrase)
    nation = found is not None and found.rank == "first minister"  # Scotland's is the first minister
    return any(not nation or token.lower_ not in NATIONS for token in places)


def _is_foreign(token: Token) -> bool:
    return token.ent_type_ in ("GPE", "NORP") and token.lower_ not in AT_HOME and token.is_title


def _at_home(doc: Doc, phrase: Phrase) -> Office | None:
    """The office of a phrase without the country that has it."""
    start, end, _ = phrase
    kept = [token.text for token in doc[start:end] if not _is_foreign(token)]
    return office(" ".join(kept).removesuffix(" of").removesuffix(" for"))


def _inside(doc: Doc, span: tuple[int, int]) -> range:
    tokens = doc.char_span(*span, alignment_mode="expand")
    return range(tokens.start, tokens.end) if tokens is not None else range(0)
