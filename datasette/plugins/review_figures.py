"""/reviews: how far reviewers agree, and how often what is read with each confidence is right."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import closing
from itertools import combinations
from pathlib import Path
from sqlite3 import Row, connect

from datasette import Forbidden, Response, hookimpl

LATEST = """
    select * from reviews where id in (
      select max(id) from reviews group by url, body_sha256, subject, start, "end", about, reviewer
    ) order by id
"""
HELD_BACK = "select 1 from publication where what = 'reviews' and value = 'left out'"
HERE = """
    select a.id from articles a join article_versions v on v.article_id = a.id
    where a.canonical_url = :url and v.body_sha256 = :sha limit 1
"""
RECENT = 50


def kappa(pairs: list[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two reviewers' decisions on the same things; None where chance alone would make them agree."""
    both = len(pairs)
    first, second = (Counter(column) for column in zip(*pairs, strict=True)) if pairs else (Counter(), Counter())
    chance = sum(first[one] * second[one] for one in first) / both**2 if both else 1.0
    return None if chance == 1.0 else (sum(a == b for a, b in pairs) / both - chance) / (1 - chance)


def agreement(reviews) -> list[dict[str, object]]:
    """Of each two reviewers and each subject: how many things both judged, the share they agree on, and kappa."""
    judged: dict[tuple, dict[str, str]] = defaultdict(dict)
    for row in reviews:
        at = (row["subject"], row["url"], row["body_sha256"], row["start"], row["end"], row["about"])
        judged[at][row["reviewer"]] = row["decision"]
    pairs: dict[tuple, list[tuple[str, str]]] = defaultdict(list)
    for at, by in judged.items():
        for one, other in combinations(sorted(by), 2):
            pairs[at[0], one, other].append((by[one], by[other]))
    return [
        {
            "subject": subject, "one": one, "other": other, "both": len(found),
            "agree": sum(a == b for a, b in found) / len(found), "kappa": kappa(found),
        }
        for (subject, one, other), found in sorted(pairs.items())
    ]  # fmt: skip


def bands(reviews) -> list[dict[str, object]]:
    """Of each subject and tenth of confidence: how many judgements, and the share that accept."""
    found: dict[tuple[str, int], list[bool]] = defaultdict(list)
    for row in reviews:
        if row["confidence"] is not None:
            band = min(9, int(row["confidence"] * 10 + 1e-9))
            found[row["subject"], band].append(row["decision"] == "accept")
    return [
        {
            "subject": subject, "low": band / 10, "high": (band + 1) / 10, "judged": len(right),
            "right": sum(right) / len(right),
        }
        for (subject, band), right in sorted(found.items())
    ]  # fmt: skip


async def figures(datasette, request):
    db = datasette.get_database("quotewire")
    reviewer = datasette.reviewer_of(request)
    signed = (await db.execute("select 1 from sqlite_master where name = 'publication'")).rows
    if not reviewer and signed and (await db.execute(HELD_BACK)).rows:
        raise Forbidden("This copy was published without its reviews.")
    path = Path(db.path).with_name("reviews.db")
    reviews: list[dict] = []
    if path.exists():
        with closing(connect(f"{path.as_uri()}?mode=ro", uri=True)) as file:
            file.row_factory = Row
            reviews = [dict(row) for row in file.execute(LATEST)]
    if not reviewer:  # readers learn how far reviewers agree, and not who they are
        names = {name: f"reviewer {n}" for n, name in enumerate(sorted({row["reviewer"] for row in reviews}), start=1)}
        reviews = [{**row, "reviewer": names[row["reviewer"]]} for row in reviews]
    recent = reviews[::-1][:RECENT] if reviewer else []
    for row in recent:
        found = (await db.execute(HERE, {"url": row["url"], "sha": row["body_sha256"]})).first()
        row["article_id"] = found["id"] if found else None
    context = {
        "judged": len(reviews), "agreement": agreement(reviews), "bands": bands(reviews), "recent": recent,
        "decisions": sorted(Counter((row["subject"], row["decision"]) for row in reviews).items()),
    }  # fmt: skip
    return Response.html(await datasette.render_template("reviews.html", context, request=request))


@hookimpl
def register_routes():
    return [(r"^/reviews$", figures)]
