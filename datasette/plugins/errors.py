"""Errors a reader can cause (a wrong address, a wrong query) get a plain page, and no traceback on the terminal."""

from __future__ import annotations

import re

from datasette import Response, hookimpl
from datasette import handle_exception as datasettes_own
from datasette.plugins import pm
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError

WRONG_SEARCH = re.compile(r"fts5: |unterminated string|unknown special query")
HOW_TO_SEARCH = (
    "The search could not be read ({}): it was asked in the language of SQLite's FTS5. Leave _searchmode=raw away, or "
    "in SQL write match as_match(:words), and every word is looked for as it stands; “quotation marks” hold a phrase "
    "together, a star finds beginnings (mutual*)."
)

# Datasette calls every handler and prints each exception with its locals before it takes the first answer. So ours
# stands in its place, and hands over what is a fault of the program and no reader's.
if pm.has_plugin("datasette.handle_exception"):
    pm.unregister(name="datasette.handle_exception")


@hookimpl
def handle_exception(datasette, request, exception):
    """The page (or, for an address that ends in .json, the object) that says what was wrong with the request."""
    if isinstance(exception, DatasetteError) and exception.status < 500 and not exception.message_is_html:
        status, message, title = exception.status, exception.message, exception.title
    elif isinstance(exception, Base400):
        status, message, title = exception.status, exception.args[0] if exception.args else "", None
    else:
        return datasettes_own.handle_exception(datasette, request, exception)
    if WRONG_SEARCH.match(str(message)):
        message, title = HOW_TO_SEARCH.format(message), "Search not understood"
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": str(message), "status": status, "title": title}, status=status)

    async def page():
        context = {"status": status, "error": "" if message == "404" else message, "title": title}
        return Response.html(await datasette.render_template("error.html", context, request=request), status=status)

    return page
