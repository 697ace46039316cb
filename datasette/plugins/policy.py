"""/policy/<id>: who is for it and who is against it, side by side, each with the sentence that shows it."""

from __future__ import annotations

from datasette import NotFound, Response, hookimpl

POLICY = "select id, name, kind from policies where id = :policy"
ALIASES = "select alias from aliases where entity_kind = 'policy' and entity_id = :policy order by alias"
SUMMARY = "select * from policies_debated where policy_id = :policy"
POSITIONS = """
    select * from positions_by_policy where policy_id = :policy order by date, confidence desc, actor limit 300
"""
QUOTES = """
    select min(c.quote_id) as quote_id, c.date, c.speaker, c.person_id, c.organisation_id, c.role_as_stated, c.kind,
           c.content, c.headline, c.outlet, c.article_id, c.confidence, count(distinct c.source_id) as outlets
    from quote_topics t join quotes_in_context c on c.quote_id = t.quote_id
    where t.entity_kind = 'policy' and t.entity_id = :policy
    group by coalesce(c.utterance_id, -c.quote_id) order by c.date desc limit 50
"""
ARTICLES = """
    select c.article_id, c.headline, c.outlet, c.date, c.story_id from current_articles c
    where c.version_id in (select version_id from mentions where entity_kind = 'policy' and entity_id = :policy)
    order by c.date desc, c.article_id limit 100
"""
OUTLETS = """
    select c.outlet, c.source_id, count(*) as articles, min(c.date) as first_date, max(c.date) as last_date
    from current_articles c
    where c.version_id in (select version_id from mentions where entity_kind = 'policy' and entity_id = :policy)
    group by c.source_id order by articles desc, c.outlet
"""
SERVICES = """
    select m.entity_id as service_id, e.name as service, count(distinct c.article_id) as articles
    from current_articles c join mentions m on m.version_id = c.version_id and m.entity_kind = 'service'
    join services e on e.id = m.entity_id
    where c.version_id in (select version_id from mentions where entity_kind = 'policy' and entity_id = :policy)
    group by e.id order by articles desc, e.name limit 20
"""


async def policy(datasette, request):
    db = datasette.get_database("quotewire")
    key = {"policy": int(request.url_vars["id"])}

    async def rows(sql):
        return (await db.execute(sql, key)).rows

    found = await rows(POLICY)
    if not found:
        raise NotFound(f"There is no policy {key['policy']} here.")
    lists = {
        "aliases": ALIASES, "summary": SUMMARY, "positions": POSITIONS, "quotes": QUOTES, "articles": ARTICLES,
        "outlets": OUTLETS, "services": SERVICES,
    }  # fmt: skip
    context = {name: await rows(sql) for name, sql in lists.items()} | {"policy": found[0]}
    return Response.html(await datasette.render_template("policy.html", context, request=request))


@hookimpl
def register_routes():
    return [(r"^/policy/(?P<id>\d{1,15})$", policy)]
