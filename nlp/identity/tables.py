"""What it takes to keep people apart and together across articles, and a user's decisions about it."""

from __future__ import annotations

from sqlite_utils import Database

from nlp.identity.policies import title_of
from nlp.keys import split_name

PEOPLE = {"mentions": "entity_id", "memberships": "person_id", "quotes": "person_id", "positions": "person_id"}


def m010_same_people(db: Database) -> None:
    """``read_as`` is the person as the reading took it; the person column beside it follows the user's decisions."""
    db.execute("alter table people add column gender text")
    db.execute("alter table people add column surname text")
    db.execute("alter table people add column merged_into integer references people(id)")
    for number, name in db.execute("select id, name from people").fetchall():
        db.execute("update people set surname = ? where id = ?", [split_name(name)[1], number])
    db.table("people").create_index(["surname"])
    db.table("aliases").create_index(["entity_kind", "alias"])
    for table, column in PEOPLE.items():
        db.execute(f"alter table {table} add column read_as integer references people(id)")
        only = " where entity_kind = 'person'" if table == "mentions" else ""
        db.execute(f"update {table} set read_as = {column}{only}")
        db.table(table).create_index(["read_as"])
    db.table("merges").create(
        {
            "id": int,
            "action": str,
            "person_id": int,
            "into_id": int,
            "article_id": int,
            "why": str,
            "made_at": str,
            "undone_at": str,
        },
        pk="id",
        foreign_keys=[("person_id", "people", "id"), ("into_id", "people", "id"), ("article_id", "articles", "id")],
        not_null={"action", "person_id", "into_id", "made_at"},
    )


def m011_same_policies(db: Database) -> None:
    """A policy's key leaves out what differs between its spellings; a mention says how sure it is."""
    db.execute("alter table policies add column year integer")
    db.execute("alter table mentions add column confidence real not null default 1.0")
    db.table("organisations").create_index(["acronym"])
    taken: set[str] = set()
    for number, name in db.execute("select id, name from policies order by id").fetchall():
        key = title_of(name).key
        db.execute("update policies set key = ? where id = ?", [f"{key} #{number}" if key in taken else key, number])
        taken.add(key)


def next_number(db: Database) -> int:
    """What the next people row will be called: it makes a key of its own for a second one of a name."""
    return int(db.execute("select coalesce(max(id), 0) + 1 from people").fetchone()[0])


LATER = (m010_same_people, m011_same_policies)
