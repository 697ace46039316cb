"""Runs of capitalised words, and the person names inside them by shape: what the entity recogniser gets wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc, Token

from nlp.naming.vocabulary import (
    ALSO_SURNAMES,
    BODY_HEADS,
    BODY_NAMES,
    BODY_WORDS,
    CALENDAR,
    FIRST_NAMES,
    HUMBLE,
    LAWS,
    PARTICLES,
    PARTY_WORDS,
    PEERAGE,
    PLACE_HEADS,
    ROLE_WORDS,
    ROYAL,
    TITLES,
)
from nlp.surface import words_as_written
from nlp.wordlists import words


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


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a person: titles, the words of the name, token bounds of the whole."""

    titles: tuple[str, ...]
    parts: tuple[str, ...]
    start: int
    end: int
    evidence: str = ""

    @property
    def gender(self) -> str:
        told = [TITLES[title] for title in self.titles if TITLES.get(title, "-") != "-"]
        return told[0] if told else ""


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
    return not hyphen.whitespace_ and right.is_alpha


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
        if inside or (
            run and word.lower in PARTICLES and word.end < len(doc) and doc[word.end].is_title and len(run[-1].text) > 1
        ):
            run.append(word)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def is_other(word: Word) -> bool:
    """A capitalised word that is no part of a person's name: party, role, body or place."""
    low = word.lower
    return (
        low in PARTY_WORDS
        or low in ROLE_WORDS
        or low in BODY_HEADS
        or low in BODY_WORDS
        or low in PLACE_HEADS
        or low in CALENDAR
        or (word.text.isupper() and len(word.text) > 1 and "." not in word.text)
    )


def names_in(doc: Doc, run: tuple[Word, ...], *, people: frozenset[int]) -> Iterator[Name]:
    """Names of two words or more, or with a title, in one run.

    ``people`` holds the tokens that the entity recogniser labelled PERSON.
    """
    i = 0
    while i < len(run):
        titles = []
        start = i
        while i < len(run) and run[i].lower in TITLES and (i + 1 < len(run) or run[i].lower in ROYAL):
            titles.append(run[i].lower)
            i += 1
        name = _titled(doc, run, start, i, titles) if titles else _plain(doc, run, i, people=people)
        if name:
            yield name
            i = next((k for k, word in enumerate(run) if word.start >= name.end), len(run))
        elif not titles:
            i += 1


def _name_words(run: tuple[Word, ...], i: int, *, most: int = 4) -> int:
    """The end index of the name words that start at ``i``."""
    j = i
    while j < len(run) and j - i < most:
        word = run[j].lower
        surname = j > i and (word in FIRST_NAMES or (word in ALSO_SURNAMES and run[j - 1].lower in FIRST_NAMES))
        if not surname and (is_other(run[j]) or (j > i and word in TITLES)):
            break
        j += 1
    while j > i and run[j - 1].lower in PARTICLES:
        j -= 1
    return j


def _titled(doc: Doc, run: tuple[Word, ...], start: int, i: int, titles: list[str]) -> Name | None:
    j = _name_words(run, i)
    if j == i and i < len(run) and titles[-1] in HUMBLE | PEERAGE | {"sir", "dame", "dr"}:
        j = i + 1  # a surname that looks like a role or a body: Mr Church, Lord Chancellor is no name
        if run[i].lower in ROLE_WORDS:
            return None
    end = run[j - 1].end if j > i else run[i - 1].end
    parts = tuple(word.text for word in run[i:j])
    of_place = _of_place(doc, end) if titles[-1] in PEERAGE | ROYAL else 0
    if of_place and (not parts or titles[-1] in PEERAGE | ROYAL):
        parts += tuple(token.text for token in doc[end:of_place])
        end = of_place
    if not parts:
        return None
    if titles[-1] in ROYAL and (parts[0] == "of" or titles[-1] != "earl"):
        parts = (run[i - 1].text, *parts)
    elif titles[-1] == "judge" and i - start == 1 and len(parts) == 1 and is_other(run[i]):
        return None
    return Name(tuple(titles), parts, run[start].start, end, "title")


def _of_place(doc: Doc, end: int) -> int:
    """The end token of "of Alloway" right after ``end``; 0 when there is none."""
    if end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end + 1].is_title:
        stop = end + 2
        while stop < len(doc) and doc[stop].is_title and doc[stop].is_alpha:
            stop += 1
        return stop
    return 0


def _plain(doc: Doc, run: tuple[Word, ...], i: int, *, people: frozenset[int]) -> Name | None:
    if is_other(run[i]) or run[i].lower in PARTICLES or run[i].lower in ("st", "st.", "saint"):
        return None
    j = _name_words(run, i)
    if j < len(run) and run[j].lower in BODY_HEADS | PLACE_HEADS:
        return None  # Andrew Smith Foundation, Victoria Station
    if j - i > 1 and (run[j - 1].lower in LAWS or " ".join(word.lower for word in run[i:j]) in BODY_NAMES):
        return None  # the Hedgerows Bill, Age Concern
    size = j - i
    known = next((k for k in range(i, j) if run[k].lower in FIRST_NAMES and j - k >= 2), None)
    if known is not None:
        i, size, evidence = known, j - known, "first name"
    elif (
        size >= 2
        and not _after_place_word(doc, run[i].start)
        and not _names_a_thing(doc, run[i].start, run[j - 1].end)
        and any(token in people for word in run[i:j] for token in range(word.start, word.end))
    ):
        evidence = "entity"
    elif size >= 2 and i == 0 and _after_role(doc, run[i].start):
        evidence = "role"
    else:
        return None
    if size < 2:
        return None
    return Name((), tuple(word.text for word in run[i:j]), run[i].start, run[j - 1].end, evidence)


def _names_a_thing(doc: Doc, start: int, end: int) -> bool:
    """ "the Clear Fares plan", "Moorline Buses", "Harrow Cross library", "Prison Tutors' Union": no names of people."""
    if doc[end - 1].tag_ == "NNPS" or (start > 0 and doc[start - 1].lower_ == "the"):
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


def _after_place_word(doc: Doc, start: int) -> bool:
    """ "in Milton Keynes": the recogniser takes many towns for people."""
    return start > 0 and doc[start - 1].lower_ in ("in", "at", "near", "around", "outside")


def _after_role(doc: Doc, start: int) -> bool:
    return start > 0 and doc[start - 1].lower_ in ROLE_WORDS and doc[start - 1].lower_ in words("role_heads")


def person_tokens(doc: Doc) -> frozenset[int]:
    return frozenset(token.i for ent in doc.ents if ent.label_ == "PERSON" for token in ent)


def mentions(doc: Doc, found: Iterable[tuple[Word, ...]]) -> Iterator[Name]:
    """All names in the runs of a Doc that carry evidence of their own, in text order."""
    labelled = person_tokens(doc)
    for run in found:
        yield from names_in(doc, run, people=labelled)
