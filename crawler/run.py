"""The two ways in: ``crawl`` the sources declared, ``import_paths`` the files at hand."""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.addresses import is_private_host
from crawler.importing import ImportResult, import_paths
from crawler.results import CrawlError, CrawlResult, Progress
from crawler.sources import Source

__all__ = ["CrawlError", "CrawlResult", "ImportResult", "crawl", "import_paths"]

CONTACT = "QUOTEWIRE_CONTACT"


def crawl(
    db_path: Path | str,
    sources: Sequence[Source],
    *,
    force: bool = False,
    contact: str | None = None,
    progress: Progress | None = None,
) -> list[CrawlResult]:
    """Fetch what is due of ``sources`` into the database at ``db_path``; returns how each went, in their order.

    With ``force`` their listings, and all that these name, are due. ``contact`` (an address of the web or of mail; the
    environment's QUOTEWIRE_CONTACT when None) tells the sites who we are; without one only this machine is asked.

    It runs in a process of its own, so that it can be called again and again (a reactor starts only once).
    ``progress`` is called after every answer with (source id, addresses answered, addresses known so far). Ctrl-C and
    SIGTERM let the requests under way finish, write what came, and then raise KeyboardInterrupt. Raises CrawlError.
    """
    contact = os.environ.get(CONTACT, "") if contact is None else contact
    check_contact(contact.strip(), sources)
    if not sources:
        return []
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    options = {"force": force, "contact": contact.strip()}
    child = context.Process(target=_child, args=(theirs, Path(db_path), list(sources), options), name="quotewire-crawl")
    interrupted = False
    answer: Any = None
    with _handing_on(signal.SIGTERM, child) as handed_on:
        child.start()
        theirs.close()
        if handed_on.is_set():  # before there was a child to hand it on to
            child.terminate()
        while answer is None:
            try:
                kind, value = ours.recv()
            except KeyboardInterrupt:
                interrupted = True
                continue
            except EOFError:
                break
            if kind == "progress":
                if progress is not None:
                    progress(*value)
            else:
                answer = (kind, value)
        child.join()
    ours.close()
    if interrupted or handed_on.is_set():
        raise KeyboardInterrupt
    if answer is None or answer[0] == "failed":
        log = Path(db_path).with_suffix(".log")
        raise CrawlError(f"the crawl ended early: {answer[1] if answer else f'exit code {child.exitcode}'}; see {log}")
    results: list[CrawlResult] = answer[1]
    return results


def check_contact(contact: str, sources: Sequence[Source]) -> None:
    """Raises CrawlError when somebody else's site would be crawled by nobody in particular."""
    public = [source.id for source in sources if not is_private_host(urlsplit(source.url).hostname or "")]
    if public and not re.search(r"\S@\S|https?://\S", contact):
        what = f"the contact {contact!r} is neither" if contact else "no contact is set, which should be"
        raise CrawlError(
            f"{what} a web page or an e-mail address, and {public[0]} is somebody else's site. Say who you are, so "
            f"that they can reach you: set {CONTACT}=you@example.org (or name --contact), then run again"
        )


@contextmanager
def _handing_on(number: signal.Signals, child: BaseProcess) -> Iterator[threading.Event]:
    """A signal to stop that comes to us is the child's as well; the event says that one came."""
    came = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield came
        return

    def hand_on(*_: Any) -> None:
        came.set()
        if child.pid is not None:
            child.terminate()

    before = signal.signal(number, hand_on)
    try:
        yield came
    finally:
        signal.signal(number, before)


def _child(pipe: Connection, db_path: Path, sources: list[Source], options: dict[str, Any]) -> None:
    # Scrapy is loaded here only: importing files should not wait for it.
    from crawler.engine import crawl_here

    threading.Thread(target=_leave_with_parent, args=(pipe,), daemon=True).start()

    def tell(*progress: Any) -> None:
        pipe.send(("progress", progress))

    try:
        results = crawl_here(db_path, sources, progress=tell, **options)
    except CrawlError as error:
        pipe.send(("failed", str(error)))
        return
    except Exception as error:
        pipe.send(("failed", f"{type(error).__name__}: {error}"))
        raise
    pipe.send(("results", results))


def _leave_with_parent(pipe: Connection) -> None:
    """Nobody is left to tell when the parent is killed: leave too. Every committed batch is safe."""
    try:
        pipe.recv()
    except (EOFError, OSError):
        os._exit(1)
