"""Headers that keep scraped text from ever running: scripts only from our own files, nothing from other hosts."""

from __future__ import annotations

from datasette import hookimpl

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",  # Datasette's own pages colour their headings with style attributes
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# A picture has its colours in a style of its own and can do nothing else.
PICTURE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)


@hookimpl
def asgi_wrapper():
    def wrap(app):
        async def with_headers(scope, receive, send):
            async def send_with_headers(message):
                if message["type"] == "http.response.start":
                    told = list(message.get("headers", ()))
                    drawn = any(name.lower() == b"content-type" and b"svg" in value for name, value in told)
                    policy = (b"content-security-policy", (PICTURE if drawn else POLICY).encode())
                    message = {**message, "headers": [*told, policy, *HEADERS]}
                await send(message)

            await app(scope, receive, send_with_headers)

        return with_headers

    return wrap
