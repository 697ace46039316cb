"""What was withdrawn answers with 410 and says when and why: the article, its quotes, every address of theirs."""

from __future__ import annotations

import re

from datasette import Request, Response, hookimpl

ADDRESS = re.compile(r"/(?:article/(\d{1,15})|quote/(\d{1,15})-\d{1,9})(?:[/.].*)?")
WITHDRAWN = """
    select w.article_id, w.withdrawn_at, w.why, w.by_publisher, s.name as outlet, a.canonical_url, a.headline
    from withdrawals w join articles a on a.id = w.article_id join sources s on s.id = w.source_id
"""
THERE = "select 1 from sqlite_master where name = 'withdrawals'"
BY_VERSION = f"{WITHDRAWN} where exists (select 1 from json_each(w.versions) v where v.value = :number)"


async def tombstone(datasette, path: str):
    """The row of the takedown that ``path`` leads to, or None."""
    asked = ADDRESS.fullmatch(path)
    db = datasette.databases.get("quotewire")
    if not asked or not db or not (await db.execute(THERE)).rows:
        return None
    article, version = asked.groups()
    sql = f"{WITHDRAWN} where w.article_id = :number" if article else BY_VERSION
    return (await db.execute(sql, {"number": int(article or version)})).first()


@hookimpl(tryfirst=True)  # within what compresses and what sets headers
def asgi_wrapper(datasette):
    def wrap(app):
        async def buried(scope, receive, send):
            found = await tombstone(datasette, scope["path"]) if scope["type"] == "http" else None
            if found is None:
                return await app(scope, receive, send)
            await datasette.invoke_startup()  # this stands before what does so, and makes tokens for forms
            request = Request({**scope, "csrftoken": lambda: ""}, receive)
            html = await datasette.render_template("withdrawn.html", {"withdrawal": found}, request=request)
            return await Response.html(html, status=410).asgi_send(send)

        return buried

    return wrap
