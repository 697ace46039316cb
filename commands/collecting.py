"""The commands that watch the sources: crawl, run, status, schedule."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from commands import jobs
from counting import counted

SOMETHING_TO_LOOK_AT = 3  # the exit code when a command went well and a source still wants looking at
SOURCES_SHOWN = {  # what fits on a terminal; --json has it in one
    "sources": ("source", "kind", "status", "last success", "new in 3 days", "usual", "next check"),
    "last crawl (UTC)": ("source", "last crawl", "outcome", "new", "changed", "unchanged", "errors", "robots"),
}
HANDED_ON = ("QUOTEWIRE_CONTACT", "QUOTEWIRE_WEBHOOK", "QUOTEWIRE_MAIL", "QUOTEWIRE_SMTP")

sources_option = click.option(
    "--sources",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=jobs.OWN_SOURCES,
    help="Folder of source declarations (TOML).  [default: crawler/sources]",
)
all_option = click.option("--all", "--force", "force", is_flag=True, help="Fetch what is not due yet, and paused too.")
contact_option = click.option(
    "--contact",
    envvar="QUOTEWIRE_CONTACT",
    show_envvar=True,
    default="",
    help="Who you are, for the sites you crawl: a web page or an e-mail address.",
)


@click.command()
@click.argument("source", nargs=-1)
@sources_option
@all_option
@contact_option
@click.option("--dry-run", is_flag=True, help="Show what is due; fetch nothing.")
@click.pass_obj
def crawl(db: Path, source: tuple[str, ...], folder: Path, force: bool, contact: str, dry_run: bool) -> None:
    """Fetch what is due of every source, or of each SOURCE named (the name of its TOML file).

    Feeds are polled as often as they bring something new, articles looked at again while they are young. A crawl that
    was stopped goes on where it was. robots.txt is obeyed. Every address asked for leaves a row in the table captures
    that says what came of it; every run of a source leaves one in crawls.

    Exits with 1 when a source could not be crawled, with 3 when it could and something wants looking at
    (`quotewire status` says what).
    """
    from crawler.captures import now
    from crawler.status import due

    chosen = jobs.chosen_sources(folder, source)
    if dry_run:
        if not db.exists():
            click.echo(f"{db} is not there yet: every source's listing is due. {', '.join(one.id for one in chosen)}")
            return
        jobs.print_table("Due now", due(jobs.open_db(db), [one.id for one in chosen], now=now()))
        return
    crawled = jobs.crawl(db, chosen, force=force, contact=contact)
    _end(well=crawled, watched=jobs.watch(db))


@click.command()
@click.argument("source", nargs=-1)
@sources_option
@all_option
@contact_option
@click.pass_obj
def run(db: Path, source: tuple[str, ...], folder: Path, force: bool, contact: str) -> None:
    """Crawl, read and publish: what `quotewire schedule` does again and again.

    Exits with 1 when any part of it failed, with 3 when none did and something wants looking at.
    """
    from nlp.publish import is_current

    with jobs.summary(db):
        crawled = jobs.crawl(db, jobs.chosen_sources(folder, source), force=force, contact=contact)
        was_read = jobs.read(jobs.open_db(db))
        if not is_current(db, views=jobs.VIEWS):
            jobs.publish(db)
    _end(well=crawled and was_read, watched=jobs.watch(db))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
@click.option("--notify", is_flag=True, help="Tell QUOTEWIRE_WEBHOOK or QUOTEWIRE_MAIL of what is new to look at.")
@click.pass_obj
def status(db: Path, as_json: bool, notify: bool) -> None:
    """How the last crawl of each source went, what wants looking at, and what could not be taken in or read.

    A source wants looking at when it is paused or failed three times in a row, when it brings a fifth or less of what
    is usual on these days of the week, or when no article is found on many of its pages. Exits with 3 then, else 0.
    """
    from crawler.captures import now
    from crawler.status import causes, health, not_taken_in
    from crawler.watching import alarms
    from nlp.status import not_read

    if not db.exists():
        raise click.ClickException(f"{db} is not there: `quotewire init` makes it, `quotewire crawl` fills it.")
    database = jobs.open_db(db)
    found = alarms(database, now=now())
    tables = {
        "sources": health(database),
        "look at": [{"source": one.source_id, "what": one.kind, "why": one.text} for one in found],
        "failures by cause": causes(database),
        "not taken in the last time": not_taken_in(database),
        "not read": not_read(database),
        "in the database": [jobs.totals(database, since="")],
    }
    if as_json:
        click.echo(json.dumps(tables, indent=1))
    else:
        for title, names in SOURCES_SHOWN.items():
            jobs.print_table(title, [{name: _shown(row[name]) for name in names} for row in tables["sources"]])
        for title, rows in list(tables.items())[1:]:
            jobs.print_table(title, rows)
    if notify:
        jobs.watch(db)
    _end(well=True, watched=not found)


@click.command()
@click.argument("source", nargs=-1)
@sources_option
@contact_option
@click.option("--every", type=click.IntRange(1, 1440), default=10, show_default=True, help="Minutes between two looks.")
@click.option("--print", "as_units", type=click.Choice(["cron", "systemd"]), help="Print what cron or systemd wants.")
@click.pass_obj
def schedule(db: Path, source: tuple[str, ...], folder: Path, contact: str, every: int, as_units: str | None) -> None:
    """Crawl, read and publish what is due, again and again, until Ctrl-C.

    Looks every ten minutes; each source is asked as often as it brings something new, every ten minutes at the most.
    Two runs never overlap, and one that was killed goes on the next time. To leave it to the machine instead:

    \b
    quotewire schedule --print cron       lines for `crontab -e`; --every must divide the day's 1440 minutes
    quotewire schedule --print systemd    a service and a timer
    """
    from crawler.run import CrawlError, check_contact
    from crawler.schedule import run_forever
    from crawler.timers import cron_lines, systemd_units

    try:
        check_contact(contact, jobs.chosen_sources(folder, source))
        environment = {name: value for name in HANDED_ON if (value := os.environ.get(name))}
        environment |= {"QUOTEWIRE_CONTACT": contact} if contact else {}
        command = [sys.executable, str(jobs.HERE / "pipeline.py"), "--db", str(db.absolute()), "run"]
        command += ["--sources", str(folder.absolute()), *source]
        if as_units == "cron":
            log = db.absolute().with_suffix(".schedule.log")
            click.echo(
                cron_lines(command, every_s=every * 60, folder=jobs.HERE, log=log, environment=environment), nl=False
            )
        elif as_units == "systemd":
            click.echo(systemd_units(command, every_s=every * 60, folder=jobs.HERE, environment=environment), nl=False)
        else:
            os.environ.update(environment)
            click.echo(f"Looking at what is due every {counted(every, 'minute')}. Ctrl-C ends it.")
            times = run_forever(command, every_s=every * 60, db_path=db)
            click.echo(f"Ended after {counted(times, 'run')}.")
    except CrawlError as error:
        raise click.ClickException(str(error)) from error


def _shown(value: Any) -> Any:
    """A cell of the terminal's table: a moment to the minute."""
    return value[:16].replace("T", " ") if isinstance(value, str) and value.endswith("+00:00") else value


def _end(*, well: bool, watched: bool) -> None:
    """Leaves with 1 when it did not go well, with 3 when somebody should look at a source."""
    if not well:
        raise SystemExit(1)
    if not watched:
        raise SystemExit(SOMETHING_TO_LOOK_AT)
