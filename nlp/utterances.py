"""One thing said, found again in the copies and reports that ran it: same speaker, same fortnight, same words."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from sqlite_utils import Database

WINDOW_DAYS = 14
SHARED = 0.8  # of the shorter one's words, in order of the fewest that two quotes must share
FEWEST_WORDS = 4
WORD = re.compile(r"\w+")

NEW_QUOTES = """
    select q.id, q.content, q.speaker, q.person_id, q.organisation_id, q.kind, julianday(a.published_at)
    from quotes q join articles a on a.current_version_id = q.version_id
    where q.utterance_id is null order by a.published_at, q.id
"""
KNOWN = """
    select u.id, u.text, u.speaker, u.person_id, u.organisation_id, 'known', julianday(u.first_published_at)
    from utterances u order by u.id
"""


@dataclass(frozen=True, slots=True)
class Said:
    """A quote or an utterance as it is compared: who said it, which words, on which (Julian) day or None."""

    id: int
    text: str
    speaker: str | None
    person_id: int | None
    organisation_id: int | None
    day: float | None

    @property
    def who(self) -> tuple[str, object] | None:
        if self.person_id:
            return "person", self.person_id
        if self.organisation_id:
            return "organisation", self.organisation_id
        return ("name", self.speaker.casefold()) if self.speaker else None

    @property
    def words(self) -> frozenset[str]:
        return frozenset(WORD.findall(self.text.casefold().replace("’", "'")))


def containment(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set's words that the larger one holds too."""
    fewest = min(len(one), len(other))
    return len(one & other) / fewest if fewest else 0.0


def link(db: Database) -> None:
    """Gives every quote of a current version its utterance; one that is new founds a new one."""
    by_speaker: dict[object, list[tuple[Said, frozenset[str]]]] = defaultdict(list)
    for known in _said(db, KNOWN):
        by_speaker[known.who].append((known, known.words))
    with db.atomic():
        for quote in _said(db, NEW_QUOTES):
            words = quote.words
            match = _best(quote, words, by_speaker[quote.who]) if quote.who else None
            if match is None:
                cursor = db.execute(
                    "insert into utterances(speaker, person_id, organisation_id, text) values (?, ?, ?, ?)",
                    [quote.speaker, quote.person_id, quote.organisation_id, quote.text],
                )
                match = int(cursor.lastrowid or 0)
                founded = Said(match, quote.text, quote.speaker, quote.person_id, quote.organisation_id, quote.day)
                by_speaker[quote.who].append((founded, words))
            db.execute("update quotes set utterance_id = ? where id = ?", [match, quote.id])
        _count(db)


def _said(db: Database, sql: str) -> list[Said]:
    return [Said(i, text, speaker, person, body, day) for i, text, speaker, person, body, _, day in db.execute(sql)]


def _best(quote: Said, words: frozenset[str], known: list[tuple[Said, frozenset[str]]]) -> int | None:
    """The utterance that shares the most of the quote's words, when it shares enough of them."""
    best, best_share = None, SHARED
    for said, other in known:
        near = quote.day is None or said.day is None or abs(quote.day - said.day) <= WINDOW_DAYS
        if near and min(len(words), len(other)) >= FEWEST_WORDS and containment(words, other) >= best_share:
            best, best_share = said.id, containment(words, other)
    return best


def _count(db: Database) -> None:
    """Occurrences, outlets, first date and fullest text again from the quotes of current versions."""
    db.execute(
        """
        update utterances set
            occurrences = tally.occurrences, outlets = tally.outlets,
            first_published_at = tally.first, text = tally.text
        from (
            select q.utterance_id as id, count(*) as occurrences, count(distinct a.source_id) as outlets,
                   min(a.published_at) as first,
                   (select w.content from quotes w where w.utterance_id = q.utterance_id
                    order by length(w.content) desc, w.id limit 1) as text
            from quotes q join articles a on a.current_version_id = q.version_id
            where q.utterance_id is not null group by q.utterance_id
        ) as tally where tally.id = utterances.id
        """
    )
    db.execute(
        "update utterances set occurrences = 0, outlets = 0 where id not in "
        "(select q.utterance_id from quotes q join articles a on a.current_version_id = q.version_id "
        "where q.utterance_id is not null)"
    )
