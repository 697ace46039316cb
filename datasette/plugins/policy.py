"""/policy/<id>: who is for it and who is against it, side by side, each with the sentence that shows it."""

from __future__ import annotations

import json

from datasette import NotFound, Response, hookimpl

POLICY = "select id, name, kind from policies where id = :policy"
ALIASES = "select alias from aliases where entity_kind = 'policy' and entity_id = :policy order by alias"
SUMMARY = "select * from policies_debated where policy_id = :policy"
POSITIONS = """
    select * from positions_by_policy where policy_id = :policy order by date desc, confidence desc, actor limit 200
"""
QUOTES = """
    select min(c.quote_id) as quote_id, c.date, c.speaker, c.person_id, c.organisation_id, c.role_as_stated, c.kind,
           c.content, c.headline, c.outlet, c.article_id, c.pubstatus, c.reviewed, c.confidence,
           count(distinct c.source_id) as outlets
    from (select quote_id from quote_topics where entity_kind = 'policy' and entity_id = :policy
          order by date desc limit 200) t join quotes_in_context c on c.quote_id = t.quote_id
    group by coalesce(c.utterance_id, -c.quote_id) order by c.date desc limit 50
"""
ARTICLES = """
    select c.article_id, c.headline, c.outlet, c.date, c.pubstatus from named_in n
    join current_articles c on c.article_id = n.article_id
    where n.entity_kind = 'policy' and n.entity_id = :policy order by n.date desc, n.article_id limit 30
"""
OUTLETS = """
    select s.name as outlet, n.source_id, count(*) as articles, min(n.date) as first_date, max(n.date) as last_date
    from named_in n join sources s on s.id = n.source_id
    where n.entity_kind = 'policy' and n.entity_id = :policy
    group by n.source_id order by articles desc, s.name limit 30
"""
SERVICES = """
    select b.service_id, e.name as service, b.articles
    from policies_and_services b join services e on e.id = b.service_id
    where b.policy_id = :policy order by b.articles desc, e.name limit 20
"""
# The stories that name it, oldest first, each with how many papers ran it and who took which side in it.
TIMELINE = """
    with told as materialized (
      select coalesce(story_id, -article_id) as story, min(date) as date, min(article_id) as article_id, story_id,
             count(*) as articles, count(distinct source_id) as outlets
      from (select * from named_in where entity_kind = 'policy' and entity_id = :policy and date is not null
            order by date desc limit 400)
      group by 1 order by 2 desc limit 25
    )
    select t.date, t.story_id, t.article_id, t.articles, t.outlets, c.headline, c.outlet,
           (select json_group_array(json_object('actor', x.actor, 'stance', x.stance, 'person_id', x.person_id,
                                                'organisation_id', x.organisation_id))
            from (select distinct actor, stance, person_id, organisation_id from positions_by_policy
                  where policy_id = :policy and story_id = t.story_id limit 8) x
           ) as sides
    from told t join current_articles c on c.article_id = t.article_id order by t.date, t.article_id
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
        "outlets": OUTLETS, "services": SERVICES, "timeline": TIMELINE,
    }  # fmt: skip
    context = {name: await rows(sql) for name, sql in lists.items()} | {"policy": found[0]}
    context["timeline"] = [{**dict(row), "sides": json.loads(row["sides"])} for row in context["timeline"]]
    return Response.html(await datasette.render_template("policy.html", context, request=request))


@hookimpl
def register_routes():
    return [(r"^/policy/(?P<id>\d{1,15})$", policy)]
