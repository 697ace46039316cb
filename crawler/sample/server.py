"""Serves the sample publishers on loopback, each on its own port, from a table of routes made at the start.

A request's path is only ever looked up in that table, never joined to a folder: what is not in the table is a 404.
"""

from __future__ import annotations

import hashlib
import mimetypes
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl

from crawler.sample.forms import FORMS, Page, Routes, fixed, html, newest
from crawler.sample.publishers import EDITIONS, PUBLISHERS, Publisher, read_publisher
from crawler.sample.rendering import about_page, article_page, frame, list_page

HOST = "127.0.0.1"
BASE_PORT = 8101


class Sample:
    """The running publishers: ``addresses`` by publisher id, and the ``edition`` that they serve from now on."""

    def __init__(self, *, edition: int) -> None:
        self.addresses: dict[str, str] = {}
        self.edition = edition

    @property
    def edition(self) -> int:
        return self._edition

    @edition.setter
    def edition(self, number: int) -> None:
        if number not in EDITIONS:
            raise ValueError(f"The sample has editions {EDITIONS[0]} and {EDITIONS[-1]}, not {number}.")
        self._edition = number


def routes(publisher: Publisher, *, base: str) -> Routes:
    """Every path that the publisher answers, when it is served at ``base`` (http://host:port); "" for any other."""
    modified = newest(publisher)
    articles = publisher.articles
    missing = frame(publisher, title="Not found", head="", main="<h1>Page not found</h1>")
    return {
        "": html(missing, modified),
        "/": html(list_page(publisher, articles, title=publisher.tagline), modified),
        "/about": html(about_page(publisher), modified),
        "/robots.txt": fixed(publisher.robots.substitute(base=base), "text/plain; charset=utf-8", modified),
        **{f"/static/{name}": fixed(body, _content_type(name), modified) for name, body in publisher.static.items()},
        **{page.path: fixed(page.body, page.content_type, page.modified) for page in publisher.raw},
        **{publisher.path(one): html(article_page(publisher, one, base=base), one.modified) for one in articles},
        **FORMS[publisher.form](publisher, base),
    }


@contextmanager
def serving(*, base_port: int = BASE_PORT, edition: int = 1) -> Iterator[Sample]:
    """Serves the four publishers on ``base_port`` and the three after it (0: on any free ports) until left.

    Raises OSError when a port is taken, ValueError for an edition that there is not.
    """
    sample = Sample(edition=edition)
    with ExitStack() as stack:
        for offset, name in enumerate(PUBLISHERS):
            server = _listen(base_port + offset if base_port else 0, name, sample)
            stack.enter_context(closing(_Running(server)))
            sample.addresses[name] = server.base
        yield sample


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, name: str, sample: Sample) -> None:
        super().__init__((HOST, port), _Handler)
        self.sample = sample
        self.base = f"http://{HOST}:{self.server_port}"
        self.editions = {n: routes(read_publisher(name, edition=n), base=self.base) for n in EDITIONS}

    def server_bind(self) -> None:
        """Without HTTPServer's reverse name look-up, which takes seconds on some machines."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.socket.getsockname()[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle of an answer is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Running:
    """A server with its thread; ``close`` stops both."""

    def __init__(self, server: _Server) -> None:
        self.server = server
        self.thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version, sys_version = "SamplePublisher", ""

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: the crawl reports what it fetched."""

    def _answer(self, *, body: bool) -> None:
        path, _, query = self.path.partition("?")
        table = self.server.editions[self.server.sample.edition]
        route = table.get(path) if path else None
        page = (route or table[""])(dict(parse_qsl(query)))
        etag = f'"{hashlib.sha256(page.body).hexdigest()[:32]}"'
        unchanged = route is not None and self._has(page, etag)
        status = HTTPStatus.NOT_FOUND if route is None else HTTPStatus.NOT_MODIFIED if unchanged else HTTPStatus.OK
        self.send_response(status)
        self.send_header("Content-Type", page.content_type)
        self.send_header("Content-Length", str(0 if unchanged else len(page.body)))
        if route is not None:
            self.send_header("ETag", etag)
            self.send_header("Last-Modified", format_datetime(page.modified.astimezone(UTC), usegmt=True))
        self.end_headers()
        if body and not unchanged:
            self.wfile.write(page.body)

    def _has(self, page: Page, etag: str) -> bool:
        """Whether the client's copy is this one: by ETag when it sends one, else by date."""
        if tags := self.headers.get("If-None-Match"):
            return etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
        since = _http_date(self.headers.get("If-Modified-Since", ""))
        return since is not None and page.modified <= since


def _listen(port: int, name: str, sample: Sample) -> _Server:
    try:
        return _Server(port, name, sample)
    except OSError as error:
        raise OSError(
            f"The sample publisher “{name}” cannot listen on {HOST} port {port}: {error.strerror or error}. "
            "Stop the program that uses the port, or choose another base port."
        ) from error


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _content_type(name: str) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
