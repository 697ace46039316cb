"""Who and what a reading names, as rows: people with their roles, bodies, services, policies, events, all mentions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlite_utils import Database

from nlp.identity.bodies import Bodies
from nlp.identity.people import People, Who
from nlp.identity.policies import Policies
from nlp.keys import name_key
from nlp.records import Entity, Holding, Person, Quote, Reading, Span

TABLES = {"person": "people", "organisation": "organisations", "service": "services", "policy": "policies",
          "event": "events"}  # fmt: skip
# Actors that need no name: who speaks or holds a position under one of these words is a row of its own.
PLAIN_ACTORS = {"government": "Government", "uk government": "Government", "british government": "Government",
                "ministers": "Ministers", "opposition": "Opposition"}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class NamedRows:
    """Writes what one text names. ``before`` holds the people rows that an earlier reading of this text had."""

    db: Database
    people: People
    version_id: int
    reading_id: int
    article_id: int
    text: str
    day: str | None
    before: Collection[int] = ()

    def bodies(self, reading: Reading) -> dict[str, int]:
        """Names, and the plain words that speak or hold a position, to organisations rows."""
        found: dict[str, int] = {}
        for body in reading.organisations:
            found[body.name] = Bodies(self.db).find(body)
            self._mentions("organisation", found[body.name], body.mentions)
        for name, span in _plain_actors(reading):
            shown = PLAIN_ACTORS[name_key(name)]
            found[name] = Bodies(self.db).find(Entity(shown, "government", ()))
            self._mentions("organisation", found[name], (span,) if span else ())
        return found

    def persons(self, reading: Reading, bodies: dict[str, int]) -> dict[str, Who]:
        """Names to people rows; those whom the text names by office only come from the register."""
        held = {holding.name: holding.membership for holding in reversed(reading.holdings)}
        found = {person.name: self._person(person, bodies, held.get(person.name, 0)) for person in reading.people}
        for holding in reading.holdings:
            found[holding.name] = self._holder(holding, found.get(holding.name))
        return found

    def policies(self, reading: Reading) -> dict[str, int]:
        """Names to policies rows; services and events are written too."""
        found: dict[str, int] = {}
        for policy in reading.policies:
            found[policy.name] = Policies(self.db).find(policy, day=self.day)
            back = {(start, end) for start, end, _ in policy.linked}
            self._mentions("policy", found[policy.name], tuple(span for span in policy.mentions if span not in back))
            for start, end, sure in policy.linked:
                self._mention("policy", found[policy.name], (start, end), confidence=sure)
        for kind, entities in (("service", reading.services), ("event", reading.events)):
            for entity in entities:
                number = self._id(TABLES[kind], name_key(entity.name), name=entity.name, kind=entity.kind)
                self._mentions(kind, number, entity.mentions)
        return found

    def _person(self, person: Person, bodies: dict[str, int], membership: int) -> Who:
        who = self.people.find(
            person, article_id=self.article_id, day=self.day, before=self.before, membership=membership
        )
        self._mentions("person", who.id, person.mentions, read_as=who.read_as)
        for role in person.roles:
            insert(
                self.db, "memberships", version_id=self.version_id, reading_id=self.reading_id,
                person_id=who.id, read_as=who.read_as, organisation_id=bodies.get(role.organisation or ""),
                post_id=self._id("posts", name_key(role.title), label=role.title), role_as_stated=role.title,
                stated_on=self.day, start=role.span[0], end=role.span[1],
            )  # fmt: skip
        return who

    def _holder(self, holding: Holding, known: Who | None) -> Who:
        """The person that the register gives for a role phrase; the mention names the register's row as evidence."""
        who = known or self.people.listed(holding, article_id=self.article_id)
        self.db.execute(
            "delete from mentions where version_id = ? and start = ? and end = ? and entity_kind = 'person'",
            [self.version_id, *holding.span],
        )
        self._mention("person", who.id, holding.span, read_as=who.read_as, membership_id=holding.membership or None)
        return who

    def _mentions(self, kind: str, entity_id: int, spans: tuple[Span, ...], **more: object) -> None:
        """Writes the mentions of somebody or something; words other than the row's name become its aliases."""
        name = self.db.execute(f"select name from {TABLES[kind]} where id = ?", [entity_id]).fetchone()[0]
        for start, end in spans:
            self._mention(kind, entity_id, (start, end), **more)
            exact = self.text[start:end]
            if exact != name:
                sql = "insert or ignore into aliases(entity_kind, entity_id, alias) values (?, ?, ?)"
                self.db.execute(sql, [kind, entity_id, exact])

    def _mention(self, kind: str, entity_id: int, span: Span, **more: object) -> None:
        start, end = span
        insert(self.db, "mentions", version_id=self.version_id, reading_id=self.reading_id, start=start, end=end,
               exact=self.text[start:end], entity_kind=kind, entity_id=entity_id, **more)  # fmt: skip

    def _id(self, table: str, key: str, **values: object) -> int:
        """The id of the row with this key, made when it is new. The first spelling met is the one shown."""
        row = self.db.execute(f"select id from {table} where key = ?", [key]).fetchone()
        return int(row[0]) if row else insert(self.db, table, key=key, **values)


def evidence(quote: Quote, holdings: tuple[Holding, ...]) -> int | None:
    """The register's membership by which a quote's source, an office without a name, became its speaker."""
    inside = (
        holding.membership
        for holding in holdings
        for start, end in quote.source
        if holding.name == quote.speaker and start <= holding.span[0] and holding.span[1] <= end
    )
    return next(inside, 0) or None


def insert(db: Database, table: str, **values: object) -> int:
    """Adds a row; its number."""
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    return int(db.execute(f"insert into {table} ({columns}) values ({marks})", list(values.values())).lastrowid or 0)


def _plain_actors(reading: Reading) -> list[tuple[str, Span | None]]:
    """ "The government", "ministers" where they speak, with the source that says so, or where they hold a position."""
    spoken = [(quote.speaker, quote.source[0] if quote.source else None) for quote in reading.quotes if quote.speaker]
    told = [*spoken, *((position.holder, None) for position in reading.positions)]
    named = {body.name for body in reading.organisations}
    return [(name, span) for name, span in told if name not in named and name_key(name) in PLAIN_ACTORS]
