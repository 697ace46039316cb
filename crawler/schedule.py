"""Crawls at all hours, in the foreground."""

from __future__ import annotations

import fcntl
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR
from apscheduler.schedulers.background import BackgroundScheduler

from crawler.results import CrawlError

PATIENCE_S = 120  # for what runs when we are told to stop: its requests under way end, and it writes what came


def run_forever(command: Sequence[str], *, every_s: int, db_path: Path) -> int:
    """Start ``command`` now and every ``every_s`` seconds after, one at a time, until SIGINT or SIGTERM.

    Returns how often it was started. Raises CrawlError when another schedule runs for this database.
    """
    with _only_schedule_of(db_path):
        return _Clock(command).run(every_s)


class _Clock:
    """Starts the command when it is due. All that ends it comes by one queue, which a signal's handler may put into."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = list(command)
        self.running: subprocess.Popen[bytes] | None = None
        self.started = 0
        self.ended = False
        self.lock = Lock()
        self.told_to_end: SimpleQueue[Exception | None] = SimpleQueue()  # by a signal, or because of a problem
        # A run that takes longer than the interval is not overtaken: the next one starts when it is due again.
        self.scheduler = BackgroundScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}, timezone=UTC
        )

    def run(self, every_s: int) -> int:
        before = {number: signal.signal(number, self._signalled) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            self.scheduler.add_job(self._look, "interval", seconds=every_s, next_run_time=datetime.now(UTC))
            self.scheduler.add_listener(lambda event: self.told_to_end.put(event.exception), EVENT_JOB_ERROR)
            self.scheduler.start()
            problem = self.told_to_end.get()
            self._end()
            self.scheduler.shutdown()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        if problem is not None:
            raise problem
        return self.started

    def _look(self) -> None:
        with self.lock:
            if self.ended:
                return
            # A session of its own: Ctrl-C reaches it once, through us.
            self.running = subprocess.Popen(self.command, start_new_session=True)
            self.started += 1
        self.running.wait()

    def _signalled(self, *_: Any) -> None:
        """Whatever the process is at just then, and whatever locks it holds: this takes none."""
        self.told_to_end.put(None)

    def _end(self) -> None:
        with self.lock:
            self.ended = True
        if self.running is not None and self.running.poll() is None:
            self.running.send_signal(signal.SIGTERM)
            try:
                self.running.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                self.running.kill()


@contextmanager
def _only_schedule_of(db_path: Path) -> Iterator[None]:
    db_path.parent.mkdir(parents=True, exist_ok=True)
    with db_path.with_suffix(".schedule-lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CrawlError(f"another `quotewire schedule` runs for {db_path}; one is enough") from error
        yield
