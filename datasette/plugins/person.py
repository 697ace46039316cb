"""/person/<id>: roles over time, quotes by date with the role as stated, positions, who quotes them and with whom."""

from __future__ import annotations

from datasette import NotFound, Response, hookimpl

PERSON = "select id, name from people where id = :person"
ALIASES = "select alias from aliases where entity_kind = 'person' and entity_id = :person order by alias"
SUMMARY = "select * from people_quoted where person_id = :person"
ROLES = "select * from people_by_role where person_id = :person order by last_stated desc, role"
POSITIONS = "select * from positions_by_policy where person_id = :person order by date desc, policy limit 60"
OUTLETS = """
    select s.name as outlet, o.source_id, o.quotes, o.articles
    from people_by_outlet o join sources s on s.id = o.source_id
    where o.person_id = :person order by o.quotes desc, s.name limit 30
"""
# An utterance that ran in several copies is shown once, with the number of outlets.
QUOTES = """
    select min(quote_id) as quote_id, min(date) as date, role_as_stated, kind, content, headline, outlet, article_id,
           pubstatus, reviewed, confidence, speaker_confidence, count(distinct source_id) as outlets
    from (select * from quotes_in_context where person_id = :person order by date desc, quote_id limit 400)
    group by coalesce(utterance_id, -quote_id) order by date desc, quote_id limit 50
"""
BESIDE = """
    select b.other_person_id as person_id, p.name as person, b.articles
    from people_quoted_together b join people p on p.id = b.other_person_id
    where b.person_id = :person order by b.articles desc, p.name limit 15
"""
MENTIONED = """
    select c.article_id, c.headline, c.outlet, c.date, c.pubstatus from named_in n
    join current_articles c on c.article_id = n.article_id
    where n.entity_kind = 'person' and n.entity_id = :person order by n.date desc, n.article_id limit 30
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
