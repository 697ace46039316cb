"""/article/<id>: the text with all that was read in it marked and linked, its versions, captures and copies."""

from __future__ import annotations

from datasette import NotFound, Response, hookimpl

ARTICLE = """
    select a.id, a.canonical_url, a.published_at, a.date_evidence, a.agency, a.pubstatus, a.first_seen_at,
           a.last_seen_at, a.current_version_id, s.id as source_id, s.name as outlet, s.licence
    from articles a join sources s on s.id = a.source_id where a.id = :article and a.pubstatus <> 'withdrawn'
"""
VERSIONS = """
    select v.*, r.words, r.status as reading, r.reason, r.model, r.pipeline_version, r.read_at,
           c.fetched_at, c.payload_digest
    from article_versions v left join readings r on r.version_id = v.id left join captures c on c.id = v.capture_id
    where v.article_id = :article order by v.version_no
"""
QUOTES = "select * from quotes where version_id = :version"
SPANS = """
    select qs.quote_id, qs.part, qs.start, qs."end", q.kind, q.speaker
    from quotes q join quote_spans qs on qs.quote_id = q.id where q.version_id = :version order by qs.start
"""
MENTIONS = 'select start, "end", exact, entity_kind, entity_id from mentions where version_id = :version'
FIGURES = 'select start, "end", exact, unit, measures from figures where version_id = :version'
POSITIONS = """
    select x.id, x.holder, x.person_id, x.organisation_id, x.stance, coalesce(p.name, x.target) as policy, x.policy_id,
           x.confidence, x.evidence
    from positions x left join policies p on p.id = x.policy_id where x.version_id = :version order by x.start
"""
CAPTURES = """
    select c.id, c.fetched_at, c.status, c.outcome, c.reason, c.payload_digest, c.warc_file
    from captures c where c.url = :url or c.final_url = :url
       or c.id in (select capture_id from article_versions where article_id = :article)
    order by c.fetched_at limit 50
"""
COPIES = """
    select m.story_id, m.relation, m.containment, c.article_id, c.headline, c.outlet, c.date, c.pubstatus
    from story_members mine join story_members m on m.story_id = mine.story_id
    join current_articles c on c.article_id = m.article_id
    where mine.article_id = :article order by m.relation = 'origin' desc, c.published_at, c.article_id
"""
NAMES = """
    select 'person' as kind, id, name from people where id in (select entity_id from mentions
      where version_id = :version and entity_kind = 'person')
    union all select 'organisation', id, name from organisations where id in (select entity_id from mentions
      where version_id = :version and entity_kind = 'organisation')
    union all select 'service', id, name from services where id in (select entity_id from mentions
      where version_id = :version and entity_kind = 'service')
    union all select 'policy', id, name from policies where id in (select entity_id from mentions
      where version_id = :version and entity_kind = 'policy')
    union all select 'event', id, name from events where id in (select entity_id from mentions
      where version_id = :version and entity_kind = 'event')
    order by 3
"""
OUTERMOST, INNER, INNERMOST = 0, 1, 2


async def article(datasette, request):
    db = datasette.get_database("quotewire")
    key = {"article": int(request.url_vars["id"])}

    async def rows(sql):
        return (await db.execute(sql, key)).rows

    found = await rows(ARTICLE)
    if not found:
        raise NotFound(f"There is no article {key['article']} here.")
    about, versions = found[0], await rows(VERSIONS)
    wanted = request.args.get("version")
    shown = [
        v for v in versions if (str(v["version_no"]) == wanted if wanted else v["id"] == about["current_version_id"])
    ]
    if not shown:
        raise NotFound(f"Article {key['article']} has no version {wanted or ''} here.")
    key |= {"version": shown[0]["id"], "url": about["canonical_url"]}
    lists = {
        name: await rows(sql)
        for name, sql in {
            "spans": SPANS, "mentions": MENTIONS, "figures": FIGURES, "quotes": QUOTES, "positions": POSITIONS,
            "names": NAMES, "captures": CAPTURES, "copies": COPIES,
        }.items()
    }  # fmt: skip
    first = {s["quote_id"]: s["start"] for s in reversed(lists["spans"]) if s["part"] == "content"}
    lists["quotes"].sort(key=lambda quote: first.get(quote["id"], 0))
    context = {
        **lists,
        "article": about,
        "version": shown[0],
        "versions": versions,
        "marks": _marks(lists, datasette.urls.path),
    }
    return Response.html(await datasette.render_template("article.html", context, request=request))


def _marks(lists, path):
    """What marked() takes: quotes around cues and sources, and names, the only links, inside them all."""
    names = {(row["kind"], row["id"]): row["name"] for row in lists["names"]}
    for span in lists["spans"]:
        content = span["part"] == "content"
        yield {
            "layer": OUTERMOST if content else INNER,
            "start": span["start"],
            "end": span["end"],
            "css": f"quote {span['kind']}" if content else span["part"],
            "title": f"{span['kind']} quote: {span['speaker'] or 'no speaker found'}" if content else "",
            "anchor": f"q{span['quote_id']}" if content else "",
        }
    for row in lists["mentions"]:
        kind = row["entity_kind"]
        yield {
            "layer": INNERMOST,
            "start": row["start"],
            "end": row["end"],
            "css": kind,
            "title": f"{kind}: {names.get((kind, row['entity_id']), row['exact'])}",
            "href": path(f"/{kind}/{row['entity_id']}"),
        }
    for row in lists["figures"]:
        what = f"figure: {row['measures']}" if row["measures"] else "figure"
        yield {"layer": INNERMOST, "start": row["start"], "end": row["end"], "css": "figure", "title": what}


@hookimpl
def register_routes():
    return [(r"^/article/(?P<id>\d{1,15})$", article)]
