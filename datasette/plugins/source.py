"""/source/<id>: how the watching of a source goes, what it brought over time, whom it quotes, what failed."""

from __future__ import annotations

import json

from datasette import NotFound, Response, hookimpl

SOURCE = """
    select s.*, g.articles, g.changed, g.gone, g.quotes, g.people_quoted, g.first_date, g.last_date
    from sources s left join coverage_by_source g on g.source_id = s.id where s.id = :source
"""
CRAWLS = "select * from crawls where source_id = :source order by started_at desc, id desc limit 12"
# One line for each way in which something failed, with the latest address that it happened to.
FAILURES = """
    select outcome, reason, count(*) as times, max(fetched_at) as last_at, url
    from (select * from captures where source_id = :source and outcome in (select value from json_each(:failed))
          order by id desc limit 500)
    group by outcome, reason order by last_at desc limit 12
"""
OUTCOMES = """
    select outcome, count(*) as captures from captures where source_id = :source group by outcome order by 2 desc
"""
MONTHS = "select month, articles, quotes from coverage_by_month where source_id = :source order by month desc"
COPIES = "select relation, articles from copies_by_source where source_id = :source order by articles desc"
PEOPLE = """
    select o.person_id, p.name as person, o.quotes, o.articles
    from people_by_outlet o join people p on p.id = o.person_id
    where o.source_id = :source order by o.quotes desc, o.person_id limit 15
"""
ARTICLES = """
    select article_id, headline, outlet, date, pubstatus from current_articles
    where source_id = :source order by date desc, article_id desc limit 15
"""
WELL = ("new", "changed", "unchanged", "not-modified", "listing", "rules", "same", "duplicate")


async def source(datasette, request):
    db = datasette.get_database("quotewire")
    key = {"source": request.url_vars["id"]}

    async def rows(sql):
        return (await db.execute(sql, key)).rows

    found = await rows(SOURCE)
    if not found:
        raise NotFound("There is no source of that name here.")
    outcomes = await rows(OUTCOMES)
    failed = [row["outcome"] for row in outcomes if row["outcome"] not in WELL]
    key["failed"] = json.dumps(failed)
    lists = {
        "crawls": CRAWLS, "failures": FAILURES, "months": MONTHS, "copies": COPIES, "people": PEOPLE,
        "articles": ARTICLES,
    }  # fmt: skip
    context = {name: await rows(sql) for name, sql in lists.items()} | {"source": found[0], "outcomes": outcomes}
    return Response.html(await datasette.render_template("source.html", context, request=request))


@hookimpl
def register_routes():
    return [(r"^/source/(?P<id>[\w-]{1,80})$", source)]
