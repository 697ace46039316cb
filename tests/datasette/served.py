"""A site on loopback as `quotewire serve` serves it, and the machine's Chromium: for tests in a real browser."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from commands import jobs
from commands.serving import Latest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = "no Chromium on this machine (Debian: apt install chromium; macOS: brew install --cask chromium)"


@contextmanager
def serving(copy: Path) -> Iterator[str]:
    """Serves ``copy``, and what takes its place, in a thread; gives its address."""
    latest = Latest(copy, partial(jobs.site, secret="of these tests"))
    server = uvicorn.Server(uvicorn.Config(latest, host="127.0.0.1", port=0, log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; without one the test is skipped."""
    path = next((path for name in NAMES if (path := shutil.which(name))), None)
    if not path:
        pytest.skip(HOW)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
