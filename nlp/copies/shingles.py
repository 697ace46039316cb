"""A text as the set of its five-word runs, hashed: what copies of one story have in common.

Runs stay within a line, so that moved paragraphs cost nothing; short lines (headings, timetables, captions) and lines
that are dense in the words web pages are furnished with (cookies, opening hours) give none. Case, punctuation and
kinds of marks don't count.
"""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from nlp.wordlists import words as word_list

Shingles = NDArray[np.uint32]

RULES = "3"  # of this module: articles that were cut up by other rules are cut up again
WORDS = 5  # in a shingle
SHORTEST_LINE = 8  # words; a shorter one says nothing that only one story would say
FURNISHED = 7  # a line in which one word of so many is of the list is furniture
LINE = b"\x01"  # a line break among the words

_MARKS = re.compile(rb"\xe2\x80.")  # curly quotation marks, dashes, ellipses and wide spaces, in UTF-8
_LETTERS = bytes(
    ord("\n") if chr(byte) in "\n\r" else ord(chr(byte).lower()) if chr(byte).isalnum() else ord(" ")
    for byte in range(128)
) + bytes(range(128, 256))
_MULTIPLIER, _MIXER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)


def shingles(text: str) -> Shingles:
    """Hashes of the five-word runs of ``text``: sorted, each once, 32 bits."""
    plain = _MARKS.sub(b" ", text.encode("utf-8", "replace")).translate(_LETTERS)
    words = (plain.replace(b"\n", b" " + LINE + b" ") + b" " + LINE).split()
    hashes = np.fromiter(map(crc32, words), dtype=np.uint64, count=len(words))
    count = len(hashes) - WORDS + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint32)
    mixed = hashes[:count].copy()
    for later in range(1, WORDS):
        mixed *= _MULTIPLIER
        mixed += hashes[later : count + later]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIXER
    found = (mixed[_telling(hashes)[:count]] >> np.uint64(32)).astype(np.uint32)
    found.sort()
    first = np.ones(len(found), dtype=np.bool_)
    np.not_equal(found[1:], found[:-1], out=first[1:])
    return found[first]  # four times as fast as np.unique on so few


def _telling(hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which runs, by their first word, lie within one line, and in one that is long and is no furniture."""
    breaks = np.flatnonzero(hashes == crc32(LINE))
    known = _furniture()
    furniture = np.cumsum(known[known.searchsorted(hashes)] == hashes)[breaks]
    lengths = breaks + 1  # of each line, its break counted
    lengths[1:] -= lengths[:-1].copy()
    furniture[1:] -= furniture[:-1].copy()
    dense = furniture * FURNISHED >= lengths
    told = np.where((lengths > SHORTEST_LINE) & ~dense, breaks, -1)
    starts: NDArray[np.bool_] = np.repeat(told, lengths) - np.arange(len(hashes)) >= WORDS
    return starts


@lru_cache(maxsize=1)
def _furniture() -> NDArray[np.uint64]:
    """Sorted hashes of the listed words, with one above them all for the search to end at."""
    return np.array([*sorted(crc32(word.encode()) for word in word_list("web_furniture")), 2**32], dtype=np.uint64)
