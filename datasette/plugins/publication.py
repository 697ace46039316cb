"""What the copy says of itself, for the templates: when it was made, and whether it holds whole texts."""

from __future__ import annotations

from datasette import hookimpl

THERE = "select 1 from sqlite_master where name = 'publication'"
SAID = "select what, value from publication where what <> 'rows'"


@hookimpl
def prepare_jinja2_environment(env, datasette):
    async def ask():
        db = datasette.databases.get("quotewire")
        there = db is not None and (await db.execute(THERE)).rows
        env.globals["publication"] = (
            {row["what"]: row["value"] for row in (await db.execute(SAID)).rows} if there else {}
        )

    return ask()
