"""Whether an attribution is right by a corpus's gold: contents overlap by half of their words and the sources agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.linking.confidence import COUNT, confidence_features
from nlp.linking.drafts import Draft
from nlp.linking.layout import Layout
from nlp.linking.linker import Linker
from nlp.tagging.tagger import Tagger
from nlp.training.corpus import Article

WORD = re.compile(r"\w+")
UNDER = 0.85
Array = NDArray[np.float32]


class Gold:
    """An article's gold attributions as sets of word numbers."""

    def __init__(self, article: Article) -> None:
        self._starts = [match.start() for match in WORD.finditer(article.text)]
        self.quotes = [(self.words(quote["content"]), self.words(quote["source"])) for quote in article.quotes]
        self.content = frozenset().union(*(content for content, _ in self.quotes))

    def words(self, spans: Sequence[Sequence[int]]) -> frozenset[int]:
        edges = np.searchsorted(self._starts, [edge for span in spans for edge in span]).tolist()
        return frozenset(n for low, high in zip(edges[::2], edges[1::2], strict=True) for n in range(low, high))

    def right(self, draft: Draft) -> bool:
        content = self.words([(span.start, span.end) for span in draft.content])
        source = self.words([(draft.source.start, draft.source.end)] if draft.source else [])
        return any(
            _overlap(content, gold) >= 0.5 and (source == gold_source or _overlap(source, gold_source) >= 0.5)
            for gold, gold_source in self.quotes
        )

    def quotation(self, draft: Draft) -> bool:
        """For a quotation that stands alone, which PolNeAR does not know: is it said by anybody?"""
        content = self.words([(span.start, span.end) for span in draft.content])
        return len(content & self.content) >= 0.8 * len(content)


def _overlap(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def judged(tagger: Tagger, linker: Linker, articles: Sequence[Article]) -> tuple[Array, Array]:
    """Features (drafts, COUNT) and rightness (drafts,) of all that the linker makes of the articles."""
    rows = [
        (confidence_features(layout, draft), gold.right(draft))
        for gold, layout in _readings(tagger, articles)
        for draft in linker.drafts(layout)
    ]
    return np.stack([features for features, _ in rows]), np.array([right for _, right in rows], dtype=np.float32)


def judged_alone(tagger: Tagger, linker: Linker, articles: Sequence[Article]) -> tuple[Array, Array]:
    """The same for the quotations that stand alone by the UK guideline."""
    rows = [
        (confidence_features(layout, draft), gold.quotation(draft))
        for gold, layout in _readings(tagger, articles)
        for draft in replace(linker, uk_guideline=True).drafts(layout)
        if draft.cue is None and draft.source is None
    ]
    features = np.array([features for features, _ in rows], dtype=np.float32).reshape(-1, COUNT)
    return features, np.array([right for _, right in rows], dtype=np.float32)


def _readings(tagger: Tagger, articles: Sequence[Article]) -> Iterator[tuple[Gold, Layout]]:
    tagged = tagger.tag([article.text for article in articles])
    for article, spans in zip(articles, tagged, strict=True):
        yield Gold(article), Layout.of(article.text, spans)


def best_threshold(chances: Array, right: Array, gold: int) -> float:
    """The least confidence worth telling: a little under half of the best F1 within reach (Lipton et al. 2014).

    That is steadier than the confidence at which this sample's own F1 is highest; at the half itself content tokens
    lose a point of F1 and attributions gain none.
    """
    steps = np.arange(0, 0.6, 0.02)
    hits = np.array([right[chances >= step].sum() for step in steps])
    told = np.array([(chances >= step).sum() for step in steps])
    return round(float(np.max(2 * hits / (told + gold))) / 2 * UNDER, 2)


def reliability(chances: Array, right: Array) -> list[dict[str, Any]]:
    """Rows of the model card's table: confidence from, to, how many, mean confidence, share right."""
    edges = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.01)
    rows = []
    for low, high in pairwise(edges):
        inside = (chances >= low) & (chances < high)
        if inside.any():
            mean, share = float(chances[inside].mean()), float(right[inside].mean())
            rows.append({"from": low, "to": min(high, 1.0), "count": int(inside.sum()), "mean": mean, "right": share})
    return rows
