"""A story on the terminal: who ran it and when, which quotes each copy kept, and each copy beside the first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from sqlite_utils import Database

from counting import counted

ABREAST = 6  # copies; columns of more are too narrow to be read
GONE, NEW = ("[-", "-]", "red strike"), ("{+", "+}", "bold green")  # marks that a pipe keeps, and a style for the eye

STORY = "select id, headline, first_published_at, agency from stories where id = ?"
MOVED = "select story_id from story_moves where what = 'merged' and other_story_id = ? order by id desc limit 1"
LATEST = """
    select t.id, t.headline, t.first_published_at, count(*) as copies, count(distinct a.source_id) as outlets
    from stories t join story_members m on m.story_id = t.id
    join articles a on a.id = m.article_id and a.pubstatus is not 'moved'
    group by t.id having copies > 1 order by max(a.first_seen_at) desc, t.id desc limit ?
"""
COPIES = """
    select a.id, s.name as outlet, a.published_at, m.relation, m.containment, m.origin_containment, m.decided_by,
           v.headline, v.id as version_id, v.body, a.agency, v.version_no
    from story_members m join articles a on a.id = m.article_id join article_versions v on v.id = a.current_version_id
    join sources s on s.id = a.source_id where m.story_id = ? and (a.pubstatus is not 'moved' or m.relation = 'origin')
    order by m.relation = 'origin' desc, coalesce(a.published_at, '9'), a.id
"""
KEPT = """
    select o.utterance_id, u.speaker, u.text, v.article_id, o.kept, o.quotation_marks, o.added
    from occurrences o join utterances u on u.id = o.utterance_id
    join article_versions v on v.id = o.version_id join articles a on a.current_version_id = v.id
    join story_members m on m.article_id = a.id where m.story_id = ? order by o.utterance_id, o.quote_id
"""


def story_number(db: Database, story: int) -> int | None:
    """``story``, or the story that it was merged into; None when there is none of that number."""
    seen: set[int] = set()
    while story not in seen:
        seen.add(story)
        if db.execute(STORY, [story]).fetchone():
            return story
        moved = db.execute(MOVED, [story]).fetchone()
        if not moved:
            return None
        story = moved[0]
    return None


def latest(db: Database, *, most: int = 20) -> Table:
    """The stories with more than one copy, what came in last first."""
    table = Table("story", "headline", "first published", "copies", "outlets", title="Stories", title_justify="left")
    for number, headline, published, copies, outlets in db.execute(LATEST, [most]):
        table.add_row(str(number), Text(headline or "no headline"), published or "", str(copies), str(outlets))
    return table


def side_by_side(db: Database, story: int, *, only: int | None = None) -> RenderableType:
    """Everything about one story; with ``only`` the text of that article alone beside the first."""
    number, headline, first, agency = db.execute(STORY, [story]).fetchone()
    copies = list(db.query(COPIES, [story]))
    outlets = len({copy["outlet"] for copy in copies})
    lead = Text(f"Story {number}: {headline or 'no headline'}", style="bold")
    ran = f"{counted(len(copies), 'article')} in {counted(outlets, 'outlet')}"
    about = f"{ran}, first published {first or 'on a day that is not known'}"
    parts: list[RenderableType] = [lead, Text(about + (f"; credited to {agency}" if agency else "")), _who(copies)]
    parts += [_kept(db, story, copies)]
    for copy in copies[1:]:
        if only in (None, copy["id"]):
            parts += [Text(), *_beside(db, copies[0], copy)]
    return Group(*parts)


def _who(copies: list[dict[str, Any]]) -> Table:
    table = Table(
        "article", "outlet", "published", "relation", "headline", "how it was told", title="Who ran what when"
    )
    table.title_justify = "left"
    for copy in copies:
        table.add_row(
            str(copy["id"]), Text(copy["outlet"]), copy["published_at"] or "", copy["relation"],
            Text(copy["headline"] or ""), copy["decided_by"],
        )  # fmt: skip
    return table


def _kept(db: Database, story: int, copies: list[dict[str, Any]]) -> RenderableType:
    """Each thing said, with what every copy made of it."""
    said: dict[int, tuple[str, str]] = {}
    made: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for utterance, speaker, text, article, kept, marks, added in db.execute(KEPT, [story]):
        said[utterance] = speaker or "no speaker", text
        how = "kept" if kept == 1 and not added else f"{kept:.0%} kept"
        made[utterance].setdefault(article, how + (", marks lost" if marks == "lost" else ""))
    if not said:
        return Text("No quotes were found in it.")
    table = Table("who", "what was said", title="Which quotes each copy kept", title_justify="left")
    abreast = len(copies) <= ABREAST
    for title in [f"{copy['outlet']} ({copy['id']})" for copy in copies] if abreast else ["by which articles"]:
        table.add_column(Text(title))
    for utterance, (speaker, text) in sorted(said.items(), key=lambda one: -len(made[one[0]])):
        each = [(copy["id"], made[utterance].get(copy["id"], "–")) for copy in copies]
        cells = [how for _, how in each] if abreast else [_listed(each)]
        table.add_row(Text(speaker), Text(" ".join(text.split())), *cells)
    return table


def _listed(each: list[tuple[int, str]]) -> str:
    """ "kept: 1, 4; 60% kept: 2": what was made of a quote, and by which articles."""
    articles: defaultdict[str, list[str]] = defaultdict(list)
    for article, how in each:
        if how != "–":
            articles[how].append(str(article))
    most_first = sorted(articles.items(), key=lambda one: -len(one[1]))
    return "; ".join(f"{how}: {', '.join(numbers)}" for how, numbers in most_first)


def _beside(db: Database, first: dict[str, Any], copy: dict[str, Any]) -> Iterator[RenderableType]:
    row = db.execute(
        "select id, paragraphs from alignments where before_version_id = ? and after_version_id = ?",
        [first["version_id"], copy["version_id"]],
    ).fetchone()
    if not row:
        yield Text(f"Article {copy['id']} has not been compared yet: quotewire read does it.")
        return
    alignment, paragraphs = row
    names = [f"{one['outlet']} ({one['id']})" for one in (first, copy)]  # one outlet may have run both
    table = Table(title=Text(" beside ".join(names)), show_lines=True)
    table.title_justify = "left"
    for name in names:
        table.add_column(Text(name), ratio=1)
    table.expand = True
    for pair in json.loads(paragraphs):
        before = _marked(first["body"], pair["before"], [edit[:2] for edit in pair["edits"]], GONE)
        after = _marked(copy["body"], pair["after"], [edit[2:] for edit in pair["edits"]], NEW)
        if pair["moved"]:
            after.append("  (moved)", style="dim")
        table.add_row(before, after)
    yield table
    lines = db.execute("select line from changes where alignment_id = ? order by id", [alignment]).fetchall()
    yield Text("\n".join(f"• {line}" for (line,) in lines) or "Nothing of weight was changed in what both have.")


def _marked(body: str, span: list[int] | None, edits: Iterable[list[int]], mark: tuple[str, str, str]) -> Text:
    """A paragraph with what only it has between marks; "" where the other text stands alone."""
    text = Text()
    if not span:
        return text
    opened, closed, style = mark
    at = span[0]
    for start, end in edits:
        if start < end:
            text.append(body[at:start])
            text.append(f"{opened}{body[start:end]}{closed}", style=style)
            at = end
    text.append(body[at : span[1]])
    return text
