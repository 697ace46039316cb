"""Every version of every article made anew from the captures on disk, by today's extractor and without the network."""

from __future__ import annotations

import difflib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawler.govuk import article_from_document, is_document
from crawler.items import Article, Skip
from crawler.pages import article_from_page
from crawler.plaintext import article_from_text
from crawler.store import index_versions, storable
from crawler.warc import Broken, Record, record_at
from crawler.writing import writing

Progress = Callable[[int, int], None]
VERSIONS = """
    select v.id, a.id as article_id, a.canonical_url as url, v.version_no, v.id = a.current_version_id as current,
           v.headline, v.standfirst, v.byline, v.body, v.extractor, v.capture_id, c.warc_file, c.warc_offset,
           c.id is not null and c.crawl_id is null and c.warc_file is null as imported
    from article_versions v join articles a on a.id = v.article_id left join captures c on c.id = v.capture_id
    where v.id > ? order by v.id limit 500
"""
LONGEST_LINE = 240  # characters of a paragraph that a diff shows
SHOWN = ("headline", "standfirst", "byline")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What became of one version: ``outcome`` is same, changed, lost (no article found any more), unreadable, or
    imported (its file was taken in as it was, and no response kept: there is nothing to make it anew from).

    ``diff`` holds the lines that go ("-") and come ("+"), ``reason`` why a version was lost or unreadable.
    """

    url: str
    version_no: int
    outcome: str
    current: bool = False
    diff: tuple[str, ...] = ()
    reason: str = ""


def rebuild(db: Database, folder: Path, *, write: bool = False, progress: Progress | None = None) -> Iterator[Rebuilt]:
    """Each version as it would be now. ``folder`` is where ``captures.warc_file`` starts from: the database's.

    With ``write`` the current version of an article that changed is followed by a new one from the same capture.
    Versions are never altered, and earlier ones never added to: what was read from them stays citable.
    """
    total = db.execute("select count(*) from article_versions").fetchone()[0]
    last = db.execute("select max(id) from article_versions").fetchone()[0] or 0
    done = after = 0
    while rows := [dict(row) for row in db.query(VERSIONS, [after]) if row["id"] <= last]:
        made = [(row, _again(row, folder)) for row in rows]
        if write:
            with writing(db) as connection:
                for row, article in made:
                    if isinstance(article, Article) and row["current"] and _differs(row, article):
                        _add_version(connection, row, article)
        for row, article in made:
            done += 1
            yield _verdict(row, article)
            if progress is not None:
                progress(done, total)
        after = rows[-1]["id"]
    if write:
        index_versions(db)


def _again(row: dict[str, Any], folder: Path) -> Article | Skip | Broken | None:
    """None for what was imported."""
    if row["imported"]:
        return None
    if not row["warc_file"]:
        return Broken(0, "its capture was not kept as a file")
    record = record_at(folder / row["warc_file"], row["warc_offset"])
    if isinstance(record, Broken):
        return record
    try:
        found = article_from_record(record)
    except Exception as error:  # a parser brought down by one hostile page must not end the run
        return Skip(url=row["url"], reason=f"reading it failed: {type(error).__name__}: {error}"[:300])
    return storable(found) if isinstance(found, Article) else found


def article_from_record(record: Record) -> Article | Skip:
    """The article in a stored response: a page, a document of GOV.UK's content API, or a WET file's text."""
    if record.is_text:
        text = record.payload.decode("utf-8", "replace")
        return article_from_text(text, canonical_url=record.url, url=record.url)
    if "json" in record.content_type:
        try:
            document = json.loads(record.payload)
        except (ValueError, RecursionError):
            document = None
        if is_document(document):
            site = "/".join(record.url.split("/", 3)[:3])
            return article_from_document(document, site=site, url=record.url)
    return article_from_page(record.payload, url=record.url, charset=record.charset)


def _differs(row: dict[str, Any], article: Article) -> bool:
    return any((row[name] or "") != getattr(article, name) for name in (*SHOWN, "body"))


def _verdict(row: dict[str, Any], article: Article | Skip | Broken | None) -> Rebuilt:
    known = {"url": row["url"], "version_no": row["version_no"], "current": bool(row["current"])}
    if article is None:
        return Rebuilt(**known, outcome="imported")
    if isinstance(article, Broken):
        return Rebuilt(**known, outcome="unreadable", reason=article.reason)
    if isinstance(article, Skip):
        return Rebuilt(**known, outcome="lost", reason=article.reason)
    if not _differs(row, article):
        return Rebuilt(**known, outcome="same")
    old = [f"{name}: {row[name] or ''}" for name in SHOWN] + row["body"].split("\n\n")
    new = [f"{name}: {getattr(article, name)}" for name in SHOWN] + article.body.split("\n\n")
    lines = [line for line in difflib.unified_diff(old, new, n=0, lineterm="") if line[:2] not in ("--", "++", "@@")]
    return Rebuilt(**known, outcome="changed", diff=tuple(line[:LONGEST_LINE] for line in lines))


def _add_version(connection: sqlite3.Connection, row: dict[str, Any], article: Article) -> None:
    version = connection.execute(
        "insert into article_versions (article_id, version_no, headline, standfirst, byline, dateline, body, "
        "body_sha256, extractor, capture_id, seen_at) select ?, max(version_no) + 1, ?, ?, ?, ?, ?, ?, ?, ?, "
        "(select seen_at from article_versions where id = ?) from article_versions where article_id = ?",
        (
            row["article_id"], article.headline, article.standfirst, article.byline, article.dateline, article.body,
            article.body_sha256, article.extractor, row["capture_id"], row["id"], row["article_id"],
        ),
    ).lastrowid  # fmt: skip
    connection.execute(
        "update articles set headline = ?, language = ?, current_version_id = ? where id = ?",
        (article.headline, article.language, version, row["article_id"]),
    )
