"""What the stance scorer sees of a passage: its words and tags, and where each token lies as seen from the parties.

From a party (a span of tokens) each other token lies so many arcs up and then so many down the dependency tree, on the
branch of a certain relation, and so many tokens to the left or right: "for" is a different word as the head of the
party's own noun phrase than in another clause.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

Ints = NDArray[np.int32]
Bounds = tuple[int, int]  # tokens of the passage, end exclusive

FARTHEST = 4  # arcs in either direction
STEPS = (FARTHEST + 1) ** 2 + 2  # the party's own tokens, and those of another sentence, besides
DISTANCES = np.array([-16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16])
PLACES = len(DISTANCES) + 1
SUFFIXES = 256  # hashes for the endings of unknown words


@dataclass(frozen=True, eq=False)
class Passage:
    """Tokens of one stretch of a Doc; ``heads`` are indices within it, a root is its own head."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: Ints


def passage(doc: Doc, start: int, end: int) -> Passage:
    """The tokens from ``start`` to ``end`` of a parsed Doc; a head outside counts as none."""
    tokens = [doc[i] for i in range(start, end)]
    heads = [token.head.i - start if start <= token.head.i < end else token.i - start for token in tokens]
    return Passage(
        tuple(token.lower_ for token in tokens),
        tuple(token.tag_ for token in tokens),
        tuple(token.dep_ for token in tokens),
        np.array(heads, dtype=np.int32),
    )


def ending(word: str) -> int:
    """The bucket of an unknown word: whether it is a number, else a hash of its last three letters."""
    return 0 if word[:1].isdigit() else 1 + zlib.crc32(word[-3:].encode()) % (SUFFIXES - 1)


def seen_from(party: Bounds | None, heads: Ints, deps: Ints) -> Ints:
    """(3, tokens): steps up and down the tree, relation of the branch, distance; all 0 without a party.

    ``deps`` are relation ids from 1. Steps: 1 own token, 2 unreachable, then 3 + up * 5 + down, each up to 4.
    """
    length = len(heads)
    found = np.zeros((3, length), dtype=np.int32)
    if party is None:
        return found
    first, last = party
    top = _top(first, last, heads)
    on_path = np.full(length, -1)
    branch_below = np.zeros(length, dtype=np.int32)  # on the path: how it was come by
    node, steps, came_by = top, 0, 0
    while on_path[node] < 0:
        on_path[node], branch_below[node] = steps, came_by
        came_by, node, steps = deps[node], heads[node], steps + 1
    here = np.arange(length)
    up = np.zeros(length, dtype=np.int32)
    last_arc = np.zeros(length, dtype=np.int32)
    for _ in range(2 * FARTHEST):
        moving = on_path[here] < 0
        if not moving.any():
            break
        last_arc = np.where(moving, deps[here], last_arc)
        up += moving
        here = np.where(moving, heads[here], here)
    reached = on_path[here] >= 0
    down = np.where(reached, on_path[here], 0)
    steps_id = 2 + np.minimum(down, FARTHEST) * (FARTHEST + 1) + np.minimum(up, FARTHEST)
    found[0] = np.where(reached, steps_id, 1)
    found[1] = np.where(down > 0, branch_below[here], last_arc)
    found[2] = 1 + np.searchsorted(DISTANCES, _distance(length, first, last))
    found[0, first:last] = 1 + 1
    return found


def _top(first: int, last: int, heads: Ints) -> int:
    """The token of a span whose head lies outside."""
    for i in range(first, last):
        if not first <= heads[i] < last or heads[i] == i:
            return i
    return last - 1


def _distance(length: int, first: int, last: int) -> Ints:
    place = np.arange(length)
    return np.where(place < first, place - first, np.where(place >= last, place - last + 1, 0)).astype(np.int32)
