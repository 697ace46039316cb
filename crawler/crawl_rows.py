"""A source's row in ``sources`` and its rows in ``crawls``: one for each run in which something of it was due."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict

from crawler.captures import now
from crawler.frontier.leases import add_root, next_check
from crawler.frontier.visits import Found
from crawler.results import CrawlResult
from crawler.sources import Source

SOURCE_COLUMNS = ("id", "name", "kind", "spider", "homepage", "licence")
PAUSED_AFTER = 7  # crawls that failed one after the other; with the pauses between them nearly a day at the least


def declare(connection: sqlite3.Connection, source: Source, root: Found, *, force: bool) -> None:
    """The source's row and the listing that it starts from."""
    describe(connection, source)
    add_root(connection, source.id, root, now=now(), force=force)


def describe(connection: sqlite3.Connection, source: Source) -> None:
    """The source's row, brought up to date with its declaration."""
    row = {key: value for key, value in asdict(source).items() if key in SOURCE_COLUMNS}
    updates = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
    connection.execute(
        f"insert into sources ({', '.join(row)}) values ({', '.join('?' * len(row))}) "
        f"on conflict (id) do update set {updates}",
        tuple(row.values()),
    )


def paused(connection: sqlite3.Connection, source_id: str) -> str | None:
    """Why the source is paused, or None when it is not."""
    row = connection.execute(
        "select coalesce(paused_reason, 'paused by hand') from sources where id = ? and status = 'paused'", (source_id,)
    ).fetchone()
    return None if row is None else str(row[0])


def resume(connection: sqlite3.Connection, source_id: str) -> bool:
    """Takes a source out of its pause, and makes its listing due; False when there is none of that name."""
    connection.execute(
        "update frontier set next_due = ?, attempts = 0 where source_id = ? and kind = 'listing' and state = 'waiting'",
        (now(), source_id),
    )
    found = connection.execute(
        "update sources set status = 'active', failures = 0, paused_reason = null where id = ?", (source_id,)
    )
    return found.rowcount > 0


def open_crawl(connection: sqlite3.Connection, source_id: str) -> int:
    connection.execute(
        "update crawls set finish_reason = 'interrupted', finished_at = ? where source_id = ? and finished_at is null",
        (now(), source_id),
    )
    started = connection.execute("insert into crawls (source_id, started_at) values (?, ?)", (source_id, now()))
    return int(started.lastrowid or 0)


def close_crawl(connection: sqlite3.Connection, crawl_id: int, result: CrawlResult) -> None:
    ended = now()
    connection.execute(
        "update crawls set finished_at = ?, finish_reason = ?, fetched = ?, new = ?, changed = ?, unchanged = ?, "
        "skipped = ?, errors = ?, robots_blocked = ?, detail = ? where id = ?",
        (
            ended, result.finish_reason, result.fetched, result.new, result.changed, result.unchanged,
            result.skipped, result.errors, result.robots_blocked, result.detail, crawl_id,
        ),
    )  # fmt: skip
    due = next_check(connection, result.source_id)
    connection.execute("update sources set next_check_at = ? where id = ?", (due, result.source_id))
    if result.finish_reason == "shutdown":
        return
    if not result.barren:
        connection.execute(
            "update sources set failures = 0, status = 'active', paused_reason = null, last_success_at = ? "
            "where id = ?",
            (ended, result.source_id),
        )
        return
    why = f"{PAUSED_AFTER} crawls failed one after the other, the last one so: {result.detail or result.finish_reason}"
    connection.execute(
        "update sources set failures = failures + 1, "
        "paused_reason = case when failures + 1 >= :most then :why else paused_reason end, "
        "status = case when failures + 1 >= :most then 'paused' else 'failing' end where id = :source",
        {"most": PAUSED_AFTER, "why": why[:500], "source": result.source_id},
    )
