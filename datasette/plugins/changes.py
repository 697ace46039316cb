"""/article/<id>/changes: what was taken out and put in between one version of an article and the next."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise

from datasette import NotFound, Response, hookimpl
from markupsafe import Markup

VERSIONS = """
    select v.version_no, v.headline, v.standfirst, v.body, v.seen_at
    from article_versions v join articles a on a.id = v.article_id
    where a.id = :article and a.pubstatus <> 'withdrawn' order by v.version_no
"""
LINES = """
    select g.line, g.kind, v.version_no from changes g join article_versions v on v.id = g.after_version_id
    where g.article_id = :article and g.comparison = 'revision' order by g.id limit 200
"""
PIECE = re.compile(r"\s+|\w+|[^\w\s]")
LONGEST = 20_000  # pieces; beyond it a comparison word by word takes too long, and whole lines are compared
EQUAL, GONE, NEW = Markup("{}"), Markup("<del>{}</del>"), Markup("<ins>{}</ins>")


def compared(before: str, after: str) -> Markup:
    """``after`` with what it lost of ``before`` in <del> and what it gained in <ins>; both escaped."""
    small = len(before) + len(after) < 5 * LONGEST
    old, new = (PIECE.findall(text) if small else text.splitlines(keepends=True) for text in (before, after))
    html = []
    for change, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            html.append(EQUAL.format("".join(new[c:d])))
            continue
        html += [GONE.format("".join(old[a:b]))] if b > a else []
        html += [NEW.format("".join(new[c:d]))] if d > c else []
    return Markup("").join(html)


async def changes(datasette, request):
    db = datasette.get_database("quotewire")
    key = {"article": int(request.url_vars["id"])}
    versions = (await db.execute(VERSIONS, key)).rows
    if not versions:
        raise NotFound(f"There is no article {key['article']} here.")
    lines = (await db.execute(LINES, key)).rows
    steps = [
        {
            "lines": [line for line in lines if line["version_no"] == after["version_no"]],
            "before": before,
            "after": after,
            "headline": compared(before["headline"] or "", after["headline"] or ""),
            "standfirst": compared(before["standfirst"] or "", after["standfirst"] or ""),
            "body": compared(before["body"] or "", after["body"] or ""),
        }
        for before, after in pairwise(versions)
    ]
    context = {"article_id": key["article"], "current": versions[-1], "steps": steps}
    return Response.html(await datasette.render_template("changes.html", context, request=request))


@hookimpl
def prepare_jinja2_environment(env):
    env.globals["compared"] = compared


@hookimpl
def register_routes():
    return [(r"^/article/(?P<id>\d{1,15})/changes$", changes)]
