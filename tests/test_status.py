"""What `quotewire status` tells of last night."""

from __future__ import annotations

from crawler.run import import_paths
from crawler.status import crawled_whole, health, not_taken_in, totals


def crawl(db, source: str, started: str, **counts: int) -> int:
    db["sources"].upsert({"id": source, "name": source, "kind": "newspaper"}, pk="id")
    row = {"source_id": source, "started_at": started, "finish_reason": "finished", **counts}
    return int(db["crawls"].insert(row).last_pk)


def capture(db, crawl_id: int | None, url: str, outcome: str, reason: str = "") -> None:
    row = {"crawl_id": crawl_id, "url": url, "fetched_at": "2020-01-01", "outcome": outcome, "reason": reason}
    db["captures"].insert(row)


def test_a_source_shows_its_last_crawl_and_the_last_one_without_an_error(db) -> None:
    crawl(db, "courier", "2020-01-01", new=3)
    crawl(db, "courier", "2020-01-02", errors=2)
    (row,) = health(db)
    assert (row["last crawl"], row["errors"], row["last clean crawl"]) == ("2020-01-02", 2, "2020-01-01")


def test_only_what_was_not_taken_in_the_last_time_is_listed_with_its_reason(db) -> None:
    capture(db, crawl(db, "courier", "2020-01-01"), "http://courier.example/old", "error", "mended since")
    last = crawl(db, "courier", "2020-01-02")
    capture(db, last, "http://courier.example/new", "new")
    capture(db, last, "http://courier.example/shut", "robots", "robots.txt forbids it")
    capture(db, None, "import:letters/a.txt", "skipped", "empty")
    capture(db, None, "import:letters/b.txt", "skipped", "empty")
    capture(db, None, "import:letters/b.txt", "new")
    assert {(row["url"], row["reason"]) for row in not_taken_in(db)} == {
        ("http://courier.example/shut", "robots.txt forbids it"),
        ("import:letters/a.txt", "empty"),
    }


def test_the_summary_counts_the_crawls_of_this_run_alone(db) -> None:
    crawl(db, "courier", "2020-01-01T10:00:00+00:00", new=3)
    crawl(db, "courier", "2020-01-02T10:00:00+00:00", new=1, unchanged=2)
    found = totals(db, since="2020-01-02T00:00:00+00:00")
    assert (found["new"], found["unchanged"]) == (1, 2)


def test_what_was_imported_counts_as_new_beside_what_was_crawled(db, tmp_path) -> None:
    path = tmp_path / "quotewire.db"
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(f"The ferry that sank was number {number}, the harbour master said.")
    crawl(db, "courier", "2020-01-01", new=3)
    import_paths(path, [tmp_path / "0.txt", tmp_path / "1.txt"])
    import_paths(path, [tmp_path / "1.txt"])
    found = totals(db, since="")
    assert (found["articles"], found["new"], found["changed"], found["unchanged"]) == (2, 5, 0, 1)
    assert totals(db, since="9999")["new"] == 0


def test_sources_are_crawled_whole_when_each_has_had_a_crawl_that_came_to_its_end(db) -> None:
    crawl(db, "courier", "2020-01-01")
    cut_short = crawl(db, "herald", "2020-01-01")
    db["crawls"].update(cut_short, {"finish_reason": None})
    assert crawled_whole(db, ["courier"])
    assert not crawled_whole(db, ["courier", "herald"])
    crawl(db, "herald", "2020-01-02")
    assert crawled_whole(db, ["courier", "herald"])
