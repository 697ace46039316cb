"""Which policies row a policy is in another article: under its spellings, and a Bill as the Act that it became."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from sqlite_utils import Database

from nlp.keys import words
from nlp.records import Entity

# Nouns that only say that it is a policy: the 'right to provide' scheme and Right to Provide are one.
SAYS_NOTHING = frozenset(
    "scheme policy plan programme program initiative proposal measure project idea legislation".split()
)
OPENING = frozenset("the a an new proposed planned controversial".split())
ARTICLES = frozenset({"the", "a", "an"})
LAW = re.compile(r"(.*\S) (bill|act)(?: of)?(?: (\d{4}))?")
WHOSE = re.compile(r"^(?:the )?government['’]s (?:new )?", re.IGNORECASE)
PASSAGE = 3  # years within which a Bill becomes an Act


class Title(NamedTuple):
    """A policy's name as it is compared: its words, whether it is a law, and the year of an Act."""

    key: str
    law: str = ""  # bill or act
    year: int | None = None


@dataclass(slots=True)
class Policies:
    """Finds and makes policies rows inside the caller's transaction."""

    db: Database

    def find(self, policy: Entity, *, day: str | None) -> int:
        """The row of a policy that an article of ``day`` (ISO or None) names."""
        title = title_of(policy.name)
        known = self.db.execute(
            "select id, year from policies where key = ? or (key >= ? and key < ?) order by year desc nulls first, id",
            [title.key, f"{title.key} #", f"{title.key} $"],
        ).fetchall()
        number = next((row[0] for row in known if not title.law or self._same_law(title, day, *row)), None)
        if number is None:
            number = self._new(policy, title, bool(known))
        elif title.year:
            self.db.execute("update policies set year = ? where id = ? and year is null", [title.year, number])
        return int(number)

    def _same_law(self, title: Title, day: str | None, number: int, year: int | None) -> bool:
        """An Act has its own year; a Bill is the Act of the years after it, and of no earlier one."""
        if title.year and year:
            return title.year == year
        if year:
            return not day or 0 <= year - int(day[:4]) <= PASSAGE or (title.law == "act" and int(day[:4]) >= year)
        if not title.year:
            return True
        first, last = self.db.execute(
            "select min(substr(a.published_at, 1, 4)), max(substr(a.published_at, 1, 4)) from mentions m "
            "join article_versions v on v.id = m.version_id join articles a on a.id = v.article_id "
            "where m.entity_kind = 'policy' and m.entity_id = ?",
            [number],
        ).fetchone()
        return not first or int(first) - 1 <= title.year <= int(last) + PASSAGE

    def _new(self, policy: Entity, title: Title, taken: bool) -> int:
        number = self.db.execute("select coalesce(max(id), 0) + 1 from policies").fetchone()[0]
        key = f"{title.key} #{number}" if taken else title.key
        self.db.execute(
            "insert into policies(id, name, key, kind, year) values (?, ?, ?, ?, ?)",
            [number, policy.name, key, policy.kind, title.year],
        )
        return int(number)


def title_of(name: str) -> Title:
    """A name without case, articles, hyphens, marks, plural and the nouns that say nothing."""
    found = words(re.sub(r"[-–—/&]", " ", WHOSE.sub("", name)))
    while len(found) > (1 if found and found[0] in ARTICLES else 2) and found[0] in OPENING:
        found = found[1:]
    law = LAW.fullmatch(" ".join(found))
    if law:
        return Title(f"{law.group(1)} law", law.group(2), int(law.group(3)) if law.group(3) else None)
    while len(found) > 2 and _singular(found[-1]) in SAYS_NOTHING:
        found = found[:-1]
    return Title(" ".join([*found[:-1], _singular(found[-1])]) if found else name.casefold())


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")) and len(word) > 3 else word
