"""/search: articles and quotes, ranked, with the hits highlighted; filters for source, speaker, kind and dates."""

from __future__ import annotations

import asyncio
import re

from datasette import Response, hookimpl

PAGE = 20  # of each list
BEST = 400  # hits looked at for a list, copies included
RANKED = {"quotes": 2500, "articles": 800}  # the newest matches that are ranked: to score them all takes seconds
WORDS = re.compile(r'"([^"]+)"|([^\s"]+)')
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
KEPT = """
    and (:source = '' or c.source_id = :source)
    and (:since = '' or c.date >= :since) and (:until = '' or c.date <= :until)
"""
QUOTED = f"""
    from quotes_fts f join quotes_in_context c indexed by quotes_in_context_searched on c.quote_id = f.rowid
    where quotes_fts match :match and (:kind = '' or c.kind = :kind) {KEPT}
"""
WRITTEN = f"""
    from article_versions_fts f join current_articles c indexed by current_articles_searched on c.version_id = f.rowid
    where article_versions_fts match :match {KEPT}
"""
OLDEST = "select f.rowid as id {} order by f.rowid desc limit 1 offset :ranked"
SCORES = {"best": {"quotes": "bm25(quotes_fts, 1.0, 2.0)", "articles": "bm25(article_versions_fts, 4.0, 1.0)"},
          "newest": {"quotes": "-julianday(c.date)", "articles": "-julianday(c.date)"}}  # fmt: skip
# The best copy of each utterance, of the best hits (SQLite takes the bare columns from the row that holds the minimum).
QUOTES = f"""
    with hits as materialized (
      select f.rowid as id, {{}} as score {QUOTED} and f.rowid >= :oldest order by score, id limit :best
    )
    select c.quote_id, c.article_id, c.date, c.outlet, c.headline, c.speaker, c.person_id, c.organisation_id,
           c.role_as_stated, c.kind, c.version_id, c.start, c.pubstatus, c.reviewed, min(h.score) as score,
           count(distinct c.source_id) as outlets
    from hits h join quotes_in_context c on c.quote_id = h.id
    group by coalesce(c.utterance_id, -c.quote_id) order by score, c.quote_id limit :limit offset :offset
"""
ARTICLES = f"""
    with hits as materialized (
      select f.rowid as id, {{}} as score {WRITTEN} and f.rowid >= :oldest order by score, id desc
      limit :limit offset :offset
    )
    select c.version_id, c.article_id, c.date, c.outlet, c.pubstatus
    from hits h join current_articles c on c.version_id = h.id
    order by h.score, h.id desc
"""
# char(2) and char(3) stand around each hit until formats.highlighted() has escaped the rest. Made for what is shown
# alone: each one reads a whole text again.
SNIPPETS = {
    "quotes": "select rowid as id, snippet(quotes_fts, 0, char(2), char(3), '…', 48) as snippet from quotes_fts "
    "where quotes_fts match :match and rowid in (select value from json_each(:shown))",
    "articles": "select rowid as id, snippet(article_versions_fts, 0, char(2), char(3), '…', 40) as headline, "
    "snippet(article_versions_fts, 1, char(2), char(3), '…', 40) as snippet from article_versions_fts "
    "where article_versions_fts match :match and rowid in (select value from json_each(:shown))",
}
NEWEST = f"""
    select c.*, v.body_sha256, v.seen_at, a.published_at
    from (select f.rowid as id {QUOTED} order by f.rowid desc limit 50) h
    join quotes_in_context c on c.quote_id = h.id join article_versions v on v.id = c.version_id
    join articles a on a.id = c.article_id order by c.version_id desc, c.start
"""
SOURCES = "select id, name from sources order by name"
NOTHING = '""'  # an empty phrase, which matches no row


def as_match(asked: str | None) -> str:
    """What FTS5 is asked for: every word or "phrase" quoted, so that no character is syntax; word* finds beginnings.

    SQL has it as a function too: ``where quotes_fts match as_match(:words)``.
    """
    found = []
    for phrase, word in WORDS.findall(CONTROL.sub(" ", str(asked or ""))):
        text = (phrase or word.rstrip("*")).strip()
        if any(char.isalnum() for char in text):
            found.append(f'"{text}"' + ("*" if word.endswith("*") else ""))
    return " ".join(found) or NOTHING


