"""Crawls at all hours, in the foreground."""

from __future__ import annotations

import fcntl
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR
from apscheduler.schedulers.blocking import BlockingScheduler

from crawler.results import CrawlError

PATIENCE_S = 120  # for what runs when we are told to stop: its requests under way end, and it writes what came


def run_forever(command: Sequence[str], *, every_s: int, db_path: Path) -> int:
    """Start ``command`` now and every ``every_s`` seconds after, one at a time, until SIGINT or SIGTERM.

    Returns how often it was started. Raises CrawlError when another schedule runs for this database.
    """
    with _only_schedule_of(db_path):
        return _Clock(command).run(every_s)


class _Clock:
    def __init__(self, command: Sequence[str]) -> None:
        self.command = list(command)
        self.running: subprocess.Popen[bytes] | None = None
        self.started = 0
        self.stopping = False
        self.problem: BaseException | None = None
        self.lock = Lock()
        # A run that takes longer than the interval is not overtaken: the next one starts when it is due again.
        self.scheduler = BlockingScheduler(job_defaults={"coalesce": True, "max_instances": 1}, timezone=UTC)

    def run(self, every_s: int) -> int:
        before = {number: signal.signal(number, self._told_to_stop) for number in (signal.SIGINT, signal.SIGTERM)}
        self.scheduler.add_job(self._tick, "interval", seconds=every_s, next_run_time=datetime.now(UTC))
        self.scheduler.add_listener(self._could_not_start, EVENT_JOB_ERROR)
        try:
            self.scheduler.start()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        if self.problem is not None:
            raise self.problem
        return self.started

    def _tick(self) -> None:
        with self.lock:
            if self.stopping:
                return
            # A session of its own: Ctrl-C reaches it once, through us.
            self.running = subprocess.Popen(self.command, start_new_session=True)
            self.started += 1
        self.running.wait()

    def _could_not_start(self, event: Any) -> None:
        self.problem = event.exception
        self._told_to_stop()

    def _told_to_stop(self, *_: Any) -> None:
        """In a thread, because a signal may come while the scheduler holds its own locks."""
        Thread(target=self._stop).start()

    def _stop(self) -> None:
        with self.lock:
            self.stopping = True
        if self.running is not None and self.running.poll() is None:
            self.running.send_signal(signal.SIGTERM)
            try:
                self.running.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                self.running.kill()
        if self.scheduler.running:
            self.scheduler.shutdown(wait=False)


@contextmanager
def _only_schedule_of(db_path: Path) -> Iterator[None]:
    db_path.parent.mkdir(parents=True, exist_ok=True)
    with db_path.with_suffix(".schedule-lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CrawlError(f"another `quotewire schedule` runs for {db_path}; one is enough") from error
        yield
