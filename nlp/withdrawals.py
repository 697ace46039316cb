"""Takedowns: what is withdrawn is taken out of every published copy, and a tombstone says when and why.

The working database and the WARC files keep what was collected; a takedown is a row of its own there (``takedowns``),
so that neither a new crawl nor a new reading undoes it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from sqlite_utils import Database

PAGE = re.compile(r"(?:/?article/)?(\d{1,15})(?:[/.].*)?")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# By any address under which it was fetched, of this article or of one whose place it has taken.
ADDRESSED = """
    select distinct a.id from articles a
    left join article_versions v on v.article_id = a.id left join captures c on c.id = v.capture_id
    where a.canonical_url in ({marks}) or c.url in ({marks}) or c.final_url in ({marks})
"""
ABOUT = """
    select a.id, a.canonical_url, coalesce(v.headline, ''), count(distinct q.id)
    from articles a left join article_versions v on v.id = a.current_version_id
    left join quotes q on q.version_id in (select id from article_versions where article_id = a.id)
    where a.id = ? group by a.id
"""
ALSO_RAN = """
    select a.canonical_url from story_members mine join story_members m on m.story_id = mine.story_id
    join articles a on a.id = m.article_id where mine.article_id = ? and a.id <> ? order by a.id
"""


def m040_takedowns(db: Database) -> None:
    """One row per takedown; ``undone_at`` is set when it no longer holds."""
    columns = {"id": int, "article_id": int, "url": str, "why": str, "asked_by": str, "withdrawn_at": str,
               "undone_at": str}  # fmt: skip
    db.table("takedowns").create(columns, pk="id", not_null={"article_id", "url", "why", "withdrawn_at"})
    db.table("takedowns").create_index(["article_id"])


LATER = (m040_takedowns,)


@dataclass(frozen=True, slots=True)
class Found:
    """An article to withdraw: its number, address, headline, quotes of all its versions, and where copies of it ran."""

    article_id: int
    url: str
    headline: str
    quotes: int
    withdrawn: bool
    copies: tuple[str, ...] = ()


def find(db: Database, addresses: Sequence[str]) -> Found | None:
    """The article that any of ``addresses`` leads to; None when nothing was ever collected from there."""
    marks = ", ".join("?" * len(addresses))
    row = db.execute(ADDRESSED.format(marks=marks), [*addresses] * 3).fetchone()
    return numbered(db, row[0]) if row else None


def own_page(db: Database, address: str, *, site: str = "") -> int | None:
    """The article whose page here ``address`` is: a number, a path (/article/12), or either's address on ``site``.

    So is one on this machine. Another host's is None, since a newspaper may number its articles too.
    """
    try:
        parts, ours = urlsplit(address), urlsplit(site if "//" in site else f"//{site}")
        elsewhere = bool(parts.scheme or parts.netloc)
        here = parts.hostname in LOOPBACK or (site != "" and parts.netloc.lower() == ours.netloc.lower())
    except ValueError:  # no address at all
        return None
    path = parts.path.removeprefix(ours.path.rstrip("/")) if elsewhere else parts.path
    page = PAGE.fullmatch(path)
    if page is None or (elsewhere and (not here or _is_outlet(db, parts.netloc))):
        return None
    return int(page[1])


def _is_outlet(db: Database, netloc: str) -> bool:
    """Whether an article or a source that is collected is at this host and port, as the bundled sample is."""
    addresses = db.execute("select canonical_url from articles union select homepage from sources")
    return any(urlsplit(address or "").netloc.lower() == netloc.lower() for (address,) in addresses)


def numbered(db: Database, article_id: int) -> Found | None:
    """The article with this number, or None."""
    row = db.execute(ABOUT, [article_id]).fetchone()
    if row is None:
        return None
    copies = tuple(url for (url,) in db.execute(ALSO_RAN, [article_id, article_id]))
    number, url, headline, quotes = row
    return Found(number, url, headline, quotes, withdrawn=number in standing(db.conn), copies=copies)


def standing(connection: sqlite3.Connection) -> set[int]:
    """The numbers of the articles that a takedown holds for now."""
    return {number for (number,) in connection.execute("select article_id from takedowns where undone_at is null")}


def withdraw(db: Database, found: Found, *, why: str, by: str | None = None) -> None:
    """Records the takedown; it takes effect with the next publishing. Nothing happens when one holds already."""
    if not found.withdrawn:
        row = {"article_id": found.article_id, "url": found.url, "why": why, "asked_by": by, "withdrawn_at": _now()}
        db.table("takedowns").insert(row)


def restore(db: Database, found: Found) -> None:
    """Ends the takedown of an article: the next publishing shows it again."""
    with db.atomic():
        db.execute(
            "update takedowns set undone_at = ? where article_id = ? and undone_at is null", [_now(), found.article_id]
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
