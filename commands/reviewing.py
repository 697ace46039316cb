"""The commands of reviewing: who may review, and what was reviewed as gold for `bench/`."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from pathlib import Path
from typing import TextIO

import click

from commands import jobs
from counting import counted

SCRYPT = {"n": 1 << 14, "r": 8, "p": 1}  # 16 MB and some 50 ms a try
SHORTEST = 12  # characters of a password


def hashed(password: str) -> str:
    """A password as `reviewers.json` keeps it: scrypt, its three costs, salt and digest in hexadecimal."""
    salt = secrets.token_bytes(16)
    digest = hashlib.scrypt(password.encode(), salt=salt, **SCRYPT, dklen=32)
    return "$".join(("scrypt", *map(str, SCRYPT.values()), salt.hex(), digest.hex()))


def reviewers_path(db: Path) -> Path:
    """The file of reviewers: beside the published copy, or the one that QUOTEWIRE_REVIEWERS names."""
    from nlp.publish import published_path

    return Path(os.environ.get("QUOTEWIRE_REVIEWERS") or published_path(db).with_name("reviewers.json"))


def known(db: Path) -> dict[str, str]:
    """Name → hashed password; a ClickException for a file that is none of ours."""
    path = reviewers_path(db)
    if not path.exists():
        return {}
    try:
        names = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.ClickException(f"{path} is no JSON: {error}. Mend it, or add the reviewers anew.") from error
    return dict(names)


def _keep(db: Path, names: dict[str, str]) -> None:
    path = reviewers_path(db)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(names, file, indent=1)
    fresh.replace(path)


@click.group()
def reviewer() -> None:
    """Who may log in to review: add a name, list them, remove one. Readers need no log-in."""


@reviewer.command()
@click.argument("name")
@click.password_option(help="Asked for when it is not given here.", envvar="QUOTEWIRE_PASSWORD")
@click.pass_obj
def add(db: Path, name: str, password: str) -> None:
    """Let NAME review, or give NAME a new password. Only its hash is kept; the site needs no restart."""
    if not re.fullmatch(r"[\w.@ -]{1,80}", name) or name != name.strip():
        raise click.ClickException("A name has letters, digits, spaces and . @ - _ in it.")
    if len(password) < SHORTEST:
        raise click.ClickException(f"Choose a password of {SHORTEST} characters or more: a few words will do.")
    _keep(db, known(db) | {name: hashed(password)})
    click.echo(f"{name} may review: log in at /-/login of the site.")


@reviewer.command("list")
@click.pass_obj
def list_(db: Path) -> None:
    """The names of those who may review."""
    for name in sorted(known(db)):
        click.echo(name)


@reviewer.command()
@click.argument("name")
@click.pass_obj
def remove(db: Path, name: str) -> None:
    """Let NAME review no more, at once. What NAME reviewed stays."""
    names = known(db)
    if name not in names:
        raise click.ClickException(f"No reviewer is called {name}. There: {', '.join(sorted(names)) or 'nobody'}.")
    _keep(db, {one: hash_ for one, hash_ in names.items() if one != name})


@click.group()
def reviews() -> None:
    """What was reviewed on the site, for use elsewhere."""


@reviews.command()
@click.option(
    "--to", type=click.File("w", encoding="utf-8", lazy=True), default="-", help="File to write.  [default: -]"
)
@click.option("--complete", is_flag=True, help="Only texts in which every quote that is read was reviewed.")
@click.pass_obj
def export(db: Path, to: TextIO, complete: bool) -> None:
    """Write what reviewers settled as gold: JSON Lines in the form of bench/gold, one text a line, with its text.

    `python -m bench reviewed FILE` measures the reading against it. What reviewers dispute is left out.
    """
    from nlp.publish import published_path
    from nlp.reviewed_gold import gold
    from nlp.reviews import reviews_path

    count = 0
    for row in gold(jobs.open_db(db).conn, reviews_path(published_path(db))):
        if row["complete"] or not complete:
            to.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    click.echo(f"{counted(count, 'text')} with settled reviews.", err=True)
