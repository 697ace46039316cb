"""Noun phrases by part of speech: where their modifiers begin, and where a prepositional phrase ends."""

from __future__ import annotations

from spacy.tokens import Doc

from nlp.naming.vocabulary import CALENDAR

NOUNLIKE = frozenset({"NOUN", "PROPN", "ADJ"})


def modifiers(doc: Doc, head: int) -> int:
    """The first token of the adjectives and nouns right before ``head``; hyphens and possessives belong."""
    start = head
    while start > 0:
        left = doc[start - 1]
        hyphen = left.text == "-" and not left.whitespace_ and start > 1 and not doc[start - 2].whitespace_
        inside = left.is_alpha and (left.pos_ in NOUNLIKE or (doc[start].text == "-" and left.is_alpha))
        if not (
            inside
            or hyphen
            or left.tag_ == "POS"
            or (left.tag_ == "VBN" and doc[start - 2 if start > 1 else 0].text == "-")
        ):
            break
        start -= 1
    while start < head and (doc[start].tag_ == "POS" or doc[start].text == "-"):
        start += 1
    return start


def noun_phrase_end(doc: Doc, start: int) -> int:
    """The end of the noun phrase that begins at ``start``; ``start`` when there is none."""
    i = start
    while i < len(doc) and (doc[i].pos_ in ("DET", "NUM", "PRON") or doc[i].tag_ == "PRP$"):
        i += 1
    last = start
    while i < len(doc):
        token = doc[i]
        if token.pos_ in ("NOUN", "PROPN") and token.is_alpha:
            last = i + 1
        elif not (token.pos_ == "ADJ" or token.tag_ == "POS" or (token.text == "-" and not token.whitespace_)):
            break
        i += 1
    return last


def capital(doc: Doc, i: int) -> bool:
    """Whether a token can be part of a name in capitals: no day or month, no word that only begins a sentence."""
    token = doc[i]
    if token.lower_ in CALENDAR or not token.is_alpha or not token.text[0].isupper():
        return token.text == "-" and i > 0 and not doc[i - 1].whitespace_
    return not (
        token.lower_ in ("no", "any", "this", "that")
        or (token.is_sent_start and (token.is_stop or token.tag_ not in ("NNP", "NNPS", "JJ")))
    )
