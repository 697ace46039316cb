"""The two ways in: ``crawl`` the sources declared, ``import_paths`` the files at hand."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from crawler.importing import ImportResult, import_paths
from crawler.results import CrawlError, CrawlResult, Progress
from crawler.sources import Source

__all__ = ["CrawlError", "CrawlResult", "ImportResult", "crawl", "import_paths"]


def crawl(db_path: Path | str, sources: Sequence[Source], *, progress: Progress | None = None) -> list[CrawlResult]:
    """Crawl ``sources`` into the database at ``db_path`` and return how each went, in their order.

    It runs in a process of its own, so that it can be called again and again (a reactor starts only once).
    ``progress`` is called after every answer with (source id, addresses answered, addresses known so far). Ctrl-C
    lets the requests under way finish, writes what came, and then raises KeyboardInterrupt. Raises CrawlError.
    """
    if not sources:
        return []
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_child, args=(theirs, Path(db_path), list(sources)), name="quotewire-crawl")
    child.start()
    theirs.close()
    interrupted = False
    answer: Any = None
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
    if interrupted:
        raise KeyboardInterrupt
    if answer is None or answer[0] == "failed":
        log = Path(db_path).with_suffix(".log")
        raise CrawlError(f"the crawl ended early: {answer[1] if answer else f'exit code {child.exitcode}'}; see {log}")
    results: list[CrawlResult] = answer[1]
    return results


def _child(pipe: Connection, db_path: Path, sources: list[Source]) -> None:
    # Scrapy is loaded here only: importing files should not wait for it.
    from crawler.engine import crawl_here

    threading.Thread(target=_leave_with_parent, args=(pipe,), daemon=True).start()

    def tell(*progress: Any) -> None:
        pipe.send(("progress", progress))

    try:
        results = crawl_here(db_path, sources, progress=tell)
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
