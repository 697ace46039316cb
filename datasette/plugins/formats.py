"""Filters and functions that every template has: dates as the British write them, safe links, highlighted snippets."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from pathlib import Path

from datasette import hookimpl
from markupsafe import Markup, escape

STYLES = Path(__file__).parent.parent / "static" / "quotewire.css"
# search.py asks SQLite to put these around each hit: characters that no page can carry into its text as markup.
HIT = re.compile("\x02([^\x02\x03]*)\x03")

STANDING = {
    "origin": "the first", "verbatim": "a copy", "edited": "an edited copy", "excerpt": "an excerpt",
    "rewrite": "a rewrite",
}  # fmt: skip


def uk_date(value: str | None) -> str:
    """ "31 March 2011" from an ISO date or time; what is no date comes back as it is, nothing as "no date"."""
    if not value:
        return "no date"
    try:
        day = date.fromisoformat(str(value)[:10])
    except ValueError:
        return str(value)
    return f"{day.day} {day:%B %Y}"


def uk_time(value: str | None) -> str:
    """ "31 March 2011, 14:05 UTC" from an ISO time; a bare date stays a date."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return uk_date(value)
    if len(str(value)) <= 10:
        return uk_date(value)
    zone = f" {moment.tzname()}" if moment.tzinfo else ""
    return f"{uk_date(value)}, {moment:%H:%M}{zone}"


def web_link(value: str | None) -> str:
    """The address when it is http or https, otherwise "": javascript: and data: never become a link."""
    address = str(value or "").strip()
    return address if re.fullmatch(r"https?://[^\s\"'<>]+", address, re.IGNORECASE) else ""


def highlighted(snippet: str | None) -> Markup:
    """A search snippet, escaped, with its hits in <mark>."""
    marked = HIT.sub(r"<mark>\1</mark>", str(escape(snippet or "")))
    return Markup(marked.replace("\x02", "").replace("\x03", ""))


def certainty(value: float | None) -> str:
    """A confidence (0 to 1) in a word, for people who do not think in decimals."""
    if value is None:
        return "not rated"
    return "sure" if value >= 0.85 else "likely" if value >= 0.6 else "uncertain"


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 article", "2,340 articles"; ``many`` where the plural is not made with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def standing(relation: str | None) -> str:
    """How an article stands to the first of its story, for people who don't know our names for it."""
    return STANDING.get(relation or "", relation or "")


@hookimpl
def prepare_jinja2_environment(env):
    env.filters |= {
        "uk_date": uk_date,
        "uk_time": uk_time,
        "web_link": web_link,
        "highlighted": highlighted,
        "certainty": certainty,
        "counted": counted,
        "standing": standing,
    }
    env.globals["styles_version"] = hashlib.sha256(STYLES.read_bytes()).hexdigest()[:10]
