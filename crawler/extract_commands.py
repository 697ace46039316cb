"""`quotewire extract`: articles out of saved pages, or all of them anew out of the captures."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import click

from counting import counted


@click.command()
@click.argument("file", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--url", default="", help="Where the page came from; helps with its date and canonical address.")
@click.option("--from-captures", is_flag=True, help="Every stored version anew, from the responses kept on disk.")
@click.option("--write", is_flag=True, help="With --from-captures: store what changed as new versions.")
@click.option("--dry-run", is_flag=True, help="With --from-captures: only say what would change (so it is anyway).")
@click.pass_obj
def extract(db: Path, file: tuple[Path, ...], url: str, from_captures: bool, write: bool, dry_run: bool) -> None:
    """Take the article out of each saved page (.html, .html.gz); write one JSON line a page.

    headline, published, byline, agency, canonical_url, body. Needs no database. Exits with 1 when a page has none.

    \b
    quotewire extract --from-captures           what today's extractor would make of every version: counts, and diffs;
                                                imported texts, of which no response was kept, are skipped
    quotewire extract --from-captures --write   the same, and the current version of each article that changed is
                                                followed by a new one. No version is ever altered; nothing is fetched.
    """
    if from_captures == bool(file):
        raise click.UsageError("Name the pages to extract, or --from-captures for those of the database.")
    if write and (dry_run or not from_captures):
        raise click.UsageError("--write goes with --from-captures, and not with --dry-run.")
    well = _from_captures(db, write=write) if from_captures else _from_files(file, url)
    if not well:
        raise SystemExit(1)


def _from_files(files: tuple[Path, ...], url: str) -> bool:
    from crawler.extract import extracted

    well = True
    for row in extracted(files, url=url):
        well &= "error" not in row
        click.echo(json.dumps(row, ensure_ascii=False))
    return well


def _from_captures(db: Path, *, write: bool) -> bool:
    from crawler.rebuild import rebuild
    from crawler.tables import migrations, open_database

    if not db.exists():
        raise click.ClickException(f"{db} is not there: `quotewire init` makes it, `quotewire crawl` fills it.")
    database = open_database(db)
    migrations.apply(database)
    counts: Counter[str] = Counter()
    total = database.execute("select count(*) from article_versions").fetchone()[0]
    with click.progressbar(length=total, label="Extracting", file=sys.stderr) as bar:
        for one in rebuild(database, db.absolute().parent, write=write):
            bar.update(1)
            counts[one.outcome] += 1
            if one.outcome not in ("same", "imported"):
                what = "" if one.current else " (not the current version)"
                click.echo(f"{one.outcome}: {one.url} version {one.version_no}{what} {one.reason}".rstrip())
                click.echo("".join(f"  {line}\n" for line in one.diff), nl=False)
    database.close()
    found = ", ".join(f"{counts[name]} {name}" for name in ("same", "changed", "lost", "unreadable"))
    click.echo(f"{counted(total, 'version')}: {found}.")
    if counts["imported"]:
        click.echo(
            f"{counts['imported']} imported, and skipped: files are not kept, and `quotewire import` reads them anew."
        )
    if counts["changed"] and not write:
        click.echo("Nothing was written; --write stores the changed current versions as new ones.")
    return not counts["unreadable"]
