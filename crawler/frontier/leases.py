"""The frontier's SQL, from the rows that are due to a run's leases, and back when it could not use them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import fields

from crawler.frontier.rows import host_of
from crawler.frontier.visits import FIRST_INTERVAL_S, Due, Found, later

LEASE_S = 6 * 3600
NAMES = [one.name for one in fields(Due)]
COLUMNS = ", ".join(f"f.{name}" for name in NAMES)
READY = (
    "f.source_id = :source and f.next_due <= :now and f.state != 'leased' "
    "and not exists (select 1 from hosts h where h.host = f.host and h.not_before > :now)"
)
# Listings first, then what was discovered last, then revisits in the order in which they fell due.
LISTINGS_DUE = (
    f"select {COLUMNS} from frontier f indexed by frontier_polls where {READY} and f.kind != 'article' "
    "order by f.next_due limit :most"
)
WAITING = (
    f"select {COLUMNS} from frontier f indexed by frontier_waiting where {READY} and f.state = 'waiting' "
    "and f.kind = 'article' order by f.discovered_at desc, f.id limit :most"
)
REVISITS = (
    f"select {COLUMNS} from frontier f indexed by frontier_revisits where {READY} and f.state = 'done' "
    "and f.kind = 'article' order by f.next_due limit :most"
)


def add_root(connection: sqlite3.Connection, source_id: str, found: Found, *, now: str, force: bool) -> None:
    """The listing that a source starts from; one that its declaration no longer names is not polled any more."""
    connection.execute(
        "update frontier set next_due = null, state = 'done' where source_id = ? and kind = 'listing' "
        "and discovered_from is null and address != ?",
        (source_id, found.address),
    )
    connection.execute(
        "insert into frontier (source_id, kind, address, url, host, next_due, interval_s, discovered_at) "
        "values (?, 'listing', ?, ?, ?, ?, ?, ?) on conflict (source_id, address) where kind != 'article' "
        "do update set kind = 'listing', url = excluded.url, next_due = case when ? then excluded.next_due "
        "else coalesce(next_due, excluded.next_due) end",
        (source_id, found.address, found.url, host_of(found.url), now, FIRST_INTERVAL_S, now, force),
    )


def release_leases(connection: sqlite3.Connection, *, now: str, expired_only: bool = False) -> int:
    """Leases return to be taken again: all of them when no other run can be alive, else those whose time is past."""
    only = "and lease_until <= :now" if expired_only else ""
    return connection.execute(
        "update frontier set state = 'waiting', lease_owner = null, lease_until = null, next_due = :now "
        f"where state = 'leased' {only}",
        {"now": now},
    ).rowcount


def release(connection: sqlite3.Connection, ids: Iterable[int], *, due: str) -> None:
    """Give back rows that were leased and not asked for; they are ``due`` again then."""
    connection.executemany(
        "update frontier set state = 'waiting', lease_owner = null, lease_until = null, next_due = ? where id = ?",
        [(due, one) for one in ids],
    )


def lease(
    connection: sqlite3.Connection, source_id: str, *, owner: str, now: str, listings: int, articles: int
) -> list[Due]:
    """Take what is due of a source: at most so many listings (or further pages) and so many articles."""
    release_leases(connection, now=now, expired_only=True)
    values = {"source": source_id, "now": now}
    taken = _due(connection, LISTINGS_DUE, values, listings)
    taken += _due(connection, WAITING, values, articles)
    taken += _due(connection, REVISITS, values, articles - sum(1 for one in taken if one.kind == "article"))
    connection.executemany(
        "update frontier set state = 'leased', lease_owner = ?, lease_until = ? where id = ?",
        [(owner, later(now, LEASE_S), one.id) for one in taken],
    )
    return taken


def _due(connection: sqlite3.Connection, query: str, values: dict[str, str], most: int) -> list[Due]:
    rows = connection.execute(query, values | {"most": max(most, 0)})
    return [Due(**dict(zip(NAMES, row, strict=True))) for row in rows]


def next_check(connection: sqlite3.Connection, source_id: str) -> str | None:
    """When something of the source is due next, its hosts' wishes heeded; None when nothing ever is."""
    row = connection.execute(
        "select min(max(f.next_due, coalesce(h.not_before, ''))) from frontier f left join hosts h on h.host = f.host "
        "where f.source_id = ? and f.next_due is not null",
        (source_id,),
    ).fetchone()
    return row[0] if row else None


def due_count(connection: sqlite3.Connection, source_id: str, *, now: str, heed_hosts: bool = True) -> int:
    """How many rows of a source could be leased now; those too that wait for a host, unless ``heed_hosts``."""
    put_off = "and not exists (select 1 from hosts h where h.host = f.host and h.not_before > :now)"
    row = connection.execute(
        "select count(*) from frontier f where f.source_id = :source and f.next_due <= :now and f.state != 'leased' "
        + (put_off if heed_hosts else ""),
        {"source": source_id, "now": now},
    ).fetchone()
    return int(row[0])
