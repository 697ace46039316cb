"""Whom a reviewer meant by a name: somebody whom the article names, else the one person or body of that name."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from typing import NamedTuple

from nlp.keys import name_key, person_key, split_name

PEOPLE_HERE = """
    select distinct coalesce(p.merged_into, p.id), p.name, p.key from people p
    join mentions m on m.entity_kind = 'person' and m.entity_id = p.id where m.version_id = ?
"""
PEOPLE_OF_KEY = """
    select distinct coalesce(merged_into, id) from people
    where key = :key or (key >= :key || ' #' and key < :key || ' $')
"""
BODIES_HERE = """
    select distinct o.id, o.name, o.key, o.acronym from organisations o
    join mentions m on m.entity_kind = 'organisation' and m.entity_id = o.id where m.version_id = ?
"""
BODIES_OF_KEY = "select id from organisations where key = ? or acronym = ?"
ALIASED = "select distinct entity_id from aliases where entity_kind = ? and alias = ? collate nocase"


class Who(NamedTuple):
    """A speaker as the columns of ``quotes`` have it."""

    speaker: str | None
    speaker_type: str | None = None
    person_id: int | None = None
    organisation_id: int | None = None


def whose(db: sqlite3.Connection, name: str, *, version: int, article: int) -> Who:
    """The speaker that ``name`` stands for in a text; the bare name when nobody or more than one has it.

    Titles and letters behind a name make no difference ("Ada Quill MP"); a surname alone means somebody in the text.
    """
    person = _person(db, name, version, article)
    if person is not None:
        return Who(_named(db, "people", person), "person", person)
    body = _body(db, name, version)
    if body is not None:
        return Who(_named(db, "organisations", body), "organisation", None, body)
    return Who(name)


def _person(db: sqlite3.Connection, name: str, version: int, article: int) -> int | None:
    key, surname = person_key(name, article_id=article), split_name(name)[1]
    alone = "@" in key
    here = db.execute(PEOPLE_HERE, [version]).fetchall()
    found = {i for i, _, known in here if known.partition(" #")[0] == key}
    found = found or {i for i, full, _ in here if alone and split_name(full)[1] == surname}
    if not found and not alone:
        found = {i for (i,) in db.execute(PEOPLE_OF_KEY, {"key": key})} or _aliased(db, "person", name)
    return _only(found)


def _body(db: sqlite3.Connection, name: str, version: int) -> int | None:
    key, acronym = name_key(name), name.strip()
    here = db.execute(BODIES_HERE, [version]).fetchall()
    found = {i for i, _, known, short in here if known == key or (short and short == acronym)}
    found = found or {i for (i,) in db.execute(BODIES_OF_KEY, [key, acronym])} or _aliased(db, "organisation", name)
    return _only(found)


def _aliased(db: sqlite3.Connection, kind: str, name: str) -> set[int]:
    return {i for (i,) in db.execute(ALIASED, [kind, name])}


def _only(found: Collection[int]) -> int | None:
    return next(iter(found)) if len(found) == 1 else None


def _named(db: sqlite3.Connection, table: str, number: int) -> str:
    return str(db.execute(f"select name from {table} where id = ?", [number]).fetchone()[0])
