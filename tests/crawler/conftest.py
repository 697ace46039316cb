"""A publisher on loopback: pages are set by a test, served by a real HTTP server, and may change between crawls."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawler.sources import Source
from crawler.tables import migrations, open_database


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

    def put(
        self, path: str, body: str | bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str
    ) -> None:
        payload = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Reply(payload, status, {"Content-Type": kind, **named})

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def _handler(publisher: Publisher) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            reply = publisher.pages.get(self.path, Reply(b"not here", 404, {"Content-Type": "text/plain"}))
            if publisher.pause and self.path != "/robots.txt":
                threading.Event().wait(publisher.pause)
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


def make_source(publisher: Publisher, **keys: Any) -> Source:
    """A source on the publisher, quick and allowed on loopback."""
    declared = {
        "id": "gazette",
        "name": "The Gazette",
        "kind": "newspaper",
        "spider": "feed",
        "url": publisher.url + "/feed.xml",
        "delay": 0.0,
        "allow_private": True,
    }
    return Source(**{**declared, **keys})


def article_page(
    *paragraphs: str,
    headline: str = "Ferry subsidy to be doubled",
    head: str = "",
    below: str = "",
    date: str = "2024-05-02T08:30:00+01:00",
) -> str:
    """A plain news page of our own."""
    text = "".join(f"<p>{p}</p>" for p in paragraphs or DEFAULT_TEXT)
    meta = f'<meta property="article:published_time" content="{date}">' if date else ""
    return (
        f"<!doctype html><html lang=en><head><title>{headline}</title>{meta}{head}</head><body>"
        f"<nav><a href=/>Home</a> <a href=/politics>Politics</a></nav>"
        f"<article><h1>{headline}</h1>{text}</article>{below}"
        f"<footer><p>All pages are made up for a test.</p></footer></body></html>"
    )


DEFAULT_TEXT = (
    "The subsidy that keeps the island ferries running is to be doubled from the autumn, the transport secretary said.",
    "“No islander should have to plan a hospital visit around the price of a ticket,” she told the council.",
    "Operators welcomed the money but asked for a timetable before the summer ends, when winter berths are booked.",
    "The opposition said that the sum would not cover the rise in fuel costs over the last two years.",
)


def feed_of(publisher: Publisher, *paths: str) -> str:
    items = "".join(
        f"<item><title>x</title><link>{publisher.url}{path}</link>"
        "<pubDate>Thu, 02 May 2024 07:30:00 GMT</pubDate></item>"
        for path in paths
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>{items}</channel></rss>'
