"""Evidence on disk: written so that any tool reads it, read however it was broken."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawler.captures import WarcFile
from crawler.warc import Broken, Record, record_at, records

AT = "2024-05-06T07:30:00+00:00"


def page(number: int) -> bytes:
    return b"<html><p>Page %d of the harbour log.</p>" % number + os.urandom(3000)


@pytest.fixture
def pages() -> list[bytes]:
    return [page(number) for number in range(5)]


@pytest.fixture
def written(tmp_path: Path, pages: list[bytes]) -> tuple[Path, list[int]]:
    """One file with five pages, and where each starts."""
    warc = WarcFile(tmp_path / "captures")
    offsets = [put(warc, number, payload) for number, payload in enumerate(pages)]
    warc.close()
    return warc.path, offsets


def put(warc: WarcFile, number: int, payload: bytes) -> int:
    headers = [(b"Content-Type", b"text/html; charset=utf-8"), (b"Content-Encoding", b"gzip")]
    return warc.add(payload, url=f"https://a.example/{number}", status=200, reason="OK", headers=headers, at=AT)


def test_a_version_is_found_again_by_file_and_offset(written: tuple[Path, list[int]], pages: list[bytes]) -> None:
    path, offsets = written
    for number, offset in enumerate(offsets):
        found = record_at(path, offset)
        assert isinstance(found, Record)
        assert (found.url, found.payload) == (f"https://a.example/{number}", pages[number])
        assert (found.status, found.content_type, found.at) == (200, "text/html", "2024-05-06T07:30:00Z")


def test_every_record_carries_a_digest_that_holds(written: tuple[Path, list[int]]) -> None:
    with written[0].open("rb") as file:
        kinds = [(found.record_type, found.verify_payload_digest()) for found in ArchiveIterator(file)]
    assert kinds == [(WarcRecordType.warcinfo, False), *[(WarcRecordType.response, True)] * 5]


def test_a_file_that_is_large_enough_is_followed_by_another(tmp_path: Path, pages: list[bytes]) -> None:
    warc = WarcFile(tmp_path / "captures", largest=5000)
    places = []
    for number, payload in enumerate(pages):
        offset = put(warc, number, payload)
        places.append((warc.path, offset))
    warc.close()
    assert len({path for path, _ in places}) == 3
    assert [record_at(*place).payload for place in places] == pages  # type: ignore[union-attr]


def read(path: Path, **options: int) -> list[str]:
    """The addresses read, and "broken" for each place that could not be."""
    return ["broken" if isinstance(found, Broken) else found.url[-1] for found in records(path, **options)]


@pytest.mark.parametrize("cut", [100, 300, 2900])
def test_a_tail_cut_off_by_a_power_cut_is_named_and_all_before_it_is_read(
    written: tuple[Path, list[int]], cut: int
) -> None:
    path, _ = written
    path.write_bytes(path.read_bytes()[:-cut])
    assert read(path) == ["0", "1", "2", "3", "broken"]


def test_reading_goes_on_behind_a_damaged_record(written: tuple[Path, list[int]]) -> None:
    path, offsets = written
    payload = bytearray(path.read_bytes())
    payload[offsets[1] + 300 : offsets[1] + 900] = bytes(600)
    payload[offsets[3] + 40 : offsets[4]] = b""
    path.write_bytes(payload)
    assert read(path) == ["0", "broken", "2", "broken", "4"]


def test_reading_begins_where_it_is_told(written: tuple[Path, list[int]]) -> None:
    path, offsets = written
    assert read(path, start=offsets[3]) == ["3", "4"]


def test_a_plain_file_is_read_like_a_compressed_one(written: tuple[Path, list[int]], tmp_path: Path) -> None:
    plain = tmp_path / "plain.warc"
    plain.write_bytes(gzip.decompress(written[0].read_bytes()))
    assert read(plain) == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize("payload", [b"", b"no archive\n" * 50, gzip.compress(b"no archive" * 50), b"\x1f\x8b\x08"])
def test_a_file_that_is_no_archive_is_broken_or_empty_and_nothing_worse(tmp_path: Path, payload: bytes) -> None:
    path = tmp_path / "odd.warc.gz"
    path.write_bytes(payload)
    assert read(path) == (["broken"] if payload else [])


def test_a_row_that_points_to_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    assert record_at(tmp_path / "gone.warc.gz", 0) == Broken(0, "gone.warc.gz is not there")
