"""What each speaker says in quotes, sentence by sentence, and which policy each sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc

from nlp.records import Entity, Quote, Span
from nlp.standing.asking import judged
from nlp.standing.holders import BODY_NOUNS, Holder
from nlp.standing.judgements import cue_judgement, judgement
from nlp.standing.targets import Targets
from nlp.surface import text_of

TURNS = re.compile(r"\s*[\"'“‘]?(?:But|However|Yet|Critics|Opponents|In contrast|Though|Although)\b")


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence of a quote, the policy it names or points at, the sum of its judging words, the scorer's view."""

    span: Span
    quote: int
    policy: Entity | None
    judgement: float
    attitude: float
    words: int


@dataclass(slots=True)
class Speaker:
    """One who speaks: the sentences said, with what each names and judges, and how they were reported."""

    holder: Holder
    sayings: list[Saying] = field(default_factory=list)
    cue: float = 0.0
    turned: bool = False
    first: int = 0


def speakers(doc: Doc, targets: Targets, said: tuple[Quote, ...], actors: set[str]) -> list[Speaker]:
    """Everyone who speaks, in the order of their first words."""
    named = [(index, quote) for index, quote in enumerate(said) if quote.speaker and quote.speaker_type != "unnamed"]
    sayings = _sayings(doc, targets, named)
    found: dict[str, Speaker] = {}
    for index, quote in named:
        for holder in _holders(quote, actors):
            speaker = found.setdefault(holder.name, Speaker(holder, first=quote.content[0][0]))
            speaker.sayings += sayings[index]
            speaker.cue += cue_judgement(doc, quote)
            speaker.turned |= _turned(doc, quote)
    return sorted(found.values(), key=lambda speaker: speaker.first)


def _sayings(doc: Doc, targets: Targets, quotes: list[tuple[int, Quote]]) -> dict[int, list[Saying]]:
    """The sentences of each quote, by its number; the scorer is asked once for all of them."""
    places = [(index, piece) for index, quote in quotes for a, b in quote.content for piece in _sentences(doc, a, b)]
    pointed = [targets.mention(a, b) for _, (a, b) in places]
    asked = [(piece, at[1]) for (_, piece), at in zip(places, pointed, strict=True) if at]
    views = iter(judged(doc, asked))
    found: dict[int, list[Saying]] = {index: [] for index, _ in quotes}
    for (index, (a, b)), at in zip(places, pointed, strict=True):
        view = next(views) if at else 0.0
        words = len(text_of(doc)[a:b].split())
        found[index].append(Saying((a, b), index, at[0] if at else None, judgement(doc, a, b), view, words))
    return found


def _holders(quote: Quote, actors: set[str]) -> list[Holder]:
    """The speaker; of two that speak as one ("Labour and Unison"), each."""
    name = quote.speaker or ""
    if name.lower().removeprefix("the ") in BODY_NOUNS:  # nobody knows which union
        return []
    each = [part for part in name.split(" and ") if part in actors]
    if name not in actors and len(each) > 1:
        return [Holder(part, "organisation") for part in each]
    return [Holder(name, quote.speaker_type)]


def _turned(doc: Doc, quote: Quote) -> bool:
    """Whether the paragraph, or the sentence, of the quote opens by contrasting."""
    text = text_of(doc)
    start = min(a for a, _ in (*quote.content, *quote.source))
    paragraph = text.rfind("\n", 0, start) + 1
    sentence = text.rfind(". ", paragraph, start)
    return bool(TURNS.match(text, paragraph) or (sentence >= 0 and TURNS.match(text, sentence + 1)))


def _sentences(doc: Doc, start: int, end: int) -> Iterator[Span]:
    span = doc.char_span(start, end, alignment_mode="expand")
    firsts = [token for token in span if token.is_sent_start or token.i == span.start] if span is not None else []
    for token in firsts:
        sentence = token.sent
        yield max(start, sentence.start_char), min(end, sentence.end_char)
