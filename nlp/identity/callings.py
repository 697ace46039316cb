"""Whether two roles can't be one human's: another calling, another seat or another party at the same time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from nlp.offices.titles import Office, office
from nlp.wordlists import rows

SAME_TIME = 3 * 365  # days within which one human rarely changes calling
SAME_HOUSE = 365  # days within which a seat or a party is rarely changed
LIFETIME = 70 * 365
DAY = re.compile(r"\d{4}-\d\d-\d\d")
PAST = re.compile(r"\b(?:former|ex|then|late|retired)\b", re.IGNORECASE)
SEAT = re.compile(r"\bM[SE]?P for ((?:[A-Z][\w'’-]+ ?(?:and |upon |on |in |the |of )*)+)")


@dataclass(frozen=True, slots=True)
class Stated:
    """One role of somebody as a text or a list states it; ``day`` is ISO or "", ``until`` the last day of a list's."""

    title: str
    organisation: str = ""
    day: str = ""
    until: str = ""

    @property
    def office(self) -> Office | None:
        return office(self.title, self.organisation)


def contradict(one: Stated, other: Stated) -> bool:
    """Both are held now, near in time, and one human does not hold them both."""
    apart = _days_apart(one, other)
    if apart > LIFETIME:
        return True
    if PAST.search(one.title) or PAST.search(other.title):
        return False
    callings = calling(one.title), calling(other.title)
    if apart <= SAME_TIME and all(callings) and callings[0] != callings[1]:
        return True
    parties = [found.party if found else "" for found in (one.office, other.office)]
    seats = [SEAT.search(stated.title) for stated in (one, other)]
    if apart > SAME_HOUSE:
        return False
    if all(parties) and parties[0] != parties[1]:
        return True
    places = [set(seat.group(1).lower().split()) - {"and", "the", "of"} for seat in seats if seat]
    return len(places) == 2 and places[0].isdisjoint(places[1])


def same_post(one: Stated, other: Stated) -> bool:
    """Both name one office that few share (health secretary, not MP or spokesman), near in time."""
    left, right = one.office, other.office
    if left is None or right is None or (left.rank, left.shadow) != (right.rank, right.shadow):
        return False
    if PAST.search(one.title) or PAST.search(other.title) or _days_apart(one, other) > SAME_HOUSE:
        return False
    if left.party and right.party and left.party != right.party:
        return False
    if left.rank == "post":
        return len(left.portfolio) > 1 and set(left.portfolio) == set(right.portfolio)
    if not left.portfolio or not right.portfolio:
        told = left.rank in ("prime minister", "chancellor", "opposition leader", "deputy prime minister")
        return left.portfolio == right.portfolio and (told or bool(left.party and left.rank == "leader"))
    fewest = min(len(left.portfolio), len(right.portfolio))
    return left.portfolio[:fewest] == right.portfolio[:fewest]


def calling(title: str) -> str:
    """The walk of life that a role belongs to (nlp/data/callings.txt); "" for one that anybody may hold."""
    known = _callings()
    found = re.findall(r"[a-z-]+", title.lower().replace("chief executive", "chief-executive"))
    return next((known[word] for word in reversed(found) if word in known), "")


@cache
def _callings() -> dict[str, str]:
    return {word: row[0] for row in rows("callings") for word in row[1].split()}


def _days_apart(one: Stated, other: Stated) -> int:
    """Days between two roles, 0 when a day is not known or a list's term covers it."""
    if not DAY.match(one.day) or not DAY.match(other.day):
        return 0
    first, second = sorted((one, other), key=lambda stated: stated.day)
    if first.until and second.day <= first.until:
        return 0
    return (date.fromisoformat(second.day[:10]) - date.fromisoformat((first.until or first.day)[:10])).days


def any_contradict(these: Sequence[Stated], those: Sequence[Stated]) -> bool:
    return any(contradict(one, other) for one in these for other in those)
