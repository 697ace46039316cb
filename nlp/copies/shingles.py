"""A text as the set of its five-word runs, hashed: what copies of one story have in common.

Runs stay within a line, so that moved paragraphs cost nothing; short lines (headings, timetables, captions) and lines
that are dense in the words web pages are furnished with (cookies, opening hours) give none. Case, punctuation and
kinds of marks don't count.

A hash is a polynomial in the letters of the run, modulo 2³², so that sums from the start of the text give every word's
and every run's in one subtraction each; many texts are hashed at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nlp.wordlists import words as word_list

Shingles = NDArray[np.uint32]
Places = NDArray[np.intp]

WORDS = 5  # in a shingle
SHORTEST_LINE = 8  # words; a shorter one says nothing that only one story would say
FURNISHED = 7  # a line in which one word of so many is of the list is furniture
TOGETHER = 100_000  # bytes of text that are hashed at once: what fits the processor's nearer caches

_MARKS = re.compile(rb"\xe2\x80.", re.DOTALL)  # curly quotation marks, dashes, ellipses and wide spaces, in UTF-8
_BREAK, _SPACE = ord("\n"), ord(" ")
_LETTERS = bytes(
    _BREAK if chr(byte) in "\n\r" else ord(chr(byte).lower()) if chr(byte).isalnum() else _SPACE for byte in range(128)
) + bytes(range(128, 256))
_BASE, _MIXER = 0x9E3779B5, np.uint32(0x85EBCA6B)
_INVERSE = pow(_BASE, -1, 2**32)


def shingles(text: str) -> Shingles:
    """Shingles of the five-word runs of ``text``: sorted, each once, 32 bits."""
    return shingled([text])[0]


def shingled(texts: Sequence[str]) -> list[Shingles]:
    """The shingles of each text; many short ones together cost a third of what they cost one by one."""
    plain = [_MARKS.sub(b" ", text.encode("utf-8", "replace")).translate(_LETTERS) for text in texts]
    return [found for some in _portions(plain) for found in _shingled(some)]


def _portions(texts: Sequence[bytes]) -> Iterator[list[bytes]]:
    some: list[bytes] = []
    size = 0
    for text in texts:
        if some and size + len(text) > TOGETHER:
            yield some
            some, size = [], 0
        some.append(text)
        size += len(text)
    if some:
        yield some


def _shingled(texts: list[bytes]) -> list[Shingles]:
    whole = np.frombuffer(b"\n".join(texts) + b"\n", dtype=np.uint8)
    between = whole <= _SPACE
    ends = np.flatnonzero(between[1:] > between[:-1]) + 1  # of the words, one by one
    sums, starts = _summed(whole, between, ends)
    count = len(ends) - WORDS + 1
    if count <= 0:
        return [np.empty(0, dtype=np.uint32) for _ in texts]
    inverse = _powers(len(whole) + 1)[1][starts]
    line = np.flatnonzero(whole == _BREAK).searchsorted(ends)
    told = _telling(line, (sums[1:] - sums[:-1]) * inverse)
    at = np.flatnonzero(told[line[:count]] & (line[:count] == line[WORDS - 1 :]))
    mixed = (sums[at + WORDS] - sums[at]) * inverse[at]
    for shift in (16, 13, 16):
        mixed ^= mixed >> np.uint32(shift)
        mixed *= _MIXER
    bounds = ends.searchsorted(np.cumsum([len(text) + 1 for text in texts[:-1]]))
    return [_each_once(part) for part in np.split(mixed, at.searchsorted(bounds))]


def _each_once(found: Shingles) -> Shingles:
    found.sort()
    first = np.ones(len(found), dtype=np.bool_)
    np.not_equal(found[1:], found[:-1], out=first[1:])
    return found[first]  # four times as fast as np.unique on so few


def _summed(whole: NDArray[np.uint8], between: NDArray[np.bool_], ends: Places) -> tuple[Shingles, Places]:
    """Sums over all letters before each word, and one over them all; and where each word begins among the letters.

    One space is counted after each word, so that "to day" is another run than "today".
    """
    kept = ~between
    kept[ends] = True
    letters = whole[kept]
    stops = np.flatnonzero(letters <= _SPACE)
    terms = _values()[letters]
    terms *= _powers(len(whole) + 1)[0][: len(letters)]
    sums = np.zeros(len(stops) + 1, dtype=np.uint32)
    sums[1:] = np.cumsum(terms, dtype=np.uint32, out=terms)[stops]
    starts = np.zeros(len(stops), dtype=np.intp)
    starts[1:] = stops[:-1] + 1
    return sums, starts


def _telling(line: Places, words: Shingles) -> NDArray[np.bool_]:
    """Which lines are long and no furniture, by the number of the line and the hash of each word."""
    lengths = np.bincount(line)
    listed = np.bincount(line[_listed(words)], minlength=len(lengths))
    told: NDArray[np.bool_] = (lengths >= SHORTEST_LINE) & (listed * FURNISHED <= lengths)
    return told


@lru_cache(maxsize=1)
def _values() -> Shingles:
    """What stands for each byte: numbers of 32 bits drawn once and for all, one for every space."""
    drawn = np.random.Generator(np.random.PCG64(5)).integers(0, 2**32, size=256, dtype=np.uint32)
    drawn[: _SPACE + 1] = drawn[_SPACE]
    return drawn


def _powers(least: int) -> tuple[Shingles, Shingles]:
    """Powers of the base and of its inverse, at least so many."""
    return _so_many_powers(max(2 * TOGETHER, 1 << least.bit_length()))


@lru_cache(maxsize=1)
def _so_many_powers(count: int) -> tuple[Shingles, Shingles]:
    def powers(base: int) -> Shingles:
        factors = np.full(count, base, dtype=np.uint32)
        factors[0] = 1
        return np.multiply.accumulate(factors, dtype=np.uint32)

    return powers(_BASE), powers(_INVERSE)


def _listed(words: Shingles) -> Places:
    """The places of the words that web pages are furnished with: told by half of their bits, and then by all."""
    known, halves = _furniture()
    at = np.flatnonzero(halves[words >> np.uint32(16)])
    found = words[at]
    sure: Places = at[known[known.searchsorted(found)] == found]
    return sure


@lru_cache(maxsize=1)
def _furniture() -> tuple[Shingles, NDArray[np.bool_]]:
    """Sorted hashes of the listed words, with the largest number for the search to end at; and their upper halves."""
    listed = np.frombuffer(" ".join([*word_list("web_furniture"), ""]).encode(), dtype=np.uint8)
    between = listed <= _SPACE
    sums, starts = _summed(listed, between, np.flatnonzero(between))
    words = (sums[1:] - sums[:-1]) * _powers(len(listed) + 1)[1][starts]
    halves = np.zeros(2**16, dtype=np.bool_)
    halves[words >> np.uint32(16)] = True
    return np.append(np.sort(words), np.uint32(2**32 - 1)), halves
