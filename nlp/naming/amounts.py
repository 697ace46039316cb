"""The small grammar of amounts: money, percentages, ratios, multiples and counts, with value and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS = {word: float(n) for n, word in enumerate(UNITS, 1)} | {word: 10.0 * n for n, word in enumerate(TENS, 2)}
NUMBER_WORDS |= {"a": 1.0, "half": 0.5, "hundred": 100.0, "dozen": 12.0, "no": 0.0}
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9,
    "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
CURRENCIES = {
    "£": "GBP",
    "pounds": "GBP",
    "pound": "GBP",
    "$": "USD",
    "dollars": "USD",
    "€": "EUR",
    "euros": "EUR",
    "pence": "pence",
    "p": "pence",
}
PARTS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "sixth": 1 / 6, "tenth": 0.1, "eighth": 0.125}

_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_WORDS = "(?:" + "|".join([*UNITS, *TENS]) + ")(?:-(?:" + "|".join(UNITS) + "))?"
_SCALE = r"(?:\s?(?:million|billion|trillion|thousand|hundred|bn|tn|mn|m|k)\b)"
AMOUNT = re.compile(
    rf"""
    (?P<part>\b(?:(?P<times_part>{_WORDS}|a|one)[\s-])?(?P<fraction>half|third|quarter|fifth|sixth|tenth|eighth)s?\sof\b)
  | (?P<every>\bone\s[\w-]+(?:\s[\w-]+)?\severy\s(?:{_WORDS}|\d+)?\s?\w+)
  | (?P<ratio>\b(?P<some>{_WORDS}|{_DIGITS})\s(?:out\sof|in|to(?=\s\S+\s(?:majority|margin|vote)))\s(?:every\s)?
      (?P<all>{_WORDS}|{_DIGITS}{_SCALE}?)\b(?!%))
  | (?P<money>(?:[£$€]|\bpounds?\s)\s?(?P<sum>{_DIGITS})(?P<sum_scale>{_SCALE})?
        | \b(?P<sum2>{_DIGITS}|{_WORDS})(?P<sum2_scale>{_SCALE})?\s?
          (?P<currency>pounds|pound|euros|dollars|pence|p)\b)
  | (?P<percent>\b(?P<rate>{_DIGITS}|{_WORDS})(?:\s?%|\s?per\s?cent\b|\s?percent\b|\spercentage\spoints?\b))
  | (?P<times>\b(?P<factor>{_DIGITS}|{_WORDS})\stimes\s(?:more|less|higher|lower|greater|as|the)\b)
  | (?P<count>(?<![\w.,£$€-])(?P<number>{_DIGITS}|{_WORDS})(?P<number_scale>{_SCALE})?(?![\w%]|[-.:]\d|-\w))
    """,
    re.VERBOSE | re.IGNORECASE,
)


# A cheap look for where an amount may begin, so that the grammar is not tried at every character.
START = re.compile(rf"[£$€]|\b(?:\d|pounds?\b|half\b|third\b|quarter\b|a\b|{_WORDS}\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """What stands at [start, end) of the text: its value in ``unit`` (None where a word cannot be read)."""

    start: int
    end: int
    value: float | None
    unit: str


def number(text: str) -> float | None:
    """ "1,400", "seven", "twenty-five" as a number."""
    plain = text.strip().lower().replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return float(plain)
    parts = [NUMBER_WORDS.get(part) for part in plain.split("-")]
    return None if None in parts else sum(part for part in parts if part is not None)


def amounts(text: str) -> Iterator[Amount]:
    """Every amount in ``text``, left to right; what it counts is not looked at here."""
    end = 0
    for start in START.finditer(text):
        match = AMOUNT.match(text, start.start()) if start.start() >= end else None
        if match:
            value, unit = _read(match)
            end = match.end()
            yield Amount(match.start(), end, value, unit)


def _read(match: re.Match[str]) -> tuple[float | None, str]:
    found = match.groupdict()
    if found["part"]:
        return _times(number(found["times_part"] or "one"), PARTS[found["fraction"].lower()]), "share"
    if found["every"]:
        return None, "rate"
    if found["ratio"]:
        some, whole = number(found["some"]), number(found["all"])
        return (some / whole if some is not None and whole else None), "share"
    if found["money"]:
        text = found["money"].lower()
        unit = CURRENCIES.get(found["currency"] or text[0], "GBP")
        return _scaled(found["sum"] or found["sum2"], found["sum_scale"] or found["sum2_scale"]), unit
    if found["percent"]:
        return number(found["rate"]), "percentage point" if "point" in found["percent"].lower() else "per cent"
    if found["times"]:
        return number(found["factor"]), "times"
    return _scaled(found["number"], found["number_scale"]), "count"


def _scaled(text: str, scale: str | None) -> float | None:
    return _times(number(text), SCALES[scale.strip().lower()] if scale else 1.0)


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor
