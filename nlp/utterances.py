"""One thing said, found again in the copies and reports that ran it: same speaker, same fortnight, same words.

Words are compared by their stems and in their order, so that a quote is found again trimmed, put into the past or
without its quotation marks; words that any two sentences share count for nothing.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import LCSseq
from sqlite_utils import Database

from nlp.copies.occurrences import count, tell
from nlp.copies.stems import LIGHT, stems
from nlp.copies.wording import Alphabet, encoded

WINDOW_DAYS = 14
SHARED = 0.85  # of the shorter one's telling words that the other must hold, in their order
FEWEST = 4  # telling words; a quote with fewer is found again only word for word
FEWEST_WORDS = 4
SURE = 5  # telling words from which on a fuller quote makes one utterance of two

NEW_QUOTES = """
    select q.id, q.content, q.speaker, q.person_id, q.organisation_id, julianday(substr(a.published_at, 1, 10)) as day
    from quotes q join article_versions v on v.id = q.version_id join articles a on a.id = v.article_id
    where q.utterance_id is null order by a.current_version_id is not q.version_id, a.published_at, q.id
"""
KNOWN = """
    select id, text, speaker, person_id, organisation_id, julianday(substr(first_published_at, 1, 10)) from utterances
    where merged_into is null and ({}) order by id
"""
SPEAKERS = {
    "person": "person_id in (select value from json_each(?))",
    "organisation": "person_id is null and organisation_id in (select value from json_each(?))",
    "name": "person_id is null and organisation_id is null and lower(speaker) in (select value from json_each(?))",
}


class Said(NamedTuple):
    """A quote or an utterance as it is compared: who said it, which words, on which (Julian) day or None."""

    id: int
    text: str
    speaker: str | None
    person_id: int | None
    organisation_id: int | None
    day: float | None

    @property
    def who(self) -> tuple[str, int | str] | None:
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


def link(db: Database) -> None:
    """Gives every quote its utterance, a new one when it is the first, and says how each occurrence differs."""
    quotes = [Said(*row) for row in db.execute(NEW_QUOTES)]
    with db.atomic():
        alphabet: Alphabet = {}
        speakers: defaultdict[object, Speaker] = defaultdict(Speaker)
        for said in _known(db, quotes):
            speakers[said.who].add(_as_known(said, alphabet))
        for quote in quotes:
            utterance = _utterance_of(db, _as_known(quote, alphabet), speakers[quote.who] if quote.who else Speaker())
            db.execute("update quotes set utterance_id = ? where id = ?", [utterance, quote.id])
        changed = count(db)
        tell(db, changed)


def _known(db: Database, quotes: Iterable[Said]) -> Iterator[Said]:
    """The utterances of those who speak in ``quotes``."""
    wanted: defaultdict[str, set[int | str]] = defaultdict(set)
    for quote in quotes:
        if quote.who:
            wanted[quote.who[0]].add(quote.who[1])
    for kind, keys in wanted.items():
        yield from (Said(*row) for row in db.execute(KNOWN.format(SPEAKERS[kind]), [json.dumps(list(keys))]))


def _as_known(said: Said, alphabet: Alphabet) -> Known:
    found = stems(said.text)
    return Known(said, encoded(found, alphabet), encoded([s for s in found if s not in LIGHT], alphabet))


def _utterance_of(db: Database, quote: Known, speaker: Speaker) -> int:
    """The utterance that ``quote`` is an occurrence of; those that it shows to be one are merged into the oldest."""
    matches = speaker.matches(quote)
    if not matches:
        said = quote.said
        number = int(
            db.execute(
                "insert into utterances(speaker, person_id, organisation_id, text) values (?, ?, ?, ?)",
                [said.speaker, said.person_id, said.organisation_id, said.text],
            ).lastrowid
            or 0
        )
        speaker.add(quote._replace(said=said._replace(id=number)))
        return number
    within = [other for _, other in matches if SURE <= len(other.telling) <= len(quote.telling)]
    best = min((other.said.id for other in within), default=matches[0][1].said.id)
    if best not in {other.said.id for other in within}:
        within = []
    for other in within:
        if other.said.id != best:
            db.execute("update quotes set utterance_id = ? where utterance_id = ?", [best, other.said.id])
            db.execute("update utterances set merged_into = ? where id = ?", [best, other.said.id])
            speaker.remove(other.said.id)
    known = speaker.known[best]
    if len(quote.whole) > len(known.whole):
        speaker.remove(best)
        days = [day for day in (quote.said.day, known.said.day) if day is not None]
        speaker.add(quote._replace(said=quote.said._replace(id=best, day=min(days, default=None))))
    return best
