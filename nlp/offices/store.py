"""Lists of office holders in the database: loaded as posts and memberships, and read back as the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database

from nlp.identity.decisions import Decisions, decisions_of
from nlp.identity.tables import next_number
from nlp.keys import name_key, person_key, split_name
from nlp.offices.lists import SHIPPED, OfficeList, read_list
from nlp.offices.register import Register, Term
from nlp.transactions import writing

OWN = "quotewire"  # the name of the list that ships
TERMS = """
    select p.name, po.label, coalesce(o.name, ''), m.held_from, coalesce(m.held_to, ''), coalesce(m.known_until, ''),
           coalesce(m.source, ''), coalesce(m.list_person, ''), m.id, coalesce(m.listed_as, p.name)
    from memberships m join people p on p.id = m.person_id join posts po on po.id = m.post_id
    left join organisations o on o.id = m.organisation_id
    where m.list_id is not null {where} order by m.list_id, m.id
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load changed: rows new, gone (no longer in the list) and as they were."""

    new: int = 0
    gone: int = 0
    unchanged: int = 0


def load(db: Database, found: OfficeList, *, name: str, digest: str) -> Loaded:
    """Makes the memberships of the list ``name`` those of ``found``; rows that are there already keep their numbers."""
    wanted = {_key(term): term for term in found.terms}
    with writing(db):
        list_id = _list_id(db, name, digest, found)
        known = {_key(term): term for term in _terms(db, "and m.list_id = ?", [list_id])}
        for key in known.keys() - wanted.keys():
            number = [known[key].id]
            for table in ("mentions", "quotes"):
                db.execute(f"update {table} set membership_id = null where membership_id = ?", number)
            db.execute("delete from memberships where id = ?", number)
        decisions = decisions_of(db)
        for key, term in wanted.items():
            if key not in known:
                _insert(db, term, list_id, decisions)
            elif term.known_until != known[key].known_until:
                sql = "update memberships set known_until = ? where id = ?"
                db.execute(sql, [term.known_until or None, known[key].id])
    same = known.keys() & wanted.keys()
    return Loaded(len(wanted) - len(same), len(known) - len(same), len(same))


def load_own(db: Database) -> None:
    """The list that ships, loaded when the database does not have this edition of it yet."""
    digest = digest_of(SHIPPED)
    row = db.execute("select sha256 from office_lists where name = ?", [OWN]).fetchone()
    if row is None or row[0] != digest:
        load(db, read_list(SHIPPED), name=OWN, digest=digest)


def names(db: Database) -> list[str]:
    """The lists that are loaded."""
    return [row[0] for row in db.execute("select name from office_lists order by id")]


def forget(db: Database, name: str) -> int:
    """Takes a list and its memberships away; how many there were."""
    gone = load(db, OfficeList((), ()), name=name, digest="").gone
    db.execute("delete from office_lists where name = ?", [name])
    return gone


def edition(db: Database) -> str:
    """The same as long as no list is loaded, changed or forgotten."""
    lists = db.execute("select name, sha256 from office_lists order by name").fetchall()
    return sha256(repr(lists).encode()).hexdigest()[:12]


def register_of(db: Database) -> Register:
    """The register of every list in the database."""
    return Register(_terms(db, "", []))


def digest_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _terms(db: Database, where: str, values: list[object]) -> list[Term]:
    return [
        Term(name=name, post=post, organisation=body, start=start, end=end, known_until=until, source=source,
             person=person, id=number, listed_as=listed)
        for name, post, body, start, end, until, source, person, number, listed in db.execute(
            TERMS.format(where=where), values
        )
    ]  # fmt: skip


def _key(term: Term) -> tuple[str, ...]:
    """What makes it the same row of its list when that is loaded again: all but the day the list was made."""
    who = person_key(term.listed_as or term.name, article_id=0)
    return (who, name_key(term.post), name_key(term.organisation), term.start, term.end, term.source, term.person)


def _list_id(db: Database, name: str, digest: str, found: OfficeList) -> int:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    db.execute(
        "insert into office_lists(name, sha256, loaded_at, taken, skipped) values (?, ?, ?, ?, ?) "
        "on conflict(name) do update set sha256 = excluded.sha256, loaded_at = excluded.loaded_at, "
        "taken = excluded.taken, skipped = excluded.skipped",
        [name, digest, now, len(found.terms), len(found.skipped)],
    )
    return int(db.execute("select id from office_lists where name = ?", [name]).fetchone()[0])


def _insert(db: Database, term: Term, list_id: int, decisions: Decisions) -> None:
    read_as = _person(db, term, list_id)
    post_id = _id(db, "posts", name_key(term.post), "label", term.post)
    body = term.organisation
    body_id = _id(db, "organisations", name_key(body), "name", body) if body else None
    db.execute(
        "insert into memberships(person_id, read_as, post_id, organisation_id, held_from, held_to, known_until, "
        "source, list_person, list_id, listed_as) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [decisions.person(read_as, None), read_as, post_id, body_id, term.start, term.end or None,
         term.known_until or None, term.source or None, term.person or None, list_id, term.name],
    )  # fmt: skip


def _person(db: Database, term: Term, list_id: int) -> int:
    """The people row of this name, but for one that the list itself knows to be another human's."""
    key = person_key(term.name, article_id=0)
    same = "select read_as from memberships where list_id = ? and list_person = ? limit 1"
    known = db.execute(same, [list_id, term.person]).fetchone() if term.person else None
    alias = (  # but none that a user's merge gave, which may be taken back
        "select entity_id from aliases where entity_kind = 'person' and alias = ? and alias like '% %' "
        "and not exists (select 1 from people p where p.merged_into = entity_id and p.name = alias)"
    )
    called = db.execute(alias, [term.name]).fetchall()
    if known or len(called) == 1:
        return int(known[0] if known else called[0][0])
    others = "select 1 from memberships where read_as = ? and list_id = ? and list_person <> ? limit 1"
    for (number,) in db.execute("select id from people where key = ? or (key >= ? and key < ?) order by id",
                                [key, f"{key} #", f"{key} $"]).fetchall():  # fmt: skip
        if not term.person or not db.execute(others, [number, list_id, term.person]).fetchone():
            return int(number)
    number = next_number(db)
    taken = db.execute("select 1 from people where key = ?", [key]).fetchone()
    values = [number, term.name, f"{key} #{number}" if taken else key, split_name(term.name)[1]]
    db.execute("insert into people(id, name, key, surname) values (?, ?, ?, ?)", values)
    return number


def _id(db: Database, table: str, key: str, column: str, name: str) -> int:
    row = db.execute(f"select id from {table} where key = ?", [key]).fetchone()
    if row:
        return int(row[0])
    return int(db.execute(f"insert into {table}(key, {column}) values (?, ?)", [key, name]).lastrowid or 0)
