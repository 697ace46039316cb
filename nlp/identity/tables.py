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
    db.execute("update policies set key = 'was ' || id")  # a new key may be another row's old one
    taken: set[str] = set()
    for number, name in db.execute("select id, name from policies order by id").fetchall():
        key = title_of(name).key
        db.execute("update policies set key = ? where id = ?", [f"{key} #{number}" if key in taken else key, number])
        taken.add(key)


def m012_listed_names(db: Database) -> None:
    """A list's own wording of a name, whatever the person is called in the articles."""
    db.execute("alter table memberships add column listed_as text")
    db.execute(
        "update memberships set listed_as = (select name from people where id = person_id) where list_id is not null"
    )


def about_people(db: Database) -> dict[str, str]:
    """Tables whose rows are about a person, with the column that says who; each has ``read_as`` beside it."""
    there = set(db.table_names())
    return {table: column for table, column in {**PEOPLE, "suggestions": "person_id"}.items() if table in there}


def unite(db: Database, number: int, into: int) -> None:
    """Everything of one person becomes another's, the name an alias; the row goes."""
    name = db.execute("select name from people where id = ?", [number]).fetchone()[0]
    for table, column in about_people(db).items():
        db.execute(f"update {table} set {column} = ? where read_as = ? and {column} = read_as", [into, number])
        db.execute(f"update {table} set read_as = ? where read_as = ?", [into, number])
    db.execute("update utterances set person_id = ? where person_id = ?", [into, number])
    of_person = "entity_kind = 'person' and entity_id = ?"
    db.execute(f"update or ignore aliases set entity_id = ? where {of_person}", [into, number])
    db.execute(f"delete from aliases where {of_person}", [number])
    db.execute("insert or ignore into aliases(entity_kind, entity_id, alias) values ('person', ?, ?)", [into, name])
    db.execute("delete from people where id = ?", [number])


def next_number(db: Database) -> int:
    """What the next people row will be called: it makes a key of its own for a second one of a name."""
    return int(db.execute("select coalesce(max(id), 0) + 1 from people").fetchone()[0])


LATER = (m010_same_people, m011_same_policies, m012_listed_names)
