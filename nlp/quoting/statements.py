"""Who says the full quotations: the reporting clause after, before or between them, a colon, or a dash and a name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from nlp.quoting.attributions import Attribution
from nlp.quoting.cues import Cue
from nlp.quoting.quotations import Quotation
from nlp.quoting.sources import noun_phrase, source_of, subject
from nlp.records import Span, Spans

Run = tuple[Quotation, ...]
ABBREVIATED = "".join(
    rf"(?<!\b{word})"
    for word in "Mr Mrs Ms Dr Prof Rev Hon St Sir Lt Col Gen Maj Capt Sgt Gov Rep Sen Jr Sr No Cllr Supt Insp".split()
)
FULL_STOP = rf"(?<![.\s][A-Z])(?<!^[A-Z]){ABBREVIATED}[.?!]"
STOP = re.compile(rf"{FULL_STOP}(?=\s|$)|\n|[“‘]")
SENTENCE = re.compile(rf"{FULL_STOP}[”’)]?\s|\n")
SIGNED = re.compile(r"[ \t]*(?:\n[ \t]*)?[–—―-]{1,2}[ \t]*(?P<name>[A-Z][^\n]{2,150}?)[ \t]*\.?(?=\n|$)")
LABEL = re.compile(r"(?:^|\n)(?P<name>[A-Z][^\n.:“”]{2,100}):[ \t]*$")
TAIL_TOKENS = 26


def statements(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs that are whole utterances rather than words quoted inside a clause."""
    return tuple(run for run in runs if len(run) > 1 or run[0].is_statement)


def spoken(doc: Doc, runs: Sequence[Run], cues: Sequence[Cue]) -> list[tuple[Attribution, Cue | None]]:
    """An attribution for each statement that says by whom, with the cue it used; ``cues`` are those outside."""
    starts = [cue.verb.idx for cue in cues]
    found: list[tuple[Attribution, Cue | None]] = []
    used: set[int] = set()
    for index, run in enumerate(runs):
        start, end = run[0].start, run[-1].end
        content = tuple((q.start, q.end) for q in run)
        floor = runs[index - 1][-1].end if index else 0
        colon = run[0].before == ":" and run[-1].inner.rstrip()[-1:] in "?!"
        after = None if colon else _after(doc, run, cues[bisect_left(starts, end) :])
        opening = (
            _before(run[0], cues[bisect_left(starts, floor) : bisect_left(starts, start)]) if len(run) > 1 else None
        )
        if after is not None and opening is not None and run[0].before == ":":  # Ada said: "A. "B," she added
            used |= {opening.verb.i, after.verb.i}
            found.append((Attribution(content[:-1], (opening.span,), _source(opening), 0.95), opening))
            found.append((Attribution(content[-1:], (after.span,), _source(after), 0.95), after))
            continue
        if after is not None:
            used.add(after.verb.i)
            found.append((Attribution(content, (after.span,), _source(after), 0.95), after))
            continue
        window = _window_before(doc._.oriented, start, floor)
        before = _before(run[0], cues[bisect_left(starts, window[0]) : bisect_left(starts, start)])
        if before is not None and before.verb.i not in used:
            used.add(before.verb.i)
            found.append((Attribution(content, (before.span,), _source(before), 0.95), before))
        elif before is None and (named := _signed(doc, run, window)):
            found.append((Attribution(content, (), named, 0.8), None))
    return found


def _source(cue: Cue) -> Spans:
    tokens = source_of(cue)
    if tokens is None:
        return ()
    span = cue.verb.doc[tokens[0] : tokens[1]]
    return ((span.start_char, span.end_char),)


def _after(doc: Doc, run: Run, cues: Sequence[Cue]) -> Cue | None:
    """The cue of a reporting clause that follows in the same sentence."""
    last = run[-1]
    tail = last.inner.rstrip()[-1:]
    if not last.closed or tail == "." or doc._.oriented[last.end : last.end + 1] in (".", ":", ";"):
        return None
    stop = STOP.search(doc._.oriented, last.end + 1)
    limit = stop.start() if stop else len(doc._.oriented)
    if not cues or cues[0].verb.idx >= limit:
        return None
    cue = cues[0]
    first = doc.char_span(last.end, cue.verb.idx + len(cue.verb), alignment_mode="contract")
    if first is None or len(first) > TAIL_TOKENS or not cue.frames & {"that", "quote"}:
        return None
    return None if tail in "?!…" and _takes_more(cue) else cue


def _takes_more(cue: Cue) -> bool:
    """Whether the cue's own content follows it, so that a quotation before it belongs elsewhere."""
    return any(child.dep_ == "ccomp" for child in cue.verb.rights)


def _window_before(text: str, start: int, floor: int) -> Span:
    """From the start of the sentence that leads to the quotation; of the last paragraph's if that ends in a colon."""
    lead = text[:start].rstrip() if text[max(0, start - 2) : start].strip() == "" else text[:start]
    end = len(lead)
    if "\n" in text[end:start] and not lead.endswith((":", ":-")):
        return start, start
    begin = floor
    for match in SENTENCE.finditer(text, max(floor, end - 600), end):
        if match.end() < end:
            begin = match.end()
    return begin, start


def _before(first: Quotation, cues: Sequence[Cue]) -> Cue | None:
    """The last cue of the sentence that leads up to the quotation, when that sentence is still open."""
    text = first.text
    lead = text[: first.start].rstrip()
    fitting = [cue for cue in cues if cue.frames & {"that", "quote"}]
    if not fitting:
        return None
    last = fitting[-1]
    if lead.endswith((":", ",", ":-", "–", "—")) or text[last.span[1] : first.start].strip() in ("", "that", "how"):
        return last
    return None


def _signed(doc: Doc, run: Run, window: Span) -> Spans:
    """A name after a dash, a name before a colon, or the subject of the sentence that ends in the colon."""
    text = doc._.oriented
    signed = SIGNED.match(text, run[-1].end)
    if signed:
        return (signed.span("name"),)
    lead = text[window[0] : window[1]].rstrip()
    if not lead.endswith(":"):
        return ()
    tokens = doc.char_span(window[0], window[0] + len(lead), alignment_mode="contract")
    verbs: list[Token] = [t for t in tokens or () if t.pos_ in ("VERB", "AUX") and subject(t) is not None]
    if verbs:
        who = subject(verbs[0])
        if who is None or who.pos_ not in ("PROPN", "PRON", "NOUN"):
            return ()
        start, end = noun_phrase(who)
        return ((doc[start].idx, doc[end - 1].idx + len(doc[end - 1])),)
    label = LABEL.search(text, window[0], window[0] + len(lead))
    return (label.span("name"),) if label else ()
