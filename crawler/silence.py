"""Requests that got no answer: what that means for the address, and for its host."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

from crawler.guard import RefusedAddress
from crawler.robots import ForbiddenByRobots, RobotsUnreadable

SILENT = (
    DNSLookupError,
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    DownloadFailedError,
)


def silent(failure: Failure) -> bool:
    """Did the host give no answer at all?"""
    return isinstance(failure.value, SILENT)


def verdict(failure: Failure) -> tuple[str, str]:
    """(outcome, reason) for a request that got no answer."""
    said = " ".join(str(failure.value).split())[:300]
    if isinstance(failure.value, ForbiddenByRobots):
        return "robots", said
    if isinstance(failure.value, RobotsUnreadable):
        return "error", said
    if isinstance(failure.value, RefusedAddress | IgnoreRequest):
        return "refused", said
    if isinstance(failure.value, DNSLookupError | CannotResolveHostError):
        return "error", "no such host: its name could not be looked up"
    if isinstance(failure.value, DownloadConnectionRefusedError):
        return "error", "no answer: the connection was refused"
    if isinstance(failure.value, DownloadTimeoutError):
        return "error", "no answer in time"
    if isinstance(failure.value, DownloadCancelledError):
        return "error", "larger than we read, or cut off"
    return "error", f"no answer: {said or type(failure.value).__name__}"
