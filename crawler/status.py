"""How the crawls went, for the summary after a run and for `quotewire status`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from crawler import captures
from crawler.watching import volume

HEALTH = """
    select s.id as source, s.kind, s.status, c.started_at as "last crawl", c.finish_reason as outcome,
           c.new, c.changed, c.unchanged, c.errors, c.robots_blocked as "robots",
           (select max(d.started_at) from crawls d where d.source_id = s.id and d.finish_reason = 'finished'
            and d.errors = 0) as "last clean crawl", s.last_success_at as "last success",
           s.next_check_at as "next check"
    from sources s left join crawls c on c.id = (select max(id) from crawls where source_id = s.id)
    order by s.id
"""
CAUSES = """
    select source_id as source, state, outcome, cause, count(*) as addresses from frontier
    where outcome not in ('new', 'changed', 'unchanged', 'not-modified', 'listing', 'duplicate')
    group by source_id, state, outcome, cause order by source_id, addresses desc limit ?
"""
DUE = """
    select coalesce(sum(f.kind != 'article'), 0) as listings,
           coalesce(sum(f.kind = 'article' and f.fetched_at is null), 0) as "new articles",
           coalesce(sum(f.kind = 'article' and f.fetched_at is not null), 0) as revisits
    from frontier f left join hosts h on h.host = f.host
    where f.source_id = ? and f.next_due <= ? and coalesce(h.not_before, '') <= ?
"""
TOTALS = """
    select (select count(*) from sources) as sources, (select count(*) from articles) as articles,
           sum(new) as new, sum(changed) as changed, sum(unchanged) as unchanged
    from (select coalesce(sum(new), 0) as new, coalesce(sum(changed), 0) as changed,
                 coalesce(sum(unchanged), 0) as unchanged from crawls where started_at >= :since
          union all
          select coalesce(sum(outcome = 'new'), 0), coalesce(sum(outcome = 'changed'), 0),
                 coalesce(sum(outcome = 'unchanged'), 0)
          from captures where crawl_id is null and fetched_at >= :since)
"""
NOT_TAKEN_IN = """
    select k.source_id as source, k.outcome, k.url, k.reason from captures k
    where (k.crawl_id in (select max(id) from crawls group by source_id)
           or k.id in (select max(id) from captures where crawl_id is null group by url))
      and k.outcome not in ('new', 'changed', 'unchanged', 'not-modified', 'listing', 'rules')
    order by k.source_id, k.id limit ?
"""


def health(db: Database, *, now: str = "") -> list[dict[str, Any]]:
    """A row per source: its last crawl and how it ended, the last good one, volume against the usual, next check."""
    rows = list(db.query(HEALTH))
    for row in rows:
        recent, usual = volume(db, row["source"], now=now or captures.now())
        row["new in 3 days"], row["usual"] = recent, usual
    return rows


def causes(db: Database, *, most: int = 20) -> list[dict[str, Any]]:
    """Why addresses could not be taken in the last time, counted by cause."""
    return list(db.query(CAUSES, [most]))


def due(db: Database, source_ids: Iterable[str], *, now: str) -> list[dict[str, Any]]:
    """What a crawl would fetch now: a row per source. A source that was never crawled has its listing due."""
    rows = []
    for name in source_ids:
        known = next(db.query("select status, next_check_at, paused_reason from sources where id = ?", [name]), None)
        counts = next(db.query(DUE, [name, now, now]))
        crawled = db.execute("select 1 from frontier where source_id = ? limit 1", [name]).fetchone() is not None
        paused = known is not None and known["status"] == "paused"
        rows.append(
            {
                "source": name,
                "listings": counts["listings"] if crawled else 1,
                "new articles": counts["new articles"],
                "revisits": counts["revisits"],
                "next check": known["next_check_at"] if known and crawled else "now",
                "note": f"paused: {known['paused_reason']}" if paused and known else "" if crawled else "first crawl",
            }
        )
    return rows


def crawled_whole(db: Database, names: Iterable[str]) -> bool:
    """Whether every source named has had a crawl that came to its end."""
    ended = {row["source_id"] for row in db.query("select source_id from crawls where finish_reason = 'finished'")}
    return ended.issuperset(names)


def totals(db: Database, *, since: str) -> dict[str, int]:
    """Sources and articles in all; new, changed and unchanged in what was crawled and imported since ``since``."""
    return dict(next(db.query(TOTALS, {"since": since})))


def not_taken_in(db: Database, *, most: int = 20) -> list[dict[str, Any]]:
    """The addresses that the last crawl of a source or the last import of a file did not take in, with the reason."""
    return list(db.query(NOT_TAKEN_IN, [most]))
