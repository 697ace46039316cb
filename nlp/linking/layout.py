"""Where the spans of one text lie to each other: what the linker's scorers see of a pair of spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nlp.marks import oriented
from nlp.tagging.tagger import TaggedSpan

Array = NDArray[np.float32]
Ints = NDArray[np.int64]

WORD = re.compile(r"\w+")
SENTENCE_BREAK = re.compile(
    r"[.!?…](?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bSen\.)(?<!\bRep\.)(?<!\bGov\.)"
    r"(?<!\bGen\.)(?<!\b[A-Z]\.)[”’)\]]*\s+(?=[“‘(\[]*[A-Z0-9£$])|\n+"
)
REACH = 3  # candidates looked at on either side
SIDES = np.arange(-REACH, REACH)


@dataclass(frozen=True, eq=False)
class Layout:
    """One text and its spans of each label, in order; `plain` is the text with its marks oriented."""

    text: str
    sources: Sequence[TaggedSpan]
    cues: Sequence[TaggedSpan]
    contents: Sequence[TaggedSpan]

    @classmethod
    def of(cls, text: str, spans: Sequence[TaggedSpan]) -> Layout:
        groups = [sorted(span for span in spans if span.label == label) for label in ("source", "cue", "content")]
        return cls(text, *groups)

    @cached_property
    def plain(self) -> str:
        plain = oriented(self.text)
        return plain if "“" in plain else plain.replace("‘", "“").replace("’", "”")

    @cached_property
    def sentence_breaks(self) -> Ints:
        return np.array([match.end() for match in SENTENCE_BREAK.finditer(self.plain)], dtype=np.int64)

    @cached_property
    def paragraph_breaks(self) -> Ints:
        return np.array([match.start() for match in re.finditer(r"\n+", self.text)], dtype=np.int64)

    @cached_property
    def _words(self) -> tuple[Ints, Ints]:
        """Word starts, and before each word (and after the last) how many words so far lie in no span."""
        starts = np.array([match.start() for match in WORD.finditer(self.text)], dtype=np.int64)
        loose = np.ones(len(starts), dtype=np.int64)
        for span in (*self.sources, *self.cues, *self.contents):
            loose[np.searchsorted(starts, span.start) : np.searchsorted(starts, span.end)] = 0
        return starts, np.concatenate([[0], np.cumsum(loose)])

    def sentence(self, places: Ints) -> Ints:
        return np.searchsorted(self.sentence_breaks, places, side="right")

    def paragraph(self, places: Ints) -> Ints:
        return np.searchsorted(self.paragraph_breaks, places)

    def words_between(self, low: Ints, high: Ints) -> tuple[Ints, Ints]:
        """All words, and words in no span, that begin within [low, high)."""
        starts, loose = self._words
        first, last = np.searchsorted(starts, low), np.searchsorted(starts, high)
        last = np.maximum(first, last)
        return last - first, loose[last] - loose[first]

    def quoted(self, span: TaggedSpan) -> bool:
        """Does the span begin at (or just behind) an opening mark?"""
        return any(mark in "“‘" for mark in self.plain[max(0, span.start - 1) : span.start + 1])


def bounds(spans: Sequence[TaggedSpan]) -> tuple[Ints, Ints]:
    starts = np.array([span.start for span in spans], dtype=np.int64)
    return starts, np.array([span.end for span in spans], dtype=np.int64)


def candidates(queries: Sequence[TaggedSpan], others: Sequence[TaggedSpan]) -> tuple[Ints, NDArray[np.bool_]]:
    """For each query the indices (queries, 2 * REACH) of the nearest others before and behind, and which exist."""
    query_starts, _ = bounds(queries)
    other_starts, _ = bounds(others)
    chosen = np.searchsorted(other_starts, query_starts)[:, None] + SIDES
    exists = (chosen >= 0) & (chosen < len(others))
    return np.clip(chosen, 0, max(0, len(others) - 1)), exists


def pair_features(layout: Layout, queries: Sequence[TaggedSpan], others: Sequence[TaggedSpan], chosen: Ints) -> Array:
    """(queries, 2 * REACH, FEATURES). Queries are contents and others cues, or queries cues and others sources."""
    starts, ends = bounds(queries)
    other_starts, other_ends = bounds(others)
    start, end = starts[:, None], ends[:, None]
    other_start, other_end = other_starts[chosen], other_ends[chosen]
    ahead = end <= other_start
    low, high = np.minimum(end, other_end), np.maximum(start, other_start)
    words, loose = layout.words_between(low, high)
    sentences = layout.sentence(high) - layout.sentence(np.maximum(low - 1, 0))
    paragraphs = layout.paragraph(high) - layout.paragraph(np.maximum(low - 1, 0))
    columns = [ahead, np.log1p(words) / 3, np.log1p(loose) / 3, loose == 0, loose <= 2]
    columns += [f for d in (sentences, paragraphs) for n in range(3) for f in ((d == n) & ahead, (d == n) & ~ahead)]
    for group in (layout.sources, layout.cues, layout.contents):
        group_starts, _ = bounds(group)
        between = np.searchsorted(group_starts, high) - np.searchsorted(group_starts, low)
        columns += [between <= 0, between == 1]
    columns += [side == SIDES for side in SIDES.tolist()]
    columns += [_spread(column, chosen) for column in _query_columns(layout, queries, other_starts)]
    columns += [np.array(column)[chosen] for column in _other_columns(layout, others)]
    return np.stack([np.broadcast_to(column, chosen.shape) for column in columns], axis=-1).astype(np.float32)


def _spread(column: NDArray[np.generic], chosen: Ints) -> NDArray[np.generic]:
    return np.broadcast_to(column[:, None], chosen.shape)


def _query_columns(layout: Layout, queries: Sequence[TaggedSpan], other_starts: Ints) -> list[NDArray[np.generic]]:
    """Of the query alone: quoted, at a sentence's start, at its end, a candidate in it, length, colon before, comma."""
    starts, ends = bounds(queries)
    breaks = np.concatenate([[0], layout.sentence_breaks, [len(layout.text)]])
    first = layout.sentence(starts)
    last = layout.sentence(np.maximum(ends - 1, starts))
    begin, until = breaks[first], breaks[last + 1]
    own = np.searchsorted(other_starts, until) > np.searchsorted(other_starts, begin)
    words, _ = layout.words_between(starts, ends)
    quoted = np.array([layout.quoted(span) for span in queries], dtype=np.bool_)
    colon = np.array([layout.plain[max(0, s - 4) : s].rstrip(" \n“‘").endswith(":") for s in starts.tolist()])
    comma = np.array(["," in layout.plain[e - 2 : e + 1] for e in ends.tolist()])
    return [quoted, starts - begin <= 1, until - ends <= 3, own, np.log1p(words) / 3, colon, comma]


def _other_columns(layout: Layout, others: Sequence[TaggedSpan]) -> list[list[bool]]:
    """Of the candidate alone: according to; a colon behind; content right behind, content right before."""
    starts, ends = bounds(others)
    content_starts, content_ends = bounds(layout.contents)
    plain = layout.plain
    accords = [plain[s : s + 9].lower() == "according" for s in starts.tolist()]
    colon = [plain[e : e + 2].lstrip().startswith(":") for e in ends.tolist()]
    behind = np.searchsorted(content_starts, ends)
    before = np.searchsorted(content_ends, starts, side="right") - 1
    has_behind = [
        k < len(content_starts) and content_starts[k] - e <= 30 for k, e in zip(behind.tolist(), ends, strict=True)
    ]
    has_before = [k >= 0 and s - content_ends[k] <= 30 for k, s in zip(before.tolist(), starts, strict=True)]
    return [accords, colon, list(map(bool, has_behind)), list(map(bool, has_before))]
