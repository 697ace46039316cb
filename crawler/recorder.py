"""One source's crawl as it is recorded: every address asked for becomes a capture, whatever came of it."""

from __future__ import annotations

from pathlib import Path

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.bodies import EXTRACTOR
from crawler.captures import Capture, WarcFile, digest, now
from crawler.frontier.visits import NOT_MODIFIED_BELIEVED, Due, Visit
from crawler.govuk import EXTRACTOR as DOCUMENT_EXTRACTOR
from crawler.items import Article, Skip
from crawler.results import Progress
from crawler.silence import verdict
from crawler.sources import Source
from crawler.store import Store

CLOSED = {401: "for those who log in", 402: "for those who pay", 407: "for those who log in", 451: "closed by law"}
LISTING_VALIDATORS = (
    "select etag, last_modified from captures where url = :url and source_id = :source and outcome = 'listing' "
    "order by id desc limit 1"
)
ARTICLE_VALIDATORS = (
    "select c.etag, c.last_modified from captures c where c.url = :url and c.status = 200 "
    "and c.outcome in ('new', 'changed', 'unchanged') "
    "and exists (select 1 from captures k join article_versions v on v.capture_id = k.id "
    "join articles a on a.current_version_id = v.id where k.url = c.url and v.extractor in (:page, :document)) "
    "order by c.id desc limit 1"
)


class Recorder:
    """Turns responses and failures into captures, keeps the payloads, and knows what was fetched before."""

    def __init__(
        self,
        source: Source,
        *,
        crawl_id: int,
        store: Store,
        warc: WarcFile,
        progress: Progress | None,
        due_at_start: int = 0,
        most: int = 0,
    ) -> None:
        self.source = source
        self.crawl_id = crawl_id
        self.store = store
        self.warc = warc
        self.progress = progress
        self.due_at_start, self.most = due_at_start, most
        self.asked = self.answered = self.fetched = 0
        self.listings_asked = self.listings_read = self.unchanged_listings = self.named = self.parts = 0
        self.first_problem = ""

    @property
    def unread(self) -> bool:
        """Was a listing asked for, and none read?"""
        return self.listings_asked > 0 and not self.listings_read

    def asking(self, due: Due) -> None:
        self.asked += 1
        self.listings_asked += due.kind != "article"

    def not_asked(self, due: Due) -> None:
        """The row goes back: its host wants to be left alone."""
        self.asked -= 1
        self.listings_asked -= due.kind != "article"

    def listing(self, response: Response, visit: Visit, *, cut: str = "") -> None:
        self.listings_read += 1
        self.named += sum(1 for one in visit.found if one.kind == "article")
        self.parts += any(one.kind == "listing" for one in visit.found)
        self._keep(response, outcome="listing", reason=cut, visit=visit)

    def article(self, response: Response, found: Article | Skip, visit: Visit) -> None:
        if isinstance(found, Skip):
            self._keep(response, outcome="gone" if found.gone else "skipped", reason=found.reason, visit=visit)
        else:
            self._keep(response, outcome="", article=found, visit=visit)

    def not_modified(self, response: Response, visit: Visit) -> None:
        if visit.due.kind != "article":
            self.listings_read += 1
            self.unchanged_listings += 1
        self._keep(response, outcome="not-modified", visit=visit)

    def refused_answer(self, response: Response, visit: Visit) -> None:
        """An answer that is no page: an error status, a login, or a redirect that leads nowhere we go."""
        status = response.status
        if visit.due.kind != "article":
            self._keep(response, outcome="error", reason=f"no listing: the server answered {status}", visit=visit)
        elif status in (404, 410):
            self._keep(response, outcome="gone", reason=f"the server answered {status}", visit=visit)
        elif status in CLOSED:
            reason = f"the server answered {status}: {CLOSED[status]}"
            self._keep(response, outcome="refused", reason=reason, visit=visit)
        elif 300 <= status < 400:
            target = header(response, "Location")
            self._keep(response, outcome="refused", reason=f"redirects to {target or 'nowhere'}", visit=visit)
        else:
            self._keep(response, outcome="error", reason=f"the server answered {status}", visit=visit)

    def failed(self, failure: Failure, request: Request, visit: Visit) -> None:
        """No answer at all: robots.txt, an address that is not allowed, a dead host, a time-out."""
        outcome, reason = verdict(failure)
        self._unanswered(visit, outcome, reason, final_url=request.url)

    def unusable(self, visit: Visit, error: ValueError) -> None:
        self._unanswered(visit, "refused", f"no address that can be asked for: {error}"[:300], final_url=visit.due.url)

    def crashed(self, error: Exception, response: Response, visit: Visit) -> None:
        """Our own code failed on this response."""
        reason = f"reading it failed: {type(error).__name__}: {error}"[:300]
        self._keep(response, outcome="error", reason=reason, visit=visit)

    def rules(self, response: Response) -> None:
        """A host's robots.txt, asked for on behalf of this source."""
        if response.status < 500 and response.status != 429:
            self._keep(response, outcome="rules")
        else:
            self._keep(response, outcome="error", reason=f"robots.txt: the server answered {response.status}")

    def validators(self, due: Due, *, trusted: bool) -> dict[str, str]:
        """Headers that ask for the page only if it changed; none when the text here was made by another extractor.

        Servers lie: none for a host that did (``trusted``), and none after several answers in a row that nothing did.
        """
        if not trusted or due.not_modified >= NOT_MODIFIED_BELIEVED or (self.store.force and due.kind != "article"):
            return {}
        row = self.store.db.execute(
            LISTING_VALIDATORS if due.kind != "article" else ARTICLE_VALIDATORS,
            {"url": due.url, "source": self.source.id, "page": EXTRACTOR, "document": DOCUMENT_EXTRACTOR},
        ).fetchone()
        named = zip(("If-None-Match", "If-Modified-Since"), row or (), strict=False)
        return {name: value for name, value in named if value}

    def _unanswered(self, visit: Visit, outcome: str, reason: str, *, final_url: str) -> None:
        self._add(
            Capture(
                source_id=self.source.id,
                crawl_id=self.crawl_id,
                url=visit.due.url,
                final_url=final_url,
                fetched_at=now(),
                outcome=outcome,
                reason=reason,
            ),
            visit=visit,
        )

    def _keep(
        self,
        response: Response,
        *,
        outcome: str,
        reason: str = "",
        article: Article | None = None,
        visit: Visit | None = None,
    ) -> None:
        url = visit.due.url if visit is not None else response.url
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
            content_type=header(response, "Content-Type"),
            etag=header(response, "ETag"),
            last_modified=header(response, "Last-Modified"),
            payload_digest=payload_digest,
            payload_bytes=len(response.body),
            warc_file=warc_file,
            warc_offset=warc_offset,
            outcome=outcome,
            reason=reason,
        )
        self._add(capture, article, visit)

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

    def _add(self, capture: Capture, article: Article | None = None, visit: Visit | None = None) -> None:
        if capture.outcome in ("error", "gone", "refused") and not self.first_problem:
            self.first_problem = f"{capture.url}: {capture.reason}"
        self.store.add(capture, article, visit)
        self.answered += visit is not None
        if self.progress is not None:
            known = self.due_at_start + self.store.found[self.source.id]
            self.progress(self.source.id, self.answered, max(self.asked, self.answered, min(known, self.most)))


def header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1")[:500]
