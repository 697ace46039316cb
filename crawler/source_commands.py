"""`quotewire sources`: which places are watched, new ones found, each looked at once, switched on and off."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from counting import counted
from crawler.sources import FOLDER, KINDS, Source, SourceError, load_sources

if TYPE_CHECKING:
    from crawler.discovery import Announced
    from crawler.fetching import Client

folder_option = click.option(
    "--sources",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=FOLDER,
    help="Folder of source declarations (TOML).  [default: crawler/sources]",
)
contact_option = click.option(
    "--contact", envvar="QUOTEWIRE_CONTACT", show_envvar=True, default="", help="Who you are, for the sites asked."
)


@click.group(name="sources")
def sources() -> None:
    """The places watched: list them, add one, check what each announces, switch them on and off.

    \b
    quotewire sources list                       what is declared, and what is switched on
    quotewire sources add https://example.org    finds the site's feeds and sitemaps, writes the declaration
    quotewire sources check                      fetches each listing once and says what it found
    quotewire sources enable ID                  crawled from now on; disable ID stops that
    """


@sources.command("list")
@folder_option
@click.pass_obj
def list_(db: Path, folder: Path) -> None:
    """Every declared source: on or off, when a check last found articles by it, and where it starts."""
    known = _known(folder)
    paused = _paused(db)
    for one in known.values():
        state = "paused" if one.id in paused else "on" if one.enabled else "off"
        verified = f"verified {one.verified}" if one.verified else "unverified"
        click.echo(f"{one.id:<28} {state:<7} {verified:<20} {one.kind:<11} {one.spider:<8} {one.name}")
        if one.id in paused:
            click.echo(f"{'':<28} {paused[one.id]}")
    on = sum(one.enabled for one in known.values())
    click.echo(f"{counted(len(known), 'source')} in {folder}, {on} switched on.")


@sources.command()
@click.argument("url")
@folder_option
@contact_option
@click.option("--id", "source_id", default="", help="The source's id, and its file's name; made from its name if none.")
@click.option("--name", default="", help="The source's name for readers; the site's own if none.")
@click.option("--kind", type=click.Choice(KINDS), default="newspaper", show_default=True, help="What kind of source.")
@click.option("--choose", default=1, show_default=True, help="Which of the ways found to take, by its number.")
@click.option("--allow-private", is_flag=True, help="The site is on this machine or a private network.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
def add(
    url: str, folder: Path, contact: str, source_id: str, name: str, kind: str, choose: int, allow_private: bool,
    dry_run: bool,
) -> None:  # fmt: skip
    """Find what announces the articles of the site at URL and write it down as a source, switched on.

    URL is a page of the site, a feed or sitemap itself, or the page of a GOV.UK organisation. Feeds are preferred to
    sitemaps; the others found are listed, and --choose takes one of them. Exits with 1 when nothing was found.
    """
    from crawler.captures import now
    from crawler.declaring import id_of, toml_of, write_new
    from crawler.discovery import discover
    from crawler.fetching import FetchError

    client = _client(url, contact, allow_private)
    try:
        site = discover(url, client)
    except FetchError as error:
        raise click.ClickException(str(error)) from error
    if not site.announced:
        raise click.ClickException(
            f"No feed and no sitemap with articles was found at {url}. If a page of it lists its articles, declare it "
            'with spider = "listing" (docs/sources.md shows how).'
        )
    for number, one in enumerate(site.announced, start=1):
        click.echo(f"{number}. {one.spider}: {one.url} ({_said(one)})")
    if not 1 <= choose <= len(site.announced):
        raise click.ClickException(f"--choose {choose}: there are {len(site.announced)} to choose from.")
    taken = site.announced[choose - 1]
    named = name or site.name
    text = toml_of(
        name=named, kind="government" if taken.spider == "api" else kind, spider=taken.spider, url=taken.url,
        homepage=site.homepage, match=taken.match, allow_private=allow_private or None, verified=now()[:10],
    )  # fmt: skip
    chosen_id = source_id or id_of(named)
    if dry_run:
        click.echo(f"{folder / chosen_id}.toml would be:\n{text}", nl=False)
        return
    try:
        path = write_new(folder, chosen_id, text)
    except SourceError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Written: {path}. `quotewire crawl {path.stem}` fetches it.")


@sources.command()
@click.argument("source", nargs=-1)
@folder_option
@contact_option
def check(source: tuple[str, ...], folder: Path, contact: str) -> None:
    """Fetch the listing of every source, or of each SOURCE named, once, and say what it announces.

    A source by which articles were found is marked as verified with today's date. Exits with 1 when one had none.
    """
    from crawler.captures import now
    from crawler.declaring import set_keys

    failed = False
    chosen = _chosen(folder, source)
    for one in chosen:
        problem, said = _looked_at(one, contact)
        failed |= bool(problem)
        click.echo(f"{one.id}: {problem or said}")
        if not problem and one.verified != now()[:10]:
            set_keys(folder / f"{one.id}.toml", verified=now()[:10])
    if failed:
        raise SystemExit(1)


@sources.command()
@click.argument("source", nargs=-1, required=True)
@folder_option
@click.pass_obj
def enable(db: Path, source: tuple[str, ...], folder: Path) -> None:
    """Switch each SOURCE on: it is crawled when no source is named. One that was paused is taken up again."""
    from crawler.crawl_rows import resume
    from crawler.declaring import set_keys
    from crawler.tables import open_database
    from crawler.writing import writing

    paused = _paused(db)
    for one in _chosen(folder, source):
        set_keys(folder / f"{one.id}.toml", enabled=True)
        if one.id in paused:
            database = open_database(db)
            with writing(database) as connection:
                resume(connection, one.id)
            database.close()
        click.echo(f"{one.id} is switched on{' and taken up again' if one.id in paused else ''}.")
        if not one.verified:
            click.echo(f"No check has found articles by it yet: `quotewire sources check {one.id}` looks.", err=True)


@sources.command()
@click.argument("source", nargs=-1, required=True)
@folder_option
def disable(source: tuple[str, ...], folder: Path) -> None:
    """Switch each SOURCE off: it is crawled no more. What was collected stays."""
    from crawler.declaring import set_keys

    for one in _chosen(folder, source):
        set_keys(folder / f"{one.id}.toml", enabled=False)
        click.echo(f"{one.id} is switched off.")


def _looked_at(one: Source, contact: str) -> tuple[str, str]:
    """(what is wrong, what was found) with a source's listing."""
    from crawler.discovery import look_at
    from crawler.warc import is_warc

    if one.spider == "archive":
        place = Path(one.url)
        named = (path for path in place.rglob("*") if is_warc(path)) if place.is_dir() else (place,)
        files = [path for path in named if path.is_file()]
        problem = "" if files else f"{place}: no such file, or a folder without WARC files"
        return problem, counted(len(files), "WARC file")
    found = look_at(one, _client(one.url, contact, one.allow_private))
    return found.problem, f"{found.spider}, {_said(found)}, robots.txt allows it"


