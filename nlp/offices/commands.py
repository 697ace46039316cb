"""`quotewire offices`: load lists of who held which post, look at them, and ask them what the reading would ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from counting import counted

if TYPE_CHECKING:
    from sqlite_utils import Database

    from nlp.offices.lists import OfficeList
    from nlp.offices.register import Term

SHOWN = 10  # line numbers a reason


def group(open_db: Callable[[Path], Database]) -> click.Group:
    """The commands, over a database that ``open_db`` opens."""

    @click.group()
    def offices() -> None:
        """Who held which post when: what turns "the health secretary" of a dated article into a name.

        A short list ships (UK prime ministers, chancellors, home, foreign and health secretaries, leaders of the
        opposition and shadow health secretaries since 1997). Load your own beside it; where two lists name two people
        for one office and day, nobody is named.
        """

    @offices.command()
    @click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
    @click.option("--dry-run", is_flag=True, help="Say what would be taken and skipped; change nothing.")
    @click.option("--as-of", metavar="DAY", default="", help="The day the list was made.  [default: today]")
    @click.option("--name", default="", help="What to call the list.  [default: the file's name]")
    @click.option("--verbose", is_flag=True, help="Name every row that is skipped.")
    @click.pass_obj
    def load(db: Path, file: Path, dry_run: bool, as_of: str, name: str, verbose: bool) -> None:
        """Load FILE: a table with tabs and a heading (name, post, organisation, from, to, source), or Popolo JSON.

        Days are 2011-03-31; "to" stays empty while somebody is in office, and such a row is believed up to the day the
        list was made. 9999-12-31 is no such day: that row is believed up to the last day its source mentions. Loading
        a list of the same name again replaces what it brought. Exits with 1 when no row could be taken.
        """
        from nlp.offices.lists import ListError, read_list
        from nlp.offices.store import digest_of
        from nlp.offices.store import load as load_list

        try:
            found = read_list(file, as_of=as_of)
        except ListError as error:
            raise click.ClickException(str(error)) from error
        _report(found, verbose=verbose)
        if not found.terms:
            raise SystemExit(1)
        if dry_run:
            click.echo("Nothing was changed (--dry-run).")
            return
        done = load_list(open_db(db), found, name=name or file.name, digest=digest_of(file))
        click.echo(f"{done.new} new, {done.unchanged} as they were, {done.gone} no longer in the list.")
        click.echo("Articles that are read from now on use it; `quotewire read --stale` reads the others again.")

    @offices.command("list")
    @click.argument("words", nargs=-1)
    @click.pass_obj
    def list_(db: Path, words: tuple[str, ...]) -> None:
        """The register, by post and day; with WORDS only the rows that have all of them in name, post or body."""
        from nlp.offices.store import load_own, register_of

        database = open_db(db)
        load_own(database)
        for term in sorted(register_of(database).terms, key=lambda term: (term.post, term.start)):
            told = f"{term.name} {term.post} {term.organisation}".casefold()
            if all(word.casefold() in told for word in words):
                click.echo(_line(term))

    @offices.command()
    @click.argument("post")
    @click.argument("day")
    @click.option("--party", default="", help="Only holders of this party.")
    @click.pass_obj
    def who(db: Path, post: str, day: str, party: str) -> None:
        """Who held POST ("health secretary", "shadow health secretary") on DAY (2011-03-31), as the reading sees it.

        Exits with 1 when it is nobody: none is known, or more than one.
        """
        from nlp.offices.register import DAY
        from nlp.offices.store import load_own, register_of

        if not DAY.fullmatch(day):
            raise click.BadParameter(f"{day} is no day: write it as 2011-03-31.", param_hint="DAY")
        database = open_db(db)
        load_own(database)
        register = register_of(database)
        term = register.holder(post, day, party=party)
        if term is not None:
            click.echo(_line(term))
            return
        holders = register.holders(post, day, party=party)
        click.echo("More than one held it:" if holders else f"Nobody is known to have been {post} on {day}.")
        for holder in holders:
            click.echo(_line(holder))
        raise SystemExit(1)

    @offices.command()
    @click.argument("name")
    @click.pass_obj
    def forget(db: Path, name: str) -> None:
        """Take the list NAME out of the register again (the name it was loaded under)."""
        from nlp.offices.store import forget as forget_list
        from nlp.offices.store import names

        database = open_db(db)
        if name not in names(database):
            raise click.ClickException(f"No list is called {name}. There: {', '.join(names(database)) or 'none'}.")
        click.echo(f"{counted(forget_list(database, name), 'row')} of {name} taken out of the register.")

    return offices


def _line(term: Term) -> str:
    until = term.end or f"? (believed to {term.known_until})"
    body = f", {term.organisation}" if term.organisation else ""
    return f"{term.name}: {term.post}{body}, {term.start} to {until} [{term.source or 'no source'}]"


def _report(found: OfficeList, *, verbose: bool) -> None:
    click.echo(f"{counted(len(found.terms), 'row')} taken, {len(found.skipped)} skipped.")
    reasons: dict[str, list[str]] = defaultdict(list)
    for where, why in found.skipped:
        reasons[why].append(where)
    for why, places in sorted(reasons.items(), key=lambda pair: -len(pair[1])):
        shown = places if verbose else places[:SHOWN]
        more = f" and {len(places) - len(shown)} more" if len(places) > len(shown) else ""
        click.echo(f"skipped, {why} ({len(places)}): {', '.join(shown)}{more}", err=True)
