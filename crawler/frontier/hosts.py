"""What all sources on one host share: its pause, its pages of the day, its robots.txt, and whether its 304 is true.

A host is a name with its port, as in an address. The rows of ``hosts`` outlive the run.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass, field

from sqlite_utils import Database

from crawler.frontier.visits import DAY, HOUR, MINUTE, later
from crawler.writing import writing

SHORTEST_PAUSE_S, LONGEST_PAUSE_S = MINUTE, 6 * HOUR
SILENT_BEFORE_PAUSE = 5
ROBOTS_KEPT_S = DAY  # RFC 9309, 2.4


@dataclass
class Hosts:
    """The hosts of one run. Holds a few numbers a host, and nothing an address."""

    db: Database
    pages: dict[tuple[str, str], int] = field(default_factory=dict)  # of a host and a day: asked for, or going to be
    unwritten: Counter[tuple[str, str]] = field(default_factory=Counter)  # asked for, and not in the table yet
    silent: Counter[str] = field(default_factory=Counter)
    troubled: set[str] = field(init=False)  # put off in this run or an earlier one, and not heard of since

    def __post_init__(self) -> None:
        self.troubled = {row[0] for row in self.db.execute("select host from hosts where put_off > 0")}

    def admits(self, host: str, *, now: str, cap: int) -> bool:
        """Counts one request towards the host's day (UTC), and says whether it may still be made."""
        if self.asked_for(host, now=now) >= cap:
            return False
        self.pages[host, now[:10]] += 1
        return True

    def asked_for(self, host: str, *, now: str) -> int:
        """How many requests of the host's day have been admitted."""
        key = (host, now[:10])
        if key not in self.pages:
            row = self.db.execute("select pages from hosts where host = ? and day = ?", key).fetchone()
            self.pages[key] = int(row[0]) if row else 0
        return self.pages[key]

    def taken_back(self, host: str, *, now: str) -> None:
        """A request that was admitted is not made."""
        key = (host, now[:10])
        self.pages[key] = max(0, self.pages.get(key, 0) - 1)

    def asked(self, host: str, *, now: str) -> None:
        self.unwritten[host, now[:10]] += 1

    def write(self) -> None:
        """Requests made since the last time, into the table."""
        made, self.unwritten = self.unwritten, Counter()
        if made:
            with writing(self.db) as connection:
                connection.executemany(
                    "insert into hosts (host, day, pages) values (?, ?, ?) on conflict (host) do update set pages = "
                    "excluded.pages + case when day = excluded.day then pages else 0 end, day = excluded.day",
                    [(host, day, count) for (host, day), count in made.items()],
                )

    def put_off(self, host: str, *, now: str, until: str | None = None, why: str) -> str:
        """Leave a host alone until ``until``, or longer each time when nobody says; returns the moment."""
        row = self.db.execute("select put_off from hosts where host = ?", (host,)).fetchone()
        times = int(row[0]) if row else 0
        until = until or later(now, min(LONGEST_PAUSE_S, SHORTEST_PAUSE_S * 4**times))
        self.troubled.add(host)
        with writing(self.db) as connection:
            connection.execute(
                "insert into hosts (host, not_before, why, put_off) values (?, ?, ?, 1) on conflict (host) do update "
                "set not_before = excluded.not_before, why = excluded.why, put_off = put_off + 1",
                (host, until, why),
            )
        return until

    def rest_of_the_day(self, host: str, *, now: str) -> str:
        """The day's pages are fetched: the host is left alone until midnight (UTC), which is returned."""
        midnight = later(now[:10] + "T00:00:00+00:00", DAY)
        with writing(self.db) as connection:
            connection.execute(
                "insert into hosts (host, not_before, why) values (?, ?, ?) on conflict (host) do update "
                "set not_before = excluded.not_before, why = excluded.why",
                (host, midnight, "the pages that we may ask it for in a day are used up"),
            )
        return midnight

    def answered(self, host: str) -> None:
        """A sound answer: the host is well again."""
        self.silent.pop(host, None)
        if host in self.troubled:
            self.troubled.discard(host)
            with writing(self.db) as connection:
                connection.execute("update hosts set put_off = 0 where host = ?", (host,))

    def was_silent(self, host: str, *, now: str) -> str | None:
        """No answer at all; after several in a row the host is put off, and the moment returned."""
        self.silent[host] += 1
        if self.silent[host] < SILENT_BEFORE_PAUSE:
            return None
        self.silent.pop(host)
        return self.put_off(host, now=now, why=f"gave no answer {SILENT_BEFORE_PAUSE} times in a row")

    def robots_txt(self, host: str, *, now: str) -> str | None:
        """The host's robots.txt as read within the last day."""
        row = self.db.execute(
            "select robots_txt from hosts where host = ? and robots_at > ?", (host, later(now, -ROBOTS_KEPT_S))
        ).fetchone()
        return row[0] if row else None

    def keep_robots_txt(self, host: str, text: str, *, now: str) -> None:
        with writing(self.db) as connection:
            connection.execute(
                "insert into hosts (host, robots_txt, robots_at) values (?, ?, ?) on conflict (host) do update "
                "set robots_txt = excluded.robots_txt, robots_at = excluded.robots_at",
                (host, text, now),
            )

    def validators_lie(self, host: str) -> bool:
        row = self.db.execute("select validators_lie from hosts where host = ?", (host,)).fetchone()
        return bool(row and row[0])


def distrust(connection: sqlite3.Connection, host: str) -> None:
    """The host said 304 of a page that had changed: it is asked for whole pages from now on."""
    connection.execute(
        "insert into hosts (host, validators_lie) values (?, 1) on conflict (host) do update set validators_lie = 1",
        (host,),
    )
