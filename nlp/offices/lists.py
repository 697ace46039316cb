"""Lists of office holders as files: TSV with a heading, or Popolo JSON. Every row is taken or skipped with a reason."""

from __future__ import annotations

import calendar
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from nlp.offices.register import Term
from nlp.offices.titles import offices
from nlp.wordlists import DATA

SHIPPED = DATA / "offices.tsv"
COLUMNS = {  # what a column may be called, by what it is here
    "name": "name person holder",
    "post": "post office role",
    "organisation": "organisation organization dept department body",
    "party": "party",
    "start": "from start start_date",
    "end": "to end end_date",
    "source": "source src url",
    "person": "person_id",
}
MEANT = {title: name for name, titles in COLUMNS.items() for title in titles.split()}
NEEDED = {"name": "name", "post": "post", "start": "from"}
AS_OF = re.compile(r"#\s*as of:?\s*(\d{4}-\d\d-\d\d)", re.IGNORECASE)
DAY = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?:T.*)?")


class ListError(ValueError):
    """A file that can't be read as a list of office holders at all; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class OfficeList:
    """The terms of a file in its order, and (where, why) for each row that was not taken."""

    terms: tuple[Term, ...]
    skipped: tuple[tuple[str, str], ...]


Row = tuple[str, dict[str, str]]  # where it stands ("line 7"), its fields by our names


def read_list(path: Path, *, as_of: str = "", today: str = "") -> OfficeList:
    """The list in ``path``. Days are ISO; a year or month alone counts from its last day, and up to its first.

    An empty end means: still held on the day the list was made, which is ``as_of``, or a line ``# as of: DAY`` of
    the file, or ``today``. An end that can't be known yet (9999-12-31) only says that the list did not know it: that
    term is believed up to the last day that rows of the same source mention.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ListError(f"{path} is not UTF-8 ({error}): save it as UTF-8 and load it again.") from error
    stated = AS_OF.search(text)
    made = as_of or (stated.group(1) if stated else today or date.today().isoformat())
    found = _popolo(path, text) if text.lstrip().startswith("{") else _table(path, text)
    rows = [(where, {**fields, "source": fields.get("source") or path.name}) for where, fields in found]
    terms: list[Term] = []
    skipped: list[tuple[str, str]] = []
    latest = _latest(rows, made)
    for where, fields in rows:
        term, why = _term(fields, made=made, latest=latest)
        if term is None:
            skipped.append((where, why))
        else:
            terms.append(term)
    return OfficeList(tuple(terms), tuple(skipped))


def _table(path: Path, text: str) -> Iterator[Row]:
    lines = [(n, line.split("\t")) for n, line in enumerate(text.splitlines(), 1) if line.strip() and line[0] != "#"]
    if not lines:
        raise ListError(f"{path} is empty.")
    names = [MEANT.get(cell.strip().strip('"').lower(), "") for cell in lines[0][1]]
    missing = [told for name, told in NEEDED.items() if name not in names]
    if missing:
        raise ListError(
            f"{path} has no column {', '.join(missing)}. Its first line must name the columns, with tabs between: "
            "name, post, organisation, from, to, source."
        )
    for number, cells in lines[1:]:
        fields = dict(zip(names, (cell.strip().strip('"').strip() for cell in cells), strict=False))
        if len(cells) > len(names):
            fields["wrong"] = f"{len(cells)} fields where the heading has {len(names)}"
        yield f"line {number}", fields


def _popolo(path: Path, text: str) -> Iterator[Row]:
    """https://www.popoloproject.com/specs/: memberships join persons, posts and organizations."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise ListError(f"{path} is no JSON: {error}") from error
    if not isinstance(found.get("memberships"), list):
        raise ListError(f'{path} has no list "memberships": it is not Popolo JSON.')
    by_id = {
        kind: {str(one.get("id")): one for one in found.get(kind) or () if isinstance(one, dict)}
        for kind in ("persons", "organizations", "posts")
    }
    for number, member in enumerate(found["memberships"], start=1):
        if not isinstance(member, dict):
            yield f"membership {number}", {"wrong": "it is no object"}
            continue
        post = by_id["posts"].get(str(member.get("post_id")), {})
        body = by_id["organizations"].get(str(member.get("organization_id") or post.get("organization_id")), {})
        on_behalf = by_id["organizations"].get(str(member.get("on_behalf_of_id")), {})
        yield (
            f"membership {number}",
            {
                "name": _text(by_id["persons"].get(str(member.get("person_id")), {}).get("name")),
                "post": _text(post.get("label") or member.get("role") or post.get("role") or member.get("label")),
                "organisation": _text(body.get("name")),
                "party": _text(on_behalf.get("name")),
                "start": _text(member.get("start_date")),
                "end": _text(member.get("end_date")),
                "source": _source_of(member) or _source_of(post),
                "person": _text(member.get("person_id")),
            },
        )


def _text(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int) else ""


def _source_of(row: dict[str, Any]) -> str:
    found = [_text(one.get("url")) for one in row.get("sources") or () if isinstance(one, dict)]
    return next(filter(None, found), "") or _text(row.get("source"))


def _latest(rows: Iterable[Row], made: str) -> dict[str, str]:
    """By source, the last day that its rows mention and that was past when the list was made."""
    latest: dict[str, str] = defaultdict(str)
    for _, fields in rows:
        for name in ("start", "end"):
            day = _day(fields.get(name, ""), last=False)
            if day and day <= made:
                source = fields["source"]
                latest[source] = max(latest[source], day)
    return latest


def _term(fields: dict[str, str], *, made: str, latest: dict[str, str]) -> tuple[Term | None, str]:
    """The term that a row states, or None and why there is none."""
    name, post, organisation = (fields.get(key, "") for key in ("name", "post", "organisation"))
    first, last = fields.get("start", ""), fields.get("end", "")
    start, end = _day(first, last=True), _day(last, last=False)
    why = fields.get("wrong", "")
    for broken, reason in (
        (not name, "no name"),
        (not post, "no post"),
        (not first, "no first day"),
        (bool(first) and not start, f"{first!r} is no day (2011-03-31)"),
        (bool(last) and not end, f"{last!r} is no day (2011-03-31)"),
        (bool(end) and end < start, f"ends ({last}) before it begins ({first})"),
        (not offices(post, organisation), f"{post!r} names no office that is held"),
    ):
        why = why or (reason if broken else "")
    if why:
        return None, why
    source = fields["source"]
    term = Term(name=name, post=post, organisation=organisation or fields.get("party", ""), start=start, end=end,
                source=source, person=fields.get("person", ""))  # fmt: skip
    if not end:
        term = replace(term, known_until=made)
    elif end > made:
        term = replace(term, end="", known_until=latest[source] if end >= "2100" else made)
    return term, ""


def _day(text: str, *, last: bool) -> str:
    """An ISO day; of a year or a month alone its ``last`` or first day. "" when there is none."""
    match = DAY.fullmatch(text)
    if not match:
        return ""
    year, month, day = int(match.group(1)), match.group(2), match.group(3)
    whole_month = int(month) if month else 12 if last else 1
    try:
        length = calendar.monthrange(year, whole_month)[1]
        return date(year, whole_month, int(day) if day else length if last else 1).isoformat()
    except (ValueError, calendar.IllegalMonthError):
        return ""
