"""The frontier's SQL, from a visit to the rows that it leaves behind.

Every function that takes a ``connection`` writes in the caller's transaction: a page's outcome, its article and its
row in the frontier are committed together or not at all.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.dates import machine_date
from crawler.frontier.visits import (
    DATED_PART_INTERVAL_S,
    FIRST_INTERVAL_S,
    READ,
    Due,
    Found,
    Visit,
    after_article,
    after_listing,
    poll_interval,
    utc,
)

ADDRESS = re.compile(r"\S+://\S+|(?<=redirects to )\S+")


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a row, and how many articles nobody had named before."""

    state: str
    new: int


def host_of(url: str) -> str:
    """Host and port of an address: what politeness is kept towards."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def cause_of(reason: str) -> str:
    """A reason without the addresses in it, so that like causes count together."""
    return ADDRESS.sub("…", reason)[:200]


def discover(
    connection: sqlite3.Connection, due: Due, found: Sequence[Found], *, now: str, crawl_id: int | None, force: bool
) -> int:
    """Put in what a listing named; returns how many articles of it are new.

    A further page is asked for when this one had news (or stood alone in naming none, as an index does). With
    ``force`` all that it names is due again, else an article whose listed date is later than our last visit.
    """
    articles = [one for one in found if one.kind == "article"]
    new = _insert(connection, due, articles, now=now)
    more = [one for one in found if one.kind != "article"]
    _insert(connection, due, more, now=now)
    connection.executemany(
        "update frontier set next_due = ? where source_id = ? and address = ? and kind = 'listing' "
        "and state = 'done' and fetched_at < ? and crawl_id is not ?",
        [
            (now, due.source_id, one.address, moment, crawl_id)
            for one in more
            if one.kind == "listing" and (moment := _moment(one.listed))
        ],
    )
    if force or (new and due.kind != "article"):
        again = [one.address for one in more if force or one.kind == "page"]
        connection.executemany(
            "update frontier set next_due = ?, state = 'waiting' where source_id = ? and address = ? "
            "and kind != 'article' and state = 'done' and crawl_id is not ?",
            [(now, due.source_id, address, crawl_id) for address in again],
        )
    if force:
        connection.executemany(
            "update frontier set next_due = ?, state = case state when 'done' then 'done' else 'waiting' end, "
            "attempts = case state when 'failed' then 0 else attempts end "
            "where address = ? and kind = 'article' and crawl_id is not ? "
            "and state not in ('leased', 'duplicate', 'moved')",
            [(now, one.address, crawl_id) for one in articles],
        )
    else:
        _bring_forward(connection, articles, now=now)
    return new


def _insert(connection: sqlite3.Connection, due: Due, found: Sequence[Found], *, now: str) -> int:
    before = connection.total_changes
    connection.executemany(
        "insert or ignore into frontier (source_id, kind, address, url, host, listed, next_due, discovered_from, "
        "discovered_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (due.source_id, one.kind, one.address, one.url, host_of(one.url), one.listed, now, due.id, now)
            for one in found
        ],
    )
    return connection.total_changes - before


def _bring_forward(connection: sqlite3.Connection, articles: Sequence[Found], *, now: str) -> None:
    """Articles that the listing dates after our last visit are due at once.

    A listing that says so of more than half of what it names is not believed: some write today's date everywhere.
    """
    newer = []
    for one in articles:
        moment = _moment(one.listed)
        if moment is None:
            continue
        row = connection.execute(
            "select id from frontier where address = ? and kind = 'article' and state = 'done' and fetched_at < ?",
            (one.address, moment),
        ).fetchone()
        newer += [row[0]] if row else []
    if len(newer) * 2 <= max(len(articles), 2):
        connection.executemany("update frontier set next_due = ? where id = ?", [(now, one) for one in newer])


def _moment(listed: str | None) -> str | None:
    """The date that a listing gives, in UTC; a day is its start."""
    stated = machine_date(listed) if listed else None
    moment = utc(stated) if stated else None
    return moment.isoformat(timespec="seconds") if moment else None


def owner_of(connection: sqlite3.Connection, article_id: int, *, but: int) -> int | None:
    """Another row of the frontier that stands for the article, if any."""
    row = connection.execute(
        "select id from frontier where article_id = ? and id != ? and state in ('done', 'leased', 'waiting') limit 1",
        (article_id, but),
    ).fetchone()
    return None if row is None else int(row[0])


def settle(
    connection: sqlite3.Connection,
    visit: Visit,
    *,
    outcome: str,
    reason: str,
    now: str,
    crawl_id: int | None,
    article_id: int | None,
    force: bool,
) -> Settled:
    """Write what a visit came to into its row, and beside it what it named."""
    due = visit.due
    new = discover(connection, due, visit.found, now=now, crawl_id=crawl_id, force=force) if visit.found else 0
    interval = due.interval_s or FIRST_INTERVAL_S
    if due.kind == "listing":
        named = sum(1 for one in visit.found if one.kind == "article") or int(outcome == "not-modified")
        if outcome in READ and due.fetched_at:
            interval = poll_interval(interval, known=named - new, named=named)
        interval = DATED_PART_INTERVAL_S if due.listed else interval
        then = after_listing(due, outcome, now=now, interval_s=interval, retry_at=visit.retry_at)
    else:
        published = _published(connection, article_id or due.article_id)
        then = after_article(due, outcome, now=now, published=published, retry_at=visit.retry_at)
        interval = 0
    moved = bool(visit.moved_to) and then.state in ("done", "duplicate")
    state = "moved" if moved else then.state
    connection.execute(
        "update frontier set state = ?, next_due = ?, attempts = ?, lease_owner = null, lease_until = null, "
        "interval_s = nullif(?, 0), not_modified = ?, outcome = ?, cause = ?, fetched_at = ?, crawl_id = ?, "
        "article_id = coalesce(?, article_id), moved_to = ? where id = ?",
        (
            state, None if moved else then.next_due, then.attempts, interval,
            due.not_modified + 1 if outcome == "not-modified" else 0, outcome, cause_of(reason), now, crawl_id,
            article_id, visit.moved_to if moved else None, due.id,
        ),
    )  # fmt: skip
    return Settled(state, new)


def _published(connection: sqlite3.Connection, article_id: int | None) -> str | None:
    row = connection.execute("select published_at from articles where id = ?", (article_id,)).fetchone()
    return row[0] if row else None


def add_moved(
    connection: sqlite3.Connection, visit: Visit, *, address: str, article_id: int, now: str, crawl_id: int | None
) -> None:
    """The row of the address that a page moved to for good: it is visited from now on."""
    then = after_article(visit.due, "unchanged", now=now, published=_published(connection, article_id))
    connection.execute(
        "insert or ignore into frontier (source_id, kind, address, url, host, state, next_due, outcome, "
        "discovered_from, discovered_at, fetched_at, crawl_id, article_id) "
        "values (?, 'article', ?, ?, ?, 'done', ?, 'unchanged', ?, ?, ?, ?, ?)",
        (
            visit.due.source_id, address, visit.moved_to, host_of(visit.moved_to), then.next_due, visit.due.id,
            visit.due.discovered_at or now, now, crawl_id, article_id,
        ),
    )  # fmt: skip
