"""A publisher on loopback: pages are set by a test, served by a real HTTP server, and may change between crawls."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawler.sources import Source
from crawler.tables import migrations, open_database

TEXT = (
    "The subsidy that keeps the island ferries running is to be doubled from the autumn, the transport secretary said.",
    "“No islander should have to plan a hospital visit around the price of a ticket,” she told the council.",
    "Operators welcomed the money but asked for a timetable before the summer ends, when winter berths are booked.",
    "The opposition said that the sum would not cover the rise in fuel costs over the last two years.",
)


@dataclass
class Reply:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Publisher:
    """``pages`` maps a path (with its query) to its reply; ``asked`` lists (path, headers) in the order of requests."""

    url: str = ""
    pages: dict[str, Reply] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    pause: float = 0.0
    watch: Callable[[int], None] | None = None  # called with 1 and -1 around each pause

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def put(
        self, path: str, body: str | bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str
    ) -> None:
        payload = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Reply(payload, status, {"Content-Type": kind, **named})

    def feed(self, *paths: str) -> None:
        """An RSS feed at /feed.xml that names ``paths``."""
        items = "".join(
            f"<item><title>x</title><link>{self.url}{path}</link>"
            "<pubDate>Thu, 02 May 2024 07:30:00 GMT</pubDate></item>"
            for path in paths
        )
        channel = f"<channel><title>Gazette</title>{items}</channel>"
        self.put("/feed.xml", f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>', kind="application/rss+xml")

    def article(
        self, path: str, *paragraphs: str, headline: str = "Ferry money", head: str = "", **headers: str
    ) -> None:
        """A plain news page of our own at ``path``."""
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or TEXT)
        page = (
            f"<!doctype html><html lang=en><head><title>{headline}</title>{head}</head><body>"
            f"<nav><a href=/>Home</a> <a href=/politics>Politics</a></nav>"
            f"<article><h1>{headline}</h1>{text}</article>"
            f"<footer><p>All pages are made up for a test.</p></footer></body></html>"
        )
        self.put(path, page, **headers)

    def source(self, **keys: Any) -> Source:
        """A source on this publisher, quick and allowed on loopback."""
        declared = {
            "id": "gazette",
            "name": "The Gazette",
            "kind": "newspaper",
            "spider": "feed",
            "url": self.url + "/feed.xml",
            "delay": 0.0,
            "allow_private": True,
        }
        return Source(**{**declared, **keys})

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def _handler(publisher: Publisher) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            reply = publisher.pages.get(self.path, Reply(b"not here", 404, {"Content-Type": "text/plain"}))
            if publisher.pause and self.path != "/robots.txt":
                watch = publisher.watch or (lambda step: None)
                watch(1)
                threading.Event().wait(publisher.pause)
                watch(-1)
            etag = reply.headers.get("ETag")
            fresh = etag is not None and self.headers.get("If-None-Match") == etag
            self.send_response(304 if fresh else reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if not fresh:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if not fresh:
                self.wfile.write(reply.body)

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with _serving() as site:
        yield site


@pytest.fixture
def second_publisher() -> Iterator[Publisher]:
    """Another one, at a port of its own: to a crawl, another host."""
    with _serving() as site:
        yield site


@contextmanager
def _serving() -> Iterator[Publisher]:
    site = Publisher()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def db_path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "quotewire.db"


@pytest.fixture
def rows(db_path: Path) -> Any:
    """``rows(sql)``: what the database answers, as a list of dicts."""

    def ask(sql: str, *values: Any) -> list[dict[str, Any]]:
        db = open_database(db_path)
        migrations.apply(db)
        answer = list(db.query(sql, values))
        db.close()
        return answer

    return ask


@pytest.fixture
def feed(publisher: Publisher) -> Publisher:
    """A feed of two articles, the second of them with an ETag."""
    publisher.feed("/news/1", "/news/2")
    publisher.article("/news/1", headline="First")
    publisher.article("/news/2", headline="Second", ETag='"two"')
    return publisher


@pytest.fixture
def outcomes(rows: Callable[..., list[dict[str, Any]]]) -> Callable[[], dict[str, tuple[str, str]]]:
    """Asks for {path: (outcome, reason)} of the last crawl of each source."""

    def asked() -> dict[str, tuple[str, str]]:
        found = rows(
            "select url, outcome, reason from captures "
            "where crawl_id in (select max(id) from crawls group by source_id)"
        )
        return {"/" + row["url"].split("/", 3)[3]: (row["outcome"], row["reason"]) for row in found}

    return asked


@pytest.fixture
def later(db_path: Path, publisher: Publisher) -> Callable[[str], None]:
    """``later(kind)``: the rows of that kind are due, as if the time had come; and the server's log is empty."""

    def pass_time(kind: str) -> None:
        publisher.asked.clear()
        with closing(sqlite3.connect(db_path)) as db, db:
            db.execute("update frontier set next_due = '2020' where kind = ? and state in ('done', 'waiting')", [kind])
            db.execute("update hosts set not_before = null")

    return pass_time
