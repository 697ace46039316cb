"""/organisation/<id>, /service/<id> and /event/<id>: where it is named, what was said about it, what a body said."""

from __future__ import annotations

from datasette import NotFound, Response, hookimpl

TABLES = {"organisation": "organisations", "service": "services", "event": "events"}
ALIASES = "select alias from aliases where entity_kind = :kind and entity_id = :id order by alias"
TOTAL = """
    select count(*) as articles, min(date) as first_date, max(date) as last_date from named_in
    where entity_kind = :kind and entity_id = :id
"""
ARTICLES = """
    select c.article_id, c.headline, c.outlet, c.date, c.pubstatus from named_in n
    join current_articles c on c.article_id = n.article_id
    where n.entity_kind = :kind and n.entity_id = :id order by n.date desc, n.article_id limit 30
"""
POLICIES = """
    select b.policy_id, p.name as policy, b.articles
    from policies_and_services b join policies p on p.id = b.policy_id
    where b.service_id = :id and :kind = 'service' order by b.articles desc, p.name limit 20
"""
POSITIONS = """
    select * from positions_by_policy where organisation_id = :id and :kind = 'organisation' order by date desc limit 40
"""
ABOUT = """
    select min(c.quote_id) as quote_id, c.date, c.speaker, c.person_id, c.organisation_id, c.role_as_stated, c.kind,
           c.content, c.headline, c.outlet, c.article_id, c.pubstatus, c.reviewed, c.confidence,
           count(distinct c.source_id) as outlets
    from (select quote_id from quote_topics where entity_kind = :kind and entity_id = :id
          order by date desc limit 200) t join quotes_in_context c on c.quote_id = t.quote_id
    group by coalesce(c.utterance_id, -c.quote_id) order by c.date desc limit 50
"""
SAID = """
    select min(quote_id) as quote_id, date, speaker, person_id, organisation_id, role_as_stated, kind, content,
           headline, outlet, article_id, pubstatus, reviewed, confidence, count(distinct source_id) as outlets
    from (select * from quotes_in_context where organisation_id = :id and :kind = 'organisation'
          order by date desc, quote_id limit 300)
    group by coalesce(utterance_id, -quote_id) order by date desc limit 50
"""
MEMBERS = """
    select * from people_by_role where organisation_id = :id and :kind = 'organisation'
    order by last_stated desc limit 60
"""


async def topic(datasette, request):
    db = datasette.get_database("quotewire")
    kind = request.url_vars["kind"]
    key = {"kind": kind, "id": int(request.url_vars["id"])}

    async def rows(sql):
        return (await db.execute(sql, key)).rows

    found = await rows(f"select id, name, kind from {TABLES[kind]} where id = :id")
    if not found:
        raise NotFound(f"There is no {kind} {key['id']} here.")
    lists = {"aliases": ALIASES, "articles": ARTICLES, "about": ABOUT, "said": SAID, "members": MEMBERS,
             "total": TOTAL, "policies": POLICIES, "positions": POSITIONS}  # fmt: skip
    context = {name: await rows(sql) for name, sql in lists.items()}
    context |= {"topic": found[0], "kind": kind, "table_name": TABLES[kind]}
    return Response.html(await datasette.render_template("topic.html", context, request=request))


@hookimpl
def register_routes():
    return [(r"^/(?P<kind>organisation|service|event)/(?P<id>\d{1,15})$", topic)]
