"""What goes over the wire: pages and tables are compressed, and files of ours are asked for once and then kept."""

from __future__ import annotations

import zlib

from datasette import hookimpl

COMPRESSED = ("text/", "application/json", "application/x-ndjson", "application/javascript", "application/xml")
ALSO = ("+json", "+xml", "javascript")
SMALLEST = 600  # bytes: below it the headers weigh more than what is saved
LEVEL = 5
GZIP = 16 + zlib.MAX_WBITS
YEAR = b"public, max-age=31536000, immutable"


class Compressor:
    """Stands between the site and one reader; the headers wait until the first piece says if it is worth it."""

    def __init__(self, send):
        self.send, self.start, self.packer = send, None, None

    async def __call__(self, message):
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            await self._body(message)
        else:
            await self.send(message)

    async def _body(self, message):
        body, more = message.get("body", b""), message.get("more_body", False)
        if self.start:
            await self._begin(len(body), more)
        if self.packer:
            body = self.packer.compress(body) + (b"" if more else self.packer.flush())
        await self.send({**message, "body": body})

    async def _begin(self, size, more):
        start, self.start = self.start, None
        headers = [(name.lower(), value) for name, value in start.get("headers", ())]
        told = dict(headers)
        kind = told.get(b"content-type", b"").decode("latin-1").partition(";")[0].lower()
        texts = kind.startswith(COMPRESSED) or kind.endswith(ALSO)
        if texts and (more or size >= SMALLEST) and b"content-encoding" not in told and start["status"] == 200:
            self.packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
            headers = [one for one in headers if one[0] != b"content-length"] + [(b"content-encoding", b"gzip")]
        headers.append((b"vary", b"accept-encoding"))
        await self.send({**start, "headers": headers})


def _keeping(send):
    """For an address that carries the fingerprint of its file: the file never changes under it."""

    async def keep(message):
        if message["type"] == "http.response.start" and message["status"] == 200:
            headers = [one for one in message.get("headers", ()) if one[0].lower() != b"cache-control"]
            message = {**message, "headers": [*headers, (b"cache-control", YEAR)]}
        await send(message)

    return keep


@hookimpl
def asgi_wrapper():
    def wrap(app):
        async def deliver(scope, receive, send):
            if scope["type"] != "http":
                return await app(scope, receive, send)
            headers = dict(scope["headers"])
            if scope["path"].startswith(("/static/", "/-/static/")) and scope["query_string"]:
                send = _keeping(send)
            # A page for somebody who is logged in holds a secret (the form's token), and the size of a compressed page
            # tells about what it holds.
            if b"gzip" in headers.get(b"accept-encoding", b"") and b"cookie" not in headers:
                send = Compressor(send)
            return await app(scope, receive, send)

        return deliver

    return wrap
