"""The front page: what is in here, the latest stories and quotes, who is quoted most, coverage per source."""

from __future__ import annotations

from datasette import Response, hookimpl

COUNTS = "select what, how_many from site_counts"
STORIES = """
    select st.id, st.headline, substr(st.first_published_at, 1, 10) as date, count(*) as copies,
           count(distinct c.source_id) as outlets, group_concat(distinct c.outlet) as ran_in,
           (select count(*) from quotes_in_context q where q.story_id = st.id) as quotes
    from (select * from stories order by first_published_at desc, id desc limit 40) st
    join story_members m on m.story_id = st.id join current_articles c on c.article_id = m.article_id
    group by st.id order by st.first_published_at desc, st.id desc limit 8
"""
# The first copy of each utterance (SQLite takes the bare columns from the row that holds the minimum).
QUOTES = """
    select min(date || printf('%09d', quote_id)) as first, quote_id, date, speaker, role_as_stated, kind, content,
           headline, outlet, article_id, pubstatus, reviewed, person_id, organisation_id,
           count(distinct source_id) as outlets
    from (select * from quotes_in_context where speaker is not null order by date desc, quote_id desc limit 60)
    group by coalesce(utterance_id, -quote_id) order by date desc, quote_id desc limit 6
"""
COVERAGE = """
    select s.id, s.name, s.kind, s.homepage, g.articles, g.changed, g.quotes, g.people_quoted, g.first_date, g.last_date
    from coverage_by_source g join sources s on s.id = g.source_id order by g.articles desc, s.name
"""
PEOPLE = """
    select person_id, person, latest_role, quotes, articles from people_quoted
    order by quotes desc, articles desc, person limit 8
"""
POLICIES = """
    select policy_id, policy, articles, support, oppose, mixed from policies_debated
    order by support + oppose + mixed desc, articles desc, policy limit 8
"""


async def home(datasette, request):
    db = datasette.get_database("quotewire")
    lists = {"stories": STORIES, "quotes": QUOTES, "coverage": COVERAGE, "people": PEOPLE, "policies": POLICIES}
    context = {name: (await db.execute(sql)).rows for name, sql in lists.items()}
    context["counts"] = {row["what"]: row["how_many"] for row in (await db.execute(COUNTS)).rows}
    context["metadata"] = datasette.metadata()
    return Response.html(await datasette.render_template("home.html", context, request=request))


@hookimpl
def register_routes():
    return [(r"^/$", home)]
