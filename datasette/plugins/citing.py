"""/article/<id>.bib and .csl.json, the same for /quote/<version>-<start>: the citation as BibTeX and as CSL-JSON."""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import quote as percent

from datasette import NotFound, Response, hookimpl

ARTICLE = """
    select v.id as version_id, v.article_id, v.version_no, v.headline, v.byline, v.body, v.body_sha256,
           coalesce(c.fetched_at, v.seen_at) as seen_at, a.canonical_url, a.published_at, a.language, s.name as outlet,
           s.kind as outlet_kind
    from article_versions v join articles a on a.id = v.article_id join sources s on s.id = a.source_id
    left join captures c on c.id = v.capture_id where a.pubstatus <> 'withdrawn'
"""
OF_ARTICLE = (
    ARTICLE
    + """
    and a.id = :article and iif(:version = '', v.id = a.current_version_id, v.version_no = :version)
"""
)
OF_QUOTE = """
    select iif(s.id is null, q.content, s.content) as content, iif(s.id is null, q.speaker, s.speaker) as speaker,
           iif(s.id is null, q.role_as_stated, s.role_as_stated) as role_as_stated,
           min(qs.start) as start, max(qs."end") as "end"
    from quotes q join quote_spans qs on qs.quote_id = q.id and qs.part = 'content'
    left join settled s on s.quote_id = q.id
    where q.version_id = :version group by q.id having min(qs.start) = :start order by q.id limit 1
"""
TYPES = {"government": "webpage", "party": "webpage", "trade": "article-magazine"}  # CSL's; the rest are newspapers
TEX = {char: f"\\{char}" for char in "&%$#_{}"}
TEX |= {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
NAME = re.compile(r"^by\s+", re.IGNORECASE)


async def cite(datasette, request):
    """One article, or one quote in it, in the form that the address ends with."""
    db = datasette.get_database("quotewire")
    asked = request.url_vars
    if "article" in asked:
        key = {"article": int(asked["article"]), "version": request.args.get("version") or ""}
        found, said = (await db.execute(OF_ARTICLE, key)).first(), None
    else:
        key = {"version": int(asked["version"]), "start": int(asked["start"])}
        found = (await db.execute(f"{ARTICLE} and v.id = :version", key)).first()
        said = (await db.execute(OF_QUOTE, key)).first()
    if not found or ("start" in asked and not said):
        raise NotFound("There is nothing of that number to cite.")
    path = f"/quote/{found['version_id']}-{said['start']}" if said else f"/article/{found['article_id']}"
    item = _item(found, said, datasette.absolute_url(request, datasette.urls.path(path)))
    if asked["form"] == "bib":
        body, kind = _bibtex(item), "application/x-bibtex; charset=utf-8"
    else:
        body = json.dumps([item], ensure_ascii=False, indent=1) + "\n"
        kind = "application/vnd.citationstyles.csl+json; charset=utf-8"
    name = f"{item['id']}.{asked['form']}"
    return Response(body, content_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def _item(found, said, address: str) -> dict[str, object]:
    """The citation in CSL's names; a quote is cited as its article, and the note says which words."""
    place = f"version {found['version_no']}, SHA-256 {found['body_sha256']}"
    note, key = f"In Quotewire, {address}, {place}", f"quotewire-{found['article_id']}-v{found['version_no']}"
    if said:
        who = ", ".join(filter(None, (said["speaker"] or "unnamed speaker", said["role_as_stated"])))
        words = " ".join(said["content"].split())
        note = f"Quoted: {words} ({who}). {note}, characters {said['start']} to {said['end']}"
        key += f"-{said['start']}"
    item = {
        "id": key,
        "type": TYPES.get(found["outlet_kind"], "article-newspaper"),
        "title": found["headline"] or "no headline",
        "container-title": found["outlet"],
        "author": [{"literal": NAME.sub("", found["byline"]).strip()}] if found["byline"] else [],
        "issued": _day(found["published_at"]),
        "accessed": _day(found["seen_at"]),
        "URL": found["canonical_url"],
        "language": found["language"],
        "note": note,
    }
    return {name: value for name, value in item.items() if value}


def _day(value: str | None) -> dict[str, object] | None:
    try:
        day = date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
    return {"date-parts": [[day.year, day.month, day.day]]}


def _bibtex(item: dict[str, object]) -> str:
    """A biblatex @online entry, with year and month for BibTeX itself."""

    def iso(field: str) -> str:
        parts = item[field]["date-parts"][0] if field in item else ()
        return "{:04}-{:02}-{:02}".format(*parts) if parts else ""

    fields = {
        "author": f"{{{_tex(item['author'][0]['literal'])}}}" if "author" in item else "",
        "title": f"{{{_tex(item['title'])}}}",
        "organization": _tex(item["container-title"]),
        "date": iso("issued"),
        "year": iso("issued")[:4],
        "month": iso("issued")[5:7].lstrip("0"),
        "url": percent(item["URL"], safe=":/?&=#%+~@!$,;.-_()*'"),
        "urldate": iso("accessed"),
        "note": _tex(item["note"]),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@online{{{item['id']},\n{lines}}}\n"


def _tex(text: object) -> str:
    return "".join(TEX.get(char, char) for char in " ".join(str(text).split()))


@hookimpl
def register_routes():
    form = r"\.(?P<form>bib|csl\.json)$"
    return [
        (r"^/article/(?P<article>\d{1,15})" + form, cite),
        (r"^/quote/(?P<version>\d{1,15})-(?P<start>\d{1,9})" + form, cite),
    ]
