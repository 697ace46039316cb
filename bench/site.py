"""How fast the site is at 50,000 articles: real servers on loopback, our site beside Datasette as it comes."""

from __future__ import annotations

import gzip
import json
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from commands.jobs import HERE

SEED = 7
EACH = 80  # requests for a kind of page
CLIENTS, SECONDS = 20, 10.0
FACETS = ("kind", "speaker", "outlet")
LINKED = re.compile(r'(?:<link rel="stylesheet" href|<script[^>]* src)="([^"]+)"')
TABLE = "/quotewire/quotes_in_context"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it is, its value, what it must be and what is aimed at (both None when nothing is asked)."""

    what: str
    value: float
    unit: str
    must: float | None = None
    aim: float | None = None
    more_is_better: bool = False

    @property
    def kept(self) -> bool:
        if self.must is None:
            return True
        return self.value >= self.must if self.more_is_better else self.value <= self.must

    def __str__(self) -> str:
        wanted = "" if self.must is None else f"  must {self.must:g}, aim {self.aim:g}"
        return f"{self.what:44} {self.value:9.1f} {self.unit:11}{wanted}{'' if self.kept else '  NOT KEPT'}"


def measured(copy: Path) -> Iterator[Figure]:
    """Serves ``copy``, asks as readers do, and yields each figure as soon as it is known."""
    addresses = _addresses(copy)
    working = copy.parent.with_suffix(".db")
    ours = [sys.executable, str(HERE / "pipeline.py"), "--db", str(working), "serve"]
    plain = [sys.executable, "-m", "datasette", "serve", "-i", str(copy)]
    with serving(ours) as port, serving(plain) as plain_port:
        row = _times(plain_port, addresses["row"])
        base = p(row, 50)
        yield Figure("plain Datasette: row page, median", base, "ms")
        yield Figure("plain Datasette: row page, p95", p(row, 95), "ms")
        for kind in ("article", "person", "policy", "story", "search"):
            times = _times(port, addresses[kind])
            yield Figure(f"{kind} page, p95, one client", p(times, 95), "ms", 150, 60)
            yield Figure(f"{kind} page, median, in plain row pages", p(times, 50) / base, "times")
        times = _times(port, addresses["facets"])
        yield Figure("quotes with three facets, p95, one client", p(times, 95), "ms", 400, 150)
        dropped = sum(_dropped(port, address) for address in addresses["facets"])
        yield Figure("facets dropped", dropped, f"of {len(addresses['facets']) * len(FACETS)}", 0, 0)
        for kind in ("row", "article"):
            rate = _rate(port, addresses[kind])
            yield Figure(f"{kind} page, {CLIENTS} clients", rate, "requests/s", 60, 150, more_is_better=True)
        yield Figure(f"plain Datasette: row page, {CLIENTS} clients", _rate(plain_port, addresses["row"]), "requests/s")
        weight = max(_weight(port, address) for address in addresses["article"][:20])
        yield Figure("article page with styles and scripts", weight / 1024, "KB", 120, 60)


def p(times: Sequence[float], percent: int) -> float:
    """The percentile of ``times``, by nearest rank."""
    ordered = sorted(times)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _addresses(copy: Path) -> dict[str, list[str]]:
    """What readers ask for: each page as often as quotes lead to it, so that those quoted most come up most."""
    chance = Random(SEED)
    with closing(sqlite3.connect(f"{copy.as_uri()}?immutable=1", uri=True)) as db:
        last = db.execute("select max(quote_id) from quotes_in_context").fetchone()[0]

        def some(sql: str) -> list[Any]:
            found: list[Any] = []
            while len(found) < EACH:
                row = db.execute(sql, [chance.randint(1, last)]).fetchone()
                found += [row[0]] if row else []
            return found

        after = "from quotes_in_context where quote_id >= ?"
        words = [re.findall(r"\b[a-z]{5,}\b", text) for text in some(f"select content {after} limit 1")]
        searched = [" ".join(chance.sample(one, min(len(one), 1 + n % 2))) for n, one in enumerate(words) if one]
        filters = [
            "", "&kind=direct", "&_sort_desc=date",
            *(f"&outlet={quote(one)}" for one in some(f"select outlet {after} limit 1")[:10]),
            *(f"&speaker={quote(one)}" for one in some(f"select speaker {after} and speaker is not null limit 1")[:10]),
            *(f"&date__gte={one}" for one in some(f"select date {after} limit 1")[:7]),
        ]  # fmt: skip
        facets = "".join(f"&_facet={facet}" for facet in FACETS)
        policy = "select policy_id from positions_by_policy where policy_id is not null and rowid >= ? % 20000 limit 1"
        return {
            "article": [f"/article/{n}" for n in some(f"select article_id {after} limit 1")],
            "row": [f"/quotewire/articles/{n}" for n in some(f"select article_id {after} limit 1")],
            "person": [f"/person/{n}" for n in some(f"select person_id {after} and person_id is not null limit 1")],
            "policy": [f"/policy/{n}" for n in some(policy)],
            "story": [f"/story/{n}" for n in some(f"select story_id {after} limit 1")],
            "search": [f"/search?q={quote(one)}" for one in searched],
            "facets": [f"{TABLE}?_size=50{facets}{one}" for one in filters],
        }


@contextmanager
def serving(command: list[str]) -> Iterator[int]:
    """Runs the server on a free port until the block ends; gives the port. Raises RuntimeError when it ends early."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # Away from the repository: `-m datasette` must find the installed package.
    process = subprocess.Popen(
        [*command, "--port", str(port)],
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _listens(port):
            if process.poll() is not None:
                raise RuntimeError(f"{command[-2:]} ended with {process.returncode}")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _get(connection: HTTPConnection, address: str, *, encoding: str = "gzip") -> tuple[bytes, str]:
    """(body as it was sent, its encoding); RuntimeError for anything but 200."""
    connection.request("GET", address, headers={"Accept-Encoding": encoding})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{address} answered {answer.status}")
    return body, answer.headers.get("content-encoding", "")


def _times(port: int, addresses: Sequence[str]) -> list[float]:
    """Milliseconds each address took, one after the other, after two for warming up."""
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        for address in addresses[:2]:
            _get(connection, address)
        times = []
        for address in addresses:
            started = time.perf_counter()
            _get(connection, address)
            times.append((time.perf_counter() - started) * 1000)
        return times


def _rate(port: int, addresses: Sequence[str]) -> float:
    """Requests a second that ``CLIENTS`` clients get answered, each going through the addresses from its own start."""
    until = time.perf_counter() + SECONDS
    done = [0] * CLIENTS

    def ask(client: int) -> None:
        with closing(HTTPConnection("127.0.0.1", port)) as connection:
            while time.perf_counter() < until:
                _get(connection, addresses[(client * 4 + done[client]) % len(addresses)])
                done[client] += 1

    _together(ask)
    return sum(done) / SECONDS


def _together(ask: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=ask, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _dropped(port: int, address: str) -> int:
    """How many of the facets asked for are missing from the answer or were given up."""
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        path, _, query = address.partition("?")
        connection.request("GET", f"{path}.json?{query}")
        found = json.loads(connection.getresponse().read())
        page = _get(connection, address, encoding="identity")[0].decode()
    return sum(name not in found["facet_results"] or f'data-column="{name}"' not in page for name in FACETS)


def _weight(port: int, address: str) -> int:
    """Bytes on the wire, as compressed, of a page with the styles and scripts that it links to."""
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        body, encoding = _get(connection, address)
        page = (gzip.decompress(body) if encoding == "gzip" else body).decode()
        return len(body) + sum(len(_get(connection, link)[0]) for link in set(LINKED.findall(page)))
