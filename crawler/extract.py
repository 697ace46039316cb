"""Pages from files into one JSON object each: what `quotewire extract` writes, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from crawler.decoding import gunzip
from crawler.items import Skip
from crawler.pages import article_from_page


def extracted(paths: Iterable[Path | str], *, url: str = "") -> Iterator[dict[str, Any]]:
    """One object per file: file, headline, published, byline, agency, canonical_url, body.

    ``url`` is the address of the page, when it is known. A file in which no article is found has an empty body and
    says why under "error"; nothing is raised for it.
    """
    for path in map(Path, paths):
        yield {"file": path.name, **_fields(path, url)}


def _fields(path: Path, url: str) -> dict[str, Any]:
    empty = {"headline": "", "published": None, "byline": "", "agency": None, "canonical_url": url, "body": ""}
    if not path.is_file():
        return {**empty, "error": "no such file"}
    payload: bytes | None = path.read_bytes()
    if payload is not None and payload.startswith(b"\x1f\x8b"):
        payload = gunzip(payload)
    if payload is None:
        return {**empty, "error": "damaged gzip file"}
    try:
        article = article_from_page(payload, url=url)
    except Exception as error:  # a parser brought down by one hostile page must not end the run
        return {**empty, "error": f"reading it failed: {type(error).__name__}: {error}"[:300]}
    if isinstance(article, Skip):
        return {**empty, "error": article.reason}
    return {key: getattr(article, key) for key in empty}
