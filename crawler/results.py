"""How crawls went, as their callers hear of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# Called with (source id, addresses answered so far, addresses known so far).
Progress = Callable[[str, int, int], None]


class CrawlError(RuntimeError):
    """The crawl as a whole could not be done; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlResult:
    """How the crawl of one source went; counts are of addresses.

    ``errors`` are ours or the server's; what is no longer there, refused, or no article counts as ``skipped``.

    ``finish_reason``: finished, limit reached (more is due, and waits for the next run), nothing found (the listing
    named no article), failed (the listing itself could not be read), shutdown (stopped by hand), nothing due, paused,
    or Scrapy's own word.
    """

    source_id: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: int = 0
    skipped: int = 0
    robots_blocked: int = 0
    fetched: int = 0
    finish_reason: str = ""
    detail: str = ""
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        return self.errors > 0 or self.finish_reason not in ("finished", "limit reached", "nothing due", "paused")

    @property
    def barren(self) -> bool:
        """Did nothing at all come of it? One page that fails makes no bad source."""
        read = self.new + self.changed + self.unchanged
        return self.failed and (self.errors == 0 or not read or self.finish_reason not in ("finished", "limit reached"))
