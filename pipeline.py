"""The table of contents of Quotewire: each command is a few lines, the jobs behind them join the floors."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TextIO

import click

from commands import collecting, jobs, publishing, reviewing
from crawler.extract_commands import extract
from crawler.source_commands import sources
from nlp.copies.commands import command as story
from nlp.identity.commands import group as people
from nlp.offices.commands import group as offices


class Commands(click.Group):
    """Turns what the disk or the database refuses into one line that says what, and a way on."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except sqlite3.DatabaseError as error:
            advice = "Another run may be writing: wait for it, then try again." if "locked" in str(error) else ""
            raise click.ClickException(f"{ctx.obj} could not be used: {error}. {advice}".strip()) from error
        except OSError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--db",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("data/quotewire.db"),
    envvar="QUOTEWIRE_DB",
    show_default=True,
    show_envvar=True,
    help="The database; made when it is missing.",
)
@click.version_option(package_name="quotewire")
@click.pass_context
def cli(ctx: click.Context, db: Path) -> None:
    """Quotewire keeps the record: who said what about which policy, for and against, and where it ran.

    \b
    A first look      quotewire demo
    Your own texts    quotewire import FOLDER;  quotewire read;  quotewire publish;  quotewire serve
    Your own crawl    quotewire run;  quotewire serve;  and quotewire status says how it went
    For a year        quotewire schedule

    Every command can be run again: what is done already is not done twice.
    """
    ctx.obj = db


@cli.command()
@click.pass_obj
def init(db: Path) -> None:
    """Make the database, or bring an older one up to date."""
    jobs.open_db(db)
    click.echo(f"{db} is ready.")


@cli.command("import")
@click.argument("path", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.pass_obj
def import_(db: Path, path: tuple[Path, ...]) -> None:
    """Take in articles from files or folders: text, HTML (.html, .html.gz), GOV.UK content JSON, JSON Lines, WARC.

    A JSON Lines row is {"id" or "url", "text" or "html"[, "headline", "published"]}. A file whose text has changed
    since it was last imported becomes a new version of its article. Exits with 1 when a file could not be taken in.
    """
    if not jobs.import_files(db, list(path)):
        raise SystemExit(1)


@cli.command()
@click.option("--stale", is_flag=True, help="Also do again what was done before the rules, lists or models changed.")
@click.pass_obj
def read(db: Path, stale: bool) -> None:
    """Read what has not been read yet: people, roles, quotes, policies, positions; then stories and utterances.

    Stopped in the middle, it goes on there next time. What is read again and says the same keeps its rows; people,
    policies, utterances and stories keep their numbers, merges and reviews stay. Exits with 1 when a text could not
    be read (table readings).
    """
    if not jobs.read(jobs.open_db(db), stale=stale):
        raise SystemExit(1)


@cli.command()
@publishing.host_option
@publishing.port_option
@click.option("--serve/--no-serve", "serving_site", default=True, help="Serve the site when done.", show_default=True)
@click.option("--open", "browser", is_flag=True, help="Open the site in your browser.")
@click.pass_obj
def demo(db: Path, host: str, port: int, serving_site: bool, browser: bool) -> None:
    """The whole job on four invented publishers that run on this machine: crawl, read, publish, serve.

    The first time they are crawled twice, and one page changes in between, so that there is a change to look at.
    """
    from crawler.sample.server import serving
    from crawler.status import crawled_whole

    sources = jobs.chosen_sources(jobs.SAMPLE_SOURCES, ())
    again = crawled_whole(jobs.open_db(db), [one.id for one in sources])
    with jobs.summary(db):
        with serving(edition=2 if again else 1) as sample:
            crawled = jobs.crawl(db, sources, force=True)
            if not again:
                sample.edition = 2
                crawled = jobs.crawl(db, sources, force=True) and crawled
        was_read = jobs.read(jobs.open_db(db))
        copy = jobs.publish(db)
    if not (crawled and was_read):
        raise SystemExit(1)
    if serving_site:
        jobs.serve(copy, host, port, browser=browser)


@cli.command()
@click.argument("file", type=click.File("r", encoding="utf-8-sig", errors="surrogateescape"), default="-")
@click.option(
    "--guideline",
    type=click.Choice(["uk", "polnear"]),
    default="uk",
    show_default=True,
    help="What counts as a quote: uk, speech and belief; polnear, acts that report a proposition too.",
)
def annotate(file: TextIO, guideline: str) -> None:
    """Read JSON Lines {"id", "text"[, "published"]} from FILE or standard input; write each text's reading.

    One JSON line an article: quotes (content, cue, source spans, kind, speaker, confidence), people with roles,
    organisations, positions, services, policies, events, figures. Needs no database. Exits with 1 when a line failed.
    """
    from nlp.run import annotate as readings

    if not jobs.write_lines(readings(file, guideline=guideline)):
        raise SystemExit(1)


for command in (collecting.crawl, collecting.run, collecting.status, collecting.schedule):
    cli.add_command(command)
cli.add_command(sources)
cli.add_command(extract)
cli.add_command(offices(jobs.open_db))
cli.add_command(story(jobs.open_db))
cli.add_command(people(jobs.open_db))
for command in (publishing.publish, publishing.serve, publishing.withdraw, reviewing.reviewer, reviewing.reviews):
    cli.add_command(command)

if __name__ == "__main__":
    cli()
