"""Bodies that are written small: the Commons work and pensions committee, the joint committee on human rights."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from nlp.naming.vocabulary import CALENDAR
from nlp.records import Span as Chars
from nlp.surface import tokens_among

HEADS = frozenset({"committee", "commission", "subcommittee", "taskforce", "panel", "group"})
PRAISE = frozenset(
    "influential powerful new own key main special senior small whole same other first second latest all-powerful "
    "single this that a an the its their his her our one each every any some no both".split()
)
PLAIN = frozenset("select joint cross party all commons lords parliamentary mps house committee".split())  # any of them
MOST = 8  # words before the head


def small_bodies(doc: Doc) -> Iterator[tuple[str, Chars]]:
    """The name, without article and praise, and the characters of each committee or group that is told from others.

    A word that says more than "select" or "joint", or a subject after "on", tells which one it is.
    """
    for head in tokens_among(doc, HEADS):
        if head.tag_ != "NN" or not head.is_lower:  # those with capitals are names, and known
            continue
        first = _first(doc, head.i)
        last = _subject(doc, head.i)
        if head.lower_ == "group" and not any(token.text == "-" for token in doc[first : head.i]):
            continue  # a group of any sort; the all-party group is one of its own
        telling = (token.lower_ for token in doc[first : head.i] if token.is_alpha)
        if last > head.i + 1 or head.lower_ == "group" or any(word not in PLAIN for word in telling):
            yield doc[first:last].text, (doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))


def _first(doc: Doc, head: int) -> int:
    """The first word that names the body: nouns, adjectives, and "and" between them."""
    first = head
    while first > 0 and head - first < MOST and _modifies(doc[first - 1], doc[first]):
        first -= 1
    while first < head and (doc[first].lower_ in PRAISE or doc[first].pos_ in ("CCONJ", "PUNCT", "PART")):
        first += 1
    return first


def _modifies(token: Token, right: Token) -> bool:
    if token.is_space or token.lower_ in PRAISE:
        return False
    if token.text == "-" and not token.whitespace_:
        return True
    if token.lower_ in ("and", "'s"):
        return right.pos_ in ("NOUN", "PROPN", "ADJ", "PUNCT")
    return token.pos_ in ("NOUN", "PROPN", "ADJ") and token.dep_ not in ("nsubj", "dobj", "pobj", "ROOT")


def _subject(doc: Doc, head: int) -> int:
    """Past "on human rights" and "of inquiry"."""
    if head + 2 < len(doc) and doc[head + 1].lower_ == "on" and _is_subject(doc[head + 2]):
        end = head + 2
        while end < len(doc) and end - head < MOST and _is_subject(doc[end]):
            end += 1
        return end
    return head + 1


def _is_subject(token: Token) -> bool:
    return token.pos_ in ("NOUN", "ADJ", "PROPN") and token.lower_ not in CALENDAR
