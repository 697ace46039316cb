"""What a site that is open to the world keeps to itself: where files lie, what it is made of; and SQL is kept small."""

from __future__ import annotations

import os
import re
import sqlite3

from datasette import Response, hookimpl

# Of the addresses that Datasette has for whoever runs it, those that readers and reviewers need.
NEEDED = re.compile(r"/-/(?:static|static-plugins|login$|logout$|review$)")
UNINDEXED = re.compile(r"/(?:quotewire|search|-)(?:[/.?]|$)")
LONGEST = 4_000_000  # bytes of a value that SQL makes; the longest text that is read has 1,200,000
ROBOTS = """User-agent: *
Disallow: /quotewire
Disallow: /search
Disallow: /-/
"""
SHUT = "User-agent: *\nDisallow: /\n"


def allowed(action, first, *_):
    """An authorizer: no ATTACH and no DETACH, and nothing that tells where the file lies."""
    told = action == sqlite3.SQLITE_PRAGMA and (first or "").lower() == "database_list"
    return (
        sqlite3.SQLITE_DENY if told or action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH) else sqlite3.SQLITE_OK
    )


@hookimpl
def prepare_connection(conn, database):
    if database == "quotewire":
        conn.set_authorizer(allowed)
        conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)


async def nothing_attached():
    return []


@hookimpl
def startup(datasette):
    """The page of the database asks SQLite itself what is attached, which nobody is told here: nothing ever is."""
    if "quotewire" in datasette.databases:
        datasette.databases["quotewire"].attached_databases = nothing_attached


async def robots():
    """Pages may be found by search engines, rows and searches not; QUOTEWIRE_ROBOTS=no shuts all of it to them."""
    return Response.text(SHUT if os.environ.get("QUOTEWIRE_ROBOTS") == "no" else ROBOTS)


@hookimpl
def register_routes():
    return [(r"^/robots\.txt$", robots)]


@hookimpl(tryfirst=True)
def asgi_wrapper():
    def wrap(app):
        async def close(scope, receive, send):
            path = scope.get("path", "")
            if scope["type"] == "http" and path.startswith("/-/") and not NEEDED.match(path):
                return await Response.text("Not found", status=404).asgi_send(send)

            async def unindexed(message):
                if message["type"] == "http.response.start":
                    message = {**message, "headers": [*message.get("headers", ()), (b"x-robots-tag", b"noindex")]}
                await send(message)

            return await app(scope, receive, unindexed if UNINDEXED.match(path) else send)

        return close

    return wrap
