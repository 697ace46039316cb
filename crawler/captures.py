"""What came over the wire, kept as it came: one row per address asked for, and the payloads in WARC files.

Values of ``captures.outcome``:

============== =======================================================================
listing        a feed, sitemap, listing page or search answer that was read for links
rules          a robots.txt
new            an article seen for the first time
changed        an article whose text differs from its current version
unchanged      an article whose text is as it was
not-modified   the server said so (304) and sent no body
duplicate      the same article at another address, which stands for it
skipped        answered, but no article in it; ``reason`` says why
gone           404 or 410, or a page that says the same with the status 200
refused        a private address, a scheme other than http(s), or too many redirects
robots         robots.txt forbids it
error          no sound answer; ``reason`` says why
============== =======================================================================
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

# The payload is stored decoded and whole, so headers that speak of its coding on the wire would be wrong.
LARGEST_FILE = 1_000_000_000  # bytes, as archives have it
COMPRESSION = 6  # 9 takes half as long again for a file smaller by a hundredth
WIRE_HEADERS = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One address asked for, and what came of it: a row of ``captures``. Times are ISO 8601 in UTC."""

    source_id: str
    url: str
    fetched_at: str
    outcome: str
    reason: str = ""
    crawl_id: int | None = None
    final_url: str = ""
    status: int | None = None
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    payload_digest: str = ""
    payload_bytes: int = 0
    warc_file: str | None = None
    warc_offset: int | None = None


def now() -> str:
    """This moment in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def digest(payload: bytes) -> str:
    return "sha256:" + hashlib.sha256(payload).hexdigest()


class WarcFile:
    """The WARC files of one run (1.1, one gzip member a record); a new one is begun when one has ``largest`` bytes.

    The first is made when the first response comes. ``path`` and ``name`` are those of the file that the last response
    went to. A run that is killed leaves at worst a cut-off last record, which no row points to: rows are committed
    after ``flush``, which has the disk take what was written, so that a power cut can't part them either.
    """

    def __init__(self, folder: Path, *, largest: int = LARGEST_FILE) -> None:
        self.folder = folder
        self.largest = largest
        self.run = f"{datetime.now(UTC).strftime('%Y%m%dT%H%M%S%fZ')}-{os.getpid()}"
        self.number = 1
        self._file: io.BufferedWriter | None = None

    @property
    def path(self) -> Path:
        return self.folder / f"{self.run}-{self.number:04}.warc.gz"

    @property
    def name(self) -> str:
        """The file's path relative to the database's folder."""
        return f"{self.path.parent.name}/{self.path.name}"

    def add(
        self, payload: bytes, *, url: str, status: int, reason: str, headers: Iterable[tuple[bytes, bytes]], at: str
    ) -> int:
        """Append one response record; returns the offset in bytes at which it starts."""
        if self._file is not None and self._file.tell() >= self.largest:
            self.close()
            self.number += 1
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("xb")
            self._file.write(_written(_information(self.path.name, at)))
        offset = self._file.tell()
        self._file.write(_record(payload, url=url, status=status, reason=reason, headers=headers, at=at))
        return offset

    def flush(self) -> None:
        if self._file is not None:
            self._file.flush()
            os.fdatasync(self._file.fileno())

    def close(self) -> None:
        if self._file is not None:
            self.flush()
            self._file.close()
            self._file = None


def _information(name: str, at: str) -> WarcRecord:
    """The record that opens a file: who wrote it."""
    record = WarcRecord()
    record.init_headers(WarcRecordType.warcinfo)
    record.headers["WARC-Date"] = at.replace("+00:00", "Z")
    record.headers["WARC-Filename"] = name
    record.headers["Content-Type"] = "application/warc-fields"
    record.set_bytes_content(b"software: Quotewire\r\nformat: WARC File Format 1.1\r\n")
    return record


def _record(
    payload: bytes, *, url: str, status: int, reason: str, headers: Iterable[tuple[bytes, bytes]], at: str
) -> bytes:
    lines = [f"HTTP/1.1 {status} {reason}".rstrip().encode("latin-1", "replace")]
    lines += [name + b": " + _one_line(value) for name, value in headers if name.lower() not in WIRE_HEADERS]
    lines.append(b"Content-Length: %d" % len(payload))
    content = b"\r\n".join(lines) + b"\r\n\r\n" + payload
    record = WarcRecord()
    record.init_headers(WarcRecordType.response, content_length=len(content))
    record.headers["WARC-Target-URI"] = _one_line(url.encode("utf-8", "replace")).decode("utf-8")
    record.headers["WARC-Date"] = at.replace("+00:00", "Z")
    record.headers["WARC-Payload-Digest"] = digest(payload)
    record.is_http = True
    record.set_bytes_content(content)
    return _written(record)


def _written(record: WarcRecord) -> bytes:
    buffer = io.BytesIO()
    record.write(GzipWriter(buffer, compression_level=COMPRESSION))
    return buffer.getvalue()


def _one_line(value: bytes) -> bytes:
    return b" ".join(value.split(b"\r\n")).replace(b"\r", b" ").replace(b"\n", b" ")
