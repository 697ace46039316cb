"""Which people row an article's person is: by full name, role, body and day; a surname alone never joins."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from nlp.identity.callings import Stated, any_contradict, same_post
from nlp.identity.decisions import Decisions
from nlp.identity.tables import next_number, unite
from nlp.keys import person_key, split_name
from nlp.offices.names import same_first_name
from nlp.records import Holding, Person

STATED = """
    select coalesce(m.role_as_stated, po.label, ''), coalesce(o.name, ''),
           coalesce(m.held_from, m.stated_on, ''), coalesce(m.held_to, m.known_until, '')
    from memberships m left join posts po on po.id = m.post_id left join organisations o on o.id = m.organisation_id
    where m.read_as = ?
"""


@dataclass(frozen=True, slots=True)
class Who:
    """A person of one article: the row the reading takes them for, and the one after the user's merges and splits."""

    read_as: int
    id: int


@dataclass(slots=True)
class People:
    """Finds and makes people rows inside the caller's transaction."""

    db: Database
    decisions: Decisions

    def find(
        self, person: Person, *, article_id: int, day: str | None, before: Collection[int] = (), membership: int = 0
    ) -> Who:
        """The row of ``person``, who is named in an article of ``day`` (ISO or None).

        ``before`` are the rows that an earlier reading of this text had: a tie is left as it was. ``membership`` is
        the register's row when the register says that this one holds an office.
        """
        stated = _stated(person, day)
        key = person_key(person.name, article_id=article_id)
        found = self._held(membership, person, stated)
        if "@" in key:  # a surname alone
            found = found or self._by_office(person, stated) or self._by_name(key, person, stated, before, article_id)
        else:
            named = self._by_name(key, person, stated, before, article_id)
            if found and named and found != named and self._under_another_name(found, key):
                unite(self.db, found, named)
                found = named
            found = found or named or self._by_office(person, stated)
        if found is None:
            taken = self.db.execute("select 1 from people where key = ?", [key]).fetchone()
            found = self._new(f"{key} #{next_number(self.db)}" if taken else key, person)
        self._tell(found, person)
        return self.who(found, article_id)

    def who(self, read_as: int, article_id: int) -> Who:
        return Who(read_as, self.decisions.person(read_as, article_id))

    def listed(self, holding: Holding, *, article_id: int) -> Who:
        """The register's person, whom the article names by office only."""
        found = self._holder(holding.membership)
        return self.who(
            found or self._keyed(person_key(holding.name, article_id=0), Person(holding.name, ())), article_id
        )

    def _held(self, membership: int, person: Person, stated: Sequence[Stated]) -> int | None:
        """The register's person, when it says that this one holds an office and nothing speaks against it."""
        held = self._holder(membership)
        return held if held and not self._contradicted(held, person, stated) else None

    def _under_another_name(self, number: int, key: str) -> bool:
        """A list's "Lord Quill of Ash" for the article's "Ada Quill", in whom no user has had a say."""
        known = self.db.execute("select key from people where id = ?", [number]).fetchone()[0]
        decided = "select 1 from merges where person_id = :id or into_id = :id"
        return known.partition(" #")[0] != key and not self.db.execute(decided, {"id": number}).fetchone()

    def _holder(self, membership: int) -> int:
        row = self.db.execute("select read_as from memberships where id = ?", [membership]).fetchone()
        return int(row[0]) if row else 0

    def _keyed(self, key: str, person: Person) -> int:
        """The row with this key, made when it is new."""
        row = self.db.execute("select id from people where key = ?", [key]).fetchone()
        return int(row[0]) if row else self._new(key, person)

    def _by_name(
        self, key: str, person: Person, stated: Sequence[Stated], before: Collection[int], article_id: int
    ) -> int | None:
        """Who has this name, as their own or as an alias, and nothing against it; of several the one that shares.

        When several go by it and nothing tells which one this is, the article gets a row of its own.
        """
        rows = self.db.execute(
            "select id from people where key = :key or (key >= :key || ' #' and key < :key || ' $') "
            "union select id from people where name = :name and :name like '% %' "
            "union select entity_id from aliases where entity_kind = 'person' and alias = :name and :name like '% %'",
            {"key": key, "name": person.name},
        ).fetchall()
        fits = [row[0] for row in sorted(rows) if not self._contradicted(row[0], person, stated)]
        if len(fits) < 2:
            return fits[0] if fits else None
        kept = [one for one in fits if one in before]
        shares = [one for one in fits if any(_shared(new, old) for new in stated for old in self._roles(one))]
        return (kept or shares or [None])[0] or self._keyed(f"{key} @ article {article_id}", person)

    def _by_office(self, person: Person, stated: Sequence[Stated]) -> int | None:
        """The same surname in the same office at the time: "Ed Balls" and "Edward Balls", "Mr Balls" too."""
        first, surname = split_name(person.name)
        posts = [one for one in stated if same_post(one, one)]
        if not posts:
            return None
        for number, name in self.db.execute("select id, name from people where surname = ?", [surname]).fetchall():
            other = split_name(name)[0]
            short = not first or not other or same_first_name(first, other)
            shared = short and any(same_post(new, old) for new in posts for old in self._roles(number))
            if shared and not self._contradicted(number, person, stated):
                return int(number)
        return None

    def _contradicted(self, number: int, person: Person, stated: Sequence[Stated]) -> bool:
        row = self.db.execute("select gender from people where id = ?", [number]).fetchone()
        gender = (row and row[0]) or ""
        if gender and person.gender and gender != person.gender:
            return True
        return bool(stated) and any_contradict(stated, self._roles(number))

    def _roles(self, number: int) -> list[Stated]:
        return [Stated(*row) for row in self.db.execute(STATED, [number])]

    def _new(self, key: str, person: Person) -> int:
        cursor = self.db.execute(
            "insert into people(name, key, surname, gender) values (?, ?, ?, ?)",
            [person.name, key, split_name(person.name)[1], person.gender or None],
        )
        return int(cursor.lastrowid or 0)

    def _tell(self, number: int, person: Person) -> None:
        """What the article adds: a gender, and for a name out of a list the one in use."""
        if person.gender:
            self.db.execute("update people set gender = ? where id = ? and gender is null", [person.gender, number])
        name = self.db.execute("select name from people where id = ?", [number]).fetchone()[0]
        listed = "select 1 from mentions where entity_kind = 'person' and read_as = ? limit 1"
        if name != person.name and " " in person.name and not self.db.execute(listed, [number]).fetchone():
            self.db.execute("update people set name = ? where id = ?", [person.name, number])
            alias = "insert or ignore into aliases(entity_kind, entity_id, alias) values ('person', ?, ?)"
            self.db.execute(alias, [number, name])


def _stated(person: Person, day: str | None) -> list[Stated]:
    titled = [Stated(role.title, role.organisation or "", day or "") for role in person.roles]
    told = {role.organisation for role in person.roles}
    return titled + [Stated("", body, day or "") for body in person.organisations if body not in told]


def _shared(one: Stated, other: Stated) -> bool:
    """A specific post or a body in common."""
    body = one.organisation and one.organisation.casefold() == other.organisation.casefold()
    return bool(body) or same_post(one, other)
