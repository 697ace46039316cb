"""What tells a sound attribution from a doubtful one."""

from __future__ import annotations

import math

import numpy as np

from nlp.linking.drafts import Draft
from nlp.linking.house import reporting_words
from nlp.linking.layout import Array, Layout

COUNT = 16


def _odds(chance: float) -> float:
    """Log odds, held within [-4, 4] and scaled to about one."""
    bounded = min(max(chance, 0.018), 0.982)
    return math.log(bounded / (1 - bounded)) / 4


def confidence_features(layout: Layout, draft: Draft) -> Array:
    """(COUNT,) numbers of about one: how sure tagger and linker were, and what kind of attribution it is."""
    content = [span.probability for span in draft.content]
    cue = layout.text[draft.cue.start : draft.cue.end].lower() if draft.cue else ""
    words = set(cue.split())
    length = sum(span.end - span.start for span in draft.content)
    quoted = sum(layout.quoted(span) for span in draft.content) / len(draft.content)
    inside = any("“" in layout.plain[span.start : span.end] for span in draft.content)
    near = 1.0
    if draft.cue:
        near = min(max(draft.cue.start - s.end, s.start - draft.cue.end, 0) for s in draft.content)
        near = math.log1p(near) / 4
    return np.array(
        [
            _odds(min(content)),
            _odds(max(content)),
            _odds(draft.cue.probability if draft.cue else 0.5),
            _odds(draft.source.probability if draft.source else 0.5),
            _odds(draft.content_link),
            _odds(draft.source_link),
            draft.cue is None,
            draft.source is None,
            quoted,
            inside,
            bool(words & {"said", "says", "told", "according", "added", "wrote", "tweeted"}),
            bool(words & reporting_words()),
            math.log1p(length) / 5,
            min(len(draft.content), 4) / 2,
            near,
            "not" in words or "n't" in cue or "n’t" in cue,
        ],
        dtype=np.float32,
    )
