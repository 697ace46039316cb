"""Archives read as a source: filtered, resumed, and broken ones survived."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler import archives
from crawler.archives import read_archive
from crawler.captures import WarcFile
from crawler.results import CrawlResult
from crawler.run import import_paths
from crawler.sources import Source

Rows = Callable[..., list[dict[str, Any]]]
AT = "2024-05-06T07:30:00+00:00"
TEXT = (
    "The county will take the bus routes back that it sold in the spring, the leader of the council told the press.",
    "The operators said that the price was fair and that the buses would run on, with the timetable kept.",
    "The opposition said the council had bought the buses twice and that the ratepayers would remember it in May.",
)
WELSH = "Bydd y cyngor yn prynu'r bysiau yn ôl, meddai ei arweinydd wrth y wasg ddydd Llun yn y dref. " * 3


def html(headline: str, *paragraphs: str) -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or TEXT)
    return f"<html><head><title>{headline}</title></head><body><article><h1>{headline}</h1>{text}</article>".encode()


PAGES = {
    "https://www.courier.example.com/news/buses": html("Buses bought back"),
    "https://www.herald.example.net/news/bus": html("County takes buses", *(f"{p} So says the Herald." for p in TEXT)),
    "https://www.courier.example.com/cymraeg/bysiau": html("Bysiau", WELSH),
    "https://www.courier.example.com/sport/derby": html(
        "Derby", *("The derby and the rain that came with the wind. " * 5,)
    ),
    "https://shop.example.org/buses": html("Toy buses"),
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with one WARC file of five pages."""
    folder = tmp_path / "cc-news"
    write(folder, PAGES)
    return folder


def write(folder: Path, pages: dict[str, bytes]) -> Path:
    warc = WarcFile(folder)
    for url, page in pages.items():
        warc.add(
            page, url=url, status=200, reason="OK", headers=[(b"Content-Type", b"text/html; charset=utf-8")], at=AT
        )
    warc.close()
    return warc.path


def read(db_path: Path, place: Path, **keys: Any) -> CrawlResult:
    declared = {"match": r"//www\.(courier|herald)\.example", "words": "bus, tram", **keys}
    source = Source(id="cc-news", name="CC-NEWS", kind="newspaper", spider="archive", url=str(place), **declared)
    return read_archive(db_path, source)


def test_what_fits_is_taken_in_under_its_own_outlet_and_points_into_the_archive(
    archive: Path, db_path: Path, rows: Rows
) -> None:
    result = read(db_path, archive)
    assert (result.new, result.fetched, result.failed) == (2, 5, False)
    assert (
        result.detail
        == "1 passed over: another address, 1 passed over: another language, 1 passed over: none of the words"
    )
    assert rows("select source_id, headline from articles order by id") == [
        {"source_id": "courier-example-com", "headline": "Buses bought back"},
        {"source_id": "herald-example-net", "headline": "County takes buses"},
    ]
    (warc,) = archive.iterdir()
    assert {row["warc_file"] for row in rows("select warc_file from captures")} == {str(warc)}
    assert rows("select fetched_at from captures limit 1") == [{"fetched_at": AT}]


def test_what_was_read_is_not_read_again_and_what_is_added_is(archive: Path, db_path: Path, rows: Rows) -> None:
    read(db_path, archive)
    assert read(db_path, archive).fetched == 0
    write(archive, {"https://www.courier.example.com/news/trams": html("Trams next", *(f"{p} Trams." for p in TEXT))})
    result = read(db_path, archive)
    assert (result.new, result.fetched) == (1, 1)
    assert [row["taken"] for row in rows("select taken from archives order by file")] == [2, 1]


def test_a_run_that_was_stopped_goes_on_where_it_was(
    archive: Path, db_path: Path, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "BATCH", 1)
    real = archives.article_from_record

    def stopped(record: Any) -> Any:
        if "herald" in record.url:
            raise KeyboardInterrupt
        return real(record)

    monkeypatch.setattr(archives, "article_from_record", stopped)
    with pytest.raises(KeyboardInterrupt):
        read(db_path, archive)
    monkeypatch.setattr(archives, "article_from_record", real)
    result = read(db_path, archive)
    assert (result.new, result.fetched) == (1, 5 if result.unchanged else 4)
    assert rows("select count(*) as n from articles") == [{"n": 2}]
    assert [row["finish_reason"] for row in rows("select finish_reason from crawls order by id")] == [
        "interrupted",
        "finished",
    ]


def test_a_cut_off_file_costs_its_last_record_and_leaves_a_row(archive: Path, db_path: Path, rows: Rows) -> None:
    (warc,) = archive.iterdir()
    warc.write_bytes(warc.read_bytes()[:-150])
    result = read(db_path, archive, match="", words="")
    assert (result.new, result.errors, result.barren) == (3, 1, False)
    (row,) = rows("select reason from captures where outcome = 'error'")
    assert "cut off" in row["reason"] or "damaged" in row["reason"]


@pytest.mark.parametrize("name", ["0.warc.gz", "later.warc.gz"])  # before and behind the sound file
@pytest.mark.parametrize("why", ["Is a directory", "No such file or directory"])
def test_a_file_that_cannot_be_opened_leaves_a_row_and_is_tried_again(
    archive: Path, db_path: Path, rows: Rows, name: str, why: str
) -> None:
    if why == "Is a directory":
        (archive / name).mkdir()
    else:
        (archive / name).symlink_to(archive / "moved-away.warc.gz")
    for new in (2, 0):
        result = read(db_path, archive)
        assert (result.errors, result.new, result.finish_reason) == (1, new, "finished")
    assert [
        row["url"].rsplit("/", 1)[1]
        for row in rows("select url from captures where reason = ?", f"not readable: {why}")
    ] == [f"{name}#0"] * 2
    assert [row["taken"] for row in rows("select taken from archives")] == [2]


def test_the_text_of_a_wet_file_is_an_article_too(tmp_path: Path, db_path: Path, rows: Rows) -> None:
    text = "\n".join(("Buses bought back", *TEXT)).encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://www.courier.example.com/news/buses\r\n"
        f"WARC-Date: 2024-05-06T07:30:00Z\r\nContent-Type: text/plain\r\nContent-Length: {len(text)}\r\n\r\n"
    )
    path = tmp_path / "part.warc.wet.gz"
    path.write_bytes(gzip.compress(head.encode() + text + b"\r\n\r\n"))
    assert read(db_path, path).new == 1
    assert rows("select headline from articles") == [{"headline": "Buses bought back"}]


def test_a_folder_that_is_not_there_is_a_failure_that_says_so(tmp_path: Path, db_path: Path) -> None:
    result = read(db_path, tmp_path / "nowhere")
    assert result.failed
    assert "no such file" in result.detail


def test_an_archive_can_be_imported_too(archive: Path, db_path: Path, rows: Rows) -> None:
    result = import_paths(db_path, [archive])
    assert (result.files, result.new) == (1, 5)
    assert rows("select language, count(*) as n from articles group by language order by n") == [
        {"language": "cy", "n": 1},
        {"language": "en", "n": 4},
    ]
