"""One source's crawl as it is recorded: every address asked for becomes a capture, whatever came of it."""

from __future__ import annotations

import logging
from pathlib import Path

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

from crawler.bodies import EXTRACTOR
from crawler.captures import Capture, WarcFile, digest, now
from crawler.guard import RefusedAddress
from crawler.items import Article, Skip
from crawler.results import Progress
from crawler.robots import ForbiddenByRobots
from crawler.sources import Source
from crawler.store import Store

log = logging.getLogger(__name__)


class Recorder:
    """Turns responses and failures into captures, keeps the payloads, and knows what was fetched before."""

    def __init__(
        self, source: Source, *, crawl_id: int, store: Store, warc: WarcFile, progress: Progress | None
    ) -> None:
        self.source = source
        self.crawl_id = crawl_id
        self.store = store
        self.warc = warc
        self.progress = progress
        self.asked = self.answered = self.fetched = 0
        self.first_problem = ""

    def asking(self) -> None:
        self.asked += 1

    def listing(self, response: Response) -> None:
        self._keep(response, outcome="listing")

    def unread_listing(self, response: Response) -> None:
        self._keep(response, outcome="error", reason=f"no listing: the server answered {response.status}")

    def article(self, response: Response, found: Article | Skip) -> None:
        if isinstance(found, Skip):
            self._keep(response, outcome="skipped", reason=found.reason)
        else:
            self._keep(response, outcome="", article=found)

    def not_modified(self, response: Response) -> None:
        self._keep(response, outcome="not-modified")

    def refused_answer(self, response: Response) -> None:
        """An answer that is no page: an error status, or a redirect that leads nowhere we go."""
        if response.status in (404, 410):
            self._keep(response, outcome="gone", reason=f"the server answered {response.status}")
        elif 300 <= response.status < 400:
            target = _header(response, "Location")
            self._keep(response, outcome="refused", reason=f"redirects to {target or 'nowhere'}")
        else:
            self._keep(response, outcome="error", reason=f"the server answered {response.status}")

    def failed(self, failure: Failure, request: Request) -> None:
        """No answer at all: robots.txt, an address that is not allowed, a dead host, a time-out."""
        outcome, reason = _verdict(failure)
        self._add(
            Capture(
                source_id=self.source.id,
                crawl_id=self.crawl_id,
                url=_first_url(request),
                final_url=request.url,
                fetched_at=now(),
                outcome=outcome,
                reason=reason,
            )
        )

    def crashed(self, failure: Failure, response: Response) -> None:
        """Our own code failed on this response: the row says so, the log says where, and the crawl goes on."""
        log.error("reading %s failed\n%s", response.url, failure.getTraceback())
        self._keep(
            response,
            outcome="error",
            reason=f"reading it failed: {type(failure.value).__name__}: {failure.value}"[:300],
        )

    def validators(self, url: str) -> dict[str, str]:
        """Headers that ask for the page only if it changed; none unless its text here was made by this extractor."""
        row = self.store.db.execute(
            "select c.etag, c.last_modified from captures c where c.url = ? and c.status = 200 "
            "and exists (select 1 from captures k join article_versions v on v.capture_id = k.id "
            "join articles a on a.current_version_id = v.id where k.url = c.url and v.extractor = ?) "
            "order by c.id desc limit 1",
            (url, EXTRACTOR),
        ).fetchone()
        named = zip(("If-None-Match", "If-Modified-Since"), row or (), strict=False)
        return {name: value for name, value in named if value}

    def _keep(self, response: Response, *, outcome: str, reason: str = "", article: Article | None = None) -> None:
        request = response.request
        url = _first_url(request) if request is not None else response.url
        at, payload_digest = now(), digest(response.body)
        warc_file, warc_offset = self._stored(url, response, payload_digest, at)
        self.fetched += 1
        capture = Capture(
            source_id=self.source.id,
            crawl_id=self.crawl_id,
            url=url,
            final_url=response.url,
            fetched_at=at,
            status=response.status,
            content_type=_header(response, "Content-Type"),
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            payload_digest=payload_digest,
            payload_bytes=len(response.body),
            warc_file=warc_file,
            warc_offset=warc_offset,
            outcome=outcome,
            reason=reason,
        )
        self._add(capture, article)

    def _stored(self, url: str, response: Response, payload_digest: str, at: str) -> tuple[str | None, int | None]:
        """Where the payload lies: a payload that came before from this address is not stored a second time."""
        if not response.body:
            return None, None
        row = self.store.db.execute(
            "select warc_file, warc_offset from captures where url = ? and payload_digest = ? and status = ? "
            "and warc_file is not null order by id desc limit 1",
            (url, payload_digest, response.status),
        ).fetchone()
        if row is not None and (Path(self.warc.path.parent.parent) / row[0]).is_file():
            return str(row[0]), int(row[1])
        pairs = [(name, value) for name, values in response.headers.items() for value in values]
        offset = self.warc.add(response.body, url=response.url, status=response.status, reason="", headers=pairs, at=at)
        return self.warc.name, offset

    def _add(self, capture: Capture, article: Article | None = None) -> None:
        if capture.outcome in ("error", "gone", "refused") and not self.first_problem:
            self.first_problem = f"{capture.url}: {capture.reason}"
        self.store.add(capture, article)
        self.answered += 1
        if self.progress is not None:
            self.progress(self.source.id, self.answered, max(self.asked, self.answered))


def _verdict(failure: Failure) -> tuple[str, str]:
    """(outcome, reason) for a request that got no answer."""
    said = " ".join(str(failure.value).split())[:300]
    if isinstance(failure.value, ForbiddenByRobots):
        return "robots", said
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


def _first_url(request: Request) -> str:
    """The address that was asked for, before any redirect."""
    return str(next(iter(request.meta.get("redirect_urls", ())), request.url))


def _header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1")[:500]
