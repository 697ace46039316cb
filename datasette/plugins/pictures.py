"""/picture/<name>[/<id>].svg: what datasette/pictures/*.yaml declares, drawn by Vega on the server.

A picture is asked for as an image: it needs no script, never holds up its page, and takes the reader's light or dark.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from datetime import date
from pathlib import Path

import vl_convert
import yaml
from datasette import NotFound, Response, hookimpl
from markupsafe import escape

DECLARED = {
    name: picture
    for path in sorted((Path(__file__).parent.parent / "pictures").glob("*.yaml"))
    for name, picture in yaml.safe_load(path.read_text(encoding="utf-8")).items()
}
MOST_DRAWN = 300  # pictures kept: drawing one takes 40 to 70 ms, in which the server does nothing else
MOST_STEPS = 48  # bars or columns of dots along the time
UNITS = {"month": ("yearmonth", "%b %Y"), "quarter": ("yearquarter", "%b %Y"), "year": ("year", "%Y")}
PAGES = {"person_id": "/person/", "policy_id": "/policy/", "source_id": "/source/"}
# The colours of quotewire.css: an image sees no style sheet but its own.
STYLE = (
    ":root{--paper:#fbf8f2;--ink:#1d1b18;--quiet:#5f574c;--rule:#d8cfc0;--accent:#7a1f2b;--support:#0a5736;"
    "--oppose:#94231b}@media(prefers-color-scheme:dark){:root{--paper:#17181a;--ink:#e9e5dd;--quiet:#b0a99c;"
    "--rule:#3b3d40;--accent:#eba3ad;--support:#86dfb5;--oppose:#ffada3}}"
)
INK, QUIET, RULE = "var(--ink, #1d1b18)", "var(--quiet, #5f574c)", "var(--rule, #d8cfc0)"
LOOK = {
    "aria": False,  # the whole is one image with a title and a description; its parts are in the table beside it
    "background": None,
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",  # Vega measures the first; Arial has its widths
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK, "titleColor": QUIET, "gridColor": RULE, "domainColor": QUIET, "tickColor": QUIET,
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
    },
    "axisX": {"grid": False},
}  # fmt: skip


def stepped(rows: list[dict[str, object]]) -> tuple[str, list[dict[str, object]]]:
    """The shortest of month, quarter and year that leaves few enough steps, and ``rows`` added up by it, in order."""
    months = [str(row["month"]) for row in rows]
    span = (int(max(months)[:4]) - int(min(months)[:4])) * 12 + int(max(months)[5:7]) - int(min(months)[5:7]) + 1
    unit = "month" if span <= MOST_STEPS else "quarter" if span <= 3 * MOST_STEPS else "year"
    sums: dict[tuple[object, ...], dict[str, object]] = {}
    for row in rows:
        year, month = str(row["month"]).split("-")
        first = {"month": int(month), "quarter": (int(month) - 1) // 3 * 3 + 1, "year": 1}[unit]
        when = f"{year}-{first:02}-01"
        counted = {name: value for name, value in row.items() if isinstance(value, int) and not name.endswith("_id")}
        others = {name: value for name, value in row.items() if name not in counted and name != "month"}
        total = sums.setdefault((when, *others.values()), {"when": when, **others, **dict.fromkeys(counted, 0)})
        for name, value in counted.items():
            total[name] += value
    return unit, list(sums.values())


def named(when: str, unit: str) -> str:
    """ "March 2011", "January to March 2011" or "2011"."""
    day = date.fromisoformat(when)
    last = date(day.year, day.month + 2, 1) if unit == "quarter" else day
    return f"{day:%Y}" if unit == "year" else f"{day:%B} to {last:%B %Y}" if unit == "quarter" else f"{day:%B %Y}"


async def answered(datasette, name: str, id: str) -> tuple[str, list[dict[str, object]]]:
    """The rows that the picture shows and the step of its time ("" when it stands still)."""
    found = await datasette.get_database("quotewire").execute(DECLARED[name]["sql"], {"id": id})
    rows = [dict(row) for row in found.rows]
    return stepped(rows) if rows and "month" in rows[0] else ("", rows)


def svg(picture: dict[str, object], unit: str, rows: list[dict[str, object]]) -> str:
    """The picture with its title and description, in colours that follow the reader's scheme."""
    width, height = picture["size"]
    if "graph" in picture:
        graph = json.loads(json.dumps(picture["graph"]))
        graph |= {"width": width, "height": height, "padding": 8, "config": LOOK, "background": None}
        graph["data"][0]["values"] = rows
        image = vl_convert.vega_to_svg(graph)
    else:
        told = json.dumps({"config": LOOK, "width": width, "height": height, **picture["drawing"]})
        time_unit, date_format = UNITS.get(unit, UNITS["year"])
        for sign, value in (("$unit", time_unit), ("$format", date_format), ("$ticks", _ticks(unit, rows))):
            told = told.replace(f'"{sign}"', json.dumps(value))
        spec = json.loads(told) | {"data": {"values": rows}, "autosize": {"type": "fit", "contains": "padding"}}
        image = vl_convert.vegalite_to_svg(spec)
    opened, inside = image.split(">", 1)
    said = f"<title>{escape(picture['title'])}</title><desc>{escape(' '.join(picture['told'].split()))}</desc>"
    return f'{opened} role="img">{said}<style>{STYLE}</style>{inside}'


