"""What capitalised words in a row may be when they are no person's name: a place, a firm, a plan, a people."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.naming.vocabulary import ROLE_WORDS
from nlp.wordlists import words

# Words for what stands before its name: the law firm Quill Tarn, the Catholic movement Opus Tarn.
BODIES = frozenset(
    "firm company group bank movement charity band club agency consultancy consultants chain retailer broker quango "
    "developer organisation party newspaper magazine programme show film game play book novel ship ward constituency "
    "village town city suburb borough district region county island prison camp hospital hotel college".split()
)
PEOPLES = ("an", "ish", "ese", "ch", "li", "qi", "sh")  # what words for somebody of a people end in
INTO = frozenset({"in", "at", "near", "around", "outside", "like", "through", "via", "across", "onto", "inside"})
SEATS = frozenset({"mp", "mep", "msp", "am", "candidate", "member", "seat", "parliament", "constituency", "peer"})


@lru_cache(maxsize=1)
def _places() -> tuple[frozenset[str], frozenset[str]]:
    """Places of several words, and first words of places."""
    known = words("places") | words("countries")
    return frozenset(place for place in known if " " in place), frozenset(place for place in known if " " not in place)


def is_place(parts: tuple[str, ...]) -> bool:
    """ "Milton Keynes", "Manchester Withington", "Bolshevik Russia" (lower case)."""
    whole, first = _places()
    return " ".join(parts) in whole or parts[0] in first or parts[-1] in words("countries")


def is_people(token: Token) -> bool:
    """A word for somebody of a country or faith, as the recogniser sees it, or of somebody's following."""
    return (token.ent_type_ == "NORP" and token.lower_.endswith(PEOPLES)) or token.lower_.endswith(("rite", "tchite"))


def is_called_a_thing(doc: Doc, start: int) -> bool:
    """A noun for what is nobody stands right before."""
    return start > 0 and doc[start - 1].lower_ in BODIES


def names_a_thing(doc: Doc, start: int, end: int) -> bool:
    """ "the Clear Fares plan", "Moorline Buses", "Harrow Cross library", "the law firm Quill Tarn": nobody."""
    last = doc[end - 1]
    if last.tag_ == "NNPS" or last.lower_ in ("st", "rd") or is_called_a_thing(doc, start):
        return True
    if start > 0 and doc[start - 1].lower_ in INTO | {"the"}:
        return True
    if start > 1 and doc[start - 1].lower_ == "for" and doc[start - 2].lower_ in SEATS:
        return True
    if end + 1 < len(doc) and doc[end].is_quote and doc[end + 1].pos_ == "NOUN":
        end += 1  # a 'Harrow Cross' jibe
    if end >= len(doc):
        return False
    after = doc[end]
    if after.text == "-" and not after.whitespace_:
        return True
    if after.text == "'" and end + 1 < len(doc):
        return doc[end + 1].is_title
    return after.tag_ in ("NN", "NNS") and after.is_lower and after.lower_ not in ROLE_WORDS