def _said(found: Announced) -> str:
    named = counted(found.entries, "article") if found.entries else counted(found.parts, "further list")
    return f"{named}, the newest of {found.newest}" if found.newest else named


def _client(url: str, contact: str, allow_private: bool) -> Client:
    from crawler.fetching import Client
    from crawler.results import CrawlError
    from crawler.run import check_contact

    try:
        check_contact(contact.strip(), [Source(id=url, name="", kind="", spider="", url=url)])
    except CrawlError as error:
        raise click.ClickException(re.sub(r"^no contact", "No contact", str(error))) from error
    return Client(contact.strip(), allow_private)


def _known(folder: Path) -> dict[str, Source]:
    try:
        return {source.id: source for source in load_sources(folder)}
    except SourceError as error:
        raise click.ClickException(str(error)) from error


def _chosen(folder: Path, names: tuple[str, ...]) -> list[Source]:
    known = _known(folder)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise click.ClickException(f"No source named {', '.join(unknown)} in {folder}: `quotewire sources list`.")
    return [known[name] for name in names] or list(known.values())


def _paused(db: Path) -> dict[str, str]:
    """The sources that the database says are paused, and why."""
    from crawler.tables import migrations, open_database

    if not db.exists():
        return {}
    database = open_database(db)
    migrations.apply(database)
    rows = database.execute("select id, coalesce(paused_reason, 'paused by hand') from sources where status = 'paused'")
    found = {str(source): str(why) for source, why in rows}
    database.close()
    return found
