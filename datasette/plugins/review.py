"""Reviews: a person accepts, rejects or amends a quote, its speaker or role, or a position, on the article's page.

They lie in ``reviews.db`` beside the published copy, keyed on the article's address, the fingerprint of its text and
the characters, so that neither a new reading nor a new publishing loses them. Rows are only added: the latest of a
reviewer counts. The file is no database of the site: no address of it shows a row.
"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Row, connect

from datasette import Forbidden, NotFound, Response, hookimpl
from datasette.utils.asgi import BadRequest

TABLE = """
    create table if not exists reviews (
      id integer primary key, url text not null, body_sha256 text not null, subject text not null,
      start integer not null, "end" integer not null, about text not null, decision text not null, amended text,
      as_read text not null, confidence real, reviewer text not null, reviewed_at text not null
    );
    create index if not exists reviews_of_a_text on reviews (body_sha256, url);
"""
ADD = """
    insert into reviews (url, body_sha256, subject, start, "end", about, decision, amended, as_read, confidence,
                         reviewer, reviewed_at)
    values (:url, :sha, :subject, :start, :end, :about, :decision, :amended, :as_read, :confidence, :reviewer, :now)
"""
LATEST = """
    select * from reviews where id in (
      select max(id) from reviews where url = ? and body_sha256 = ? group by subject, start, "end", about, reviewer
    ) order by id
"""
VERSION = """
    select v.id, v.body, v.body_sha256, v.version_no, a.id as article_id, a.canonical_url,
           v.id = a.current_version_id as now
    from article_versions v join articles a on a.id = v.article_id where v.id = :version
"""
SHOWN = """
    select v.id from article_versions v join articles a on a.id = v.article_id
    where a.id = :article and iif(:no = '', v.id = a.current_version_id, v.version_no = :no)
"""
QUOTES = """
    select q.id, q.kind, q.content, q.speaker, q.speaker_type, q.role_as_stated, q.confidence, q.speaker_confidence,
           min(s.start) as start, max(s."end") as "end"
    from quotes q join quote_spans s on s.quote_id = q.id and s.part = 'content'
    where q.version_id = :version group by q.id
"""
POSITIONS = """
    select id, holder, target, stance, confidence, start, "end" from positions where version_id = :version
