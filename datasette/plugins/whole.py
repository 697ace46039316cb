"""Every row, or an error that says why not: questions as CSV, and tables and questions as JSON Lines (.ndjson)."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from urllib.parse import quote

from datasette import Forbidden, NotFound, Response, hookimpl
from datasette.utils import InvalidSql, derive_named_parameters, sqlite_timelimit, validate_sql_select
from datasette.utils.asgi import AsgiStream
from datasette.views.base import DatasetteError

MOST = 100_000  # rows of a question's answer, which is held in memory while it is written
TOO_MANY = (
    f"The answer has more than {MOST:,} rows, and part of an answer is never given as if it were the whole. "
    "Ask for less (a period, an outlet), or download the whole database and ask there."
)
LINES = "application/x-ndjson"


async def question(datasette, request):
    """The whole answer to a canned query, or to SQL in the address, as CSV or JSON Lines."""
    db = datasette.get_database("quotewire")
    name = request.url_vars.get("name") or "quotewire"
    asked = (await datasette.get_canned_queries("quotewire", request.actor)).get(name) or {}
    sql = asked.get("sql") or (request.args.get("sql") or "").strip().rstrip("; \n")
    if not sql:
        raise NotFound("Which question? Give its SQL: quotewire.csv?sql=select …")
    if not asked and not await datasette.permission_allowed(request.actor, "execute-sql", "quotewire", default=True):
        raise Forbidden("SQL of your own is not taken here.")

    def answer(conn):
        with sqlite_timelimit(conn, datasette.setting("sql_time_limit_ms")):
            cursor = conn.execute(sql, filled_in)
            return [column[0] for column in cursor.description or ()], cursor.fetchmany(MOST + 1)

    try:
        validate_sql_select(sql)
        filled_in = {key: request.args.get(key) or "" for key in await derive_named_parameters(db, sql)}
        columns, rows = await db.execute_fn(answer)
    except (InvalidSql, sqlite3.Error) as error:
        what = "It takes too long: ask for less." if str(error) == "interrupted" else str(error)
        raise DatasetteError(what, title="Invalid SQL", status=400) from error
    if len(rows) > MOST:
        raise DatasetteError(TOO_MANY, title="Too many rows", status=400)
    if request.url_vars["form"] == "csv":
        text = io.StringIO()
        csv.writer(text).writerows([columns, *rows])
        return Response(text.getvalue(), content_type="text/csv; charset=utf-8", headers=_called(f"{name}.csv"))
    text = "".join(_line(zip(columns, row, strict=True)) for row in rows)
    return Response(text, content_type=LINES, headers=_called(f"{name}.ndjson"))


async def table(datasette, request):
    """All rows of a table or view as JSON Lines, with the filters and the order of its page, a page at a time."""
    name = request.url_vars["name"]
    kept = [
        f"{quote(key)}={quote(value)}"
        for key in request.args
        for value in request.args.getlist(key)
        if key not in ("_next", "_size", "_shape", "_nocount", "_nofacet")
    ]
    page = f"/quotewire/{name}.json?" + "&".join([*kept, "_shape=objects", "_size=max", "_nocount=1", "_nofacet=1"])
    first = await datasette.client.get(page)
    if first.status_code != 200:
        return Response(first.text, status=first.status_code, content_type=first.headers["content-type"])

    async def write(out):
        found = first.json()
        while True:
            await out.write("".join(_line(row.items()) for row in found["rows"]))
            if not found.get("next"):
                return
            answer = await datasette.client.get(f"{page}&_next={quote(found['next'])}")
            found = answer.json()
            if answer.status_code != 200:
                await out.write(_line([("error", "The rest could not be read: ask again.")]))
                return

    return AsgiStream(write, headers=_called(f"{name}.ndjson"), content_type=LINES)


def _line(pairs) -> str:
    return json.dumps(dict(pairs), ensure_ascii=False, default=str) + "\n"


def _called(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}


@hookimpl
def register_routes(datasette):
    queries = datasette.metadata("queries", database="quotewire") or {}
    names = "|".join(map(re.escape, queries)) or "(?!)"
    return [
        (rf"^/quotewire/(?P<name>{names})\.(?P<form>csv|ndjson)$", question),
        (r"^/quotewire\.(?P<form>csv|ndjson)$", question),
        (r"^/quotewire/(?P<name>\w+)\.ndjson$", table),
    ]
