"""The site over whatever copy is published now: when a new one takes its place, so does a site over it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datasette.app import Datasette

EVERY_S = 2.0  # between two looks for a new copy
GRACE_S = 600.0  # how long answers that were begun on the old copy may take
log = logging.getLogger(__name__)


class Latest:
    """An ASGI application that hands each request to the site over the copy that is there.

    It looks for a new copy by itself, whether or not anybody reads: the first reader after a takedown must not see what
    was taken down. The new site is built beside the old one, which answers until it is ready: no request waits, none is
    lost. A copy that no site can be built over is left alone, and the old one stays.
    """

    def __init__(self, copy: Path, build: Callable[[Path], Datasette]) -> None:
        self.copy, self.build = copy, build
        self.seen = self._mark()
        self.site = build(copy)
        self.app: Any = self.site.app()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return
        watching = asyncio.create_task(self._watch())  # for as long as the server runs
        try:
            await self.app(scope, receive, send)
        finally:
            watching.cancel()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(EVERY_S)
            if self._mark() != self.seen:
                await self._renew()

    def _mark(self) -> tuple[int, int]:
        """What tells one copy from another."""
        try:
            about = self.copy.stat()
        except OSError:  # between two copies, or taken away: the old one is still open
            return self.seen
        return about.st_ino, about.st_mtime_ns

    async def _renew(self) -> None:
        self.seen = self._mark()
        try:
            site = self.build(self.copy)
            await site.invoke_startup()
            await site.client.get("/")  # opens the copy, so that no reader waits for it
        except Exception:
            log.exception("%s can't be served; the copy before it stays", self.copy)
            return
        old, self.site, self.app = self.site, site, site.app()
        asyncio.get_running_loop().call_later(GRACE_S, _close, old)


def _close(site: Datasette) -> None:
    if site.executor is not None:
        site.executor.shutdown(wait=False)
    for database in site.databases.values():
        database.close()
