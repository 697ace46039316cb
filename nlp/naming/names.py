"""The person names inside runs of capitalised words, by shape: what the entity recogniser gets wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Doc

from nlp.naming.capital_runs import Word
from nlp.naming.not_people import is_called_a_thing, is_people, is_place, names_a_thing
from nlp.naming.role_phrases import is_head
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
from nlp.wordlists import words

NUMERALS = frozenset({"II", "III", "IV", "VI", "VII", "VIII", "XIV", "XVI", "XXIII"})


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
    return j + (j > i and j < len(run) and run[j].text in NUMERALS)  # King Edward III


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
    first = run[start].start
    if not parts or (first and doc[first - 1].is_quote and doc[end : end + 1].text in ('"', "'")):
        return None  # they called the minister "Sir Spendalot"
    if titles[-1] in ROYAL and (parts[0] == "of" or titles[-1] != "earl"):
        parts = (run[i - 1].text, *parts)
    elif titles[-1] == "justice" and first and doc[first - 1].is_title and len(titles) == 1:
        return None  # the Criminal Justice Act
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
    if is_people(doc[run[i].start]) and len(run) - i > 2:
        return None  # Australian Ada Quill
    j = _name_words(run, i)
    if j < len(run) and run[j].lower in BODY_HEADS | PLACE_HEADS:
        return None  # Andrew Smith Foundation, Victoria Station
    if j - i > 1 and (run[j - 1].lower in LAWS or " ".join(word.lower for word in run[i:j]) in BODY_NAMES):
        return None  # the Hedgerows Bill, Age Concern
    size = j - i
    known = next((k for k in range(i, j) if run[k].lower in FIRST_NAMES and j - k >= 2), None)
    if known is not None and _on_a_street(doc, run[i].start, run[j - 1]):
        return None
    if (
        known is not None
        and not is_people(doc[run[i].start])
        and all(token in people for word in run[i:known] for token in range(word.start, word.end))
    ):
        known = i  # Shani Rhys James
    if known is not None:
        i, size, evidence = known, j - known, "first name"
    elif (
        size >= 2
        and (i == 0 or is_other(run[i - 1]) or is_people(doc[run[i - 1].start]))
        and not is_place(tuple(word.lower for word in run[i:j]))
        and not names_a_thing(doc, run[i].start, run[j - 1].end)
        and any(token in people for word in run[i:j] for token in range(word.start, word.end))
    ):
        evidence = "entity"
    elif size >= 2 and i == 0 and _after_role(doc, run[i].start):
        evidence = "role"
    elif size >= 2 and j == len(run) and i == 0 and _is_introduced(doc, run[i].start, run[j - 1].end):
        evidence = "entity"
    else:
        return None
    if size < 2:
        return None
    return Name((), tuple(word.text for word in run[i:j]), run[i].start, run[j - 1].end, evidence)


def _on_a_street(doc: Doc, start: int, last: Word) -> bool:
    return start > 0 and last.lower in PLACE_HEADS and doc[start - 1].lower_ in ("in", "on", "at", "near")


def _after_role(doc: Doc, start: int) -> bool:
    return start > 0 and doc[start - 1].lower_ in ROLE_WORDS and doc[start - 1].lower_ in words("role_heads")


def _is_introduced(doc: Doc, start: int, end: int) -> bool:
    """ "Zoltar Quint, leader of the boatmen,": an apposition that ends in a role's noun or begins with one."""
    if end + 2 >= len(doc) or doc[end].text != "," or names_a_thing(doc, start, end):
        return False
    words = iter(doc[end + 1 : end + 7])
    phrase = list(takewhile(lambda token: token.pos_ in ("NOUN", "PROPN", "ADJ", "DET") or token.tag_ == "POS", words))
    return bool(phrase) and is_head(phrase[-1]) and doc[phrase[-1].i + 1].pos_ in ("ADP", "PUNCT", "PRON")


def person_tokens(doc: Doc) -> frozenset[int]:
    return frozenset(token.i for ent in doc.ents if ent.label_ == "PERSON" for token in ent)


def mentions(doc: Doc, found: Iterable[tuple[Word, ...]]) -> Iterator[Name]:
    """All names in the runs of a Doc that carry evidence of their own, in text order.

    What the text once calls a firm or a film is nobody elsewhere either, as far as the recogniser alone says so.
    """
    labelled = person_tokens(doc)
    found = tuple(found)
    things = {tuple(word.text for word in run) for run in found if is_called_a_thing(doc, run[0].start)}
    for run in found:
        for name in names_in(doc, run, people=labelled):
            if name.evidence != "entity" or name.parts not in things:
                yield name
