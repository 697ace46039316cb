"""Table cells that lead somewhere: names and ids link to their pages, addresses only when they are http or https."""

from __future__ import annotations

import re

from datasette import hookimpl
from markupsafe import Markup, escape

PAGES = {
    "article_id": "/article/",
    "origin_article_id": "/article/",
    "person_id": "/person/",
    "policy_id": "/policy/",
    "story_id": "/story/",
    "organisation_id": "/organisation/",
    "service_id": "/service/",
    "event_id": "/event/",
    "quote_id": "/quote/",
    "utterance_id": "/utterance/",
    "other_person_id": "/person/",
}
# A column that shows a name, and the columns of the same row that may say whose page it is.
NAMES = {
    "person": ("person_id",),
    "speaker": ("person_id", "organisation_id"),
    "holder": ("person_id", "organisation_id"),
    "actor": ("person_id", "organisation_id"),
    "policy": ("policy_id",),
    "service": ("service_id",),
    "headline": ("article_id",),
    "story": ("story_id",),
}
# The column of each table that names the row itself.
OWN = {
    ("articles", "headline"): "/article/",
    ("people", "name"): "/person/",
    ("organisations", "name"): "/organisation/",
    ("services", "name"): "/service/",
    ("policies", "name"): "/policy/",
    ("events", "name"): "/event/",
    ("stories", "headline"): "/story/",
    ("sources", "name"): "/source/",
}
# A column that shows a source, and the column that says which.
SOURCES = {"source_id": "source_id", "outlet": "source_id", "source": "source_id"}
SLUG = re.compile(r"[\w-]{1,80}")
LONGEST = 90  # characters of a label
LINKED = {*PAGES, *NAMES, *SOURCES, *(column for _, column in OWN)}


@hookimpl
def render_cell(row, value, column, table, datasette):
    """The cell as a link to its page; None leaves it to Datasette, which escapes."""
    if column not in LINKED:  # it is asked for every cell
        return None
    label, target = (value["label"], value["value"]) if isinstance(value, dict) else (value, value)
    if value is None or label == "":
        return None
    path = datasette.urls.path
    label = str(label) if len(str(label)) <= LONGEST else f"{str(label)[:LONGEST]}…"
    if column in SOURCES and SLUG.fullmatch(str(_of(row, SOURCES[column]) or "")):
        return _link(path(f"/source/{_of(row, SOURCES[column])}"), label)
    if column in PAGES and isinstance(target, int):
        return _link(path(f"{PAGES[column]}{target}"), label)
    if (table, column) in OWN and SLUG.fullmatch(str(_of(row, "id"))):
        return _link(path(f"{OWN[table, column]}{_of(row, 'id')}"), label)
    for key in NAMES.get(column, ()):
        if isinstance(_of(row, key), int):
            quote = _of(row, "quote_id") if column == "headline" else None
            anchor = f"#q{quote}" if isinstance(quote, int) else ""
            return _link(path(f"{PAGES[key]}{_of(row, key)}{anchor}"), label)
    return None


def _link(address: str, label: str) -> Markup:
    return Markup(f'<a href="{escape(address)}">{escape(label)}</a>')


def _of(row, column: str):
    """The raw value of a column of this row; None when the row has no such column."""
    value = row[column] if column in row.keys() else None  # noqa: SIM118 (a sqlite3.Row iterates over values)
    return value["value"] if isinstance(value, dict) else value
