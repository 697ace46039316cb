"""Files into articles: texts, HTML pages, GOV.UK content documents, JSON Lines; single files or whole folders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawler.addresses import canonical_form
from crawler.dates import machine_date
from crawler.decoding import LARGEST, decode, gunzip, not_text
from crawler.govuk import article_from_document, is_document
from crawler.items import Article, Skip
from crawler.pages import article_from_page
from crawler.plaintext import article_from_text
from crawler.rebuild import article_from_record
from crawler.warc import Broken, is_warc, records

TEXT = (".txt", ".text", ".md")
HTML = (".html", ".htm", ".xhtml")
JSON = (".json",)
LINES = (".jsonl", ".ndjson")
SUFFIXES = (*TEXT, *HTML, *JSON, *LINES)
LARGEST_LINES_FILE = 2_000_000_000


def files_in(paths: Iterable[Path | str]) -> list[Path]:
    """The files to import, in order: those named, and those of a known kind in the folders named."""
    found: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            files = (p for p in path.rglob("*") if p.is_file() and not _hidden(p, path))
            found += sorted(p for p in files if _kind(p) or is_warc(p))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def articles_in(paths: Iterable[Path | str]) -> Iterator[Article | Skip]:
    """Every article in the files and folders named; a Skip with its reason for each file or line that holds none.

    A file without an address of its own gets ``import:<folder>/<file>``. ``url`` then carries the folder's
    fingerprint as well, by which the store tells two folders of one name apart.
    """
    for path in files_in(paths):
        yield from articles_in_file(path)


def articles_in_file(path: Path) -> Iterator[Article | Skip]:
    """What one file holds; see ``articles_in``."""
    name, address = names_of(path)
    if not path.is_file():
        yield Skip(url=address, reason="no such file", failed=True)
        return
    if is_warc(path):
        yield from _archived(path, address)
        return
    if _kind(path) in LINES:
        yield from _lines(path, name, address)
        return
    payload, problem = _payload(path)
    if problem:
        yield Skip(url=address, reason=problem, failed=True)
    elif no_text := not_text(payload):
        yield Skip(url=address, reason=no_text)
    elif _kind(path) in HTML or _looks_like_html(payload):
        yield _settled(article_from_page(payload, url=""), name, address)
    elif _kind(path) in JSON:
        yield _document(payload, name, address)
    else:
        yield _settled(article_from_text(decode(payload), canonical_url=name, url=address), name, address)


def _archived(path: Path, address: str) -> Iterator[Article | Skip]:
    """The articles of a WARC or WET file; records that are none are passed over, broken ones count as failed."""
    for found in records(path, wanted=lambda url: url.startswith(("http://", "https://"))):
        if isinstance(found, Broken):
            yield Skip(url=f"{address}#{found.offset}", reason=found.reason, failed=True)
        elif found.status == 200 and isinstance(article := article_from_record(found), Article):
            yield article


def names_of(path: Path) -> tuple[str, str]:
    """(the short address of a file, the same with its folder's fingerprint); neither tells where the file lies."""
    folder = path.absolute().parent
    mark = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    parent, file = _printable(folder.name), _printable(path.name)
    return f"import:{parent}/{file}", f"import:{parent}~{mark}/{file}"


def _payload(path: Path) -> tuple[bytes, str]:
    """The bytes of a file and "", or why it can't be read."""
    try:
        with path.open("rb") as file:
            payload = file.read(LARGEST + 1)
    except OSError as error:
        return b"", f"not readable: {error.strerror or 'unknown error'}"
    if path.suffix.lower() == ".gz":
        unpacked = gunzip(payload)
        if unpacked is None:
            return b"", "damaged gzip file"
        payload = unpacked
    return payload, ""


def _document(payload: bytes, name: str, address: str) -> Article | Skip:
    value = _json(decode(payload))
    if is_document(value):
        return _settled(article_from_document(value), name, address)
    if isinstance(value, dict):
        return _row(value, name, address)
    return Skip(url=address, reason="no JSON object in it", failed=True)


def _lines(path: Path, name: str, address: str) -> Iterator[Article | Skip]:
    """JSON Lines, read a line at a time."""
    if path.stat().st_size > LARGEST_LINES_FILE:
        yield Skip(url=address, reason=f"larger than {LARGEST_LINES_FILE // 1_000_000} MB", failed=True)
        return
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LARGEST + 1):
            number += 1
            if len(line) > LARGEST:
                yield Skip(
                    url=f"{address}#{number}", reason="a line that is too long; the rest was not read", failed=True
                )
                return
            if not line.strip():
                continue
            value = _json(decode(line))
            if not isinstance(value, dict):
                yield Skip(url=f"{address}#{number}", reason="a line that is no JSON object", failed=True)
                continue
            key = _printable(str(value.get("id") or number))
            yield _row(value, f"{name}#{key}", f"{address}#{key}")


def _row(value: dict[str, Any], name: str, address: str) -> Article | Skip:
    """One JSON object: ``text`` (or ``body``, ``html``), and any of url, headline, published, source …"""
    if is_document(value):
        return _settled(article_from_document(value), name, address)
    fields = {key: value[key].strip() if isinstance(value.get(key), str) else "" for key in FIELDS}
    headline = fields["headline"] or fields["title"]
    url = canonical_form(fields["url"]) or ""
    text = fields["text"] or fields["body"]
    if text:
        article = article_from_text(text, canonical_url=url or name, url=url or address, headline=headline)
    elif fields["html"]:
        article = article_from_page(fields["html"].encode("utf-8", "replace"), url=url, charset="utf-8")
    else:
        return Skip(url=address, reason='no "text", "body" or "html" in it')
    settled = _settled(article, url or name, url or address)
    if isinstance(settled, Skip):
        return settled
    published = machine_date(fields["published"] or fields["date"])
    return replace(
        settled,
        headline=headline or settled.headline,
        byline=fields["byline"] or settled.byline,
        standfirst=fields["standfirst"] or settled.standfirst,
        agency=fields["agency"] or settled.agency,
        published=published or settled.published,
        date_evidence="import" if published else settled.date_evidence,
        outlet=fields["source"][:200],
    )


FIELDS = (
    "url",
    "text",
    "body",
    "html",
    "headline",
    "title",
    "published",
    "date",
    "byline",
    "standfirst",
    "agency",
    "source",
)


def _settled(article: Article | Skip, name: str, address: str) -> Article | Skip:
    """With an address even when the file itself has none."""
    if isinstance(article, Skip):
        return replace(article, url=address)
    return (
        article
        if article.canonical_url and article.canonical_url != name
        else replace(article, url=address, canonical_url=name)
    )


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _looks_like_html(payload: bytes) -> bool:
    start = payload[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head"))


def _kind(path: Path) -> str:
    """The suffix that says what is in a file, .gz looked through; "" for a file of no known kind."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes[-1:] == [".gz"]:
        suffixes = suffixes[:-1]
    return suffixes[-1] if suffixes and suffixes[-1] in SUFFIXES else ""


def _hidden(path: Path, below: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(below).parts)


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name.encode("utf-8", "replace").decode("utf-8"))[:200]
