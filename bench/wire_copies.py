"""Copies of articles as papers make them of a wire story: eleven kinds of edit, each told by what it does to a text.

The sentences that are put in are of our own invention; the articles are those of the corpora beside the repository.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"‘'])")
OUTLETS = tuple(f"paper-{number:02}" for number in range(1, 41))
HEADERS = (
    "We use cookies to make this site work and to count its visitors. Read our cookie policy or accept all.",
    "You have read two of your five free articles this month. Subscribe for full access to every page.",
    "This page is sent to readers in the valley every weekday morning before seven o'clock.",
)
FOOTERS = (
    "Want the day's news in your inbox? Sign up for our free newsletter and choose how often it comes.",
    "Have you seen something that we should report? Ring the newsroom or send a picture to our desk.",
    "Follow us for more from the county, or share this story with somebody who would like to read it.",
    "Comments are open to registered readers until nine in the evening. Please keep to the house rules.",
    "All rights reserved. No part of this page may be copied without the leave of the publisher.",
)
HEADLINES = ("{} as row grows", "What you need to know: {}", "{} – live updates", "Exclusive: {}", "{} (updated)")
SPELLING = {
    "organization": "organisation", "organize": "organise", "recognize": "recognise", "color": "colour",
    "labor": "labour", "center": "centre", "defense": "defence", "percent": "per cent", "program": "programme",
    "%": " per cent", "favor": "favour", "honor": "honour", "traveled": "travelled", "U.S.": "US", "Mr.": "Mr",
    "“": '"', "”": '"', "’": "'", "–": "-",
}  # fmt: skip
TENSE = {
    " will ": " would ", " is ": " was ", " are ": " were ", " has ": " had ", " have ": " had ", " can ": " could ",
    " says ": " said ", " plans ": " planned ", " wants ": " wanted ", " may ": " might ",
}  # fmt: skip
SOURCES = {
    " said": " told the {0}", " told reporters": " told the {0}", " says": " tells the {0}",
    ", according to": ", the {0} understands, according to",
}  # fmt: skip


def sentences(paragraph: str) -> list[str]:
    return SENTENCE.split(paragraph)


def paragraphs(text: str) -> list[str]:
    """The paragraphs; of a text in one block, three sentences each."""
    found = [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n", text) if part.strip()]
    if len(found) >= 4:
        return found
    flat = [one for part in found for one in sentences(part)]
    return [" ".join(flat[at : at + 3]) for at in range(0, len(flat), 3)]


def drop(parts: list[str], rng: Random) -> list[str]:
    """One sentence in four is left out, wherever it stands."""
    kept = [" ".join(s for s in sentences(part) if rng.random() > 0.25) for part in parts]
    return [part for part in kept if part] or parts[:1]


def reorder(parts: list[str], rng: Random) -> list[str]:
    """The lead stays, what follows is shuffled."""
    return parts[:1] + rng.sample(parts[1:], len(parts) - 1)


def truncate(parts: list[str], share: float) -> list[str]:
    """The first ``share`` of the words, to the end of a sentence."""
    left = max(40, int(share * sum(len(part.split()) for part in parts)))
    kept: list[str] = []
    for part in parts:
        held: list[str] = []
        for sentence in sentences(part):
            if left > 0:
                held.append(sentence)
            left -= len(sentence.split())
        kept += [" ".join(held)] if held else []
    return kept


def half(parts: list[str], rng: Random) -> list[str]:
    return truncate(parts, 0.5)


def third(parts: list[str], rng: Random) -> list[str]:
    return truncate(parts, 0.3)


def reattribute(parts: list[str], rng: Random) -> list[str]:
    """Every second report is said to have been made to the paper itself."""
    paper = rng.choice(("Harbour Gazette", "Evening Lamp", "Thorley Chronicle"))
    for old, new in SOURCES.items():
        parts = [
            re.sub(re.escape(old) + r"\b", lambda m, new=new: new.format(paper) if rng.random() < 0.5 else m[0], part)  # type: ignore[misc]
            for part in parts
        ]
    return parts


def headline(parts: list[str], rng: Random) -> list[str]:
    """A headline and a byline of the paper's own stand before the text."""
    title = rng.choice(HEADLINES).format(" ".join(parts[0].split()[:7]))
    return [title, "By a staff reporter", *parts]


def boilerplate(parts: list[str], rng: Random) -> list[str]:
    """Lines of the paper's page stand around the text and once within it."""
    middle = rng.randrange(1, len(parts)) if len(parts) > 1 else 1
    inside = [*parts[:middle], rng.choice(FOOTERS), *parts[middle:]]
    return [*rng.sample(HEADERS, 2), *inside, *rng.sample(FOOTERS, 3)]


def replaced(parts: list[str], words: dict[str, str]) -> list[str]:
    for old, new in words.items():
        parts = [part.replace(old, new) for part in parts]
    return parts


def spelling(parts: list[str], rng: Random) -> list[str]:
    return replaced(parts, SPELLING)


def tense(parts: list[str], rng: Random) -> list[str]:
    return replaced(parts, TENSE)


def joined(parts: list[str], rng: Random) -> list[str]:
    """Paragraphs are run together in twos and threes."""
    found, at = [], 0
    while at < len(parts):
        size = rng.choice((2, 3))
        found.append(" ".join(parts[at : at + size]))
        at += size
    return found


def mixed(parts: list[str], rng: Random) -> list[str]:
    """Two to four of the others, one after another."""
    for kind in rng.sample([kind for kind in EDITS if kind not in ("mixed", "third")], rng.choice((2, 3, 4))):
        parts = EDITS[kind](parts, rng)
    return parts


EDITS: dict[str, Callable[[list[str], Random], list[str]]] = {
    "drop": drop, "reorder": reorder, "half": half, "third": third, "reattribute": reattribute, "headline": headline,
    "boilerplate": boilerplate, "spelling": spelling, "tense": tense, "joined": joined, "mixed": mixed,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A text with the story that it is truly of, its outlet, its day (counted from the first), and what was done."""

    story: int
    text: str
    outlet: str
    day: int
    kind: str


def copies(texts: list[str], *, each: tuple[int, int], days: int, seed: int) -> list[Document]:
    """Each text with so many copies (fewest, most) of random kinds on days near its own; in random order of arrival."""
    rng = Random(seed)
    kinds = list(EDITS)
    found = []
    for story, text in enumerate(texts):
        parts, day = paragraphs(text), rng.randrange(days)
        outlets = rng.sample(OUTLETS, 1 + each[1])
        found.append(Document(story, text, outlets[0], day, "original"))
        for number in range(rng.randint(*each)):
            kind = rng.choice(kinds)
            edited = "\n\n".join(EDITS[kind](parts, rng))
            found.append(Document(story, edited, outlets[number + 1], day + rng.randrange(4), kind))
    rng.shuffle(found)
    return found
