"""Attributions before the house's style and confidence: contents put to cues, sources to cues, the rest left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.linking.layout import Layout, candidates, pair_features
from nlp.linking.scorer import Scorer
from nlp.tagging.tagger import TaggedSpan


@dataclass(frozen=True)
class Draft:
    """An attribution being put together: spans still with their probabilities, and how sure the two links are."""

    content: tuple[TaggedSpan, ...]
    cue: TaggedSpan | None = None
    source: TaggedSpan | None = None
    content_link: float = 1.0
    source_link: float = 1.0


def joined(layout: Layout, content_scorer: Scorer, source_scorer: Scorer) -> list[Draft]:
    """Each content goes to its likeliest cue or to none, each cue takes its likeliest source or none."""
    by_cue: dict[int, list[tuple[TaggedSpan, float]]] = {}
    floating: list[TaggedSpan] = []
    cues = picked(layout, layout.contents, layout.cues, content_scorer)
    for span, (number, chance) in zip(layout.contents, cues, strict=True):
        if number < 0:
            floating.append(span)
        else:
            by_cue.setdefault(number, []).append((span, chance))
    sources = picked(layout, layout.cues, layout.sources, source_scorer)
    taken = {number for cue, (number, _) in enumerate(sources) if cue in by_cue}
    drafts = []
    for cue, linked in sorted(by_cue.items()):
        number, chance = sources[cue]
        source = layout.sources[number] if number >= 0 else None
        content = tuple(span for span, _ in linked)
        drafts.append(Draft(content, layout.cues[cue], source, max(link for _, link in linked), chance))
    spare = [span for number, span in enumerate(layout.sources) if number not in taken]
    return drafts + [Draft(group, None, _beside(layout, group, spare)) for group in groups(layout, floating)]


def picked(
    layout: Layout, queries: Sequence[TaggedSpan], others: Sequence[TaggedSpan], scorer: Scorer
) -> list[tuple[int, float]]:
    """For each query the index of its candidate, -1 for none, and the probability of that choice."""
    if not queries or not others:
        return [(-1, 1.0)] * len(queries)
    chosen, exists = candidates(queries, others)
    columns, chances = scorer.pick(pair_features(layout, queries, others, chosen), exists)
    rows = zip(columns.tolist(), chosen.tolist(), chances.tolist(), strict=True)
    return [(row[column] if column >= 0 else -1, chance) for column, row, chance in rows]


def groups(layout: Layout, spans: Sequence[TaggedSpan]) -> list[tuple[TaggedSpan, ...]]:
    """Contents with no word between them are one quotation."""
    found: list[list[TaggedSpan]] = []
    for span in sorted(spans):
        if found and not any(char.isalnum() for char in layout.text[found[-1][-1].end : span.start]):
            found[-1].append(span)
        else:
            found.append([span])
    return [tuple(group) for group in found]


def _beside(layout: Layout, group: tuple[TaggedSpan, ...], spare: Sequence[TaggedSpan]) -> TaggedSpan | None:
    """For a quotation with no cue the nearest source that no cue has taken, in its sentences or right behind it:
    “…” – Commissioner X."""
    near = [span for span in spare if _same_sentence(layout, group, span)]
    return min(near, key=lambda span: max(span.start - group[-1].end, group[0].start - span.end), default=None)


def _same_sentence(layout: Layout, group: tuple[TaggedSpan, ...], span: TaggedSpan) -> bool:
    gap = layout.text[group[-1].end : span.start]
    if span.start >= group[-1].end and len(gap) <= 4 and not any(char.isalnum() for char in gap):
        return True
    first, last, its = layout.sentence(np.array([group[0].start, group[-1].end - 1, span.start], dtype=np.int64))
    return bool(first <= its <= last)
