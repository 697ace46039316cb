"""The crawler's tables: sources, crawls, captures, articles and article_versions, as numbered migrations."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database, Migrations

BUSY_SECONDS = 30  # how long a writer waits for another one before "database is locked"

migrations = Migrations("quotewire.crawler")


def open_database(path: Path) -> Database:
    """The database at ``path``, made with its folder when missing: WAL, foreign keys on, waits for other writers.

    Raises OSError when the folder can't be made, sqlite3.Error when the file can't be opened or is no database.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    db = Database(path)
    db.execute(f"pragma busy_timeout = {BUSY_SECONDS * 1000}")
    db.enable_wal()
    db.execute("pragma synchronous = normal")
    db.execute("pragma foreign_keys = on")
    return db


@migrations()
def m001_sources_and_crawls(db: Database) -> None:
    db.table("sources").create(
        {
            "id": str,
            "name": str,
            "kind": str,
            "spider": str,
            "homepage": str,
            "licence": str,
            "status": str,
            "failures": int,
            "last_success_at": str,
            "next_check_at": str,
        },
        pk="id",
        not_null={"name", "kind"},
        defaults={"status": "active", "failures": 0},
    )
    db.table("crawls").create(
        {
            "id": int,
            "source_id": str,
            "started_at": str,
            "finished_at": str,
            "finish_reason": str,
            "fetched": int,
            "new": int,
            "changed": int,
            "unchanged": int,
            "errors": int,
            "robots_blocked": int,
            "detail": str,
        },
        pk="id",
        foreign_keys=[("source_id", "sources", "id")],
        defaults=dict.fromkeys(("fetched", "new", "changed", "unchanged", "errors", "robots_blocked"), 0),
    )
    db.table("crawls").create_index(["source_id", "started_at"])


@migrations()
def m002_captures(db: Database) -> None:
    """One row per address asked for, answered or not: ``outcome`` and ``reason`` say what came of it."""
    db.table("captures").create(
        {
            "id": int,
            "crawl_id": int,
            "source_id": str,
            "url": str,
            "final_url": str,
            "fetched_at": str,
            "status": int,
            "content_type": str,
            "etag": str,
            "last_modified": str,
            "payload_digest": str,
            "payload_bytes": int,
            "warc_file": str,
            "warc_offset": int,
            "outcome": str,
            "reason": str,
        },
        pk="id",
        foreign_keys=[("crawl_id", "crawls", "id"), ("source_id", "sources", "id")],
        not_null={"url", "fetched_at", "outcome"},
    )
    db.table("captures").create_index(["url", "fetched_at"])
    db.table("captures").create_index(["crawl_id"])


@migrations()
def m003_articles(db: Database) -> None:
    db.table("articles").create(
        {
            "id": int,
            "canonical_url": str,
            "headline": str,
            "source_id": str,
            "published_at": str,
            "date_evidence": str,
            "agency": str,
            "pubstatus": str,
            "language": str,
            "current_version_id": int,
            "first_seen_at": str,
            "last_seen_at": str,
        },
        pk="id",
        foreign_keys=[("source_id", "sources", "id")],
        not_null={"canonical_url", "source_id"},
        defaults={"pubstatus": "usable"},
    )
    db.table("articles").create_index(["canonical_url"], unique=True)
    db.table("articles").create_index(["source_id", "published_at"])
    db.table("articles").create_index(["published_at"])
    db.table("article_versions").create(
        {
            "id": int,
            "article_id": int,
            "version_no": int,
            "headline": str,
            "standfirst": str,
            "byline": str,
            "dateline": str,
            "body": str,
            "body_sha256": str,
            "extractor": str,
            "capture_id": int,
            "seen_at": str,
        },
        pk="id",
        foreign_keys=[("article_id", "articles", "id"), ("capture_id", "captures", "id")],
        not_null={"article_id", "version_no", "headline", "body", "body_sha256"},
    )
    db.table("article_versions").create_index(["article_id", "version_no"], unique=True)
    db.table("articles").add_foreign_key("current_version_id", "article_versions", "id")


