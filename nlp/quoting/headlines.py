"""Headlines that report: a claim in quotation marks, a name after a dash or a bare "says", somebody told to act."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span

from nlp.document import entities
from nlp.quoting.attributions import Attribution
from nlp.quoting.cues import Cue
from nlp.quoting.quotations import Quotation

LINE = re.compile(r"[^\n]+")
MAX_WORDS = 14
NAME = r"[A-Z][\w.'’&-]*(?: [A-Z][\w.'’&-]*){0,3}"
SIGNED = re.compile(rf"(?P<content>.+?)\s+[-–—]\s+(?P<source>{NAME})$")
SAYING = r"says?|warns?|claims?|insists?|argues?|admits?|fears?|reveals?|reports?|suggests?|finds?"
TAILED = re.compile(rf"(?P<content>\S+ .+?),?\s+(?P<cue>{SAYING})\s+(?P<source>{NAME}|MPs|[a-z]+)$")
ADDRESSED = re.compile(
    r"(?P<cue>told|urged|warned|asked|ordered|advised|pressed|begged)\s+(?P<content>(?:not )?to\s.+)$"
)
JUDGING = (
    r"rejects?|attacks?|slams?|condemns?|defends?|denies|deny|dismiss(?:es)?|criticises?|criticise|blasts?|mocks?|"
    r"derides?|denounces?|brands?|hails?|praises?|backs?|refutes?|scorns?|lambasts?"
)
JUDGED = re.compile(rf"(?P<source>{NAME})\s+(?P<cue>{JUDGING})\s+(?P<content>\S.*)$")
CLAIMING = ("VB", "VBD", "VBN", "VBP", "VBZ", "MD", "VBG", "JJR", "RBR")
VERBAL = ("VB", "VBD", "VBP", "VBZ", "MD", "TO", "VBG", "VBN")
NAMING = ("NN", "NNS", "NNP", "NNPS")


def headline(doc: Doc, marks: tuple[Quotation, ...]) -> Attribution | None:
    """The first line as an attribution of its own; None when it is no headline (it ends in a stop) or reports nothing.

    Its speaker is the one that it names, or else the first that the text below can mean.
    """
    line = _line(doc)
    if not line:
        return None
    return _told(line) or _signed(doc, line, marks) or _tailed(line) or _judged(line, marks) or _claim(doc, line, marks)


def is_told(cue: Cue) -> bool:
    """Minister told to act: in a headline a passive without its auxiliary, whatever the parser makes of it."""
    line = _line(cue.verb.doc)
    match = ADDRESSED.search(line) if line else None
    return match is not None and match.start("cue") == cue.verb.idx


def _line(doc: Doc) -> str:
    """The first line, when more follows and it reads as a headline: short, and no stop at its end."""
    text = doc._.oriented
    match = LINE.match(text)
    line = match.group().rstrip() if match else ""
    if not line or len(line) >= len(text.rstrip()) or line[-1] in ".?!:" or len(line.split()) > MAX_WORDS:
        return ""
    return line


def _told(line: str) -> Attribution | None:
    match = ADDRESSED.search(line)
    if match is None or match.start() == 0:
        return None
    return Attribution((match.span("content"),), (match.span("cue"),), confidence=0.5)


def _signed(doc: Doc, line: str, marks: tuple[Quotation, ...]) -> Attribution | None:
    """Pier row must end - Osei: what stands before the dash makes a claim, and what follows it is no news outlet."""
    match = SIGNED.match(line)
    if match is None:
        return None
    inside = doc.char_span(0, match.end("content"), alignment_mode="expand")
    quoted = any(mark.start < match.end("content") for mark in marks)
    if not quoted and not any(token.tag_ in ("MD", "VBZ", "VBP", "VBD") for token in inside or ()):
        return None
    outlets = [body for body in entities(doc, "organisations") if body.kind == "media"]
    if any(start < match.end("source") and match.start("source") < end for o in outlets for start, end in o.mentions):
        return None
    return Attribution((match.span("content"),), (), (match.span("source"),), 0.6)


def _tailed(line: str) -> Attribution | None:
    """More piers ahead says Osei: no comma, so the parser is lost."""
    match = TAILED.match(line)
    if match is None or match.group("content").split()[0].lower() in ("what", "who", "why", "how", "where"):
        return None
    return Attribution((match.span("content"),), (match.span("cue"),), (match.span("source"),), 0.6)


def _judged(line: str, marks: tuple[Quotation, ...]) -> Attribution | None:
    """Osei rejects 'pier tax' jibe: a verb of judgement, and some of what follows is in quotation marks."""
    match = JUDGED.match(line)
    if match is None or not any(match.start("content") <= mark.start < len(line) for mark in marks):
        return None
    return Attribution((match.span("content"),), (match.span("cue"),), (match.span("source"),), 0.6)


def _claim(doc: Doc, line: str, marks: tuple[Quotation, ...]) -> Attribution | None:
    """Plan 'will fail', Jobs plan 'false economy': a quoted predicate; a quoted name or a lone word is none."""
    last = next((mark for mark in reversed(marks) if mark.end <= len(line)), None)
    if last is None or last.end < len(line) or last.words < 2 or last.start == 0:
        return None
    inside = doc.char_span(last.start + 1, last.end - 1, alignment_mode="contract")
    before = doc.char_span(0, last.start, alignment_mode="contract")
    if inside is None or before is None:
        return None
    says = any(token.tag_ in CLAIMING for token in inside) and inside[0].tag_ not in ("DT", *NAMING)
    if says or _lacks_its_verb(before, inside):
        return Attribution(((0, last.end),), confidence=0.5)
    return None


def _lacks_its_verb(before: Span, inside: Span) -> bool:
    """A noun phrase with no verb, then quoted words that can be its predicate."""
    if not len(before) or before[-1].tag_ not in NAMING or any(token.tag_ in VERBAL for token in before):
        return False
    return inside[0].tag_ in ("RB", "JJ", "IN", "DT", "VBN") and before[-1].text[:1].islower()
