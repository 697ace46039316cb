"""The commands that bring what was read before readers, and take it away again: publish, serve, withdraw."""

from __future__ import annotations

from pathlib import Path

import click

from commands import jobs
from counting import counted

host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
port_option = click.option("--port", default=8001, show_default=True, help="Port to listen on.")


@click.command()
@click.option(
    "--quotes-only/--full-texts",
    default=None,
    help="Leave of each text only the words that a quote or a position was read from, or publish texts whole.",
)
@click.option(
    "--with-reviews/--without-reviews", "reviews", default=None, help="Whether readers see what reviewers decided."
)
@click.pass_obj
def publish(db: Path, quotes_only: bool | None, reviews: bool | None) -> None:
    """Make the compact read-only copy that `serve` shows, with its views, and swap it in whole.

    What is withdrawn is left out. Without options it is made as the last one was; the first one has full texts and
    reviews. A site that is being served goes over to the new copy by itself.
    """
    asked = {"quotes_only": quotes_only, "reviews": reviews}
    copy = jobs.publish(db, **{name: value for name, value in asked.items() if value is not None})
    click.echo(f"Published {copy}")


@click.command()
@host_option
@port_option
@click.option("--open", "browser", is_flag=True, help="Open the site in your browser.")
@click.pass_obj
def serve(db: Path, host: str, port: int, browser: bool) -> None:
    """Show the published copy in Datasette until Ctrl-C; a copy published meanwhile takes its place."""
    from nlp.publish import made_for, published_path

    copy = published_path(db)
    if not copy.exists():
        raise click.ClickException(f"{copy} is not there yet: run `quotewire publish` first (or `quotewire demo`).")
    if not made_for(copy, views=jobs.VIEWS):
        click.echo(f"{copy} was made by another version of Quotewire, for other pages.", err=True)
        if db.exists():
            jobs.publish(db)
            click.echo("It was published anew.", err=True)
    jobs.serve(copy, host, port, browser=browser)


@click.command()
@click.argument("url")
@click.option("--why", help="The reason, as readers will see it in place of the article.")
@click.option("--by", help="Who asked for it; kept in the working database, never published.")
@click.option("--undo", is_flag=True, help="End the takedown: the article is shown again.")
@click.option("--dry-run", is_flag=True, help="Show what would go; change nothing.")
@click.option(
    "--site",
    envvar="QUOTEWIRE_SITE",
    show_envvar=True,
    default="",
    help="Address at which your site is open to the world.",
)
@click.option("--publish/--no-publish", "at_once", default=True, show_default=True, help="Publish anew at once.")
@click.pass_obj
def withdraw(
    db: Path, url: str, why: str | None, by: str | None, undo: bool, dry_run: bool, site: str, at_once: bool
) -> None:
    """Take the article at URL out of what is published: its text, quotes, positions, mentions and captures.

    URL is the address that it was collected from, or its page here: /article/12, or the whole address when --site says
    where your site is. A page stays that says when it was withdrawn and why. Collecting or reading it again does not
    bring it back; --undo does.
    """
    from crawler.addresses import canonical_form
    from nlp.publish import published_path
    from nlp.withdrawals import find, numbered, own_page, restore
    from nlp.withdrawals import withdraw as take_down

    database = jobs.open_db(db)
    found = find(database, list({url, canonical_form(url) or url}))
    number = own_page(database, url, site=site) if found is None else None
    found = numbered(database, number) if number is not None else found
    if found is None:
        raise click.ClickException(
            f"Nothing was collected from {url}. Search the site for it, and give the address that it came from. If it "
            "is a page of your own site, give its path alone (/article/12), or set QUOTEWIRE_SITE to its address."
        )
    quotes = counted(found.quotes, "quote")
    click.echo(f"Article {found.article_id}, {found.url}\n{found.headline or 'no headline'}; {quotes}")
    for copy in found.copies:
        click.echo(f"A copy of the story stays: {copy}")
    if undo != found.withdrawn:
        raise click.ClickException("It is withdrawn already." if found.withdrawn else "It is not withdrawn.")
    if dry_run:
        return
    if not undo and not why:
        raise click.UsageError("Say why: --why TEXT. Readers see it in place of the article.")
    if undo:
        restore(database, found)
    else:
        take_down(database, found, why=why or "", by=by)
    if at_once and published_path(db).exists():
        jobs.publish(db)
        click.echo(f"{'Shown again' if undo else 'Withdrawn'}, and published anew.")
    else:
        click.echo("Noted; it takes effect with the next `quotewire publish`.")
