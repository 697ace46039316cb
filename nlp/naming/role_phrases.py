"""The grammar of a role as stated: before a name, before it with a comma, after it in apposition, after "is"."""

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
CLOSERS = frozenset({",", ".", ";", ":", "(", ")", '"', "?", "!", "–", "—"})
HOLDING = frozenset(
    {"sits", "chairs", "chaired", "leads", "heads", "runs", "directs", "represents", "edits", "founded", "headed"}
)
TEAMS = frozenset({"team", "couple", "duo", "pair", "brothers", "sisters"})
PREDICATES = frozenset({"the", "a", "an", "chairman", "president", "director"})
LONGEST = 16

Bounds = tuple[int, int]


@lru_cache(maxsize=1)
def heads() -> frozenset[str]:
    return words("role_heads")


@lru_cache(maxsize=1)
def last_words() -> frozenset[str]:
    return frozenset(head.split()[-1] for head in heads() if " of " not in head)


def is_head(token: Token) -> bool:
    """A noun that a role ends in; "chief" and "general" only where they are nouns."""
    low = token.lower_
    if low == "executive" and token.is_title and token.i and token.nbor(-1).lower_ != "chief":
        return False  # the Scottish Executive
    noun = token.pos_ in ("NOUN", "PROPN") or token.text.isupper() or low == "mp" or "-" in low  # co-chairman
    return low in last_words() and noun


def is_plural_head(token: Token) -> bool:
    return token.lower_.endswith("s") and token.lower_[:-1] in last_words() and token.pos_ in ("NOUN", "PROPN")


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
        elif token.text == "-":
            if token.whitespace_ or start - 2 < 0 or doc[start - 2].whitespace_:
                break
        elif token.tag_ == "POS" or token.text == "'":
            if start - 2 < 0 or doc[start - 2].i in people or not doc[start - 2].is_alpha:
                break
        elif not _modifies(token) or (token.pos_ == "ADJ" and start > 1 and doc[start - 2].lemma_ == "be"):
            break
        start -= 1
        if doc[start].lower_ in PARTY_WORDS and not _goes_on(doc, start):
            break
    while start < head and (doc[start].lower_ == "and" or doc[start].text in ("-", "'", "'s")):
        start += 1
    return start


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
    if token.lower_ in OPENERS or token.lower_ in PARTY_WORDS:
        return True
    return token.is_alpha and token.pos_ in NOUNLIKE and token.lower_ not in ("other", "such", "own", "same", "many")


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
        elif after.lower_ in PARTY_WORDS or (after.lower_ in OPENERS and after.lower_ != "deputy"):
            yield begin, i + 1
            begin = i + 1
    yield begin, end


def _second_role(doc: Doc, begin: int, joint: int, end: int) -> bool:
    """ "commissioner for human rights and Irish president": a whole role on both sides of "and"."""
    prepositions = any(token.lower_ in PREPOSITIONS for token in doc[joint:end])
    complete = any(is_head(doc[i]) and doc[i + 1].lower_ in PREPOSITIONS for i in range(begin, joint))
    return complete and not prepositions and is_head(doc[end - 1])


def before(doc: Doc, start: int, *, people: frozenset[int]) -> Iterator[Bounds]:
    """Roles that stand right before the name at token ``start``: "shadow health secretary", "leader of X"."""
    if start == 0 or (doc[start].is_sent_start and doc[start - 1].is_space):
        return
    last = start - 1
    if is_head(doc[last]) or is_plural_head(doc[last]):
        edge = left_edge(doc, last, people=people)
        if any(token.lower_ == "both" for token in doc[max(0, edge - 2) : edge]):  # both the mayor and Bishop Ada Quill
            yield list(split_roles(doc, edge, start))[-1]
            return
        if not any(token.tag_ == "POS" for token in doc[max(0, edge - LONGEST) : edge]):
            yield from before_comma(doc, edge, people=people)  # the chairman of the board, Labour MP Ada Quill
        yield from split_roles(doc, edge, start)
        return
    if doc[last].lower_ in TEAMS and is_head(doc[last - 1]):
        yield last - 1, last
        return
    edge = last
    while edge > max(0, start - LONGEST) and _inside_phrase(doc[edge], people):
        if is_head(doc[edge]) and doc[edge + 1].lower_ in ("of", "for", "at") and edge + 2 < start:
            yield left_edge(doc, edge, people=people), start
            return
        edge -= 1


