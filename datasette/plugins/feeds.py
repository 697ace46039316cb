"""Atom feeds of what was newly read: of a person, a body, a policy, a service, a source, a search, or everything."""

from __future__ import annotations

import hashlib
import re
import uuid
from datetime import UTC, datetime
from xml.etree import ElementTree

from datasette import NotFound, Response, hookimpl

MOST = 50
ATOM = "http://www.w3.org/2005/Atom"
# A number of a version tells when it was first seen: the newest versions are what is new to a reader of the feed.
NEWEST = f"order by c.version_id desc, c.start limit {MOST}"
ROWS = """
    select c.speaker, c.role_as_stated, c.content, c.headline, c.outlet, c.url, c.date, c.version_id, c.start,
           v.body_sha256, v.seen_at, a.published_at
    from ({}) c join article_versions v on v.id = c.version_id join articles a on a.id = c.article_id
    order by c.version_id desc, c.start
"""
OF = {
    "person": f"select c.* from quotes_in_context c where c.person_id = :id {NEWEST}",
    "source": f"select c.* from quotes_in_context c where c.source_id = :id {NEWEST}",
    "quotes": f"select c.* from quotes_in_context c {NEWEST}",
    "organisation": f"select c.* from quotes_in_context c where c.organisation_id = :id {NEWEST}",
}
ABOUT = f"""
    select c.* from (select quote_id from quote_topics where entity_kind = :kind and entity_id = :id
                     order by date desc limit {4 * MOST}) t
    join quotes_in_context c on c.quote_id = t.quote_id {NEWEST}
"""
NAMES = {
    "person": ("select name from people where id = :id", "Quotes of {}"),
    "organisation": ("select name from organisations where id = :id", "Said by {}"),
    "policy": ("select name from policies where id = :id", "Said about {}"),
    "service": ("select name from services where id = :id", "Said about {}"),
    "source": ("select name from sources where id = :id", "Quotes in {}"),
}
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EARLIEST = "1970-01-01T00:00:00+00:00"


async def feed(datasette, request):
    db = datasette.get_database("quotewire")
    kind = request.url_vars.get("kind") or "quotes"
    key = {"id": request.url_vars.get("id"), "kind": kind}
    title, page = "All quotes", "/quotewire/quotes_in_context"
    if kind in NAMES:
        named, title = NAMES[kind]
        found = (await db.execute(named, key)).first()
        if not found:
            raise NotFound(f"There is no {kind} {key['id']} here.")
        title, page = title.format(found["name"]), f"/{kind}/{key['id']}"
    rows = (await db.execute(ROWS.format(OF.get(kind, ABOUT)), key)).rows
    return answer(datasette, request, title=title, page=page, rows=rows)


def answer(datasette, request, *, title: str, page: str, rows) -> Response:
    """``rows`` as an Atom feed; 304 when the reader's copy is the same."""

    def absolute(path: str) -> str:
        return datasette.absolute_url(request, datasette.urls.path(path))

    root = ElementTree.Element("feed", xmlns=ATOM, attrib={"xml:lang": "en-GB"})
    _add(root, "title", f"{title} – Quotewire")
    _add(root, "id", _lasting(page))
    _add(root, "updated", max((_time(row["seen_at"]) for row in rows), default=EARLIEST))
    ElementTree.SubElement(root, "link", rel="self", type="application/atom+xml", href=_itself(datasette, request))
    ElementTree.SubElement(root, "link", rel="alternate", type="text/html", href=absolute(page))
    _add(ElementTree.SubElement(root, "author"), "name", "Quotewire")
    for row in rows:
        who = ", ".join(filter(None, (row["speaker"] or "No speaker found", row["role_as_stated"])))
        entry = ElementTree.SubElement(root, "entry")
        _add(entry, "title", f"{who}: {_short(row['content'])}")
        _add(entry, "id", _lasting(f"{row['url']} {row['body_sha256']} {row['start']}"))
        _add(entry, "updated", _time(row["seen_at"]))
        if row["published_at"]:
            _add(entry, "published", _time(row["published_at"]))
        _add(ElementTree.SubElement(entry, "author"), "name", row["speaker"] or row["outlet"])
        address = absolute(f"/quote/{row['version_id']}-{row['start']}")
        ElementTree.SubElement(entry, "link", rel="alternate", type="text/html", href=address)
        if re.match(r"https?://[^\s\"'<>]+$", row["url"]):
            ElementTree.SubElement(entry, "link", rel="via", href=row["url"])
        where = f"{row['headline'] or 'no headline'}, {row['outlet']}, {row['date'] or 'no date'}"
        _add(entry, "content", f"{row['content']}\n\n{who}\n{where}", type="text")
    body = '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode")
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    if tag in request.headers.get("if-none-match", ""):
        return Response("", status=304, headers={"etag": tag})
    return Response(body, content_type="application/atom+xml; charset=utf-8", headers={"etag": tag})


def _itself(datasette, request) -> str:
    query = f"?{request.query_string}" if request.query_string else ""
    return datasette.absolute_url(request, f"{request.path}{query}")


def _lasting(what: str) -> str:
    """The same for the same words of the same text, whatever number a new reading or another machine gives them."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'quotewire:{what}')}"


def _add(parent, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, **attributes).text = ILLEGAL.sub("", text)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 120 else f"{line[:119].rsplit(' ', 1)[0]}…"


def _time(value: str | None) -> str:
    """RFC 3339, which Atom asks for; a bare day is its midnight in UTC."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return EARLIEST
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat(timespec="seconds")


@hookimpl
def register_routes():
    return [
        (r"^/(?P<kind>person|organisation|policy|service)/(?P<id>\d{1,15})\.atom$", feed),
        (r"^/(?P<kind>source)/(?P<id>[\w-]{1,80})\.atom$", feed),
        (r"^/quotes\.atom$", feed),
    ]


@hookimpl
def startup(datasette):
    datasette.atom = answer  # for search.py: plugins are files of their own, with no package to import from
