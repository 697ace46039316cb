"""`quotewire story`: one story on the terminal, or the latest ones that ran more than once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sqlite_utils import Database


def command(open_db: Callable[[Path], Database]) -> click.Command:
    """The command, over a database that ``open_db`` opens."""

    @click.command()
    @click.argument("number", type=int, required=False)
    @click.option("--article", type=int, help="Put only this article beside the first one.")
    @click.option(
        "--width", type=click.IntRange(min=40), help="Columns to use.  [default: the terminal's; 150 in a pipe]"
    )
    @click.pass_obj
    def story(db: Path, number: int | None, article: int | None, width: int | None) -> None:
        """Show story NUMBER: who ran what when, which quotes each copy kept, and each copy beside the first.

        Words that only the first has stand in [-these-] marks, words that only the copy has in {+these+}; case, marks
        and spelling don't count. Without NUMBER the latest stories that ran more than once are listed. The number of a
        story that was merged into another shows that one. Exits with 1 when there is no such story or article.
        """
        import sys

        from rich.console import Console

        from nlp.copies.side_by_side import latest, side_by_side, story_number

        if not db.exists():
            raise click.ClickException(f"{db} is not there: `quotewire crawl` or `quotewire import` makes it.")
        database = open_db(db)
        console = Console(width=width or (None if sys.stdout.isatty() else 150))
        if number is None:
            console.print(latest(database))
            return
        found = story_number(database, number)
        if found is None:
            raise click.ClickException(f"There is no story {number}. `quotewire story` lists the latest ones.")
        members = [a for (a,) in database.execute("select article_id from story_members where story_id = ?", [found])]
        if article is not None and article not in members:
            raise click.ClickException(
                f"Article {article} is not in story {found}. In it: {', '.join(map(str, members))}."
            )
        if found != number:
            console.print(f"Story {number} was merged into story {found}.")
        console.print(side_by_side(database, found, only=article))

    return story
