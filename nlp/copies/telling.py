"""A change as a line that a person can read: what, whose, and between when and when."""

from __future__ import annotations

from datetime import UTC, datetime

from nlp.copies.facts import Facts, Quoted

ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
LONGEST = 160  # characters of a text that is cited in a line


def whose(quote: Quoted) -> str:
    """ "John Healey's second quote"; "a quote that names no speaker"."""
    if not quote.speaker:
        return "a quote that names no speaker"
    ending = "’" if quote.speaker.endswith("s") else "’s"
    number = ORDINALS[quote.number - 1] if quote.number <= len(ORDINALS) else f"{quote.number}th"
    return f"{quote.speaker}{ending} {number} quote"


def cited(text: str) -> str:
    """The words in quotation marks, cut to a line."""
    text = " ".join(text.split()).strip('“”" ')
    return f"“{text if len(text) <= LONGEST else text[:LONGEST].rsplit(' ', 1)[0] + ' …'}”"


def when(before: Facts, after: Facts) -> str:
    """Between which two looks at the page it changed."""
    if not before.seen_at or not after.seen_at:
        return f"between version {before.version_no} and version {after.version_no}"
    first, last = sorted(map(_time, (before.seen_at, after.seen_at)))  # a clock may have been put back
    if first.date() == last.date():
        return f"between {first:%H:%M} and {last:%H:%M} on {_day(last)}"
    return f"between {first:%H:%M} on {_day(first)} and {last:%H:%M} on {_day(last)}"


def sentence(text: str, place: str) -> str:
    """A line with its place or time at the end, its first letter a capital."""
    return f"{text[:1].upper()}{text[1:]} {place}"


def _time(seen_at: str) -> datetime:
    """What names no zone is UTC, in which the crawler notes all times."""
    time = datetime.fromisoformat(seen_at)
    return time.replace(tzinfo=time.tzinfo or UTC)


def _day(time: datetime) -> str:
    return f"{time.day} {time:%B %Y}"
