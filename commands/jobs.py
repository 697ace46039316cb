"""The jobs behind the commands: they join the floors, and show on the terminal how it goes."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from counting import counted

if TYPE_CHECKING:  # the floors are imported where they are used: `--help` should not wait for spaCy
    from datasette.app import Datasette
    from sqlite_utils import Database

    from crawler.sources import Source

HERE = Path(__file__).resolve().parents[1]
SITE = HERE / "datasette"
VIEWS = (SITE / "views.sql", SITE / "pages.sql")
OWN_SOURCES = HERE / "crawler" / "sources"
SAMPLE_SOURCES = HERE / "crawler" / "sample" / "sources"

console = Console(width=None if sys.stdout.isatty() else 150)


def site(published: Path, *, secret: str | None = None) -> Datasette:
    """The site over a published copy: Datasette with our metadata, settings, templates and plugins.

    The copy tells how many rows its tables have, so that no page counts them. ``secret`` signs reviewers' cookies.
    """
    from datasette.app import Datasette

    from nlp.publish import inspected

    copy = [str(published)]
    return Datasette(files=[], immutables=copy, config_dir=SITE, inspect_data=inspected(published), secret=secret)


def open_db(db: Path) -> Database:
    """The database, made or brought up to date by the migrations of both floors."""
    from crawler.tables import migrations as crawler_tables
    from crawler.tables import open_database
    from nlp.tables import migrations as nlp_tables

    database = open_database(db)
    crawler_tables.apply(database)
    nlp_tables.apply(database)
    return database


def chosen_sources(folder: Path, names: tuple[str, ...]) -> list[Source]:
    """The declared sources, or those named; a ClickException for a name that no file has."""
    from crawler.sources import SourceError, load_sources

    try:
        known = {source.id: source for source in load_sources(folder)}
    except SourceError as error:
        raise click.ClickException(str(error)) from error
    unknown = [name for name in names if name not in known]
    if unknown:
        raise click.ClickException(f"No source named {', '.join(unknown)} in {folder}. There: {', '.join(known)}.")
    off = [name for name in names if not known[name].enabled]
    if off:
        raise click.ClickException(f"{off[0]} is switched off: `quotewire sources enable {off[0]}` switches it on.")
    chosen = [known[name] for name in names] or [source for source in known.values() if source.enabled]
    if not chosen:
        raise click.ClickException(
            f"Every source in {folder} is switched off: `quotewire sources list` shows them, `quotewire sources enable "
            "ID` switches one on, `quotewire sources add URL` adds one of your own."
        )
    return chosen


def crawl(db: Path, sources: list[Source], *, force: bool = False, contact: str | None = None) -> bool:
    """Fetches what is due (with ``force`` all), prints a line a source; False when one of them failed."""
    from crawler.archives import read_archive
    from crawler.run import CrawlError
    from crawler.run import crawl as crawl_sources

    open_db(db).close()
    state: dict[str, tuple[int, int]] = {}
    with progress_bar("Crawling") as progress:

        def note(source_id: str, answered: int, known: int) -> None:
            state[source_id] = answered, known
            progress(sum(done for done, _ in state.values()), sum(total for _, total in state.values()))

        try:
            online = [source for source in sources if source.spider != "archive"]
            results = crawl_sources(db, online, force=force, contact=contact, progress=note)
            results += [read_archive(db, source, progress=note) for source in sources if source not in online]
        except CrawlError as error:
            raise click.ClickException(str(error)) from error
    for one in results:
        if one.finish_reason in ("nothing due", "paused"):
            click.echo(f"{one.source_id}: {one.finish_reason} ({one.detail})")
            continue
        click.echo(
            f"{one.source_id}: {one.new} new, {one.changed} changed, {one.unchanged} unchanged, {one.skipped} skipped, "
            f"{one.robots_blocked} forbidden by robots.txt, {counted(one.errors, 'error')} ({one.finish_reason})"
        )
    return not any(one.failed for one in results)


def watch(db: Path) -> bool:
    """Prints what wants looking at, and tells those who asked to be told what is new of it; True when nothing does."""
    from crawler.captures import now
    from crawler.notices import NoticeError, Recipients, send
    from crawler.watching import alarms, note, told

    database = open_db(db)
    found = alarms(database, now=now())
    for one in found:
        click.echo(f"look at {one.source_id}: {one.text}", err=True)
    untold, to = note(database, found, now=now()), Recipients.of(os.environ)
    if untold and to:
        try:
            send(untold, to)
            told(database, untold, now=now())
        except NoticeError as error:
            click.echo(f"Nobody was told: {error}.", err=True)
    database.close()
    return not found


def import_files(db: Path, paths: list[Path]) -> bool:
    """Takes files and folders in, prints the counts and what was skipped; False when something was."""
    from crawler.run import import_paths

    open_db(db).close()
    with progress_bar("Importing") as progress:
        result = import_paths(db, paths, progress=progress)
    click.echo(
        f"{result.new} new, {result.changed} changed, {result.unchanged} unchanged, {len(result.skipped)} skipped."
    )
    for where, why in result.skipped:
        click.echo(f"skipped {where}: {why}", err=True)
    return not result.skipped


def read(database: Database, *, stale: bool = False) -> bool:
    """Reads what is unread, with ``stale`` what is outdated too; False when a text could not be read."""
    from nlp.run import read_all

    with progress_bar("Reading") as progress, progress_bar("Linking") as linking:
        result = read_all(database, stale=stale, progress=progress, linking=linking)
    again = f", {result.unchanged} of them as before" if result.unchanged else ""
    words = counted(result.words, "word")
    click.echo(f"{result.read} read ({words}), {result.skipped} skipped, {result.failed} failed{again}.")
    if result.outdated:
        changed = ", ".join(f"{what} ({count})" for what, count in result.outdated.items())
        click.echo(f"Read or linked before something changed: {changed}. `quotewire read --stale` does it again.")
    return not result.failed


def publish(db: Path, **how: bool) -> Path:
    """The path of the copy just made; ``how``, where it says nothing, is how the last one was made."""
    from nlp.publish import as_published, published_path
    from nlp.publish import publish as make_copy

    open_db(db)
    return make_copy(db, views=VIEWS, **{**as_published(published_path(db)), **how})


def serve(copy: Path, host: str, port: int, *, browser: bool) -> None:
    """Serves ``copy``, and each that takes its place, until Ctrl-C; a ClickException when the port is taken."""
    import uvicorn

    from commands.serving import Latest

    with socket.socket() as probe:
        if probe.connect_ex((host, port)) == 0:
            raise click.ClickException(f"Something listens on {host}:{port} already. Choose another port: --port 8002")
    secret = os.environ.get("DATASETTE_SECRET") or secrets.token_hex(32)
    latest = Latest(copy, partial(site, secret=secret))
    asyncio.run(latest.site.invoke_startup())
    address = f"http://{host}:{port}/"
    click.echo(f"The site is at {address} (Ctrl-C ends it)")
    if browser and sys.stdout.isatty():  # nobody is there to see it otherwise
        threading.Timer(1.5, click.launch, [address]).start()  # once the server listens
    uvicorn.run(latest, host=host, port=port, log_level="warning", lifespan="on")


def write_lines(rows: Iterable[dict[str, Any]]) -> bool:
    """Writes each row as a line of JSON; False when one of them is an error."""
    failed = False
    for row in rows:
        failed |= "error" in row
        click.echo(json.dumps(row, ensure_ascii=False))
    return not failed


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, a plain line at the start otherwise; gives ``progress(done, total)``."""
    if not console.is_terminal:
        click.echo(f"{label} ...")
        yield lambda done, total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def summary(db: Path) -> Iterator[None]:
    """Prints at the end what the block did to the database, and in how many seconds."""
    started, since = time.monotonic(), datetime.now(UTC).isoformat(timespec="seconds")
    yield
    print_table("Summary", [{**totals(open_db(db), since=since), "seconds": round(time.monotonic() - started, 1)}])


def totals(database: Database, *, since: str) -> dict[str, int]:
    """What is in the database, and what crawls and imports since ``since`` (ISO time) brought."""
    from crawler.status import totals as crawled
    from nlp.status import totals as was_read

    return {**crawled(database, since=since), **was_read(database)}


def print_table(title: str, rows: list[dict[str, Any]]) -> None:
    """Prints ``rows`` with the first one's keys as the heading; a single row down the page; nothing for none."""
    if not rows:
        return
    alone = len(rows) == 1
    cells = [list(pair) for pair in rows[0].items()] if alone else [list(row.values()) for row in rows]
    table = Table(*(() if alone else rows[0]), title=title, title_justify="left", show_header=not alone)
    for row in cells:
        table.add_row(*("" if value is None else escape(str(value)) for value in row))
    console.print(table)
