"""Which organisations row a body is in another article: parties under every form, acronyms with their full names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sqlite_utils import Database

from nlp.keys import name_key
from nlp.records import Entity
from nlp.wordlists import rows

ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z]*")
POINTING = ("quotes", "positions", "suggestions", "memberships", "utterances")  # by their organisation_id


@dataclass(slots=True)
class Bodies:
    """Finds and makes organisations rows inside the caller's transaction."""

    db: Database

    def find(self, body: Entity) -> int:
        """The row of a body. An acronym alone is the one body known by it; of two such bodies it is neither."""
        name, acronym = full_name(body), body.acronym
        if acronym is None and ACRONYM.fullmatch(name):
            known = self._known_as(name)
            if len(known) == 1:
                return known[0]
        number = self._keyed(name_key(name))
        if number is None and acronym:
            number = self._grown(name, acronym)
        if number is None:
            number = self._new(name, body.kind, acronym)
        elif acronym:
            self.db.execute("update organisations set acronym = coalesce(acronym, ?) where id = ?", [acronym, number])
            self._absorb(acronym, number)
        self.db.execute("update organisations set kind = coalesce(kind, ?) where id = ?", [body.kind, number])
        if body.kind == "party":
            self._as_met(body.name, number)
        return number

    def _as_met(self, name: str, number: int) -> None:
        """A party is shown under the first form in which an article names it, not as a list of office holders does."""
        named = "select 1 from mentions where entity_kind = 'organisation' and entity_id = ? limit 1"
        if not self.db.execute(named, [number]).fetchone():
            self.db.execute("update organisations set name = ? where id = ?", [name, number])

    def _known_as(self, acronym: str) -> list[int]:
        return [row[0] for row in self.db.execute("select id from organisations where acronym = ?", [acronym])]

    def _keyed(self, key: str) -> int | None:
        row = self.db.execute("select id from organisations where key = ?", [key]).fetchone()
        return int(row[0]) if row else None

    def _grown(self, name: str, acronym: str) -> int | None:
        """The row that so far had only the acronym gets the full name, unless another body has that acronym too."""
        number = self._keyed(name_key(acronym))
        if number is None or self._known_as(acronym):
            return None
        self.db.execute(
            "update organisations set name = ?, key = ?, acronym = ? where id = ?",
            [name, name_key(name), acronym, number],
        )
        return number

    def _absorb(self, acronym: str, number: int) -> None:
        """What was read under the bare acronym before its full name was known belongs to the one body that has it."""
        bare = self._keyed(name_key(acronym))
        if bare is None or bare == number or self._known_as(acronym) != [number]:
            return
        for table in POINTING:
            self.db.execute(f"update {table} set organisation_id = ? where organisation_id = ?", [number, bare])
        entity = "entity_kind = 'organisation' and entity_id = ?"
        self.db.execute(f"update mentions set entity_id = ? where {entity}", [number, bare])
        self.db.execute(f"update or ignore aliases set entity_id = ? where {entity}", [number, bare])
        self.db.execute(f"delete from aliases where {entity}", [bare])
        self.db.execute("delete from organisations where id = ?", [bare])

    def _new(self, name: str, kind: str, acronym: str | None) -> int:
        values = [name, name_key(name), kind, acronym or _acronym_of().get(name_key(name))]
        sql = "insert into organisations(name, key, kind, acronym) values (?, ?, ?, ?)"
        return int(self.db.execute(sql, values).lastrowid or 0)


def full_name(body: Entity) -> str:
    """The name under which a body is kept: a party's for each of its forms, the usual one of some other bodies."""
    if body.kind == "party":
        return _party_of().get(body.name, body.name)
    return _kept().get(body.name, body.name)


@cache
def _party_of() -> dict[str, str]:
    return {form: row[0] for row in rows("parties") for form in row[1].split(";")}


@cache
def _kept() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("body_forms")}


@cache
def _acronym_of() -> dict[str, str]:
    return {name_key(kept): form for form, kept in _kept().items() if ACRONYM.fullmatch(form)}