@migrations()
def m004_full_text_of_versions(db: Database) -> None:
    """FTS5 with porter stemming over headlines and bodies; filled in batches after a crawl, never by trigger."""
    db.table("article_versions").enable_fts(["headline", "body"], tokenize="porter unicode61", fts_version="FTS5")


@migrations()
def m005_a_version_never_changes(db: Database) -> None:
    db.execute(
        "create trigger article_versions_are_immutable before update on article_versions "
        "begin select raise(abort, 'article_versions rows are never updated: add a version'); end"
    )


@migrations()
def m006_frontier(db: Database) -> None:
    """Addresses to fetch: ``crawler.frontier`` says what each state means and what moves a row from one to another."""
    db.table("frontier").create(
        {
            "id": int,
            "source_id": str,
            "kind": str,
            "address": str,
            "url": str,
            "host": str,
            "state": str,
            "attempts": int,
            "lease_owner": str,
            "lease_until": str,
            "next_due": str,
            "interval_s": int,
            "not_modified": int,
            "outcome": str,
            "cause": str,
            "listed": str,
            "discovered_from": int,
            "discovered_at": str,
            "fetched_at": str,
            "crawl_id": int,
            "article_id": int,
            "moved_to": str,
        },
        pk="id",
        foreign_keys=[("source_id", "sources", "id"), ("article_id", "articles", "id")],
        not_null={"source_id", "kind", "address", "url", "host", "state"},
        defaults={"state": "waiting", "attempts": 0, "not_modified": 0},
    )
    for statement in (
        "create unique index frontier_articles on frontier (address) where kind = 'article'",
        "create unique index frontier_listings on frontier (source_id, address) where kind != 'article'",
        "create index frontier_due on frontier (source_id, next_due) where next_due is not null",
        "create index frontier_polls on frontier (source_id, next_due) where kind != 'article'",
        "create index frontier_revisits on frontier (source_id, next_due) where state = 'done'",
        "create index frontier_waiting on frontier (source_id, discovered_at desc, id) where state = 'waiting'",
        "create index frontier_leases on frontier (lease_until) where state = 'leased'",
        "create index frontier_article on frontier (article_id) where article_id is not null",
    ):
        db.execute(statement)


@migrations()
def m007_hosts(db: Database) -> None:
    """What every source on a host shares: until when it is left alone, pages of the day, robots.txt, distrust."""
    columns = {"host": str, "not_before": str, "why": str, "put_off": int, "day": str, "pages": int}
    columns |= {"robots_txt": str, "robots_at": str, "validators_lie": int}
    db.table("hosts").create(columns, pk="host", defaults={"put_off": 0, "pages": 0, "validators_lie": 0})


@migrations()
def m008_what_a_crawl_passed_over_and_why_a_source_is_paused(db: Database) -> None:
    db.table("crawls").add_column("skipped", int, not_null_default=0)
    db.table("sources").add_column("paused_reason", str)


@migrations()
def m009_alarms(db: Database) -> None:
    columns = ("source_id", "kind", "text", "since", "told_at", "ended_at")
    db.table("alarms").create({"id": int, **dict.fromkeys(columns, str)}, pk="id", not_null={"kind", "text", "since"})


@migrations()
def m010_archives(db: Database) -> None:
    """How far each file of an archive has been read: ``position`` is the byte of the next record."""
    numbers = dict.fromkeys(("bytes", "position", "taken", "passed_over"), int)
    columns = {"source_id": str, "file": str, **numbers, "read_at": str}
    db.table("archives").create(columns, pk=("source_id", "file"), foreign_keys=[("source_id", "sources", "id")])


@migrations()
def m011_article_facts(db: Database) -> None:
    """What a publisher's own record states of a document beside its text; rows are added, never changed."""
    stated = dict.fromkeys(("kind", "name", "url", "at"), str)
    key = ("article_id", *stated)
    db.table("article_facts").create(
        {"article_id": int, **stated, "seen_at": str}, pk=key, foreign_keys=[("article_id", "articles", "id")]
    )
