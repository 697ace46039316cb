"""/person/<id>: roles over time, quotes by date with the role as stated, positions, who quotes them and with whom."""

from __future__ import annotations

from datasette import NotFound, Response, hookimpl

PERSON = "select id, name from people where id = :person"
ALIASES = "select alias from aliases where entity_kind = 'person' and entity_id = :person order by alias"
SUMMARY = "select * from people_quoted where person_id = :person"
ROLES = "select * from people_by_role where person_id = :person order by last_stated desc, role"
POSITIONS = "select * from positions_by_policy where person_id = :person order by policy, date desc"
OUTLETS = """
    select outlet, source_id, count(*) as quotes, count(distinct article_id) as articles
    from quotes_in_context where person_id = :person group by source_id order by quotes desc, outlet
"""
# An utterance that ran in several copies is shown once, with the number of outlets.
QUOTES = """
    select min(quote_id) as quote_id, min(date) as date, role_as_stated, kind, content, headline, outlet, article_id,
           confidence, speaker_confidence, count(distinct source_id) as outlets
    from quotes_in_context where person_id = :person
    group by coalesce(utterance_id, -quote_id) order by date desc, quote_id limit 100
"""
BESIDE = """
    select q.person_id, p.name as person, count(distinct q.article_id) as articles
    from quotes_in_context mine join quotes_in_context q on q.article_id = mine.article_id
    join people p on p.id = q.person_id
    where mine.person_id = :person and q.person_id <> :person
    group by q.person_id order by articles desc, p.name limit 15
"""
MENTIONED = """
    select c.article_id, c.headline, c.outlet, c.date from current_articles c
    where c.version_id in (select version_id from mentions where entity_kind = 'person' and entity_id = :person)
    order by c.date desc limit 50
"""


async def person(datasette, request):
    db = datasette.get_database("quotewire")
    key = {"person": int(request.url_vars["id"])}

    async def rows(sql):
        return (await db.execute(sql, key)).rows

    found = await rows(PERSON)
    if not found:
        raise NotFound(f"There is no person {key['person']} here.")
    lists = {
        "aliases": ALIASES, "summary": SUMMARY, "roles": ROLES, "positions": POSITIONS, "outlets": OUTLETS,
        "quotes": QUOTES, "beside": BESIDE, "articles": MENTIONED,
    }  # fmt: skip
    context = {name: await rows(sql) for name, sql in lists.items()} | {"person": found[0]}
    return Response.html(await datasette.render_template("person.html", context, request=request))


@hookimpl
def register_routes():
    return [(r"^/person/(?P<id>\d{1,15})$", person)]
