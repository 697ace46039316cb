"""Finds attributions by rule: full quotations by their marks, reported clauses by the parse of their sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from nlp.quoting.attributions import Attribution
from nlp.quoting.clauses import has, trimmed
from nlp.quoting.contents import content_of
from nlp.quoting.cues import COURTS, Cue, cue_at
from nlp.quoting.headlines import headline, is_told
from nlp.quoting.quotations import Quotation, quotations, runs
from nlp.quoting.sources import SUBJECTS, Tokens, is_passive, source_of
from nlp.quoting.statements import spoken, statements
from nlp.quoting.verbless import verbless
from nlp.records import Span, Spans

INANIMATE = frozenset(
    "scheme plan move policy measure decision law proposal change system rule deal agreement row scandal fund event "
    "problem issue fact reform approach cost price crisis situation threat war election tax cut rise".split()
)
LAWS = frozenset({"bill", "act", "legislation", "law", "treaty"})  # they say, but to propose is their makers' part
NO_SOURCE = frozenset(
    {"it", "there", "that", "this", "which", "what", "who", "figures", "statistics", "data", "number", "numbers"}
)


def find(doc: Doc) -> list[Attribution]:
    """Every attribution of ``doc``, in order of its first character; none inside the content of another."""
    marks = quotations(doc._.oriented)
    said = statements(runs(marks))
    inside = [(quotation.start, quotation.end) for quotation in marks]
    cues = [cue for token in doc if not _inside(token.idx, inside) and (cue := cue_at(token)) is not None]
    direct = spoken(doc, said, cues)
    used = {cue.verb.i for _, cue in direct if cue is not None}
    quoted = sorted(span for attribution, _ in direct for span in attribution.content)
    found = [attribution for attribution, _ in direct]
    for cue in cues:
        if cue.verb.i not in used and not is_told(cue) and (attribution := _reported(cue, quoted)) is not None:
            found.append(replace(attribution, content=_in_marks(attribution.content, marks)))
    outside = (token for token in doc if not _inside(token.idx, inside))
    found += [attribution for token in outside if (attribution := _verbless(token, quoted)) is not None]
    claim = headline(doc, marks)
    if claim is not None and not any(attribution.content[0][0] < claim.content[0][1] for attribution in found):
        found.append(claim)
    return _outermost(found)


def _inside(offset: int, spans: Sequence[Span]) -> bool:
    index = bisect_right(spans, (offset, 1 << 40)) - 1
    return index >= 0 and spans[index][0] <= offset < spans[index][1]


def _in_marks(spans: Spans, marks: Sequence[Quotation]) -> Spans:
    """With the quotation mark at an edge that belongs to words inside: the parser may hang it elsewhere."""
    whole = []
    for start, end in spans:
        for mark in marks:
            if mark.start < start <= mark.start + 2 and mark.end <= end + 1:
                start = mark.start
            if start <= mark.start < end and end <= mark.end <= end + 2:
                end = mark.end
        whole.append((start, end))
    return tuple(whole)


def _reported(cue: Cue, quoted: Sequence[Span]) -> Attribution | None:
    """The attribution of a cue with content in its own sentence."""
    verb = cue.verb
    if "belief" in cue.frames and verb.dep_ == "conj" and not has(verb, *SUBJECTS) and cue_at(verb.head) is not None:
        return None  # said it was late and hoped to come: her words go on
    source = source_of(cue)
    at_court = any(token.lower_ in COURTS for token in verb.lefts if token.dep_ in SUBJECTS)
    if "court" in cue.frames and at_court:
        source = None
    elif source is None and not (is_passive(verb) and ("of" in cue.frames or at_court)):
        return None
    if source is not None and _is_no_source(verb.doc[source[0] : source[1]], cue):
        return None
    content = _characters(verb.doc, content_of(cue), quoted)
    if not content:
        return None
    return Attribution(content, (cue.span,), _characters(verb.doc, [source] if source else [], ()), 0.85)


def _is_no_source(source: TokenSpan, cue: Cue) -> bool:
    """Facts with nobody behind them; things that ask for nothing although their verb might."""
    head = source.root
    if head.lower_ in NO_SOURCE:
        return head.lower_ != "it" and not source[-1].is_digit  # Number 10
    if head.lower_ in LAWS and cue.verb.lemma_ not in ("say", "state"):
        return True
    return head.lemma_ in INANIMATE and not ("that" in cue.frames and "to" not in cue.frames)


def _characters(doc: Doc, ranges: Sequence[Tokens], quoted: Sequence[Span]) -> Spans:
    """Token ranges as character spans, cut where a full quotation of its own begins."""
    spans = []
    for start, end in ranges:
        if start >= end:
            continue
        first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        for a, _ in quoted:
            if first <= a < last:
                start, end = trimmed(doc.char_span(first, a, alignment_mode="contract") or doc[start:start])
                last = doc[end - 1].idx + len(doc[end - 1]) if end > start else first
                break
        if last > first:
            spans.append((first, last))
    return tuple(spans)


def _verbless(token: Token, quoted: Sequence[Span]) -> Attribution | None:
    parts = verbless(token)
    if parts is None:
        return None
    content, cue, source = parts
    spans = _characters(token.doc, content, quoted)
    return Attribution(spans, (cue,), _characters(token.doc, [source], ()), 0.8) if spans else None


def _outermost(found: Sequence[Attribution]) -> list[Attribution]:
    """Without those whose cue stands inside what another one says."""
    spans = sorted((start, end, index) for index, a in enumerate(found) for start, end in a.content)
    kept = []
    for index, attribution in enumerate(found):
        offset = attribution.cue[0][0] if attribution.cue else attribution.content[0][0]
        around = [i for start, end, i in spans if start <= offset < end and i != index]
        if attribution.cue and any(_holds(found[i], attribution) for i in around):
            continue
        kept.append(attribution)
    return sorted(kept, key=lambda a: min(a.content[0], *a.cue[:1]) if a.cue else a.content[0])


def _holds(one: Attribution, other: Attribution) -> bool:
    """Whether ``one`` says ``other``; when each holds the other's cue, the one with more content does."""
    if not one.cue or not any(start <= one.cue[0][0] < end for start, end in other.content):
        return True
    return _length(one.content) > _length(other.content)


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)
