"""GOV.UK's search and content APIs, and sites that speak the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import Response
from w3lib.url import add_or_replace_parameter

from crawler.govuk import article_from_document
from crawler.items import Article, Skip
from crawler.pages import dated
from crawler.spiders.base import Link, More, SourceSpider


class ApiSpider(SourceSpider):
    """Articles are the results of a search; each is read as a Content API document."""

    def links(self, response: Response) -> Iterator[Link | More]:
        answer = _json(response.body)
        results = answer.get("results") if isinstance(answer, dict) else None
        if not isinstance(results, list):
            return
        for result in results:
            if isinstance(result, dict) and isinstance(result.get("link"), str):
                stamp = result.get("public_timestamp")
                yield Link(response.urljoin(result["link"]), stamp if isinstance(stamp, str) else None)
        start, total = answer.get("start"), answer.get("total")
        if results and isinstance(start, int) and isinstance(total, int) and start + len(results) < total:
            yield More(add_or_replace_parameter(response.url, "start", str(start + len(results))))

    def address(self, link: Link) -> str:
        parts = urlsplit(link.url)
        return f"{parts.scheme}://{parts.netloc}/api/content{parts.path}"

    def read(self, response: Response, listed: str | None) -> Article | Skip:
        parts = urlsplit(response.url)
        found = article_from_document(_json(response.body), site=f"{parts.scheme}://{parts.netloc}", url=response.url)
        if isinstance(found, Skip):
            return found
        return dated(found, found.published, found.date_evidence, listed=listed)


def _json(payload: bytes) -> Any:
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return None
