"""Joins the tagger's spans into attributions: which cue each content belongs to, and who the cue's source is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlp.linking.confidence import confidence_features
from nlp.linking.drafts import Draft, joined
from nlp.linking.house import house_style
from nlp.linking.layout import Layout
from nlp.linking.scorer import Scorer
from nlp.quoting.attributions import Attribution
from nlp.tagging.tagger import MODEL, TaggedSpan, read_model


@dataclass(frozen=True)
class Linker:
    """`Linker.load().link(text, spans)`. With `uk_guideline` actions that report nothing said are left out, and a
    quotation in sentences of its own goes to the quotation before it or stands alone. Below `least` nothing is told."""

    content_scorer: Scorer
    source_scorer: Scorer
    confidence_scorer: Scorer
    least: float = 0.0
    uk_guideline: bool = True

    @classmethod
    def load(cls, path: Path = MODEL, *, uk_guideline: bool = True) -> Linker:
        arrays, _ = read_model(path)
        content, source, confidence = (Scorer.of(arrays, f"linker.{n}") for n in ("content", "source", "confidence"))
        return cls(
            content,
            source,
            confidence,
            least=float(arrays["linker.least"][int(uk_guideline)]),
            uk_guideline=uk_guideline,
        )

    def link(self, text: str, spans: Sequence[TaggedSpan]) -> list[Attribution]:
        """Attributions in the order of the text; each content span is in one attribution, a source may be in two."""
        layout = Layout.of(text, spans)
        drafts = self.drafts(layout)
        sure = self.confidences(layout, drafts)
        found = [_finished(text, d, c) for d, c in zip(drafts, sure, strict=True) if c >= self.least]
        return sorted(found, key=lambda attribution: attribution.content[0])

    def drafts(self, layout: Layout) -> list[Draft]:
        drafts = joined(layout, self.content_scorer, self.source_scorer)
        return house_style(layout, drafts) if self.uk_guideline else drafts

    def confidences(self, layout: Layout, drafts: Sequence[Draft]) -> list[float]:
        if not drafts:
            return []
        features = np.stack([confidence_features(layout, draft) for draft in drafts])
        return [float(chance) for chance in self.confidence_scorer.chances(features)]


def _finished(text: str, draft: Draft, confidence: float) -> Attribution:
    content = tuple(sorted((span.start, span.end) for span in draft.content))
    return Attribution(content, _place(text, draft.cue), _place(text, draft.source), round(confidence, 3))


def _place(text: str, span: TaggedSpan | None) -> tuple[tuple[int, int], ...]:
    """Without the comma that closes an apposition (the director, Ms X, said)."""
    if span is None:
        return ()
    return ((span.start, span.start + len(text[span.start : span.end].rstrip(", "))),)
