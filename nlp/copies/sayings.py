"""What speakers are known to have said, and which of it a quote says again: by the stems of its words, in their order.

A quote is found again trimmed, put into the past or without its quotation marks; words that any two sentences share
count for nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from nlp.copies.stems import LIGHT, stems
from nlp.copies.wording import Alphabet, encoded

WINDOW_DAYS = 14
SHARED = 0.85  # of the shorter one's telling words that the other must hold, in their order
FEWEST = 4  # telling words; a quote with fewer is found again only word for word
FEWEST_WORDS = 4
SURE = 5  # telling words from which on a fuller quote makes one utterance of two

Who = tuple[str, int | str]


class Said(NamedTuple):
    """A quote or an utterance as it is compared: who said it, which words, on which (Julian) day or None."""

    id: int
    text: str
    speaker: str | None
    person_id: int | None
    organisation_id: int | None
    day: float | None

    @property
    def who(self) -> Who | None:
        if self.person_id:
            return "person", self.person_id
        if self.organisation_id:
            return "organisation", self.organisation_id
        return ("name", self.speaker.lower()) if self.speaker else None


class Known(NamedTuple):
    """An utterance with its stems and its telling stems, one character each."""

    said: Said
    whole: str
    telling: str


@dataclass
class Speaker:
    """What one speaker is known to have said, by the words that tell one saying from another."""

    known: dict[int, Known] = field(default_factory=dict)
    having: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, one: Known) -> None:
        self.known[one.said.id] = one
        for letter in set(one.telling or one.whole):
            self.having[letter].add(one.said.id)

    def remove(self, utterance: int) -> None:
        one = self.known.pop(utterance)
        for letter in set(one.telling or one.whole):
            self.having[letter].discard(utterance)

    def matches(self, quote: Known) -> list[tuple[float, Known]]:
        """(share of the shorter one's words that both have, utterance), the most alike first."""
        alike = Counter(one for letter in set(quote.telling or quote.whole) for one in self.having.get(letter, ()))
        found = []
        for utterance, letters in alike.items():
            other = self.known[utterance]
            fewest = min(len(set(quote.telling or quote.whole)), len(set(other.telling or other.whole)))
            if letters >= SHARED * fewest and (share := likeness(quote, other)):
                found.append((share, other))
        return sorted(found, key=lambda pair: (-pair[0], abs(len(pair[1].whole) - len(quote.whole)), pair[1].said.id))


def likeness(one: Known, other: Known) -> float:
    """The share of the shorter one's telling words that the other has in the same order; 0.0 when they are two."""
    if one.said.day is not None and other.said.day is not None and abs(one.said.day - other.said.day) > WINDOW_DAYS:
        return 0.0
    short, long = sorted((one, other), key=lambda said: (len(said.telling), len(said.whole)))
    if len(short.telling) >= FEWEST:
        share = LCSseq.similarity(short.telling, long.telling) / len(short.telling)
        return float(share) if share >= SHARED else 0.0
    words = min(len(one.whole), len(other.whole))
    same = LCSseq.similarity(one.whole, other.whole) == words and (words >= FEWEST_WORDS or one.whole == other.whole)
    return float(same)


@dataclass
class Sayings:
    """Quotes on their way into utterances, in the order in which they are put in; ``next_id`` numbers what is new."""

    next_id: int
    new: dict[int, Said] = field(default_factory=dict)  # utterance → what said it first
    _of: dict[int, int] = field(default_factory=dict)  # quote → utterance
    _merged: dict[int, int] = field(default_factory=dict)  # utterance → the older one that it turned out to be
    _alphabet: Alphabet = field(default_factory=dict)
    _speakers: defaultdict[Who, Speaker] = field(default_factory=lambda: defaultdict(Speaker))

    def know(self, utterance: Said) -> None:
        """Puts in an utterance that is known, of somebody whom quotes to come are put down to."""
        if utterance.who:
            self._speakers[utterance.who].add(self._as_known(utterance))

    def put(self, quote: Said) -> None:
        """Finds the utterance that ``quote`` is an occurrence of; those that it shows to be one become the oldest."""
        speaker = self._speakers[quote.who] if quote.who else Speaker()
        read = self._as_known(quote)
        matches = speaker.matches(read)
        if not matches:
            self._of[quote.id] = self.next_id
            self.new[self.next_id] = quote
            speaker.add(read._replace(said=quote._replace(id=self.next_id)))
            self.next_id += 1
            return
        within = {other.said.id for _, other in matches if SURE <= len(other.telling) <= len(read.telling)}
        best = min(within, default=matches[0][1].said.id)
        for other in within - {best}:
            self._merged[other] = best
            speaker.remove(other)
        known = speaker.known[best]
        if len(read.whole) > len(known.whole):
            speaker.remove(best)
            days = [day for day in (quote.day, known.said.day) if day is not None]
            speaker.add(read._replace(said=quote._replace(id=best, day=min(days, default=None))))
        self._of[quote.id] = best

    @property
    def of(self) -> dict[int, int]:
        """Quote → utterance, in the end."""
        return {quote: self._now(utterance) for quote, utterance in self._of.items()}

    @property
    def merged(self) -> dict[int, int]:
        """Utterance that was known → the one that it turned out to be."""
        return {one: self._now(other) for one, other in self._merged.items() if one not in self.new}

    def _now(self, utterance: int) -> int:
        while utterance in self._merged:
            utterance = self._merged[utterance]
        return utterance

    def _as_known(self, said: Said) -> Known:
        found = stems(said.text)
        telling = [stem for stem in found if stem not in LIGHT]
        return Known(said, encoded(found, self._alphabet), encoded(telling, self._alphabet))
