"""What somebody should look at: sources that fail, bring much less than usual, or no longer give their text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlite_utils import Database

from counting import counted
from crawler.frontier.visits import DAY, later
from crawler.writing import writing

FAILING_FROM = 3  # crawls that failed one after the other
WINDOW_DAYS = 3
WEEKS_BEFORE = (1, 2, 3, 4)
LEAST_USUAL = 6  # new articles in a window: below that, none is no news
DROP_TO = 0.2
LEAST_SKIPPED, SKIPPED_SHARE, SKIPPED_RISE = 5, 0.3, 2.0
BROUGHT = (
    "select sum(new) from crawls where source_id = :source and started_at >= :start and started_at < :end "
    "and finish_reason is not null"
)
READ = (
    "select coalesce(sum(k.outcome = 'skipped'), 0), count(*) from captures k join crawls c on c.id = k.crawl_id "
    "where c.source_id = :source and c.started_at >= :start and c.started_at < :end "
    "and k.outcome in ('skipped', 'new', 'changed', 'unchanged')"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One thing to look at. ``kind``: paused, failing, volume or extraction."""

    source_id: str
    kind: str
    text: str


def alarms(db: Database, *, now: str) -> list[Alarm]:
    """What is wrong now, source by source."""
    sources = db.query("select id, status, failures, paused_reason from sources where spider is not null order by id")
    return [alarm for source in sources for alarm in _of(db, source, now)]


def volume(db: Database, source_id: str, *, now: str) -> tuple[int | None, float | None]:
    """New articles in the last three days, and in the median of the same days of the weeks before.

    None where no crawl was made; the usual needs three weeks of them.
    """
    end = later(now, 1)
    start = later(now, -WINDOW_DAYS * DAY)
    counts = [_brought(db, source_id, start=start, end=end)]
    for week in WEEKS_BEFORE:
        shift = -week * 7 * DAY
        counts.append(_brought(db, source_id, start=later(start, shift), end=later(end, shift)))
    before = [count for count in counts[1:] if count is not None]
    return counts[0], float(median(before)) if len(before) >= 3 else None


def note(db: Database, found: list[Alarm], *, now: str) -> list[dict[str, Any]]:
    """Write which alarms have begun and which have ended; returns those that stand and nobody has been told of."""
    standing = {(one.source_id, one.kind): one.text for one in found}
    with writing(db) as connection:
        open_rows = connection.execute("select id, source_id, kind from alarms where ended_at is null").fetchall()
        for number, source_id, kind in open_rows:
            if (source_id, kind) not in standing:
                connection.execute("update alarms set ended_at = ? where id = ?", (now, number))
        known = {(source_id, kind) for _, source_id, kind in open_rows}
        connection.executemany(
            "insert into alarms (source_id, kind, text, since) values (?, ?, ?, ?)",
            [(one.source_id, one.kind, one.text, now) for one in found if (one.source_id, one.kind) not in known],
        )
    untold = "select id, source_id as source, kind, text, since from alarms where ended_at is null and told_at is null"
    return list(db.query(untold))


def told(db: Database, rows: list[dict[str, Any]], *, now: str) -> None:
    with writing(db) as connection:
        connection.executemany("update alarms set told_at = ? where id = ?", [(now, row["id"]) for row in rows])


def _of(db: Database, source: dict[str, Any], now: str) -> Iterator[Alarm]:
    name = source["id"]
    if source["status"] == "paused":
        yield Alarm(source_id=name, kind="paused", text=f"paused: {source['paused_reason'] or 'by hand'}")
        return
    if source["failures"] >= FAILING_FROM:
        yield Alarm(source_id=name, kind="failing", text=f"the last {source['failures']} crawls failed")
    recent, usual = volume(db, name, now=now)
    if recent is not None and usual is not None and usual >= LEAST_USUAL and recent <= usual * DROP_TO:
        text = f"{counted(recent, 'new article')} in {WINDOW_DAYS} days; {usual:g} are usual on these days of the week"
        yield Alarm(source_id=name, kind="volume", text=text)
    yield from _extraction(db, name, now)


def _extraction(db: Database, source_id: str, now: str) -> Iterator[Alarm]:
    start = later(now, -WINDOW_DAYS * DAY)
    skipped, pages = _row(db, READ, source_id, start=start, end=later(now, 1))
    skipped_before, pages_before = _row(db, READ, source_id, start=later(start, -28 * DAY), end=start)
    share = skipped / pages if pages else 0.0
    before = skipped_before / pages_before if pages_before else 0.0
    if skipped >= LEAST_SKIPPED and share >= SKIPPED_SHARE and share >= SKIPPED_RISE * before:
        text = f"no article was found on {skipped} of {pages} pages in {WINDOW_DAYS} days ({before:.0%} before that)"
        yield Alarm(source_id=source_id, kind="extraction", text=text)


def _brought(db: Database, source_id: str, *, start: str, end: str) -> int | None:
    count = _row(db, BROUGHT, source_id, start=start, end=end)[0]
    return None if count is None else int(count)


def _row(db: Database, query: str, source_id: str, *, start: str, end: str) -> Any:
    return db.execute(query, {"source": source_id, "start": start, "end": end}).fetchone()
