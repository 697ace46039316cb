"""/search: articles and quotes, ranked, with the hits highlighted and filters for source, kind and dates."""

from __future__ import annotations

import re

from datasette import Response, hookimpl

PAGE = 20  # of each list
HITS = 400  # quotes looked at, copies included
WORDS = re.compile(r'"([^"]+)"|([^\s"]+)')
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# char(2) and char(3) stand around each hit until formats.highlighted() has escaped the rest.
ARTICLES = """
    select c.article_id, c.date, c.outlet, snippet(article_versions_fts, 0, char(2), char(3), '…', 40) as headline,
           snippet(article_versions_fts, 1, char(2), char(3), '…', 40) as snippet
    from article_versions_fts f join current_articles c on c.version_id = f.rowid
    where article_versions_fts match :match
      and (:source = '' or c.source_id = :source)
      and (:since = '' or c.date >= :since) and (:until = '' or c.date <= :until)
    order by bm25(article_versions_fts, 4.0, 1.0), c.article_id limit :limit offset :offset
"""
# The best copy of each utterance, of the best hits (SQLite takes the bare columns from the row that holds the minimum).
QUOTES = """
    with hits as materialized (
      select c.*, bm25(quotes_fts, 1.0, 2.0) as score,
             snippet(quotes_fts, 0, char(2), char(3), '…', 48) as snippet
      from quotes_fts f join quotes_in_context c on c.quote_id = f.rowid
      where quotes_fts match :match
        and (:source = '' or c.source_id = :source) and (:kind = '' or c.kind = :kind)
        and (:since = '' or c.date >= :since) and (:until = '' or c.date <= :until)
      order by score, c.quote_id limit :hits
    )
    select quote_id, article_id, date, outlet, headline, speaker, person_id, organisation_id, role_as_stated, kind,
           snippet, min(score) as score,
           count(distinct source_id) as outlets
    from hits group by coalesce(utterance_id, -quote_id)
    order by score, quote_id limit :limit offset :offset
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


async def search(datasette, request):
    db = datasette.get_database("quotewire")
    asked = {name: (request.args.get(name) or "").strip() for name in ("q", "source", "kind", "since", "until")}
    page = request.args.get("page") or "1"
    number = int(page) if re.fullmatch(r"[1-9]\d{0,3}", page) else 1
    match = as_match(asked["q"])
    key = {**asked, "match": match, "hits": HITS, "limit": PAGE + 1, "offset": PAGE * (number - 1)}
    articles = (await db.execute(ARTICLES, key)).rows if match != NOTHING and not asked["kind"] else []
    quotes = (await db.execute(QUOTES, key)).rows if match != NOTHING else []
    context = {
        **asked,
        "searched": match != NOTHING,
        "page": number,
        "articles": articles[:PAGE],
        "quotes": quotes[:PAGE],
        "more": max(len(articles), len(quotes)) > PAGE,
        "sources": (await db.execute(SOURCES)).rows,
    }
    return Response.html(await datasette.render_template("search.html", context, request=request))


@hookimpl
def prepare_connection(conn):
    conn.create_function("as_match", 1, as_match, deterministic=True)


@hookimpl
def register_routes():
    return [(r"^/search$", search)]