def _inside_phrase(token: Token, people: frozenset[int]) -> bool:
    plain = token.lower_ in ("the", "of", "for", "at", "and", "'s", "'", "-")
    return token.i not in people and (plain or (token.is_alpha and token.pos_ in NOUNLIKE))


def before_comma(doc: Doc, start: int, end: int = 0, *, people: frozenset[int]) -> Iterator[Bounds]:
    """ "The director of public prosecutions, Ken Macdonald,": a definite noun phrase, a comma, the name.

    Without the ``end`` of the name, another role stands between the comma and the name.
    """
    if start > 1 and doc[start - 1].lower_ == "the":
        start -= 1
    comma = start - 1
    if comma < 1 or doc[comma].text != ",":
        return
    closed = not end or (end < len(doc) and (doc[end].text in (",", ".", "-") or doc[end].lower_ == "qc"))
    for head in range(comma - 1, max(-1, comma - LONGEST), -1):
        token = doc[head]
        if token.i in people or token.text in CLOSERS or token.tag_ in FINITE or token.is_space:
            return
        if is_head(token) and (head + 1 == comma or doc[head + 1].lower_ in ("of", "for", "at", "in")):
            edge = left_edge(doc, head, people=people)
            opens = doc[edge].is_sent_start or (
                edge > 0 and doc[edge - 1].lower_ in ("the", "its", "their", "his", "her", "a")
            )
            clause = edge < 2 or doc[edge].is_sent_start or doc[edge - 1].is_sent_start
            if opens and (closed or clause):
                parts = list(split_roles(doc, edge, head + 1))
                yield from parts[:-1]
                yield parts[-1][0], comma
            return


def after(doc: Doc, end: int, *, people: frozenset[int]) -> Iterator[Bounds]:
    """Roles that follow the name that ends at token ``end``, in apposition or after a copula."""
    if end + 1 >= len(doc):
        return
    token = doc[end]
    if token.text == "," and doc[end + 1].lower_ in ("who", "which"):
        verb = end + 2
        if verb < len(doc) and doc[verb].lower_ in HOLDING:
            stop = _phrase_end(doc, verb + 1, people=people)
            if stop > verb + 1:
                yield verb, stop
            return
        if verb < len(doc) and doc[verb].lower_ in ("is", "was"):
            yield from _apposition(doc, verb + 1, people=people)
    elif token.text == "," or _dash(token) or (token.lower_ in ("is", "was") and doc[end + 1].lower_ in PREDICATES):
        yield from _apposition(doc, end + 1, people=people)


def _dash(token: Token) -> bool:
    return token.text in ("-", "–", "—") and bool(token.whitespace_)


def _apposition(doc: Doc, start: int, *, people: frozenset[int]) -> Iterator[Bounds]:
    while start < len(doc) and (doc[start].pos_ in ("DET", "PRON") or doc[start].lower_ in ("now", "also")):
        start += 1
    stop = _phrase_end(doc, start, people=people)
    head = next((i for i in range(start, stop) if is_head(doc[i]) and not _inside_compound(doc, i, stop)), None)
    if head is None or left_edge(doc, head, people=people) > start:
        return
    if head + 1 < stop and doc[head + 1].lower_ not in PREPOSITIONS | {"and"}:
        return
    if stop < len(doc) and stop in people and doc[stop - 1].text != ",":
        return  # the role belongs to the next name in a list
    if stop < len(doc) and doc[stop].tag_ in FINITE and doc[head].dep_ in ("nsubj", "nsubjpass"):
        return  # Echoing Ada Quill, the mayor said
    yield from split_roles(doc, start, stop)


def _inside_compound(doc: Doc, i: int, stop: int) -> bool:
    return i + 1 < stop and (is_head(doc[i + 1]) or doc[i + 1].tag_ == "POS")


def _phrase_end(doc: Doc, start: int, *, people: frozenset[int]) -> int:
    """The end of the noun phrase with its prepositional phrases: a stop, a finite verb, a relative or a person."""
    i = start
    while i < len(doc) and i - start < LONGEST:
        token = doc[i]
        if token.text in CLOSERS or token.is_space or i in people or token.tag_ in FINITE:
            break
        if token.lower_ in ("who", "which", "that", "but", "has") or (
            token.text == "-" and token.whitespace_ and doc[i - 1].whitespace_
        ):
            break
        i += 1
    return i
