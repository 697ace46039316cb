"""Runs of capitalised words, in which names are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from nlp.naming.vocabulary import ALSO_SURNAMES, CALENDAR, FIRST_NAMES, PARTICLES, TITLES
from nlp.surface import words_as_written


class Word(NamedTuple):
    """Tokens joined by hyphens ("Scott-Joynt" is one word): text and token bounds."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


def words_of(doc: Doc) -> Iterator[Word]:
    """The words of a Doc, hyphenated ones joined, spaces left out."""
    written = words_as_written(doc)
    i, last = 0, len(written)
    while i < last:
        start = i
        while i + 2 < last and written[i + 1] == "-" and not doc[i].whitespace_ and _joins(doc[i + 1], doc[i + 2]):
            i += 2
        i += 1
        if not written[start].isspace():
            yield Word("".join(written[start:i]), start, i)


def _joins(hyphen: Token, right: Token) -> bool:
    """Names join names; "Quill-style" is a name with something after it."""
    if hyphen.whitespace_ or not right.text[0].isalpha():
        return False
    return bool(right.text[0].isupper() or not right.nbor(-2).is_title)


def runs(doc: Doc) -> Iterator[tuple[Word, ...]]:
    """Maximal runs of capitalised words; a sentence's first word belongs only when it is tagged as a name."""
    run: list[Word] = []
    for word in words_of(doc):
        inside = word.capital
        if inside and word.lower not in TITLES:
            first = doc[word.start]
            plain = (
                first.is_stop or word.lower in CALENDAR or (first.is_sent_start and first.tag_ not in ("NNP", "NNPS"))
            )
            surname = word.lower in ALSO_SURNAMES and bool(run) and run[-1].lower in FIRST_NAMES  # Theresa May
            first_name = word.lower in FIRST_NAMES and bool(word.end < len(doc) and doc[word.end].is_title)
            inside = not plain or surname or first_name
        if inside and run and doc[run[-1].end - 1 : word.start + 1].text.count("\n"):
            yield tuple(run)
            run = []
        if inside or (run and word.lower in PARTICLES and _goes_on(doc, word.end) and len(run[-1].text) > 1):
            run.append(word)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _goes_on(doc: Doc, i: int) -> bool:
    """A capital follows, or one more particle before it: Ida de la Tour."""
    if i < len(doc) and doc[i].lower_ in PARTICLES:
        i += 1
    return bool(i < len(doc) and doc[i].is_title)
