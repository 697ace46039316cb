"""A site of generated news pages on loopback, served by nginx if the machine has one, else by a process of our own."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.pages import page

DIFFERENT = 100  # pages; the address /news/N shows the one that N's last two digits name
NGINX = """{user}
worker_processes 1; daemon off; pid {root}/nginx.pid; error_log {root}/error.log crit;
events {{ worker_connections 256; }}
http {{
  access_log off; sendfile on; keepalive_requests 100000;
  client_body_temp_path {root}/t1; proxy_temp_path {root}/t2; fastcgi_temp_path {root}/t3;
  uwsgi_temp_path {root}/t4; scgi_temp_path {root}/t5;
  server {{
    listen 127.0.0.1:{port}; root {root}; default_type "text/html; charset=utf-8";
    location = /sitemap.xml {{ default_type application/xml; }}
    location ~ "^/news/[0-9]*([0-9][0-9])$" {{ rewrite "^/news/[0-9]*([0-9][0-9])$" /pages/$1.html break; }}
  }}
}}
"""


@contextmanager
def serving(folder: Path, pages: int) -> Iterator[tuple[str, str]]:
    """(address, what serves it) of a site with ``pages`` articles, named in /sitemap.xml."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    (folder / "pages").mkdir(parents=True)
    for number in range(DIFFERENT):
        (folder / "pages" / f"{number:02}.html").write_bytes(page(number).html)
    urls = "".join(f"<url><loc>{address}/news/{number:06}</loc></url>" for number in range(pages))
    (folder / "sitemap.xml").write_text(f"<urlset>{urls}</urlset>")
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx:
        (folder / "nginx.conf").write_text(
            NGINX.format(root=folder, port=port, user="user root;" if os.geteuid() == 0 else "")
        )
        command = [nginx, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    else:
        command = [sys.executable, "-m", "bench.webserver", str(folder), str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield address, "nginx" if nginx else "a server in Python"
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the bench's web server did not start")


async def _serve(folder: Path, port: int) -> None:
    pages = [(folder / "pages" / f"{number:02}.html").read_bytes() for number in range(DIFFERENT)]
    sitemap = (folder / "sitemap.xml").read_bytes()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ", 2)[1].decode()
            found = re.fullmatch(r"/news/\d*(\d\d)", path)
            body = pages[int(found[1])] if found else sitemap if path == "/sitemap.xml" else b""
            kind = b"text/html; charset=utf-8" if found else b"application/xml"
            status = b"200 OK" if body else b"404 Not Found"
            writer.write(
                b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (status, kind, len(body), body)
            )
            await writer.drain()

    async with await asyncio.start_server(answer, "127.0.0.1", port) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), int(sys.argv[2])))
