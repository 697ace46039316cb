"""When an address is looked at again: pure functions of what came of a visit and of the time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MINUTE, HOUR, DAY = 60, 3600, 86400
MOST_ATTEMPTS = 5
FIRST_REVISIT_S = 2 * HOUR
LAST_REVISIT_S = 30 * DAY
DATED_PART_INTERVAL_S = 7 * DAY  # of a sitemap's part whose index says when it changed: that brings it forward
FIRST_INTERVAL_S, SHORTEST_INTERVAL_S, LONGEST_INTERVAL_S = HOUR, 10 * MINUTE, DAY
SECOND_LOOK_S = {"gone": 6 * HOUR, "skipped": DAY, "robots": 7 * DAY}
FINAL = {"gone": "gone", "skipped": "skipped", "robots": "forbidden", "refused": "refused", "duplicate": "duplicate"}
READ = ("new", "changed", "unchanged", "not-modified", "listing")
NOT_MODIFIED_BELIEVED = 3  # answers of 304 in a row, before the page is fetched whole to see whether that is true


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One leased row of the frontier: what to fetch, and what earlier visits said. Times are ISO 8601 in UTC."""

    id: int
    source_id: str
    kind: str
    address: str
    url: str
    host: str
    attempts: int = 0
    not_modified: int = 0
    interval_s: int | None = None
    outcome: str | None = None
    listed: str | None = None
    discovered_at: str | None = None
    fetched_at: str | None = None
    article_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An address that a listing names. ``listed`` is the date beside it, ``kind`` as in the frontier."""

    kind: str
    address: str
    url: str
    listed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What is known of a visit beyond its capture: the row, what it named, where it moved for good, when to retry."""

    due: Due
    found: tuple[Found, ...] = field(default=(), repr=False)
    moved_to: str = ""
    retry_at: str | None = None
    whole: bool = True  # no validators were sent: an answer of 200 then says nothing about the server's honesty


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """What becomes of the row: its state, and when it is due again (None: never)."""

    state: str
    next_due: str | None
    attempts: int = 0


def after_article(due: Due, outcome: str, *, now: str, published: str | None, retry_at: str | None = None) -> Next:
    """The row of an article or a further page after a visit that ended in ``outcome`` (see ``crawler.captures``)."""
    if outcome in READ or (outcome == "skipped" and due.article_id is not None):
        return Next(state="done", next_due=None if due.kind == "page" else revisit(now, published or due.discovered_at))
    if outcome in ("refused", "duplicate"):
        return Next(state=FINAL[outcome], next_due=None)
    attempts = due.attempts + 1
    if outcome in SECOND_LOOK_S:
        looks = attempts if due.outcome == outcome else 1
        if looks >= (3 if outcome == "robots" else 2):
            return Next(state=FINAL[outcome], next_due=None, attempts=looks)
        return Next(state="waiting", next_due=later(now, SECOND_LOOK_S[outcome]), attempts=looks)
    if attempts >= MOST_ATTEMPTS:
        return Next(state="failed", next_due=None, attempts=attempts)
    return Next(state="waiting", next_due=max(later(now, back_off(attempts)), retry_at or ""), attempts=attempts)


def after_listing(due: Due, outcome: str, *, now: str, interval_s: int, retry_at: str | None = None) -> Next:
    """A listing is never given up: what fails is asked for more and more rarely, once a day in the end."""
    if outcome in READ:
        return Next(state="done", next_due=later(now, interval_s))
    attempts = due.attempts + 1
    wait = min(LONGEST_INTERVAL_S, interval_s * 2 ** min(attempts, 10))
    return Next(state="waiting", next_due=max(later(now, wait), retry_at or ""), attempts=attempts)


def revisit(now: str, since: str | None) -> str | None:
    """When an article is looked at again: each time its age has doubled, once at a month, and then no more.

    ``since`` is when it was published, or first seen when nothing says.
    """
    age = age_s(now, since)
    if age >= LAST_REVISIT_S:
        return None
    wait = max(FIRST_REVISIT_S, age)
    return later(now, LAST_REVISIT_S - age if age + wait > LAST_REVISIT_S / 2 else wait)


def poll_interval(interval_s: int | None, *, known: int, named: int) -> int:
    """Seconds until a listing is polled again, so that a third to two thirds of what it names is known by then."""
    current = interval_s or FIRST_INTERVAL_S
    if not named:
        return current
    share = known / named
    adapted = current * 1.5 if share > 2 / 3 else current / 2 if share < 1 / 3 else current
    return round(min(LONGEST_INTERVAL_S, max(SHORTEST_INTERVAL_S, adapted)))


def back_off(attempts: int) -> int:
    """Seconds before the next attempt: 5 minutes, then four times longer each time."""
    return int(5 * MINUTE * 4 ** (attempts - 1))


def retry_after(value: str, *, now: str) -> str | None:
    """The moment that a Retry-After header names (seconds or an HTTP date), a day ahead at most; None for none."""
    value = value.strip()
    if re.fullmatch(r"\d{1,9}", value):
        return later(now, min(DAY, max(1, int(value))))
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    stated = moment.astimezone(UTC).isoformat(timespec="seconds")
    return min(stated, later(now, DAY)) if stated > now else None


def age_s(now: str, since: str | None) -> float:
    """Seconds from ``since`` to ``now``; a day counts from its start, what can't be told as 0."""
    moment = utc(since) if since else None
    return 0.0 if moment is None else max(0.0, (datetime.fromisoformat(now) - moment).total_seconds())


def utc(stamp: str) -> datetime | None:
    """An ISO 8601 day or time as a moment in UTC; one without an offset is taken for UTC. None when it is none."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def later(moment: str, seconds: float) -> str:
    """``moment`` (ISO 8601, UTC) and so many seconds more."""
    return (datetime.fromisoformat(moment) + timedelta(seconds=seconds)).isoformat(timespec="seconds")
