"""Headlines that report: what stands in quotation marks there is somebody's claim, and the body says whose."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from nlp.attributions import Attribution
from nlp.quotations import Quotation

LINE = re.compile(r"[^\n]+")
MAX_WORDS = 14
CLAIMING = ("VB", "VBD", "VBN", "VBP", "VBZ", "MD", "VBG", "JJR", "RBR")
NAMING = ("NN", "NNS", "NNP", "NNPS")


def headline(doc: Doc, marks: tuple[Quotation, ...]) -> Attribution | None:
    """The first line as an attribution of its own: no full stop, and a claim within single quotation marks at its end.

    A quoted verb or comparison is a claim (Plan 'will fail'); a quoted name or a lone word is not ('sham weddings').
    """
    line = LINE.match(doc._.oriented)
    if line is None or line.end() == len(doc._.oriented) or line.group().rstrip()[-1:] in ".?!:":
        return None
    last = next((mark for mark in reversed(marks) if mark.end <= line.end()), None)
    if last is None or last.end < len(line.group().rstrip()) or len(line.group().split()) > MAX_WORDS:
        return None
    inside = doc.char_span(last.start + 1, last.end - 1, alignment_mode="contract")
    if inside is None or last.words < 2 or last.start == 0:
        return None
    if not any(token.tag_ in CLAIMING for token in inside) or inside[0].tag_ in ("DT", *NAMING):
        return None
    return Attribution(((0, last.end),), confidence=0.5)
