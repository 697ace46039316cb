"""/story/<id>: which outlets ran it, how each copy relates to the first, and which quotes each one kept."""

from __future__ import annotations

from datasette import NotFound, Response, hookimpl

STORY = "select id, headline, first_published_at, origin_article_id from stories where id = :story"
COPIES = """
    select * from story_copies where story_id = :story
    order by relation = 'origin' desc, date, article_id limit 100
"""
QUOTES = """
    select quote_id, coalesce(utterance_id, -quote_id) as said, speaker, person_id, organisation_id, role_as_stated,
           kind, content, article_id, confidence, reviewed
    from quotes_in_context where story_id = :story order by date, article_id, start limit 2000
"""
POSITIONS = "select * from positions_by_policy where story_id = :story order by policy, stance, actor"

CHANGED = """
    select * from changed_articles where article_id in (select article_id from current_articles where story_id = :story)
    order by last_change_at limit 40
"""

LINES = """
    select g.line, g.kind, g.article_id, c.outlet from changes g join current_articles c on c.article_id = g.article_id
    where g.story_id = :story and g.comparison = 'copy' order by c.date, g.article_id, g.id limit 80
"""


async def story(datasette, request):
    db = datasette.get_database("quotewire")
    key = {"story": int(request.url_vars["id"])}

    async def rows(sql):
        return (await db.execute(sql, key)).rows

    found = await rows(STORY)
    copies = await rows(COPIES)
    if not found or not copies:
        raise NotFound(f"There is no story {key['story']} here.")
    said: dict[int, dict[int, object]] = {}
    for quote in await rows(QUOTES):
        said.setdefault(quote["said"], {}).setdefault(quote["article_id"], quote)
    context = {"story": found[0], "copies": copies, "said": list(said.values())}
    context |= {"positions": await rows(POSITIONS), "changed": await rows(CHANGED), "lines": await rows(LINES)}
    return Response.html(await datasette.render_template("story.html", context, request=request))


@hookimpl
def register_routes():
    return [(r"^/story/(?P<id>\d{1,15})$", story)]
