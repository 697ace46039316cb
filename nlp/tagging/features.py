"""What the tagger sees of a token: its word, its first and last letters, its shape, and where it stands."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

from nlp.tagging.tokens import CLOSERS, SENTENCE_ENDS, Flags

BUCKETS = 4096
COLUMNS = ("word", "prefix", "suffix", "shape")
PLACES = 12  # 3 quotation states x first of its sentence x first of its paragraph

MARK_GROUPS = (".", ",", "!?", ":;", "“", "”", "‘", "’'", "()[]", "-–—")
MARK_SHAPES = {mark: 4 + rank for rank, group in enumerate(MARK_GROUPS) for mark in group}
OTHER_MARK, LOWER, UPPER, LETTER, TITLE, MIXED, SHAPES = 14, 15, 16, 17, 18, 19, 20


def shape(word: str) -> int:
    """1-2 number (2: four digits, often a year), 3 unused, 4-13 marks by kind, 14 other marks, 15-19 by case."""
    if word[0].isdigit():
        return 2 if len(word) == 4 else 1
    if not word[0].isalnum():
        return MARK_SHAPES.get(word, OTHER_MARK)
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else LETTER
    return TITLE if word[0].isupper() and word[1:].islower() else MIXED


def word_columns(word: str, vocabulary: dict[str, int]) -> tuple[int, int, int, int]:
    """One id for each of COLUMNS; word id 0 is an unknown word, bucket 0 is never used by a hash."""
    lower = word.lower()
    prefix = zlib.crc32(lower[:3].encode(), 1) % (BUCKETS - 1) + 1
    suffix = zlib.crc32(lower[-3:].encode(), 2) % (BUCKETS - 1) + 1
    return vocabulary.get(lower, 0), prefix, suffix, shape(word)


def places(words: list[str], opens: Flags) -> NDArray[np.int32]:
    """For each token one number below PLACES: quotation state (outside, “, ‘) x 4 + sentence start x 2 + opens."""
    found = np.empty(len(words), dtype=np.int32)
    state, first, ended = 0, 2, False
    for index, (word, new) in enumerate(zip(words, opens.tolist(), strict=True)):
        if new:
            state, first, ended = 0, 2, False
        if word == "“":
            state = 4
        elif word == "‘" and state == 0:
            state = 8
        found[index] = state + first + new
        if (word == "”" and state == 4) or (word == "’" and state == 8):
            state = 0
        # A mark that closes a quotation after a full stop leaves the next token at the start of a sentence.
        ended = word in SENTENCE_ENDS or (ended and word in CLOSERS)
        first = 2 if ended or (first and word in "“‘") else 0
    return found
