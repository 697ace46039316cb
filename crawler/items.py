"""What a page becomes: the record that flows from the spiders to the tables."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that a publisher's own record states of a document.

    ``kind``: person, role, organisation or speaker (``name``, and the ``url`` of their page), change (``name`` is the
    note of what changed, ``at`` when) or withdrawal (``name`` is why).
    """

    kind: str
    name: str
    url: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as extracted from one page or file.

    ``body`` holds paragraphs joined by a blank line; every offset that is derived later points into it.
    ``published`` is ISO 8601 (a date, or a time with its offset) and ``date_evidence`` says where it was found:
    json-ld, meta, time (a ``<time>`` element), feed, api, url, text, import (the file's own field), or "" when there
    is no date. ``outlet`` names the publisher when the file says so; "" means the source that was crawled.
    """

    url: str
    canonical_url: str
    headline: str
    body: str
    standfirst: str = ""
    byline: str = ""
    dateline: str = ""
    published: str | None = None
    date_evidence: str = ""
    agency: str | None = None
    pubstatus: str = "usable"
    language: str = "en"
    extractor: str = ""
    outlet: str = ""
    facts: tuple[Fact, ...] = ()

    @property
    def body_sha256(self) -> str:
        """Hex digest of what a reader sees: headline, standfirst and body."""
        seen = "\x1f".join((self.headline, self.standfirst, self.body))
        return hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """What a page or file becomes when there is no article in it: its address and why, in a few words.

    ``failed``: it could not be read, and so nobody knows whether there is one. ``gone``: the page itself says that
    there is nothing here, whatever its status says.
    """

    url: str
    reason: str
    failed: bool = False
    gone: bool = False
