"""How the crawls went, for the summary after a run and for `quotewire status`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

HEALTH = """
    select s.id as source, s.kind, c.started_at as "last crawl", c.finish_reason as outcome,
           c.new, c.changed, c.unchanged, c.errors, c.robots_blocked as "robots",
           (select max(d.started_at) from crawls d where d.source_id = s.id and d.finish_reason = 'finished'
            and d.errors = 0) as "last clean crawl"
    from sources s left join crawls c on c.id = (select max(id) from crawls where source_id = s.id)
    order by s.id
"""
TOTALS = """
    select (select count(*) from sources) as sources, (select count(*) from articles) as articles,
           coalesce(sum(new), 0) as new, coalesce(sum(changed), 0) as changed, coalesce(sum(unchanged), 0) as unchanged
    from crawls where started_at >= ?
"""
NOT_TAKEN_IN = """
    select k.source_id as source, k.outcome, k.url, k.reason from captures k
    where (k.crawl_id in (select max(id) from crawls group by source_id)
           or k.id in (select max(id) from captures where crawl_id is null group by url))
      and k.outcome not in ('new', 'changed', 'unchanged', 'not-modified', 'listing')
    order by k.source_id, k.id limit ?
"""


def health(db: Database) -> list[dict[str, Any]]:
    """A row per source: its last crawl, how it ended, and the last one without an error."""
    return list(db.query(HEALTH))


def crawled_whole(db: Database, names: Iterable[str]) -> bool:
    """Whether every source named has had a crawl that came to its end."""
    ended = {row["source_id"] for row in db.query("select source_id from crawls where finish_reason = 'finished'")}
    return ended.issuperset(names)


def totals(db: Database, *, since: str) -> dict[str, int]:
    """Sources and articles in all; new, changed and unchanged over the crawls started at or after ``since``."""
    return dict(next(db.query(TOTALS, [since])))


def not_taken_in(db: Database, *, most: int = 20) -> list[dict[str, Any]]:
    """The addresses that the last crawl of a source or the last import of a file did not take in, with the reason."""
    return list(db.query(NOT_TAKEN_IN, [most]))
