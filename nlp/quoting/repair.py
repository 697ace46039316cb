"""Makes attributions respect the quotation marks: whole quotations, continued and floating ones, any finder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from nlp.quoting.attributions import Attribution
from nlp.quoting.quotations import quotations, runs
from nlp.quoting.statements import FULL_STOP, Run, statements
from nlp.records import Span, Spans

SENTENCE_STOP = re.compile(rf"{FULL_STOP}(?=\s)")
NEAR = 300  # characters between two parts of one utterance: a reporting clause, not a passage


def repaired(doc: Doc, found: Sequence[Attribution]) -> list[Attribution]:
    """``found`` with each full quotation whole and owned: by its finder, by the utterance it continues, or alone."""
    text = doc._.oriented
    said = statements(runs(quotations(text)))
    owned: list[Attribution] = sorted(found, key=_start)
    for run in said:
        start, end = run[0].start, run[-1].end
        owner = next((i for i, a in enumerate(owned) if _touches(a.content, (start, end))), None)
        if owner is not None:
            others = [a.content for i, a in enumerate(owned) if i != owner]
            free = tuple(q for q in run if not any(_touches(content, (q.start, q.end)) for content in others))
            if free:
                owned[owner] = replace(owned[owner], content=_whole(owned[owner].content, free))
            continue
        before = max((i for i, a in enumerate(owned) if _start(a) < start), key=lambda i: _end(owned[i]), default=None)
        pieces = tuple((q.start, q.end) for q in run)
        if before is not None and _is_quotation(owned[before], said) and _near(text, owned[before], start):
            owned[before] = replace(owned[before], content=owned[before].content + pieces)
        else:
            owned.append(Attribution(pieces, confidence=0.6))
            owned.sort(key=_start)
    return sorted(owned, key=_start)


def _start(attribution: Attribution) -> int:
    return min(start for spans in (attribution.content, attribution.cue) for start, _ in spans)


def _end(attribution: Attribution) -> int:
    return max(end for spans in (attribution.content, attribution.cue, attribution.source) for _, end in spans)


def _touches(spans: Spans, span: Span) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)


def _whole(content: Spans, run: Run) -> Spans:
    """The content with each piece that lies in the run stretched to the run's own marks."""
    start, end = run[0].start, run[-1].end
    inside = [(a, b) for a, b in content if a < end and start < b]
    if any(a < start - 1 or b > end + 1 for a, b in inside):
        return content
    others = [piece for piece in content if piece not in inside]
    return tuple(sorted(others + [(q.start, q.end) for q in run]))


def _is_quotation(attribution: Attribution, said: Sequence[Run]) -> bool:
    """Whether the attribution's last piece is a full quotation."""
    last = max(attribution.content)
    return any(q.start <= last[0] + 1 and last[1] <= q.end + 1 for run in said for q in run if q.end >= last[0])


def _near(text: str, attribution: Attribution, start: int) -> bool:
    """Nothing but the rest of the reporting sentence stands between the utterance so far and what follows."""
    last = max(end for _, end in attribution.content)
    between = text[last:start]
    return (
        len(between) < NEAR
        and len(SENTENCE_STOP.findall(between)) <= 1
        and between.count("\n\n") <= 1
        and (not between.strip() or between.strip()[-1] in ".,:;–—-")
    )
