"""Imported files into the tables, as the source ``imported`` or the outlet that a row names."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils import Database

from crawler.captures import Capture, now
from crawler.imports import articles_in_file, files_in, names_of
from crawler.items import Article, Skip
from crawler.store import Store, index_versions, storable
from crawler.tables import migrations, open_database
from crawler.writing import writing

SOURCE_ID = "imported"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """How an import went. ``skipped`` holds (address of a file or line, why nothing was taken from it)."""

    files: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: tuple[tuple[str, str], ...] = ()

    @property
    def failed(self) -> bool:
        return bool(self.skipped)


def import_paths(
    db_path: Path | str, paths: Iterable[Path | str], *, progress: Callable[[int, int], None] | None = None
) -> ImportResult:
    """Import files and folders into the database at ``db_path``; ``progress`` gets (files done, files in all).

    A file that can't be read ("error"), or holds no article ("skipped", as of a page that was crawled), leaves a row
    in ``captures`` with the reason, and the import goes on.
    """
    db = open_database(Path(db_path))
    migrations.apply(db)
    store = Store(db)
    skipped: list[tuple[str, str]] = []
    sources: set[str] = set()
    files = files_in(paths)
    for done, path in enumerate(files, start=1):
        for found in map(_storable, _read(path)):
            source_id = _source(db, sources, found)
            capture = Capture(source_id=source_id, url=found.url, final_url=found.url, fetched_at=now(), outcome="")
            if isinstance(found, Skip):
                skipped.append((found.url, found.reason))
                store.add(replace(capture, outcome="error" if found.failed else "skipped", reason=found.reason))
            else:
                store.add(capture, _placed(db, store, found))
        if progress is not None:
            progress(done, len(files))
    store.flush()
    index_versions(db)
    db.close()
    counts = sum(store.counts.values(), Counter())
    return ImportResult(
        files=len(files),
        new=counts["new"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        skipped=tuple(skipped),
    )


def _read(path: Path) -> Iterator[Article | Skip]:
    """What a file holds. Whatever a hostile file does to a parser, it costs that file and no other."""
    found = articles_in_file(path)
    while True:
        try:
            article = next(found, None)
        except Exception as error:
            article = Skip(
                url=names_of(path)[1], reason=f"reading it failed: {type(error).__name__}: {error}"[:300], failed=True
            )
            yield article
            return
        if article is None:
            return
        yield article


def _storable(found: Article | Skip) -> Article | Skip:
    return storable(found) if isinstance(found, Article) else found


def _placed(db: Database, store: Store, article: Article) -> Article:
    """Under the short address, unless a file of that name from another folder is there with another text."""
    if not article.canonical_url.startswith("import:") or "~" not in article.url:
        return article
    row = db.execute(
        "select v.body_sha256, c.url from articles a join article_versions v on v.id = a.current_version_id "
        "left join captures c on c.id = v.capture_id where a.canonical_url = ?",
        (article.canonical_url,),
    ).fetchone()
    waiting = next((a for _, a, _ in store.waiting if a is not None and a.canonical_url == article.canonical_url), None)
    taken_by = waiting.url if waiting else row[1] if row else None
    text = waiting.body_sha256 if waiting else row[0] if row else None
    if taken_by is None or taken_by == article.url or text == article.body_sha256:
        return article
    return replace(article, canonical_url=article.url)


def _source(db: Database, known: set[str], found: Article | Skip) -> str:
    """The id of the source row for what was found, made when missing."""
    name = found.outlet if isinstance(found, Article) else ""
    source_id = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60] or SOURCE_ID
    if source_id not in known:
        known.add(source_id)
        with writing(db) as connection:
            _insert_source(connection, source_id, name or "Imported files")
    return source_id


def _insert_source(connection: sqlite3.Connection, source_id: str, name: str) -> None:
    connection.execute(
        "insert into sources (id, name, kind) values (?, ?, 'import') on conflict (id) do nothing", (source_id, name)
    )
