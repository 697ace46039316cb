"""`quotewire people`: who is in the database, who is the same, who is not, and taking such a decision back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from counting import counted

if TYPE_CHECKING:
    from sqlite_utils import Database

why_option = click.option("--why", default="", help="Your reason; kept with the decision.")
dry_option = click.option("--dry-run", is_flag=True, help="Say what would change; change nothing.")

LISTED = """
    select p.id, p.name,
           coalesce((select m.role_as_stated from memberships m
                     where m.person_id = p.id and m.role_as_stated is not null
                     order by m.stated_on desc, m.id desc limit 1), ''),
           count(distinct v.article_id)
    from people p join mentions n on n.entity_kind = 'person' and n.entity_id = p.id
    join article_versions v on v.id = n.version_id
    group by p.id order by p.surname, p.name, p.id
"""
FACTS = {
    "also called": "select alias from aliases where entity_kind = 'person' and entity_id = ? order by alias",
    "roles as stated": "select role_as_stated || coalesce(', ' || min(stated_on) || "
    "iif(min(stated_on) < max(stated_on), ' to ' || max(stated_on), ''), '') "
    "from memberships where person_id = ? and list_id is null group by lower(role_as_stated) order by min(stated_on)",
    "posts in a list": "select po.label || ', ' || m.held_from || ' to ' || coalesce(m.held_to, '?') "
    "from memberships m join posts po on po.id = m.post_id "
    "where m.person_id = ? and m.list_id is not null order by m.held_from",
    "articles": "select a.id || ' ' || coalesce(substr(a.published_at, 1, 10), 'undated') || ' ' || a.canonical_url "
    "from articles a where a.id in (select v.article_id from mentions m join article_versions v on v.id = m.version_id "
    "where m.entity_kind = 'person' and m.entity_id = ?) order by a.published_at",
}
DECIDED = """
    select m.id, m.action, p.name, m.person_id, q.name, m.into_id, coalesce(a.canonical_url, ''), coalesce(m.why, ''),
           m.undone_at is not null
    from merges m join people p on p.id = m.person_id join people q on q.id = m.into_id
    left join articles a on a.id = m.article_id order by m.id
