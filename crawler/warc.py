"""WARC and WET files read record by record, whatever state they are in: broken ones are named and passed over.

Format: ISO 28500 (WARC 1.0 and 1.1), plain, gzip or zstd; one compressed member a record, as every archive has it, lets
reading begin at any record and go on behind a damaged one.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

SUFFIXES = (".warc", ".wet", ".warc.gz", ".wet.gz", ".warc.wet.gz", ".warc.zst")
KINDS = WarcRecordType.response | WarcRecordType.conversion
LARGEST = 10_000_000  # bytes of a payload
WINDOW = 1 << 20
GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"


@dataclass(frozen=True, slots=True)
class Record:
    """One response (or its text, in a WET file): where it starts in the file, in bytes, and what was fetched when."""

    offset: int
    url: str
    at: str
    status: int
    content_type: str
    charset: str
    is_text: bool
    payload: bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """A place in a file from which, or behind which, no record could be read, and why."""

    offset: int
    reason: str


def is_warc(path: Path) -> bool:
    return path.name.lower().endswith(SUFFIXES)


def record_at(path: Path, offset: int) -> Record | Broken:
    """The record that starts at ``offset``."""
    if not path.is_file():
        return Broken(offset, f"{path.name} is not there")
    return next(records(path, start=offset), Broken(offset, "the file ends before it"))


def records(
    path: Path, *, start: int = 0, wanted: Callable[[str], bool] = lambda url: True
) -> Iterator[Record | Broken]:
    """The responses of one file from the byte ``start`` on, those whose address is ``wanted``, and what is broken.

    Raises OSError when the file can't be opened.
    """
    place = start
    sound = True  # was what stands before this place sound, and not named as broken already?
    empty = start == 0 and path.stat().st_size > 0
    while True:
        with path.open("rb") as file:
            file.seek(place)
            try:
                for found in ArchiveIterator(file, auto_decode="all", fsspec_args=False):
                    place, empty, sound = found.stream_pos, False, True
                    url = (found.headers.get("WARC-Target-URI") or "").strip("<>")
                    if found.record_type & KINDS and wanted(url):
                        record = _record(found, url)
                        sound = isinstance(record, Record)
                        yield record
                if empty:
                    yield Broken(0, "no WARC record in it")
                return
            except (OSError, ValueError, UnicodeError) as error:
                reason = f"damaged: {' '.join(str(error).split()) or type(error).__name__}"[:200]
        behind = _next_record(path, place + 1)
        if sound:
            yield Broken(place, reason if behind is not None else f"{reason}; nothing is read behind it")
        if behind is None:
            return
        place, empty, sound = behind, False, False


def _record(found: Any, url: str) -> Record | Broken:
    http = found.http_headers
    payload = found.reader.read(LARGEST + 1)
    stated = (http.get("Content-Length") if http else found.headers.get("Content-Length")) or ""
    coded = bool(http and http.get("Content-Encoding"))
    if len(payload) > LARGEST:
        return Broken(found.stream_pos, f"{url} is larger than {LARGEST // 1_000_000} MB")
    if stated.isdigit() and len(payload) < int(stated) and not coded:
        return Broken(found.stream_pos, f"{url} is cut off after {len(payload)} of {stated} bytes")
    return Record(
        offset=found.stream_pos,
        url=url,
        at=found.headers.get("WARC-Date") or "",
        status=http.status_code or 0 if http else 200,
        content_type=(found.http_content_type or "") if http else "text/plain",
        charset=(found.http_charset or "") if http else "utf-8",
        is_text=http is None,
        payload=payload,
    )


def _next_record(path: Path, after: int) -> int | None:
    """Where the next sound record starts, looked for from byte ``after`` on; None when there is no more."""
    with path.open("rb") as file:
        magic = file.read(4)
        mark = GZIP if magic.startswith(GZIP) else ZSTD if magic == ZSTD else b"WARC/1."
        place = after
        while True:
            file.seek(place)
            window = file.read(WINDOW)
            if len(window) < len(mark):
                return None
            at = window.find(mark)
            while at >= 0:
                if _opens_record(window[at : at + 2000], mark):
                    return place + at
                at = window.find(mark, at + 1)
            place += len(window) - len(mark) + 1 if len(window) == WINDOW else WINDOW


def _opens_record(piece: bytes, mark: bytes) -> bool:
    if mark != GZIP:
        return True
    try:
        return zlib.decompressobj(31).decompress(piece, 16).startswith(b"WARC/")
    except zlib.error:
        return False
