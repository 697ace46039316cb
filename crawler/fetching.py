"""One page at a time, for a person who waits: what `quotewire sources add` and `check` ask for. Crawls go by Scrapy."""

from __future__ import annotations

import gzip
import http.client
import socket
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass
from email.message import Message
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from crawler.addresses import is_private_address, is_private_host
from crawler.robots import AGENT as ROBOT
from crawler.settings import AGENT

LARGEST = 10_000_000  # bytes
TIMEOUT = 20  # seconds


class FetchError(Exception):
    """No page came; the message says why."""


@dataclass(frozen=True, slots=True)
class Page:
    """What came: ``url`` is the address that answered in the end, ``body`` is unpacked."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes

    def response(self) -> Response:
        """The same as the spiders read it."""
        kind = responsetypes.from_args(
            headers={b"Content-Type": self.headers.get("content-type", "").encode("latin-1", "replace")},
            url=self.url,
            body=self.body,
        )
        return kind(self.url, status=self.status, headers=dict(self.headers), body=self.body)


@dataclass(frozen=True, slots=True)
class Client:
    """Asks for pages as Quotewire, on behalf of ``contact``; private addresses only when they are allowed."""

    contact: str = ""
    allow_private: bool = False

    def get(self, url: str, *, largest: int = LARGEST) -> Page:
        """The page at ``url``, after redirects. Raises FetchError for anything but an answer of the server.

        ``largest`` is how many bytes it may have, unpacked.
        """
        handlers: list[Any] = [_Redirects(self)]
        if self.allow_private:
            handlers.append(urllib.request.ProxyHandler({}))  # this machine is never behind the environment's proxy
        opener = urllib.request.build_opener(*handlers)
        opener.addheaders = [
            ("User-Agent", f"{AGENT} ({self.contact or 'no contact set'})"),
            ("Accept-Encoding", "gzip"),
        ]
        self.check(url)
        try:
            with opener.open(url, timeout=TIMEOUT) as answer:
                return _page(answer.geturl(), answer.status, answer.headers, answer.read(largest + 1), largest)
        except urllib.error.HTTPError as error:
            with error:
                return _page(url, error.code, error.headers, b"", largest)
        except (OSError, http.client.HTTPException, ValueError) as error:
            why = getattr(error, "reason", None) or error
            raise FetchError(f"{url}: no answer ({why})") from error

    def check(self, url: str) -> None:
        """Raises FetchError when ``url`` is not one that may be asked for."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https") or not host:
            raise FetchError(f"{url} is no web address; it must start with http:// or https://")
        if self.allow_private:
            return
        if is_private_host(host):
            raise FetchError(f"{host} is a private address; --allow-private if that is meant")
        try:
            found = socket.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
        except OSError as error:
            raise FetchError(f"{host}: no such host ({error.strerror or error})") from error
        private = next((str(a[4][0]) for a in found if is_private_address(str(a[4][0]))), None)
        if private:
            raise FetchError(f"{host} is at the private address {private}; --allow-private if that is meant")

    def robots(self, url: str) -> Protego:
        """The robots.txt of the host of ``url``; everything is allowed where there is none, nothing while it fails."""
        try:
            page = self.get(urljoin(url, "/robots.txt"))
        except FetchError:
            return Protego.parse("User-agent: *\nDisallow: /\n")
        if page.status >= 500:
            return Protego.parse("User-agent: *\nDisallow: /\n")
        return Protego.parse(page.body.decode("utf-8", "replace") if page.status == 200 else "")


def allowed(robots: Protego, url: str) -> bool:
    return bool(robots.can_fetch(url, ROBOT))


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to addresses that may be asked for."""

    max_redirections = 5

    def __init__(self, client: Client) -> None:
        self.client = client

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        self.client.check(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _page(url: str, status: int, headers: Message, body: bytes, largest: int) -> Page:
    named = {name.lower(): value for name, value in headers.items()}
    if named.get("content-encoding", "").lower() in ("gzip", "x-gzip"):
        try:
            body = gzip.GzipFile(fileobj=BytesIO(body)).read(largest + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise FetchError(f"{url}: the answer can't be unpacked ({error})") from error
    if len(body) > largest:
        raise FetchError(f"{url}: larger than {largest // 1_000_000} MB")
    return Page(url, status, named, body)