"""


def group(open_db: Callable[[Path], Database]) -> click.Group:
    """The commands, over a database that ``open_db`` opens."""

    @click.group()
    def people() -> None:
        """Who is who across articles: look, merge two people into one, split one into two, take it back.

        A person is named by number or by name; a name that several people have needs the number. What you decide is
        kept in the table merges and applied again to everything that is read later.
        """

    @people.command("list")
    @click.argument("words", nargs=-1)
    @click.pass_obj
    def list_(db: Path, words: tuple[str, ...]) -> None:
        """Everybody whom an article names: number, name, latest role, articles. With WORDS only who has all of them."""
        for number, name, role, articles in open_db(db).execute(LISTED):
            if all(word.casefold() in f"{name} {role}".casefold() for word in words):
                told = f"{name} ({role})" if role else name
                click.echo(f"{number:>6}  {told}, {articles} article{'s' if articles > 1 else ''}")

    @people.command()
    @click.argument("person")
    @click.pass_obj
    def show(db: Path, person: str) -> None:
        """Everything that says who PERSON is: other names, roles with their days, posts, articles, your decisions."""
        database = open_db(db)
        number = _person(database, person)
        click.echo(f"{number} {_name(database, number)}")
        for title, sql in FACTS.items():
            rows = [row[0] for row in database.execute(sql, [number])]
            if rows:
                click.echo(f"{title}:")
                click.echo("\n".join(f"  {row}" for row in rows))
        for line, concerned in _decided(database):
            if number in concerned:
                click.echo(line)

    @people.command()
    @click.argument("person")
    @click.argument("into")
    @why_option
    @dry_option
    @click.pass_obj
    def merge(db: Path, person: str, into: str, why: str, dry_run: bool) -> None:
        """PERSON and INTO are one human: all that is PERSON's becomes INTO's, now and in later readings."""
        from nlp.identity.decisions import merge as decide
        from nlp.utterances import link

        database = open_db(db)
        one, other = _person(database, person), _person(database, into)
        if one == other:
            click.echo(f"{person} and {into} are one person already ({one}).")
            return
        told = f"{_name(database, one)} ({one}) into {_name(database, other)} ({other})"
        if dry_run:
            click.echo(f"Would merge {told}; {counted(_rows(database, one), 'row')} would change.")
            return
        click.echo(f"Merged {told}; {counted(decide(database, one, other, why=why), 'row')} changed.")
        link(database)

    @people.command()
    @click.argument("person")
    @click.argument("article", nargs=-1, required=True)
    @click.option("--as", "name", default="", help="What the other person is called.  [default: the same name]")
    @why_option
    @dry_option
    @click.pass_obj
    def split(db: Path, person: str, article: tuple[str, ...], name: str, why: str, dry_run: bool) -> None:
        """What each ARTICLE (number or address) says of PERSON is of somebody else of that name."""
        from nlp.identity.decisions import split as decide
        from nlp.utterances import link

        database = open_db(db)
        number = _person(database, person)
        of_them = [row[0].split(" ", 2) for row in database.execute(FACTS["articles"], [number])]
        known = {key: int(row[0]) for row in of_them for key in (row[0], row[2])}
        unknown = [one for one in article if one not in known]
        if unknown:
            raise click.ClickException(
                f"{_name(database, number)} ({number}) is not named in {', '.join(unknown)}. "
                f"`quotewire people show {number}` lists their articles."
            )
        articles = sorted({known[one] for one in article})
        if dry_run:
            click.echo(f"Would split {_name(database, number)} ({number}) in {counted(len(articles), 'article')}.")
            return
        other, changed = decide(database, number, articles, name=name or _name(database, number), why=why)
        click.echo(
            f"{_name(database, other)} ({other}) is a person of their own now; {counted(changed, 'row')} changed."
        )
        link(database)

    @people.command()
    @click.pass_obj
    def decisions(db: Path) -> None:
        """Every merge and split, with its number and reason."""
        for line, _ in _decided(open_db(db)):
            click.echo(line)

    @people.command()
    @click.argument("decision", type=int)
    @dry_option
    @click.pass_obj
    def undo(db: Path, decision: int, dry_run: bool) -> None:
        """Take the merge or split with this number back (`quotewire people decisions` lists them)."""
        from nlp.identity.decisions import undo as take_back
        from nlp.utterances import link

        database = open_db(db)
        row = database.execute("select undone_at from merges where id = ?", [decision]).fetchone()
        if row is None:
            raise click.ClickException(f"There is no decision {decision}: `quotewire people decisions` lists them.")
        if row[0] is not None:
            click.echo(f"Decision {decision} was taken back already, on {row[0]}.")
            return
        if dry_run:
            click.echo(f"Would take decision {decision} back.")
            return
        click.echo(f"Decision {decision} is taken back; {counted(take_back(database, decision), 'row')} changed.")
        link(database)

    return people


def _person(database: Database, told: str) -> int:
    """The person of a number or a name, after merges; a ClickException when it is nobody or several."""
    if told.isdigit():
        found = database.execute("select coalesce(merged_into, id) from people where id = ?", [int(told)]).fetchall()
    else:
        found = (
            database.execute(
                "select distinct coalesce(p.merged_into, p.id) from people p where p.name = :told collate nocase "
                "and (exists (select 1 from mentions m where m.entity_kind = 'person' and m.read_as = p.id) "
                "or exists (select 1 from memberships m where m.read_as = p.id))",
                {"told": told},
            ).fetchall()
            or database.execute(
                "select distinct entity_id from aliases where entity_kind = 'person' and alias = ? collate nocase",
                [told],
            ).fetchall()
        )
    if len(found) == 1:
        return int(found[0][0])
    if not found:
        near = "" if told.isdigit() else "".join(f" {word}" for word in told.split()[-1:])  # a surname as a rule
        who = "who comes near" if near else "everybody"
        raise click.ClickException(f"Nobody is called {told}: `quotewire people list{near}` shows {who}.")
    several = ", ".join(f"{row[0]} {_name(database, row[0])}" for row in found)
    raise click.ClickException(f"{told} may be {several}: give the number.")


def _name(database: Database, number: int) -> str:
    return str(database.execute("select name from people where id = ?", [number]).fetchone()[0])


def _rows(database: Database, number: int) -> int:
    from nlp.identity.tables import about_people

    return sum(
        database.execute(
            f"select count(*) from {table} where {column} = ?"
            + (" and entity_kind = 'person'" if table == "mentions" else ""),
            [number],
        ).fetchone()[0]
        for table, column in about_people(database).items()
    )


def _decided(database: Database) -> list[tuple[str, set[int]]]:
    """A line for each decision, and whom it concerns."""
    found = []
    for number, action, name, person, other, into, url, why, undone in database.execute(DECIDED).fetchall():
        line = f"decision {number}: {action} {name} ({person}) into {other} ({into})"
        line += f" in {url}" if url else ""
        line += f": {why}" if why else ""
        found.append((line + (" [taken back]" if undone else ""), {person, into}))
    return found
