"""The commands that watch the sources, as a user types them, against servers and a database that are real."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawler.sample import serving, write_sources

ROOT = Path(__file__).parents[1]
QUOTEWIRE = [sys.executable, str(ROOT / "pipeline.py")]


def quotewire(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [*QUOTEWIRE, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | environment, cwd=ROOT)


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that declares one publisher of the sample, a wire agency, which is running."""
    with serving(base_port=0) as sample:
        folder = tmp_path_factory.mktemp("declared") / "sources"
        for path in write_sources(folder, sample.addresses):
            if path.stem != "meridian":
                path.unlink()
        yield folder


def test_what_is_due_is_fetched_once_and_a_dry_run_shows_it(wire: Path, tmp_path: Path) -> None:
    db = tmp_path / "my.db"
    options = ("--db", db, "crawl", "--sources", wire)
    assert "listing is due" in quotewire(*options, "--dry-run").stdout
    first = quotewire(*options)
    assert first.returncode == 0, first.stderr
    assert "meridian: " in first.stdout
    again = quotewire(*options)
    assert (again.returncode, "meridian: nothing due (next check at 20" in again.stdout) == (0, True)
    forced = quotewire(*options, "--all")
    assert "0 new, 0 changed" in forced.stdout
    assert "meridian" in quotewire(*options, "--dry-run").stdout


def test_somebody_elses_site_is_not_crawled_by_nobody(tmp_path: Path) -> None:
    (tmp_path / "away.toml").write_text(
        'name = "Away"\nkind = "newspaper"\nspider = "feed"\nurl = "https://news.example.org/feed"\n'
    )
    result = quotewire("--db", tmp_path / "my.db", "crawl", "--sources", tmp_path, QUOTEWIRE_CONTACT="")
    assert result.returncode == 1
    assert "QUOTEWIRE_CONTACT=you@example.org" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_schedule_looks_at_once_and_ends_when_it_is_told_to(wire: Path, tmp_path: Path) -> None:
    db = tmp_path / "my.db"
    command = [*QUOTEWIRE, "--db", str(db), "schedule", "--sources", str(wire), "--every", "60"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        waited = time.monotonic() + 120
        while not _crawled(db) and time.monotonic() < waited:
            time.sleep(0.2)
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (second.returncode, "one is enough" in second.stderr) == (1, True)
    finally:
        process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=180)
    assert process.returncode == 0
    assert "Ended after 1 run." in output
    assert _crawled(db)


def _crawled(db: Path) -> bool:
    if not db.exists():
        return False
    with closing(sqlite3.connect(db)) as database:
        try:
            return bool(database.execute("select count(*) from crawls where finished_at is not null").fetchone()[0])
        except sqlite3.OperationalError:
            return False


def test_what_cron_is_given_does_the_job(wire: Path, tmp_path: Path) -> None:
    db = tmp_path / "a folder" / "my.db"
    printed = quotewire(
        "--db", db, "schedule", "--sources", wire, "--print", "cron", QUOTEWIRE_CONTACT="me@example.org"
    )
    assert printed.returncode == 0, printed.stderr
    assert printed.stdout.startswith("*/10 * * * * cd ")
    assert "QUOTEWIRE_CONTACT=me@example.org" in printed.stdout
    line = printed.stdout.removeprefix("*/10 * * * * ")
    db.parent.mkdir()
    done = subprocess.run(["/bin/sh", "-c", line], env={"PATH": os.environ["PATH"]}, cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert _crawled(db)
    assert "meridian: " in db.with_suffix(".schedule.log").read_text()


def test_what_systemd_is_given_names_this_install(wire: Path, tmp_path: Path) -> None:
    db = tmp_path / "a folder" / "my.db"
    printed = quotewire("--db", db, "schedule", "--sources", wire, "--every", "30", "--print", "systemd").stdout
    values = dict(line.split("=", 1) for line in printed.splitlines() if "=" in line and not line.startswith("#"))
    command = shlex.split(values["ExecStart"])
    assert command == [*QUOTEWIRE, "--db", str(db), "run", "--sources", str(wire)]
    assert values["OnUnitInactiveSec"] == "1800s"
    assert Path(values["WorkingDirectory"]) == ROOT


@pytest.fixture
def paused(tmp_path: Path) -> Path:
    """A database in which one source was paused."""
    db = tmp_path / "my.db"
    assert quotewire("--db", db, "init").returncode == 0
    with closing(sqlite3.connect(db)) as database, database:
        database.execute(
            "insert into sources (id, name, kind, spider, status, failures, paused_reason) "
            "values ('courier', 'Courier', 'newspaper', 'feed', 'paused', 7, 'no answer in time')"
        )
    return db


def test_a_source_that_wants_looking_at_is_told_once_to_a_webhook(paused: Path) -> None:
    came: list[dict[str, Any]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    hook = f"http://127.0.0.1:{server.server_port}/"
    results = [quotewire("--db", paused, "status", "--notify", QUOTEWIRE_WEBHOOK=hook) for _ in range(2)]
    server.shutdown()
    server.server_close()
    thread.join()
    assert [result.returncode for result in results] == [3, 3]
    assert "no answer in time" in results[0].stdout
    assert [[warning["source"] for warning in one["warnings"]] for one in came] == [["courier"]]
    assert came[0]["warnings"][0]["kind"] == "paused"


def test_a_notice_that_nobody_takes_is_said_and_sent_the_next_time(paused: Path) -> None:
    result = quotewire("--db", paused, "status", "--notify", QUOTEWIRE_WEBHOOK="http://127.0.0.1:9/")
    assert "Nobody was told: the webhook http://127.0.0.1:9/ took no notice" in result.stderr
    with closing(sqlite3.connect(paused)) as database:
        assert database.execute("select kind, told_at from alarms").fetchall() == [("paused", None)]


def test_a_notice_goes_by_mail(paused: Path) -> None:
    """Against a server that speaks the few words of SMTP that it takes to receive a message."""
    lines: list[str] = []

    async def receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        in_message = False
        while line := await reader.readline():
            text = line.decode().rstrip("\r\n")
            lines.append(text)
            if in_message and text != ".":
                continue
            answer = {"DATA": "354 go on", "QUIT": "221 bye"}.get(text.upper(), "250 yes")
            in_message = text.upper() == "DATA"
            writer.write(f"{answer}\r\n".encode())
            await writer.drain()
            if text.upper() == "QUIT":
                break
        writer.close()

    async def told() -> subprocess.CompletedProcess[str]:
        server = await asyncio.start_server(receive, "127.0.0.1", 0)
        address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with server:
            named = {"QUOTEWIRE_MAIL": "desk@example.org", "QUOTEWIRE_SMTP": address}
            return await asyncio.to_thread(quotewire, "--db", paused, "status", "--notify", **named)

    result = asyncio.run(told())
    assert result.stderr == "look at courier: paused: no answer in time\n"
    assert any(line.startswith("rcpt TO:<desk@example.org>") for line in lines)
    assert any("courier: paused: no answer in time" in line for line in lines)
