"""Archives (Common Crawl's CC-NEWS, or any WARC and WET files) read as a source: files in, articles out, no network.

What does not fit is passed over before anything is parsed: by address, by language, by words. Where reading stands in
each file is in the table ``archives``, so that a run that was stopped goes on there.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

from sqlite_utils import Database

from crawler.captures import Capture, digest, now
from crawler.crawl_rows import close_crawl, describe, open_crawl
from crawler.items import Article, Skip
from crawler.rebuild import article_from_record
from crawler.results import CrawlResult, Progress
from crawler.sources import Source
from crawler.store import Store, index_versions
from crawler.tables import migrations, open_database
from crawler.warc import Broken, Record, is_warc, records
from crawler.writing import writing

ENGLISH = re.compile(rb" (?:the|and|that) ", re.IGNORECASE)
FEWEST_ENGLISH = 8  # of these words in a page that is worth parsing
BATCH = 100


def read_archive(db_path: Path, source: Source, *, progress: Progress | None = None) -> CrawlResult:
    """Take in what ``source``, an archive, holds and is not read yet; ``progress`` gets (id, MB read, MB in all)."""
    db = open_database(db_path)
    migrations.apply(db)
    with writing(db) as connection:
        describe(connection, source)
        crawl_id = open_crawl(connection, source.id)
    started = monotonic()
    reading = _Reading(db, source, crawl_id, Store(db), db_path.absolute().parent, progress)
    detail = reading.all()
    index_versions(db)
    counts: Counter[str] = sum(reading.store.counts.values(), Counter())
    passed = ", ".join(f"{count} passed over: {why}" for why, count in reading.passed_over.most_common())
    result = CrawlResult(
        source_id=source.id,
        new=counts["new"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        skipped=counts["skipped"],
        errors=counts["error"],
        fetched=reading.seen,
        finish_reason="failed" if detail else "finished",
        detail=detail or passed,
        seconds=round(monotonic() - started, 2),
    )
    with writing(db) as connection:
        close_crawl(connection, crawl_id, result)
    db.close()
    return result


@dataclass
class _Reading:
    db: Database
    source: Source
    crawl_id: int
    store: Store
    folder: Path
    progress: Progress | None
    passed_over: Counter[str] = field(default_factory=Counter)
    seen: int = 0

    def __post_init__(self) -> None:
        words = [re.escape(word.strip()) for word in self.source.words.split(",") if word.strip()]
        self.words = re.compile("|".join(words).encode(), re.IGNORECASE) if words else None
        rows = self.db.execute("select homepage, id from sources where homepage <> ''")
        self.outlets: dict[str, str] = {_host(home): name for home, name in rows}

    def all(self) -> str:
        """Reads every file; returns why none could be read, or ""."""
        place = Path(self.source.url)
        files = sorted(p for p in place.rglob("*") if is_warc(p)) if place.is_dir() else [place]
        if not files or not (place.is_dir() or place.is_file()):
            return f"{place}: no such file, or a folder without WARC files"
        sizes = {file: _size(file) for file in files}
        before = 0
        for file in files:
            self._file(file, file.relative_to(place).as_posix() if place.is_dir() else file.name, before, sizes)
            before += sizes[file]
        return ""

    def _file(self, file: Path, name: str, before: int, sizes: dict[Path, int]) -> None:
        row = self.db.execute(
            "select position, bytes from archives where source_id = ? and file = ?", (self.source.id, name)
        ).fetchone()
        size = sizes[file]
        start = int(row[0]) if row and row[1] <= size else 0  # a smaller file is another one
        if start == size and file.is_file():
            return
        try:
            file.open("rb").close()
        except OSError as error:  # a link that leads nowhere, say; it is tried again the next time
            reason = f"not readable: {error.strerror or error}"
            self._add(file, Broken(start, reason), f"{file.as_uri()}#{start}", reason)
            self.store.flush()
            return
        taken = waiting = 0
        passed = sum(self.passed_over.values())
        for found in records(file, start=start, wanted=self._wanted):
            kept = self._keep(file, found)
            taken, waiting = taken + kept, waiting + 1
            if waiting >= BATCH:
                self._mark(name, size, found.offset, taken, sum(self.passed_over.values()) - passed)
                taken, waiting, passed = 0, 0, sum(self.passed_over.values())
                if self.progress is not None:
                    self.progress(self.source.id, (before + found.offset) >> 20, sum(sizes.values()) >> 20)
        self._mark(name, size, size, taken, sum(self.passed_over.values()) - passed)

    def _wanted(self, url: str) -> bool:
        self.seen += 1
        wanted = url.startswith(("http://", "https://")) and re.search(self.source.match, url) is not None
        self.passed_over["another address"] += not wanted
        return wanted

    def _keep(self, file: Path, found: Record | Broken) -> bool:
        """Stores what a record holds, or counts why it is passed over; True when it was stored."""
        if isinstance(found, Broken):
            self._add(file, found, f"{file.as_uri()}#{found.offset}", found.reason)
            return False
        why = self._unfit(found)
        if why:
            self.passed_over[why] += 1
            return False
        try:
            article = article_from_record(found)
        except Exception as error:  # a parser brought down by one hostile page must not end the run
            self._add(file, found, found.url, f"reading it failed: {type(error).__name__}: {error}"[:300])
            return False
        self._add(file, found, found.url, article)
        return isinstance(article, Article)

    def _unfit(self, found: Record) -> str:
        """Why a record is not worth parsing, by its bytes alone."""
        if found.status != 200 or not (found.is_text or "html" in found.content_type or "json" in found.content_type):
            return "no page"
        if len(ENGLISH.findall(found.payload)) < FEWEST_ENGLISH:
            return "another language"
        if self.words is not None and not self.words.search(found.payload):
            return "none of the words"
        return ""

    def _add(self, file: Path, found: Record | Broken, url: str, what: Article | Skip | str) -> None:
        article = what if isinstance(what, Article) else None
        reason = what if isinstance(what, str) else what.reason if isinstance(what, Skip) else ""
        record = found if isinstance(found, Record) else None
        capture = Capture(
            source_id=self._outlet(url) if record else self.source.id,
            crawl_id=self.crawl_id,
            url=url,
            final_url=url,
            fetched_at=record.at.replace("Z", "+00:00") if record and record.at else now(),
            outcome="" if article else "error" if isinstance(what, str) else "skipped",
            reason=reason,
            status=record.status if record else None,
            content_type=record.content_type if record else "",
            payload_digest=digest(record.payload) if record else "",
            payload_bytes=len(record.payload) if record else 0,
            warc_file=self._name(file),
            warc_offset=found.offset,
        )
        self.store.add(capture, article)

    def _outlet(self, url: str) -> str:
        """The source whose homepage is on the page's host, or one named after that host."""
        host = _host(url)
        if host not in self.outlets:
            name = self.outlets[host] = re.sub(r"[^a-z0-9]+", "-", host).strip("-")[:60]
            with writing(self.db) as connection:
                connection.execute(
                    "insert into sources (id, name, kind, spider) values (?, ?, ?, 'archive') "
                    "on conflict (id) do nothing",
                    (name, host, self.source.kind),
                )
        return self.outlets[host]

    def _name(self, file: Path) -> str:
        """The file's path as ``captures.warc_file`` has it: below the database's folder, or whole."""
        path = file.absolute()
        return path.relative_to(self.folder).as_posix() if path.is_relative_to(self.folder) else str(path)

    def _mark(self, name: str, size: int, position: int, taken: int, passed: int) -> None:
        self.store.flush()
        with writing(self.db) as connection:
            connection.execute(
                "insert into archives (source_id, file, bytes, position, taken, passed_over, read_at) "
                "values (?, ?, ?, ?, ?, ?, ?) on conflict (source_id, file) do update set bytes = excluded.bytes, "
                "position = excluded.position, taken = taken + excluded.taken, "
                "passed_over = passed_over + excluded.passed_over, read_at = excluded.read_at",
                (self.source.id, name, size, position, taken, passed, now()),
            )


def _size(file: Path) -> int:
    """Bytes; 0 for what nobody can look at."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
