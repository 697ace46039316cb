"""A text as the tagger's tokens: words, marks and where they stand. Shared by run time and training."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nlp.marks import oriented

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
PARTS = ("source", "cue", "content")  # label 1 + 2 * part begins a span of the part, 2 + 2 * part continues it

# Words without n't and 's, numbers, initials (U.S.), single marks. Apostrophes are ' after `oriented`.
TOKEN = re.compile(
    r"[^\W\d_]+(?=n't\b)|n't\b|'(?:s|re|ve|ll|d|m)\b|\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|[^\W\d_]+|[^\w\s]|_+",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Tokens:
    """The tokens of one text, with character offsets (end exclusive); `opens` marks the first token of a paragraph."""

    words: list[str]
    starts: Ints
    ends: Ints
    opens: Flags

    def __len__(self) -> int:
        return len(self.words)


def tokenise(text: str) -> Tokens:
    """Any text, any quotation style; whitespace makes no token. A text without tokens gives empty arrays."""
    plain = oriented(text)
    if "“" not in plain:  # an article in the British style: its single marks do the work of double ones
        plain = plain.replace("‘", "“").replace("’", "”")
    words: list[str] = []
    starts: list[int] = []
    for match in TOKEN.finditer(plain):
        words.append(match.group())
        starts.append(match.start())
    first = np.array(starts, dtype=np.int32)
    last = first + np.fromiter(map(len, words), dtype=np.int32, count=len(words))
    breaks = np.array([match.start() for match in re.finditer(r"\n", text)], dtype=np.int32)
    paragraph = np.searchsorted(breaks, first)
    opens = np.ones(len(words), dtype=np.bool_)
    opens[1:] = paragraph[1:] != paragraph[:-1]
    return Tokens(words, first, last, opens)


SENTENCE_ENDS = frozenset(".!?")
CLOSERS = frozenset("”’)]")


def windows(tokens: Tokens, limit: int) -> list[tuple[int, int]]:
    """[begin, end) token ranges of at most `limit` tokens: whole paragraphs where they fit, else whole sentences."""
    edges = [0, *(np.flatnonzero(tokens.opens[1:]) + 1).tolist(), len(tokens)]
    found: list[tuple[int, int]] = []
    begin = 0
    for here, after in pairwise(edges):
        if after - begin <= limit:
            continue
        if here > begin:
            found.append((begin, here))
            begin = here
        while after - begin > limit:
            cut = _sentence_end(tokens.words, begin + limit // 3, begin + limit)
            found.append((begin, cut))
            begin = cut
    if begin < len(tokens):
        found.append((begin, len(tokens)))
    return found


def _sentence_end(words: list[str], low: int, high: int) -> int:
    """The last place between low and high where a sentence ends; high if there is none."""
    for index in range(high - 1, low, -1):
        if words[index - 1] in SENTENCE_ENDS and words[index] not in CLOSERS:
            return index
        if words[index - 1] in CLOSERS and words[index - 2] in SENTENCE_ENDS:
            return index
    return high
