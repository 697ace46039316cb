"""The UK guideline: only reported speech and belief count, and a quotation with no cue near it stands by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from nlp.linking.drafts import Draft, groups
from nlp.linking.layout import Layout
from nlp.tagging.tagger import TaggedSpan

REPORTING = Path(__file__).parents[1] / "data" / "reporting_words.txt"
# "is expected to", "was believed": nobody is named who expects.
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|be|being)\s+(?:\w+ly\s+|also\s+|not\s+)?"
    r"(?:expected|believed|understood|known|seen|considered|set|supposed|thought|agreed|due)\b",
    re.IGNORECASE,
)
# "It is hoped", "it was claimed": an "it" that stands for nobody.
IMPERSONAL = re.compile(
    r"it\s+(?:is|was|has been|had been|will be)\s+(?:\w+ly\s+|also\s+)?\w+(?:ed|id|ought|own)\b", re.IGNORECASE
)
FAR = 250  # characters: further on, a quotation does not go on with the one before


@lru_cache(maxsize=1)
def reporting_words() -> frozenset[str]:
    """Every form of the verbs of speech and belief, and the nouns made of them."""
    lines = REPORTING.read_text(encoding="utf-8").splitlines()[1:]
    return frozenset(word for line in lines for word in line.split())


def house_style(layout: Layout, drafts: Sequence[Draft]) -> list[Draft]:
    reporting = [draft for draft in drafts if _reports(layout, draft)]
    return _with_loose_quotations_moved(layout, reporting)


def _reports(layout: Layout, draft: Draft) -> bool:
    if draft.cue is None:
        return True
    cue = layout.text[draft.cue.start : draft.cue.end]
    begins = min(draft.cue.start, draft.source.start) if draft.source else draft.cue.start
    if PASSIVE.search(cue) or IMPERSONAL.match(layout.text[begins : draft.cue.end]):
        return False
    words = re.findall(r"[a-z]+", cue.lower())
    if not words or any(word in reporting_words() for word in words):  # a colon or a dash reports, too
        return True
    return any("“" in layout.plain[max(0, span.start - 1) : span.end] for span in draft.content)


def _with_loose_quotations_moved(layout: Layout, drafts: Sequence[Draft]) -> list[Draft]:
    """A quotation in sentences that hold no cue belongs to the quotation before it, if that was direct; never to a cue
    that comes later, unless nothing parts them."""
    cue_sentences = set(layout.sentence(np.array([span.start for span in layout.cues], dtype=np.int64)).tolist())
    kept: list[Draft] = []
    loose: list[TaggedSpan] = []
    direct: list[bool] = []
    for draft in drafts:
        near = [span for span in draft.content if draft.cue is None or _shares_sentence(layout, span, draft.cue)]
        is_direct = any(layout.quoted(span) for span in near)
        away = [
            span
            for span in draft.content
            if draft.cue is not None
            and near
            and span not in near
            and layout.quoted(span)
            and not cue_sentences & _sentences(layout, span)
            and (span.start < draft.cue.start or not is_direct)
        ]
        loose += away
        kept.append(replace(draft, content=tuple(span for span in draft.content if span not in away)))
        direct.append(is_direct)
    alone = []
    for group in groups(layout, loose):
        before = [n for n, draft in enumerate(kept) if draft.cue is not None and draft.cue.start < group[0].start]
        last = max(before, key=lambda n: kept[n].cue.start) if before else -1  # type: ignore[union-attr]
        if last >= 0 and direct[last] and _goes_on(layout, kept[last], group):
            kept[last] = replace(kept[last], content=tuple(sorted((*kept[last].content, *group))))
        else:
            alone.append(Draft(group))
    return kept + alone


def _sentences(layout: Layout, span: TaggedSpan) -> set[int]:
    first, last = layout.sentence(np.array([span.start, max(span.start, span.end - 1)], dtype=np.int64)).tolist()
    return set(range(first, last + 1))


def _shares_sentence(layout: Layout, span: TaggedSpan, cue: TaggedSpan) -> bool:
    return bool(_sentences(layout, span) & _sentences(layout, cue))


def _goes_on(layout: Layout, draft: Draft, group: tuple[TaggedSpan, ...]) -> bool:
    ends = [span.end for span in draft.content if span.start < group[0].start]
    assert draft.cue is not None
    gap = layout.text[max([draft.cue.end, *ends]) : group[0].start]
    return len(gap) < FAR and gap.count("\n\n") <= 1
