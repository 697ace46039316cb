"""Dates as pages write them: ISO 8601, RFC 822, "31 March 2011", "March 31, 2011", 31/03/2011."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_tz

# Before this lies no web page: older dates are defaults of some content system (1970-01-01, 0001-01-01).
EARLIEST = date(1985, 1, 1)
MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep"
        "|october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_CLOCK = (
    r"(?:[\s,]*(?:at|-|–|\|)?[\s,]*(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?"
    r"\s*(?P<half>[ap]\.?m\b)?)?"
)
DAY_MONTH_YEAR = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<month>{_MONTH})\.?,?[\s-]+(?P<year>\d{{4}})\b{_CLOCK}",
    re.I,
)
MONTH_DAY_YEAR = re.compile(
    rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b{_CLOCK}", re.I
)
NUMERIC = re.compile(rf"\b(?P<day>\d{{1,2}})[/.](?P<month>\d{{1,2}})[/.](?P<year>\d{{4}})\b{_CLOCK}", re.I)
ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")
WRITTEN = (DAY_MONTH_YEAR, MONTH_DAY_YEAR, NUMERIC, ISO)
IN_URL = (
    re.compile(
        r"[/_-](?P<year>19[89]\d|20\d\d)[/_-](?P<month>\d{1,2}|[a-z]{3})[/_-](?P<day>\d{1,2})(?=[/_.-]|$)", re.I
    ),
    re.compile(r"[/_-](?P<year>19[89]\d|20\d\d)(?P<month>0\d|1[0-2])(?P<day>[0-2]\d|3[01])(?=[/_.-]|$)"),
)  # fmt: skip
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_LABEL = r"(?:(?:first\s+)?(?:published|posted|updated|last\s+updated|created|date)(?:\s+(?:on|at))?\s*:?\s*)?"
_ZONE = r"(?:\s*\(?(?:gmt|bst|utc|[+-]\d\d:?\d\d)\)?)?"


def machine_date(value: str, *, today: date | None = None) -> str | None:
    """The ISO 8601 form of a date meant for machines, its time and offset kept; None when it cannot be one.

    A date later than tomorrow or before 1985 is refused: it is an error of the page.
    """
    value = value.strip()
    moment = _iso_moment(value) or _mail_moment(value)
    if moment is None:
        return written_date(value, today=today)
    if not plausible(moment.date(), today=today):
        return None
    if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", value):
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds")


def written_date(text: str, *, today: date | None = None) -> str | None:
    """The first date written out in ``text`` (day before month when both are numbers), with its time if one follows."""
    found = [match for pattern in WRITTEN for match in pattern.finditer(text)]
    for match in sorted(found, key=lambda match: match.start()):
        day = _day(match)
        if day is None or not plausible(day, today=today):
            continue
        clock = _clock(match)
        return f"{day.isoformat()}T{clock}" if clock else day.isoformat()
    return None


def url_date(url: str, *, today: date | None = None) -> str | None:
    """The date in an address such as /2011/03/31/ or /2011/mar/31/ or -20110331."""
    for pattern in IN_URL:
        for match in pattern.finditer(url):
            day = _day(match)
            if day is not None and plausible(day, today=today):
                return day.isoformat()
    return None


def is_date_line(line: str) -> bool:
    """Is the line nothing but a date, with a weekday, a label ("Published on") or a time at most?"""
    line = line.strip().strip("|•·-–— ")
    return any(
        re.fullmatch(_LABEL + _WEEKDAY + pattern.pattern + _ZONE, line, re.IGNORECASE) is not None
        for pattern in WRITTEN
    )


def plausible(day: date, *, today: date | None = None) -> bool:
    latest = (today or datetime.now(UTC).date()) + timedelta(days=1)
    return EARLIEST <= day <= latest


def _iso_moment(value: str) -> datetime | None:
    value = re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", value)
    value = re.sub(r"\[[\w/]+\]$|\s+UTC$", "", value)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _mail_moment(value: str) -> datetime | None:
    parsed = parsedate_tz(value) if re.search(r"\d:\d\d", value) and re.search(r"[a-z]{3}", value, re.I) else None
    if parsed is None:
        return None
    zone = None if parsed[9] is None else timezone(timedelta(seconds=parsed[9]))
    try:
        return datetime(*parsed[:6], tzinfo=zone)
    except ValueError:
        return None


def _day(match: re.Match[str]) -> date | None:
    month = match["month"].lower()
    number = MONTHS.get(month) or (int(month) if month.isdigit() else 0)
    day = int(match["day"])
    try:
        return date(int(match["year"]), number, day)
    except ValueError:
        return None


def _clock(match: re.Match[str]) -> str:
    found = match.groupdict()
    if not found.get("hour"):
        return ""
    hour, half = int(found["hour"]), (found.get("half") or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f"{hour:02d}:{found['minute']}:00"
