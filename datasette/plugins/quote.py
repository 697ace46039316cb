"""/quote/<version>-<start>: one quote in its passage, where else the same was said to run, and what differed there.

The address names the text and the character at which the words start. Neither ever changes, so that it can be cited;
/quote/<id> and /utterance/<id>, with the numbers that tables have, lead to it.
"""

from __future__ import annotations

from datasette import NotFound, Response, hookimpl

QUOTE = """
    select q.*, v.article_id, v.version_no, v.headline, v.byline, v.body, v.body_sha256, v.seen_at,
           a.canonical_url, a.published_at, a.pubstatus, a.current_version_id, a.source_id, s.name as outlet,
           u.text as fullest, r.read_at, r.model, r.pipeline_version
    from quotes q join article_versions v on v.id = q.version_id join articles a on a.id = v.article_id
    join sources s on s.id = a.source_id left join utterances u on u.id = q.utterance_id
    left join readings r on r.id = q.reading_id
"""
# What counts in its place since reviewers looked.
SETTLED = """
    select counts, content, speaker, person_id, organisation_id, role_as_stated, confidence, speaker_confidence,
           reviewed
    from settled where quote_id = :quote
"""
# The quote that starts there; when a later reading starts it elsewhere, the shortest that holds the character.
THERE = """
    select qs.quote_id from quote_spans qs join quotes q on q.id = qs.quote_id
    where q.version_id = :version and qs.part = 'content' and qs.start <= :start and qs."end" > :start
    order by qs.start <> :start, qs."end" - qs.start, qs.quote_id limit 1
"""
ADDRESS = """
    select q.version_id, min(qs.start) as start from quotes q join quote_spans qs on qs.quote_id = q.id
    where qs.part = 'content' and q.id = :quote group by q.id
"""
FIRST_COPY = "select quote_id from quotes_in_context where utterance_id = :utterance order by date, quote_id limit 1"
SPANS = 'select part, start, "end" from quote_spans where quote_id = :quote order by start'
COPIES = """
    select c.quote_id, c.date, c.outlet, c.source_id, c.headline, c.article_id, c.speaker, c.person_id,
           c.organisation_id, c.role_as_stated, c.kind, c.content, c.version_id, c.start, c.url, c.pubstatus,
           c.reviewed, o.quotation_marks
    from quotes_in_context c left join occurrences o on o.quote_id = c.quote_id
    where c.utterance_id = :utterance order by c.date, c.quote_id limit 100
"""
TOPICS = """
    select t.entity_kind as kind, t.entity_id as id, coalesce(o.name, s.name, p.name, e.name, w.name) as name
    from quote_topics t
    left join organisations o on t.entity_kind = 'organisation' and o.id = t.entity_id
    left join services s on t.entity_kind = 'service' and s.id = t.entity_id
    left join policies p on t.entity_kind = 'policy' and p.id = t.entity_id
    left join events e on t.entity_kind = 'event' and e.id = t.entity_id
    left join people w on t.entity_kind = 'person' and w.id = t.entity_id
    where t.quote_id = :quote order by 1, 3
"""
POSITIONS = """
    select coalesce(s.stance, x.stance) as stance, x.holder as actor, x.person_id, x.organisation_id, x.evidence,
           x.policy_id, coalesce(s.confidence, x.confidence) as confidence, coalesce(p.name, x.target) as policy,
           s.reviewed
    from positions x left join policies p on p.id = x.policy_id left join settled s on s.position_id = x.id
    where x.quote_id = :quote and (s.id is null or s.counts) order by x.start
"""


async def quote(datasette, request):
    db = datasette.get_database("quotewire")

    async def rows(sql, **key):
        return (await db.execute(sql, key)).rows

    version, start = int(request.url_vars["version"]), int(request.url_vars["start"])
    found = await rows(THERE, version=version, start=start)
    if not found:
        raise NotFound(f"No quote is read at character {start} of version {version}.")
    quote_id = found[0]["quote_id"]
    as_read = (await rows(f"{QUOTE} where q.id = :quote", quote=quote_id))[0]
    settled = await rows(SETTLED, quote=quote_id)
    about = {**dict(as_read), **(dict(settled[0]) if settled else {})}
    spans = await rows(SPANS, quote=quote_id)
    start, passage, marks = _passage(about["body"], spans, about["kind"])
    copies = await rows(COPIES, utterance=about["utterance_id"]) if about["utterance_id"] else []
    context = {
        "quote": about,
        "as_read": as_read,
        "spans": spans,
        "passage": passage,
        "passage_marks": marks,
        "copies": copies,
        "topics": await rows(TOPICS, quote=quote_id),
        "positions": await rows(POSITIONS, quote=quote_id),
        "address": f"/quote/{version}-{min((s['start'] for s in spans if s['part'] == 'content'), default=start)}",
    }
    return Response.html(await datasette.render_template("quote.html", context, request=request))


def _passage(body: str, spans, kind: str) -> tuple[int, str, list[dict[str, object]]]:
    """Where the paragraphs that hold the quote start in the body, their text, and the marks within that text."""
    first, last = min(s["start"] for s in spans), max(s["end"] for s in spans)
    start = body.rfind("\n\n", 0, first) + 2 if "\n\n" in body[:first] else 0
    end = body.find("\n\n", last)
    marks = [
        {
            "layer": 0 if s["part"] == "content" else 1,
            "start": s["start"] - start,
            "end": s["end"] - start,
            "css": f"quote {kind}" if s["part"] == "content" else s["part"],
        }
        for s in spans
    ]
    return start, body[start : end if end >= 0 else len(body)], marks


async def numbered(datasette, request):
    """From a number that a table has to the address that lasts."""
    db = datasette.get_database("quotewire")
    kind, number = request.url_vars["kind"], int(request.url_vars["id"])
    if kind == "utterance":
        copy = (await db.execute(FIRST_COPY, {"utterance": number})).first()
        if not copy:
            raise NotFound(f"There is no utterance {number} in a current article.")
        number = copy["quote_id"]
    found = (await db.execute(ADDRESS, {"quote": number})).first()
    if not found:
        raise NotFound(f"There is no quote {number} here.")
    return Response.redirect(datasette.urls.path(f"/quote/{found['version_id']}-{found['start']}"))


@hookimpl
def register_routes():
    return [
        (r"^/quote/(?P<version>\d{1,15})-(?P<start>\d{1,9})$", quote),
        (r"^/(?P<kind>quote|utterance)/(?P<id>\d{1,15})$", numbered),
    ]
