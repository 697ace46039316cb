"""Words as they are compared: one form for every tense, person and spelling, so that what was edited is found again.

The light stemmer is for comparison alone: what it makes of a word need not be one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nlp.wordlists import table

WORD = re.compile(r"[^\W_]+")
SPELLINGS = (
    (re.compile(r"is(?=(?:e|ed|es|ing|er|ers|ation|ations)$)"), "iz"),  # organise, organize
    (re.compile(r"ys(?=(?:e|ed|es|ing)$)"), "yz"),
    (re.compile(r"our(?=(?:s|ed|ing|able|ful|ite|ites|hood)?$)"), "or"),  # labour, labor
    (re.compile(r"ll(?=(?:ed|ing|er|ers)$)"), "l"),  # travelled, traveled
    (re.compile(r"ogue(?=s?$)"), "og"),
)
ENDINGS = ("ing", "ed", "es", "s", "e")


class Word(NamedTuple):
    """A word of a text: as it is compared, and where it stands (characters, end exclusive)."""

    stem: str
    start: int
    end: int


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """What stands for a word in lower case: "organised" and "organize" are the same, "would" and "will" too."""
    word = table("same_words").get(word, word)
    for pattern, spelling in SPELLINGS:
        word = pattern.sub(spelling, word)
    if len(word) < 4 or word[-1].isdigit() or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    if word[-1] == "i":
        return word[:-1] + "y"  # carried
    return word[:-1] if word[-1] == word[-2] and word[-1] not in "aeiou" else word


LIGHT = frozenset(
    map(
        stem,
        "be have do will can may must they their themselves that there then a an the and or but of to in on at by for "
        "from with as it if so not no t s d who which what when where how very just more most also about into over up "
        "out one all any some than too".split(),
    )
)  # words that any two sentences may share


def words(text: str) -> list[Word]:
    return [Word(stem(match[0].casefold()), match.start(), match.end()) for match in WORD.finditer(text)]


def stems(text: str) -> tuple[str, ...]:
    return tuple(stem(found.casefold()) for found in WORD.findall(text))
