"""Which quotes of two texts are one, and where a quote stands."""

from __future__ import annotations

from rapidfuzz.distance import LCSseq

from nlp.copies.facts import Quoted, Span
from nlp.copies.stems import stems
from nlp.copies.wording import Alphabet, encoded

SAME = 0.6  # of the shorter quote's words, from which on two quotes are one that was altered


def touching(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def within(span: Span, quote: Quoted) -> bool:
    """Whether ``span`` touches what ``quote`` says; a cue between two pieces of it is no part of that."""
    return any(touching(span, piece) for piece in quote.spans)


def matched(before: list[Quoted], after: list[Quoted]) -> list[tuple[Quoted | None, Quoted | None]]:
    """Quotes that are one, whoever they are put down to; those that only one text has with None beside them."""
    left = list(after)
    partner: dict[int, Quoted] = {}

    def join(place: int, found: list[Quoted]) -> None:
        if found:
            partner[place] = found[0]
            left.remove(found[0])

    for place, quote in enumerate(before):  # first the same things said: no other quote may take one for its own
        join(place, [one for one in left if quote.utterance_id and one.utterance_id == quote.utterance_id])
    for place, quote in enumerate(before):
        if place not in partner:
            likeness = [(_alike(quote, one), -number, one) for number, one in enumerate(left)]
            join(place, [one for share, _, one in sorted(likeness, reverse=True) if share >= SAME])
    return [
        *((quote, partner.get(place)) for place, quote in enumerate(before)),
        *((None, quote) for quote in left),
    ]


def _alike(one: Quoted, other: Quoted) -> float:
    alphabet: Alphabet = {}
    a, b = (encoded(stems(quote.content), alphabet) for quote in (one, other))
    return float(LCSseq.similarity(a, b)) / max(1, min(len(a), len(b)))