def asked_for(request) -> dict[str, str]:
    """The filters of the address and ``match``, what they ask the full-text index of quotes for."""
    names = ("q", "source", "speaker", "kind", "since", "until")
    asked = {name: (request.args.get(name) or "").strip() for name in names}
    words, speaker = as_match(asked["q"]), as_match(asked["speaker"])
    by_speaker = f"speaker : ({speaker})" if speaker != NOTHING else ""
    parts = [part for part in (f"({words})" if words != NOTHING else "", by_speaker) if part]
    return {**asked, "match": " AND ".join(parts) or NOTHING}


async def search(datasette, request):
    db = datasette.get_database("quotewire")
    asked = asked_for(request)
    page, sort = request.args.get("page") or "1", request.args.get("sort") or "best"
    sort = sort if sort in SCORES else "best"
    number = int(page) if re.fullmatch(r"[1-9]\d{0,3}", page) else 1
    limits = {"best": BEST, "limit": PAGE + 1, "offset": PAGE * (number - 1)}

    async def found(what: str, sql: str, matching: str, match: str, id: str):
        if match == NOTHING:
            return [], False
        key = {**asked, **limits, "match": match, "ranked": RANKED[what]}
        oldest = (await db.execute(OLDEST.format(matching), key)).first()
        key["oldest"] = oldest["id"] if oldest else 0
        rows = [dict(row) for row in (await db.execute(sql.format(SCORES[sort][what]), key)).rows]
        key["shown"] = str([row[id] for row in rows])
        told = {row["id"]: dict(row) for row in (await db.execute(SNIPPETS[what], key)).rows}
        return [{**row, **told.get(row[id], {})} for row in rows], bool(oldest)

    quotes_alone = asked["kind"] or asked["speaker"]
    words = NOTHING if quotes_alone else as_match(asked["q"])
    (quotes, many_quotes), (articles, many_articles) = await asyncio.gather(
        found("quotes", QUOTES, QUOTED, asked["match"], "quote_id"),
        found("articles", ARTICLES, WRITTEN, words, "version_id"),
    )
    context = {
        **asked,
        "sort": sort,
        "searched": asked["match"] != NOTHING,
        "quotes_alone": quotes_alone,
        "page": number,
        "articles": articles[:PAGE],
        "quotes": quotes[:PAGE],
        "more": max(len(articles), len(quotes)) > PAGE,
        "too_many": {"quotes": many_quotes and RANKED["quotes"], "articles": many_articles and RANKED["articles"]},
        "sources": (await db.execute(SOURCES)).rows,
        "filters": {name: value for name, value in asked.items() if value and name != "match"},
    }
    return Response.html(await datasette.render_template("search.html", context, request=request))


async def feed(datasette, request):
    """The newest quotes that the search finds, as Atom: tells when somebody or something is quoted."""
    asked = asked_for(request)
    rows = (await datasette.get_database("quotewire").execute(NEWEST, asked)).rows if asked["match"] != NOTHING else []
    told = ", ".join(value for name, value in asked.items() if value and name != "match") or "nothing"
    query = f"?{request.query_string}" if request.query_string else ""
    return datasette.atom(datasette, request, title=f"Quotes found by {told}", page=f"/search{query}", rows=rows)


@hookimpl
def prepare_jinja2_environment(env):
    env.filters["has_words"] = lambda asked: as_match(asked) != NOTHING


@hookimpl(trylast=True)
def prepare_connection(conn):
    """Ours stands in for Datasette's escape_fts too, so that a table is searched by the rules of the search page."""
    for name in ("as_match", "escape_fts"):
        conn.create_function(name, 1, as_match, deterministic=True)


@hookimpl
def register_routes():
    return [(r"^/search$", search), (r"^/search\.atom$", feed)]
