"""A schedule that is told to end, at whatever it is just then."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crawler.run import crawl

Publisher = Any  # of conftest.py, which tests can't import
ROOT = Path(__file__).parents[2]
# Forks a schedule again and again, and sends it SIGTERM at the first line that it runs, at the second, and so on, in
# whichever thread that is. Prints how each ended; 7 means that there is no such line, and that the signal was late.
DRIVER = """
import itertools, os, signal, sys, threading
from pathlib import Path

from crawler import schedule

def run(number, pids):
    lines = itertools.count(1)

    def signalled():
        global reached
        reached = True
        late.cancel()
        os.kill(os.getpid(), signal.SIGTERM)

    def trace(frame, event, _):
        if frame.f_code.co_filename != schedule.__file__:
            return None
        if event == "line" and next(lines) == number:
            signalled()
        return trace

    late = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM))
    late.daemon = True
    signal.alarm(20)
    late.start()
    threading.settrace(trace)
    sys.settrace(trace)
    schedule.run_forever(["sh", "-c", f"echo $$ >> {pids}; exec sleep 600"], every_s=3600, db_path=Path("my.db"))
    sys.settrace(None)

for number in itertools.count(1):
    reached = False
    child = os.fork()
    if child == 0:
        run(number, "pids")
        os._exit(0 if reached else 7)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(ended, flush=True)
    if ended == 7:
        break
"""


def test_a_signal_ends_a_schedule_at_every_line_of_it_and_leaves_no_lock_and_no_run_behind(tmp_path: Path) -> None:
    (tmp_path / "driver.py").write_text(DRIVER)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "driver.py"], cwd=tmp_path, env=environment, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    *ended, last = map(int, done.stdout.split())
    # Where the handlers are not there, at either end, the process goes at once (-15); else in good order (0).
    assert (set(ended) - {-15}, last) == ({0}, 7)
    assert ended.count(0) > 12
    for pid in (tmp_path / "pids").read_text().split():
        assert not (Path("/proc") / pid).exists(), "the run is ended with its schedule"
    with (tmp_path / "my.schedule-lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


AFTER_THE_CRAWL = """
import json, os, signal, sys
from crawler import run
from crawler.sources import Source

def trace(frame, event, _):
    if frame.f_code.co_filename != run.__file__ or frame.f_code.co_name != "_handing_on":
        return None
    if event == "line" and frame.f_locals["child"].exitcode is not None:
        os.kill(os.getpid(), signal.SIGTERM)
    return trace

if __name__ == "__main__":
    sys.settrace(trace)
    run.crawl(sys.argv[1], [Source(**json.loads(sys.argv[2]))])
    print("and on to the next step")
"""


def test_a_signal_that_comes_between_a_crawl_and_the_next_step_is_heeded(
    publisher: Publisher, db_path: Path, tmp_path: Path
) -> None:
    publisher.feed()
    (tmp_path / "driver.py").write_text(AFTER_THE_CRAWL)
    command = [sys.executable, "driver.py", str(db_path), json.dumps(asdict(publisher.source()))]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert publisher.paths() == ["/robots.txt", "/feed.xml"]
    assert (done.returncode != 0, done.stdout) == (True, "")
    (again,) = crawl(db_path, [publisher.source()], force=True)
    assert again.finish_reason == "nothing found", "no lock stands in its way"
