"""Where in an article each holder speaks or is spoken of, and where each target is, sentence by sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from spacy.tokens import Doc

from nlp.document import quotes
from nlp.records import Quote, Span
from nlp.speaking.cast import Cast
from nlp.standing.holders import Holder, Holders
from nlp.standing.judgements import judgement
from nlp.standing.salience import STEM
from nlp.surface import lower_words, text_of, tokens_among
from nlp.wordlists import words

NAMED = frozenset({"person", "organisation"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
PARTS = frozenset({"compound", "poss"})  # "police cells", "ministers' plans" name no police and no ministers
QUOTED = 0.95  # from this share on a sentence is nothing but quote


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words and stems, what its words judge, whose quotes it holds, who is named in it."""

    span: Span
    paragraph: int
    words: frozenset[str]
    stems: frozenset[str]
    judgement: float
    quoted: float
    speakers: frozenset[str]
    members: frozenset[str]
    subjects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Numbers of sentences: those a holder says, those of narration that name it, those where it is the subject."""

    said: tuple[int, ...]
    named: tuple[int, ...]
    subject: tuple[int, ...]

    @property
    def first(self) -> int | None:
        return min((*self.said, *self.named), default=None)

    @property
    def told(self) -> tuple[int, ...]:
        """Named by others alone."""
        return tuple(number for number in self.named if number not in self.said)


class Scopes:
    """The sentences of one article, and what each holder has to do with them."""

    def __init__(self, doc: Doc, cast: Cast, holders: Holders) -> None:
        self.doc, self.cast = doc, cast
        self.groups = dict(_groups(doc, holders))
        self._known: dict[str, Scope] = {}

    @cached_property
    def sentences(self) -> list[Sentence]:
        """All that are not empty, in order."""
        return list(_sentences(self.doc, self.cast, self.groups))

    @cached_property
    def everyone(self) -> list[Holder]:
        """The people and bodies of the article, and each group that is a subject."""
        found = [Holder(member.name, member.kind) for member in self.cast.members if member.kind in NAMED]
        subject = {name for sentence in self.sentences for name in sentence.subjects}
        return found + [holder for name, (holder, _) in self.groups.items() if name in subject]

    def of(self, name: str) -> Scope:
        """What a holder says and where it is named."""
        known = self._known.get(name)
        if known is None:
            rows = list(enumerate(self.sentences))
            known = self._known[name] = Scope(
                tuple(number for number, row in rows if name in row.speakers),
                tuple(number for number, row in rows if name in row.members and row.quoted < QUOTED),
                tuple(number for number, row in rows if name in row.subjects and row.quoted < QUOTED),
            )
        return known

    def meeting(self, name: str, stems: frozenset[str]) -> Span:
        """Where a holder is named with one of the stems; failing that, where it is named at all."""
        scope = self.of(name)
        places = set(self.with_any(stems))
        numbers = [n for n in scope.named if n in places] or list(scope.named) or list(scope.said) or [0]
        return self.sentences[numbers[0]].span

    def with_any(self, stems: frozenset[str]) -> list[int]:
        """The sentences that hold one of the stems."""
        return [number for number, row in enumerate(self.sentences) if not stems.isdisjoint(row.stems)]


def _groups(doc: Doc, holders: Holders) -> Iterator[tuple[str, tuple[Holder, list[int]]]]:
    """ "Ministers", "campaigners", countries: name → (holder, its tokens)."""
    found: dict[str, tuple[Holder, list[int]]] = {}
    lasts = {doc[i].lower_ for i in holders.countries}
    for token in tokens_among(doc, words("actor_nouns") | lasts):
        if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in PARTS:
            holder = holders.of(token)
            if holder is not None:
                found.setdefault(holder.name, (holder, []))[1].append(token.i)
    yield from found.items()


def _sentences(doc: Doc, cast: Cast, groups: dict[str, tuple[Holder, list[int]]]) -> Iterator[Sentence]:
    text, low, said = text_of(doc), lower_words(doc), quotes(doc)
    spans = sorted((start, end, number) for number, quote in enumerate(said) for start, end in quote.content)
    named: dict[int, set[str]] = defaultdict(set)
    for name, (_, tokens) in groups.items():
        for i in tokens:
            named[i].add(name)
    labels = [doc.vocab.strings[label] for label in SUBJECTS]
    subject: dict[int, set[str]] = defaultdict(set)
    for i in np.flatnonzero(np.isin(doc.to_array("DEP"), labels)).tolist():
        place = doc[i].idx
        subject[i] = named.get(i, set()) | {member.name for member, _ in cast.within(place, place + len(low[i]))}
    for span in doc.sents:
        start, end = span.start_char, span.end_char
        if not text[start:end].strip():
            continue
        inside = [(max(a, start), min(b, end), number) for a, b, number in spans if a < end and b > start]
        within = range(span.start, span.end)
        members = {member.name for member, _ in cast.within(start, end)}.union(
            *(named[i] for i in within if i in named)
        )
        subjects: set[str] = set().union(*(subject[i] for i in within if i in subject))
        words_ = frozenset(low[span.start : span.end])
        yield Sentence(
            span=(start, start + len(text[start:end].rstrip())),
            paragraph=text.rfind("\n", 0, start),
            words=words_,
            stems=frozenset(word[:STEM] for word in words_ if len(word) > 2 and word.isalpha()),
            judgement=judgement(doc, start, end),
            quoted=sum(b - a for a, b, _ in inside) / (end - start),
            speakers=frozenset(_speakers(said, [number for _, _, number in inside])),
            members=frozenset(members),
            subjects=frozenset(subjects),
        )


def _speakers(said: tuple[Quote, ...], numbers: list[int]) -> Iterator[str]:
    for number in numbers:
        speaker = said[number].speaker
        if speaker is not None:
            yield speaker
