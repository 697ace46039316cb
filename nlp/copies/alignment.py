"""Two texts paragraph by paragraph: which belong together, which moved, which only one has, which words differ."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import LCSseq

from nlp.copies.stems import LIGHT, stems
from nlp.copies.wording import Alphabet, Edit, edits, encoded

Span = tuple[int, int]

PARAGRAPH = re.compile(r"[^\s][^\n]*")
ALIKE = 0.5  # of the shorter paragraph's telling words that two must share to stand side by side
INSIDE = 0.75  # of a spare paragraph's words that its neighbour's partner holds: two were run into one
REWRITTEN = 0.6  # of the shorter one's words, in their order, under which a passage was written anew
MOST = 600  # paragraphs; a longer text is compared as one block no more


@dataclass(frozen=True, slots=True)
class Pair:
    """Paragraphs that stand side by side, spans into both bodies; None where only one text has something.

    ``edits`` are spans into the bodies too. ``moved`` says that the order is another, ``kept`` the share of the
    shorter one's words that the other has in the same order: under ``REWRITTEN`` it is another wording altogether.
    """

    before: Span | None
    after: Span | None
    moved: bool = False
    edits: tuple[Edit, ...] = ()
    kept: float = 0.0

    @property
    def rewritten(self) -> bool:
        return self.before is not None and self.after is not None and self.kept < REWRITTEN

    def as_json(self) -> dict[str, Any]:
        return {"before": self.before, "after": self.after, "moved": self.moved, "kept": round(self.kept, 3),
                "edits": [[*one.before, *one.after] for one in self.edits]}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paragraph:
    span: Span
    telling: frozenset[str]


def align(before: str, after: str) -> list[Pair]:
    """The pairs in the order of ``after``; what only ``before`` has stands after what it followed there."""
    old, new = paragraphs(before), paragraphs(after)
    if max(len(old), len(new)) > MOST:
        return []
    partner = _partners(old, new)
    groups = _groups(old, new, partner)
    moved = _moved([group[0][0] for group in groups])
    pairs: list[tuple[float, Pair]] = []
    followers = {group[0][-1]: group[1][-1] for group in groups}
    for number, (olds, news) in enumerate(groups):
        spans = _span(old, olds), _span(new, news)
        texts = before[slice(*spans[0])], after[slice(*spans[1])]
        found = tuple(_shifted(edit, *spans) for edit in edits(*texts))
        pairs.append((news[0], Pair(*spans, number in moved, found, _kept(*texts))))
    paired_old = {n for olds, _ in groups for n in olds}
    paired_new = {n for _, news in groups for n in news}
    pairs += [(n, Pair(None, one.span)) for n, one in enumerate(new) if n not in paired_new]
    at = -1.0
    for number, one in enumerate(old):
        at = float(followers.get(number, at))
        if number not in paired_old:
            pairs.append((at + 0.5, Pair(one.span, None)))
    return [pair for _, pair in sorted(pairs, key=lambda placed: placed[0])]


def paragraphs(text: str) -> list[Paragraph]:
    found = []
    for match in PARAGRAPH.finditer(text):
        held = frozenset(stems(match[0]))
        found.append(Paragraph((match.start(), match.start() + len(match[0].rstrip())), held - LIGHT or held))
    return found


def _partners(old: list[Paragraph], new: list[Paragraph]) -> dict[int, int]:
    """Old paragraph → new one, the most alike first."""
    alike = []
    for n, one in enumerate(old):
        for m, other in enumerate(new):
            both = len(one.telling & other.telling)
            if both and both >= ALIKE * min(len(one.telling), len(other.telling)):
                share = both / len(one.telling | other.telling)
                alike.append((-share, abs(n / len(old) - m / len(new)), n, m))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for share, _, n, m in sorted(alike):
        if n not in partner and m not in taken and -share >= ALIKE / 3:
            partner[n] = m
            taken.add(m)
    return partner


def _groups(old: list[Paragraph], new: list[Paragraph], partner: dict[int, int]) -> list[tuple[list[int], list[int]]]:
    """Numbers of paragraphs that belong together: pairs, and pairs that a spare neighbour was run into or out of."""
    groups = [([n], [m]) for n, m in partner.items()]
    for mine, theirs, side, other in ((old, new, 0, 1), (new, old, 1, 0)):
        spare = set(range(len(mine))) - {n for group in groups for n in group[side]}
        for group in groups:
            held = frozenset[str]().union(*(theirs[n].telling for n in group[other]))
            for step in (1, -1):
                at = (group[side][-1] if step > 0 else group[side][0]) + step
                while at in spare and len(mine[at].telling & held) >= INSIDE * len(mine[at].telling):
                    spare.discard(at)
                    group[side].insert(len(group[side]) if step > 0 else 0, at)
                    at += step
    return sorted(groups, key=lambda group: group[1][0])


def _moved(order: list[int]) -> set[int]:
    """Places in ``order`` that are not on its longest rising run: what was taken elsewhere."""
    tails: list[int] = []
    at: list[int] = []
    for value in order:
        place = bisect_left(tails, value)
        tails[place : place + 1] = [value]
        at.append(place)
    wanted = len(tails) - 1
    stayed = set()
    for number in range(len(order) - 1, -1, -1):
        if at[number] == wanted:
            stayed.add(number)
            wanted -= 1
    return set(range(len(order))) - stayed


def _span(found: list[Paragraph], numbers: list[int]) -> Span:
    return found[numbers[0]].span[0], found[numbers[-1]].span[1]


def _kept(before: str, after: str) -> float:
    alphabet: Alphabet = {}
    one, other = (encoded(stems(text), alphabet) for text in (before, after))
    return float(LCSseq.similarity(one, other)) / max(1, min(len(one), len(other)))


def _shifted(edit: Edit, before: Span, after: Span) -> Edit:
    (a, b), (c, d) = edit
    return Edit((a + before[0], b + before[0]), (c + after[0], d + after[0]))
