"""The noun phrase that a role is: the noun it ends in, where it begins, where it ends, and where two of them part."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.naming.vocabulary import CALENDAR, PARTY_WORDS
from nlp.wordlists import words

NOUNLIKE = frozenset({"NOUN", "PROPN", "ADJ"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
PREPOSITIONS = frozenset({"of", "for", "at", "in", "on", "to", "with", "from"})
OPENERS = frozenset({"former", "ex", "shadow", "deputy", "acting", "senior", "leading", "then", "backbench", "veteran"})
BREAKS = frozenset(
    "who which that but has where when while because after before since until if though although".split()
)
TRAILING = PREPOSITIONS | {"and", "the", "a", "an", "now"}  # what a cut phrase may not end in
CLOSERS = frozenset({",", ".", ";", ":", "(", ")", '"', "?", "!", "–", "—"})
LONGEST = 16

Bounds = tuple[int, int]


@lru_cache(maxsize=1)
def heads() -> frozenset[str]:
    return words("role_heads")


@lru_cache(maxsize=1)
def last_words() -> frozenset[str]:
    return frozenset(head.split()[-1] for head in heads() if " of " not in head)


@lru_cache(maxsize=1)
def occupations() -> frozenset[str]:
    """Nouns for what people do, which are surnames when they have a capital."""
    return frozenset(word.split()[-1] for word in words("occupations"))


def is_head(token: Token) -> bool:
    """A noun that a role ends in; "chief" and "general" only where they are nouns."""
    low = token.lower_
    if low in occupations():
        return token.pos_ in ("NOUN", "PROPN") and not (token.is_title and not token.is_sent_start)
    if low in ("am", "ms", "pm") and not token.text.isupper():
        return False
    if low == "executive" and token.is_title and token.i and token.nbor(-1).lower_ != "chief":
        return False  # the Scottish Executive
    noun = token.pos_ in ("NOUN", "PROPN") or token.text.isupper() or low == "mp" or "-" in low  # co-chairman
    return low in last_words() and noun


def is_plural_head(token: Token) -> bool:
    one = token.lower_[:-1]
    known = one in last_words() or one in occupations()
    return known and token.lower_.endswith("s") and token.pos_ in ("NOUN", "PROPN")


def left_edge(doc: Doc, head: int, *, people: frozenset[int]) -> int:
    """The first token of the noun phrase that ends in ``head``; articles, verbs and other people stay out."""
    start = head
    while start > 0:
        token, right = doc[start - 1], doc[start]
        if token.i in people or token.is_space or token.lower_ in CALENDAR:
            break
        if token.lower_ == "and":
            joins = start - 2 >= 0 and doc[start - 2].pos_ in NOUNLIKE and doc[start - 2].i not in people
            if not joins or (right.is_sent_start and not joins):
                break
        elif token.lower_ == "of":
            if not _names_a_body(doc, start):
                break
        elif token.text == "-":
            if token.whitespace_ or start - 2 < 0 or doc[start - 2].whitespace_:
                break
        elif token.tag_ == "POS" or token.text == "'":
            if start - 2 < 0 or doc[start - 2].i in people or not doc[start - 2].text[0].isalpha():
                break
        elif not _modifies(token) or (token.pos_ == "ADJ" and start > 1 and doc[start - 2].lemma_ == "be"):
            break
        start -= 1
        if doc[start].lower_ in PARTY_WORDS and not _goes_on(doc, start):
            break
    while start < head and (doc[start].lower_ == "and" or doc[start].text in ("-", "'", "'s")):
        start += 1
    return start


def _names_a_body(doc: Doc, start: int) -> bool:
    """ "Bank of England governor": a name goes on before "of"; "leader of Ruritania" ends there."""
    left = doc[start - 2] if start > 1 else None
    named = left is not None and left.is_title and left.pos_ == "PROPN" and not left.is_sent_start
    return left is not None and named and not is_head(left) and bool(doc[start].is_title)


def _goes_on(doc: Doc, start: int) -> bool:
    """A party opens the phrase, but for "former Labour", "Liberal Democrat" and a list of parties."""
    left = doc[start - 1] if start else None
    if left is not None and left.lower_ == "and":
        return start > 1 and is_head(doc[start - 2])
    return left is not None and (
        left.lower_ in OPENERS
        or left.lower_ in PARTY_WORDS
        or left.text == "-"
        or is_head(left)
        or left.lower_ in ("scottish", "welsh", "british", "european")
    )


def _modifies(token: Token) -> bool:
    if token.dep_ == "acomp" and token.pos_ == "ADJ":
        return False
    if token.lower_ in OPENERS or token.lower_ in ("most", "managing") or token.lower_ in PARTY_WORDS:
        return True
    return (
        (token.is_alpha or "&" in token.text)
        and token.pos_ in NOUNLIKE
        and token.lower_ not in ("other", "such", "own", "same", "many")
    )


def split_roles(doc: Doc, start: int, end: int) -> Iterator[Bounds]:
    """ "Committee chairman Labour MP" and "Labour peer and former minister" are two roles each."""
    begin = start
    for i in range(start, end - 1):
        after = doc[i + 1]
        if doc[i].lower_ == "and" and _second_role(doc, begin, i, end):
            yield begin, i
            begin = i + 1
        if not is_head(doc[i]) or not any(is_head(doc[k]) for k in range(i + 1, end)):
            continue
        if after.lower_ in ("and", ","):
            yield begin, i + 1
            begin = i + 2
        elif doc[i].lower_ in OPENERS:
            continue  # a veteran Labour MP is one role
        elif after.lower_ in PARTY_WORDS or (after.lower_ in OPENERS and after.lower_ != "deputy"):
            yield begin, i + 1
            begin = i + 1
    yield begin, end


def _second_role(doc: Doc, begin: int, joint: int, end: int) -> bool:
    """ "commissioner for human rights and Irish president": a whole role on both sides of "and"."""
    prepositions = any(token.lower_ in PREPOSITIONS for token in doc[joint:end])
    complete = any(is_head(doc[i]) and doc[i + 1].lower_ in PREPOSITIONS for i in range(begin, joint))
    return complete and not prepositions and is_head(doc[end - 1])


def phrase_end(doc: Doc, start: int, *, people: frozenset[int]) -> int:
    """The end of the noun phrase with its prepositional phrases: a stop, a finite verb, a relative or a person.

    A person after a preposition belongs to the phrase: adviser to President Quill, lawyer for Mr Tarn.
    """
    i = start
    while i < len(doc) and i - start < LONGEST:
        token = doc[i]
        another = i in people and not _is_object(doc, start, i, people)
        if token.text in CLOSERS or token.is_space or another or token.tag_ in FINITE:
            break
        if token.lower_ in ("in", "at", "on", "from") and i + 1 < len(doc) and _tells_when(doc[i + 1]):
            break
        if (
            token.lower_ in BREAKS
            or (token.lower_ == "in" and doc[i + 1 : i + 2].text == "favour")
            or (token.text == "-" and token.whitespace_ and doc[i - 1].whitespace_)
        ):
            break
        i += 1
    while i > start and doc[i - 1].lower_ in TRAILING:
        i -= 1
    return i


def _tells_when(token: Token) -> bool:
    return token.like_num or token.lower_ in CALENDAR or token.text[:1].isdigit()


def _is_object(doc: Doc, start: int, i: int, people: frozenset[int]) -> bool:
    """Whether a preposition, a title or more of the name stand before the person's token at ``i``."""
    while i > start and (i in people or is_head(doc[i])):
        i -= 1
    return i > start and doc[i].lower_ in PREPOSITIONS