"""
SUBJECTS = ("quote", "speaker", "role", "position")
PAST = {"accept": "accepted", "reject": "rejected", "amend": "amended"}  # the decisions, and what they make of a row
STANCES = ("support", "oppose", "mixed")
LONGEST = 5_000  # characters of an amendment


def beside(datasette) -> Path:
    """Where the reviews of this copy lie."""
    return Path(datasette.get_database("quotewire").path).with_name("reviews.db")


def read_items(quotes, positions) -> dict[tuple, dict]:
    """(subject, start, end, about) → what is read there, as a review of it will quote it."""
    items = {}
    for row in quotes:
        at = row["start"], row["end"], ""
        items["quote", *at] = {"id": row["id"], "now": row["content"], "sure": row["confidence"]}
        items["speaker", *at] = {"id": row["id"], "now": row["speaker"] or "", "sure": row["speaker_confidence"]}
        items["role", *at] = {"id": row["id"], "now": row["role_as_stated"] or "", "sure": None}
    for row in positions:
        key = "position", row["start"], row["end"], f"{row['holder']} on {row['target']}"
        items[key] = {"id": row["id"], "now": row["stance"], "sure": row["confidence"]}
    return items


def state_of(reviews) -> dict[str, object]:
    """What the latest reviews of one thing come to: accepted, rejected, amended, or disputed when they differ."""
    said = {(row["decision"], row["amended"]) for row in reviews}
    wanted = sorted({amended if amended else "nobody" for decision, amended in said if decision == "amend"})
    return {
        "state": PAST[next(iter(said))[0]] if len(said) == 1 else "disputed",
        "should_be": "; ".join(wanted),
        "reviewers": len(reviews),
        "by": {row["reviewer"]: row for row in reviews},
    }


class Reviewing:
    """What the article page asks: the state and the form of each thing on it that can be reviewed."""

    def __init__(self, version, items, reviews):
        self.version, self.items, self.stances = version, items, STANCES
        grouped: dict[tuple, list] = {}
        for row in reviews:
            grouped.setdefault((row["subject"], row["start"], row["end"], row["about"]), []).append(row)
        self.states = {key: state_of(rows) for key, rows in grouped.items()}
        self.keys: dict[tuple, list] = {}
        for key, item in items.items():
            self.keys.setdefault((key[0] == "position", item["id"]), []).append(key)

    def of(self, row_id, *, position=False):
        """(key, what is read, state or None) for the quote, its speaker and its role, or for the position."""
        return [(key, self.items[key], self.states.get(key)) for key in self.keys.get((position, row_id), ())]


async def _items(db, version):
    quotes, positions = [(await db.execute(sql, {"version": version})).rows for sql in (QUOTES, POSITIONS)]
    return read_items(quotes, positions)


def _reviews(path: Path, version) -> list[dict]:
    if not path.exists():
        return []
    with closing(connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        db.row_factory = Row
        return [dict(row) for row in db.execute(LATEST, [version["canonical_url"], version["body_sha256"]])]


async def shows_reviews(datasette) -> bool:
    """May readers see what reviewers decided? Not in a copy that was published without reviews."""
    db = datasette.get_database("quotewire")
    if not (await db.execute("select 1 from sqlite_master where name = 'publication'")).rows:
        return True
    return not (await db.execute("select 1 from publication where what = 'reviews' and value = 'left out'")).rows


async def take(datasette, request):
    """Takes one review from its form and leads back to where it stands in the article."""
    reviewer = datasette.reviewer_of(request)
    if not reviewer:
        raise Forbidden("Log in to review.")
    sent = await request.post_vars() if request.method == "POST" else {}
    try:
        version, start, end = (int(sent.get(name, "")) for name in ("version", "start", "end"))
    except ValueError:
        raise BadRequest("A review names the version of a text and the characters in it.") from None
    subject, decision, about = (sent.get(name, "") for name in ("subject", "decision", "about"))
    if subject not in SUBJECTS or decision not in PAST:
        raise BadRequest("A review accepts, rejects or amends a quote, a speaker, a role or a position.")
    db = datasette.get_database("quotewire")
    found = (await db.execute(VERSION, {"version": version})).first()
    item = (await _items(db, version)).get((subject, start, end, about)) if found else None
    if item is None:
        raise NotFound("That is no longer read there: it was read anew meanwhile. Reload the article.")
    amended = amendment(subject, sent.get("amended", ""), found["body"]) if decision == "amend" else None
    row = {
        "url": found["canonical_url"], "sha": found["body_sha256"], "subject": subject, "start": start, "end": end,
        "about": about, "decision": decision, "amended": amended, "as_read": item["now"], "confidence": item["sure"],
        "reviewer": reviewer, "now": datetime.now(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip
    with closing(connect(beside(datasette), timeout=10)) as reviews, reviews:
        reviews.executescript(TABLE)
        reviews.execute(ADD, row)
    query = "" if found["now"] else f"?version={found['version_no']}"
    anchor = f"review-{'p' if subject == 'position' else 'q'}{item['id']}"
    return Response.redirect(datasette.urls.path(f"/article/{found['article_id']}{query}#{anchor}"), status=303)


def amendment(subject: str, text: str, body: str) -> str:
    """What it should be, as it was typed; BadRequest when it is nothing that can be so."""
    text = text.replace("\r\n", "\n").strip()[:LONGEST]
    if subject == "quote" and (not text or text not in body):
        raise BadRequest("The words of a quote have to stand in the text, just as you type them. Copy them from there.")
    if subject == "position" and text not in STANCES:
        raise BadRequest(f"A position is one of {', '.join(STANCES)}.")
    return text  # an empty speaker or role says that there is none


@hookimpl
def extra_template_vars(datasette, request, template):
    async def reviewing():
        if template != "article.html":
            return {}
        reviewer = datasette.reviewer_of(request)
        if not reviewer and not (beside(datasette).exists() and await shows_reviews(datasette)):
            return {}
        db, key = datasette.get_database("quotewire"), {"article": int(request.url_vars["id"])}
        shown = (await db.execute(SHOWN, key | {"no": request.args.get("version") or ""})).first()
        if not shown:
            return {}
        version = (await db.execute(VERSION, {"version": shown["id"]})).first()
        return {"reviewing": Reviewing(version, await _items(db, shown["id"]), _reviews(beside(datasette), version))}

    return reviewing


@hookimpl
def register_routes():
    return [(r"^/-/review$", take)]
