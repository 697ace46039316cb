"""A publisher that does everything wrong, on loopback: what each path answers."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HTML = "text/html; charset=utf-8"
TEXT = (
    "The island’s last cinema will be kept open by its own audience, the town council was told on Thursday evening.",
    "“We would rather sell sweets than close,” said the woman who has run the box office for thirty-one years.",
    "The owner had wanted to sell the building to a chain of gyms, which has now said that it is looking elsewhere.",
)
CONSENT = (
    "Before you continue",
    "We and our 214 partners store cookies on your device and use personal data such as your address.",
    "You may accept all cookies, or manage your privacy choices at any time.",
)
Answer = tuple[int, dict[str, str], bytes]


def page(headline: str, *paragraphs: str, head: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or TEXT)
    top = f"<html lang=en><head><title>{headline}</title>{head}</head><body>"
    return f"{top}<article><h1>{headline}</h1>{text}</article></body></html>"


def html(text: str, kind: str = HTML, encoding: str = "utf-8") -> Answer:
    return 200, {"Content-Type": kind}, text.encode(encoding)


def moved(to: str) -> Answer:
    return 302, {"Location": to}, b""


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 50}">' for n in range(9))
PATHS: dict[str, Callable[[str], Answer]] = {
    "/news/first": lambda _: html(page("First")),
    "/news/bomb": lambda _: (
        200, {"Content-Type": HTML, "Content-Encoding": "gzip"}, gzip.compress(b"<p>" + b"0" * 60_000_000),
    ),
    "/news/loop": lambda _: moved("/news/loop?again"),
    "/news/loop?again": lambda _: moved("/news/loop"),
    "/news/to-private": lambda _: moved("http://10.0.0.1/admin"),
    "/news/to-loopback": lambda url: moved(f"http://127.0.0.1:{url.rsplit(':', 1)[1]}/news/first"),
    "/news/to-file": lambda _: moved("file:///etc/passwd"),
    "/news/wrong-charset": lambda _: html(page("Wrong charset"), "text/html; charset=utf-8", "cp1252"),
    "/news/utf-16": lambda _: html(page("Wide letters"), "text/html", "utf-16"),
    "/news/empty": lambda _: (200, {"Content-Type": HTML}, b""),
    "/news/pdf": lambda _: (200, {"Content-Type": HTML}, b"%PDF-1.7\n" + b"\x00\xff" * 500),
    "/news/soft-404": lambda _: html(page("Page not found", "Sorry, what you asked for is not here any more.")),
    "/news/copy-1": lambda _: html(page("Copied", head='<link rel=canonical href="/news/copy-0">')),
    "/news/copy-2": lambda _: html(page("Copied", head='<link rel=canonical href="/news/copy-0">')),
    "/news/elsewhere": lambda _: html(page("Elsewhere", head='<link rel=canonical href="https://other.example/x">')),
    "/news/consent": lambda _: html(page(*CONSENT)),
    "/news/markup": lambda _: html(page("Tags &lt;b&gt;", "<div><b>" * 3000 + "Deep down a sentence waits.")),
    "/news/last": lambda _: html(page("Last")),
    "/laughs.xml": lambda url: html(
        f'<?xml version="1.0"?><!DOCTYPE rss [{LAUGHS}]><rss><channel><item><title>&l8;</title>'
        f"<link>{url}/news/first</link></item></channel></rss>", "application/rss+xml",
    ),
    "/links": lambda url: html("".join(f"<h2><a href='{url}/deep/{n}'>{n}</a></h2>" for n in range(10_000))),
    "/sitemap.xml": lambda url: html(
        "<urlset>" + "".join(f"<url><loc>{url}/map/{n}</loc></url>" for n in range(50_000)) + "</urlset>", "text/xml",
    ),
}  # fmt: skip
STREAMED = ("/news/huge", "/news/drip")  # answered piece by piece, below
ARTICLES = [path for path in (*PATHS, *STREAMED) if path.startswith("/news/") and "?" not in path]


@contextmanager
def serving(host: str) -> Iterator[str]:
    """The site's address, under the name ``host``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Handler.address = f"http://{host}:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Handler.address
    Handler.stopped.set()
    server.shutdown()
    server.server_close()


class Handler(BaseHTTPRequestHandler):
    address = ""
    stopped = threading.Event()

    def do_GET(self) -> None:
        if self.path == "/feed.xml":
            slow = self.address.replace("gazette", "slow")  # a host of its own: its delay is nobody else's
            items = "".join(
                f"<item><link>{slow if path in STREAMED else self.address}{path}</link></item>" for path in ARTICLES
            )
            self._answer(*html(f"<rss version='2.0'><channel>{items}</channel></rss>", "application/rss+xml"))
        elif self.path in STREAMED:
            self._stream()
        elif self.path in PATHS:
            self._answer(*PATHS[self.path](self.address))
        else:
            self._answer(404, {"Content-Type": "text/plain"}, b"not here")

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _stream(self) -> None:
        """40 MB at once without saying how much is to come, or a byte every half second for ever."""
        self.send_response(200)
        self.send_header("Content-Type", HTML)
        self.end_headers()
        try:
            if self.path == "/news/huge":
                for _ in range(640):
                    self.wfile.write(b"<p>a b</p>" * 6554)
            while self.path == "/news/drip" and not self.stopped.wait(0.5):
                self.wfile.write(b"<")
        except OSError:
            pass  # the other side has had enough, as it should

    def log_message(self, *args: object) -> None:
        pass