def _ticks(unit: str, rows: list[dict[str, object]]) -> dict[str, object]:
    """Eight ticks at most, on whole months or years."""
    days = sorted(str(row.get("when", "2000-01-01")) for row in rows)
    months = (int(days[-1][:4]) - int(days[0][:4])) * 12 + int(days[-1][5:7]) - int(days[0][5:7]) + 1
    interval, spans = ("year", months // 12 + 1) if unit == "year" or months > 30 else ("month", months)
    return {"interval": interval, "step": -(-spans // 8)}


async def picture(datasette, request):
    name, id = request.url_vars["name"], request.url_vars.get("id") or ""
    # Kept with the database, so that a newly published copy begins with none.
    drawn = vars(datasette.get_database("quotewire")).setdefault("drawn", OrderedDict())
    if (name, id) not in drawn:
        unit, rows = await answered(datasette, name, id) if name in DECLARED else ("", [])
        if not rows:
            raise NotFound("There is nothing to draw.")
        drawn[name, id] = await asyncio.to_thread(svg, DECLARED[name], unit, rows)
        while len(drawn) > MOST_DRAWN:
            drawn.popitem(last=False)
    headers = {"cache-control": "max-age=300"}
    return Response(drawn[name, id], content_type="image/svg+xml; charset=utf-8", headers=headers)


@hookimpl
def extra_template_vars(datasette):
    async def pictured(name: str, id: object = "") -> dict[str, object]:
        """What _picture.html shows: the image's address and size, and the rows of the table beside it."""
        about = DECLARED[name]
        unit, rows = await answered(datasette, name, str(id))
        if unit and len({row["when"] for row in rows}) < 2:
            rows = []  # a single step of time is no picture: its number stands at the head of the page
        shown = [column for column in (rows[0] if rows else ()) if column != "when" and not column.endswith("_id")]
        pages = {column: page for column, page in PAGES.items() if rows and column in rows[0]}
        lines = [
            {
                "when": named(row["when"], unit) if unit else "",
                "href": next((datasette.urls.path(f"{page}{row[key]}") for key, page in pages.items()), ""),
                "cells": [row[column] for column in shown],
            }
            for row in (reversed(rows) if unit and not pages else rows)
        ]
        source = datasette.urls.path(f"/picture/{name}{f'/{id}' if id != '' else ''}.svg")
        return {**about, "src": source, "columns": shown, "lines": lines, "timed": bool(unit)}

    return {"pictured": pictured}


@hookimpl
def register_routes():
    return [(r"^/picture/(?P<name>[a-z-]+)(?:/(?P<id>[\w-]{1,80}))?\.svg$", picture)]
