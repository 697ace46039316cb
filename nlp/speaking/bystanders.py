"""Those who are on stage without a word of theirs: a spokesman who defended the plan, the councils that wait.

A pronoun or "the spokesman" after them means them as it means those who have spoken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from nlp.quoting.sources import SUBJECTS, noun_phrase
from nlp.records import Quote
from nlp.speaking import descriptions
from nlp.speaking.cast import Cast
from nlp.surface import tokens_among

BODIES = frozenset(
    "government committee commission council union party group charity panel department executive".split()
)
GROUPS = frozenset(
    "ministers councils unions mps peers tories parties campaigners critics officials backbenchers rebels residents "
    "doctors nurses teachers police judges lawyers researchers scientists experts employers businesses".split()
)
ALONE = descriptions.SPOKESPEOPLE | BODIES | GROUPS


def bystanders(doc: Doc, cast: Cast, quotes: Sequence[Quote]) -> Iterator[Span]:
    """Noun phrases that are a subject, outside quotes and sources, and name none of the cast; in order."""
    taken = sorted(span for quote in quotes for part in (quote.source, quote.content) for span in part)
    for head in tokens_among(doc, ALONE):
        if head.dep_ not in SUBJECTS or any(start <= head.idx < end for start, end in taken):
            continue
        if cast.within(head.idx, head.idx + len(head)):
            continue
        start, end = noun_phrase(head)
        yield doc[start:end]
