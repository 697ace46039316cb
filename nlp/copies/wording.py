"""Two wordings of the same words, word by word: what went, what came, and what only changed its form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Indel

from nlp.copies.stems import SPELLINGS, Word, stem, words

PERSONS = frozenset(map(stem, "they their themselves".split()))  # what pronouns are stemmed to
PLACES = frozenset(map(stem, "that there then before".split()))  # "this" and "that", "now" and "then"
GLUE = 1  # words that stay between two changes, up to which the two are shown as one
SPACES = re.compile(r"\s+")

Alphabet = dict[str, str]


class Edit(NamedTuple):
    """Words that stand in one place of two texts: their spans (characters), empty where there is nothing."""

    before: tuple[int, int]
    after: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How one wording differs from another; pairs are "old → new", parted by commas.

    kept: share (0 to 1) of the first one's words. dropped, added: the words, runs parted by an ellipsis.
    """

    kept: float
    dropped: str = ""
    added: str = ""
    tense: str = ""
    person: str = ""
    spelling: str = ""


def encoded(stems: list[str] | tuple[str, ...], alphabet: Alphabet) -> str:
    """One character a word, the same one for the same stem: what rapidfuzz compares fastest."""
    return "".join([alphabet.setdefault(stem, chr(0x10000 + len(alphabet))) for stem in stems])


def edits(before: str, after: str) -> list[Edit]:
    """What differs between two texts word by word; case, marks and British or American spelling aside.

    Changes with no more than ``GLUE`` words between them are one.
    """
    old, new = words(before), words(after)
    alphabet: Alphabet = {}
    codes = Indel.opcodes(
        encoded([spelled(before[w.start : w.end]) for w in old], alphabet),
        encoded([spelled(after[w.start : w.end]) for w in new], alphabet),
    )
    runs: list[list[int]] = []  # word numbers: old start, old end, new start, new end
    for code in codes:
        if code.tag == "equal":
            continue
        if runs and code.src_start - runs[-1][1] <= GLUE and code.dest_start - runs[-1][3] <= GLUE:
            runs[-1][1], runs[-1][3] = code.src_end, code.dest_end
        else:
            runs.append([code.src_start, code.src_end, code.dest_start, code.dest_end])
    return [Edit(_place(old, a, b, len(before)), _place(new, c, d, len(after))) for a, b, c, d in runs]


def differences(first: str, other: str) -> Wording:
    """How ``other`` differs from ``first``."""
    old, new = words(first), words(other)
    alphabet: Alphabet = {}
    codes = Indel.opcodes(encoded([w.stem for w in old], alphabet), encoded([w.stem for w in new], alphabet))
    dropped, added = [], []
    forms: dict[str, list[str]] = {"tense": [], "person": [], "spelling": []}
    kept = 0
    for code in codes:
        if code.tag == "equal":
            kept += code.src_end - code.src_start
            pairs = zip(old[code.src_start : code.src_end], new[code.dest_start : code.dest_end], strict=True)
            for one, two in pairs:
                changed = _form(first[one.start : one.end], other[two.start : two.end], one.stem)
                if changed:
                    forms[changed].append(f"{first[one.start : one.end]} → {other[two.start : two.end]}")
        if code.tag == "delete":
            dropped.append(first[old[code.src_start].start : old[code.src_end - 1].end])
        if code.tag == "insert":
            added.append(other[new[code.dest_start].start : new[code.dest_end - 1].end])
    return Wording(
        kept=kept / len(old) if old else 1.0,
        dropped=" … ".join(SPACES.sub(" ", run) for run in dropped),
        added=" … ".join(SPACES.sub(" ", run) for run in added),
        **{name: ", ".join(dict.fromkeys(found)) for name, found in forms.items()},
    )


def spelled(word: str) -> str:
    """A word in one spelling: case and British or American endings aside."""
    word = word.casefold()
    for pattern, spelling in SPELLINGS:
        word = pattern.sub(spelling, word)
    return word


def _form(one: str, other: str, stem: str) -> str:
    """What kind of form two words of one stem differ in; "" when in none."""
    if one.casefold().removesuffix("s") == other.casefold().removesuffix("s"):  # lock, locks
        return ""
    if spelled(one) == spelled(other):
        return "spelling"
    return "person" if stem in PERSONS else "" if stem in PLACES else "tense"


def _place(found: list[Word], first: int, last: int, end: int) -> tuple[int, int]:
    """The characters of words ``first`` to ``last``; where there are none, the place before the next one."""
    if first < last:
        return found[first].start, found[last - 1].end
    at = found[first].start if first < len(found) else end
    return at, at
