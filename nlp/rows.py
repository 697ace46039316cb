"""Writes a reading as rows. Each derived row carries the version that it points into and the reading that made it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlite_utils import Database

from nlp.keys import name_key, person_key
from nlp.records import Entity, Holding, Person, Position, Quote, Reading, Span

ENTITY_TABLES = {"service": "services", "policy": "policies", "event": "events"}
DERIVED = ("positions", "figures", "mentions", "memberships")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One stored text, as the reader needs it. ``published_on`` is an ISO date or None."""

    id: int
    article_id: int
    text: str
    published_on: str | None = None
    language: str = "en"


@dataclass(slots=True)
class ReadingWriter:
    """Writes readings inside the caller's transaction. Remembers the ids of names it has met."""

    db: Database
    ids: dict[tuple[str, str], int] = field(default_factory=dict)

    def clear(self, version_id: int) -> None:
        """Takes away what an earlier reading of this version derived, out of the full-text index too."""
        mine = "in (select id from quotes where version_id = ?)"
        run = self.db.execute
        run("update positions set quote_id = null where version_id = ?", [version_id])
        run(
            "insert into quotes_fts(quotes_fts, rowid, content, speaker) select 'delete', id, content, speaker "
            "from quotes where version_id = ? and id in (select id from quotes_fts_docsize)",
            [version_id],
        )
        run(f"delete from quote_spans where quote_id {mine}", [version_id])
        run("delete from quotes where version_id = ?", [version_id])
        for table in DERIVED:
            run(f"delete from {table} where version_id = ?", [version_id])
        run("delete from readings where version_id = ?", [version_id])

    def write(
        self, version: Version, reading: Reading | None, *, pipeline: str, model: str, read_at: str, reason: str = ""
    ) -> None:
        """Replaces the reading of ``version``. With ``reading`` None only the row that says why is written."""
        self.clear(version.id)
        status = "read" if reading else "failed" if reason.startswith("failed") else "skipped"
        reading_id = self._insert(
            "readings",
            version_id=version.id,
            pipeline_version=pipeline,
            model=model,
            read_at=read_at,
            words=reading.words if reading else 0,
            status=status,
            reason=reason or None,
        )
        if reading is None:
            return
        stamp = {"version_id": version.id, "reading_id": reading_id}
        organisations = {e.name: self._organisation(e, version, stamp) for e in reading.organisations}
        people = {p.name: self._person(p, version, stamp, organisations) for p in reading.people}
        people |= {h.name: self._holder(h, version, stamp, people) for h in reading.holdings}
        policies: dict[str, int] = {}
        for kind, found in (("service", reading.services), ("policy", reading.policies), ("event", reading.events)):
            for entity in found:
                entity_id = self._named(kind, entity, version, stamp)
                if kind == "policy":
                    policies[entity.name] = entity_id
        for figure in reading.figures:
            start, end = figure.span
            self._insert(
                "figures", **stamp, start=start, end=end, exact=version.text[start:end],
                value=figure.value, unit=figure.unit, measures=figure.measures,
            )  # fmt: skip
        quotes = [
            self._quote(quote, version, stamp, people, organisations, self._evidence(quote, reading.holdings))
            for quote in reading.quotes
        ]
        for position in reading.positions:
            self._position(position, version, stamp, people, organisations, policies, quotes)

    def _person(self, person: Person, version: Version, stamp: dict[str, int], organisations: dict[str, int]) -> int:
        person_id = self._id("people", person_key(person.name, article_id=version.article_id), name=person.name)
        self._mentions("person", person_id, person.name, person.mentions, version, stamp)
        for role in person.roles:
            post_id = self._id("posts", name_key(role.title), column="label", name=role.title)
            self._insert(
                "memberships",
                **stamp,
                person_id=person_id,
                post_id=post_id,
                organisation_id=organisations.get(role.organisation or ""),
                role_as_stated=role.title,
                stated_on=version.published_on,
                start=role.span[0],
                end=role.span[1],
            )
        return person_id

    def _holder(self, holding: Holding, version: Version, stamp: dict[str, int], people: dict[str, int]) -> int:
        """The person that the register gives for a role phrase; the mention names the register's row as evidence."""
        person_id = people.get(holding.name) or self._id(
            "people", person_key(holding.name, article_id=version.article_id), name=holding.name
        )
        start, end = holding.span
        self.db.execute(
            "delete from mentions where version_id = ? and start = ? and end = ? and entity_kind = 'person'",
            [version.id, start, end],
        )
        self._insert("mentions", **stamp, start=start, end=end, exact=version.text[start:end], entity_kind="person",
                     entity_id=person_id, membership_id=holding.membership or None)  # fmt: skip
        return person_id

    @staticmethod
    def _evidence(quote: Quote, holdings: tuple[Holding, ...]) -> int | None:
        """The register's membership by which a quote's source, an office without a name, became its speaker."""
        inside = (
            holding.membership
            for holding in holdings
            for start, end in quote.source
            if holding.name == quote.speaker and start <= holding.span[0] and holding.span[1] <= end
        )
        return next(inside, 0) or None

    def _organisation(self, entity: Entity, version: Version, stamp: dict[str, int]) -> int:
        organisation_id = self._id(
            "organisations", name_key(entity.name), name=entity.name, kind=entity.kind, acronym=entity.acronym
        )
        self._mentions("organisation", organisation_id, entity.name, entity.mentions, version, stamp)
        return organisation_id

    def _named(self, kind: str, entity: Entity, version: Version, stamp: dict[str, int]) -> int:
        entity_id = self._id(ENTITY_TABLES[kind], name_key(entity.name), name=entity.name, kind=entity.kind)
        self._mentions(kind, entity_id, entity.name, entity.mentions, version, stamp)
        return entity_id

    def _mentions(
        self, kind: str, entity_id: int, name: str, spans: tuple[Span, ...], version: Version, stamp: dict[str, int]
    ) -> None:
        for start, end in spans:
            exact = version.text[start:end]
            self._insert("mentions", **stamp, start=start, end=end, exact=exact, entity_kind=kind, entity_id=entity_id)
            if exact != name:
                self.db.execute(
                    "insert or ignore into aliases(entity_kind, entity_id, alias) values (?, ?, ?)",
                    [kind, entity_id, exact],
                )

    def _quote(
        self,
        quote: Quote,
        version: Version,
        stamp: dict[str, int],
        people: dict[str, int],
        organisations: dict[str, int],
        membership: int | None,
    ) -> int:
        def words(spans: tuple[Span, ...]) -> str | None:
            return " … ".join(version.text[a:b] for a, b in spans) or None

        speaker = quote.speaker or ""
        quote_id = self._insert(
            "quotes",
            **stamp,
            kind=quote.kind,
            content=self._joined(quote.content, version.text),
            cue=words(quote.cue),
            source=words(quote.source),
            speaker=quote.speaker,
            speaker_type=quote.speaker_type or None,
            person_id=people.get(speaker),
            organisation_id=None if speaker in people else organisations.get(speaker),
            role_as_stated=quote.role,
            confidence=round(quote.confidence, 3),
            speaker_confidence=round(quote.speaker_confidence, 3),
            membership_id=membership,
        )
        for part in ("content", "cue", "source"):
            for start, end in getattr(quote, part):
                self._insert("quote_spans", quote_id=quote_id, part=part, start=start, end=end)
        return quote_id

    @staticmethod
    def _joined(spans: tuple[Span, ...], text: str) -> str:
        """The content as a reader would copy it: a paragraph break kept, words left out in between marked by […]."""
        pieces: list[str] = []
        for (start, end), before in zip(spans, (None, *spans[:-1]), strict=True):
            between = text[before[1] : start] if before else ""
            if before:
                pieces.append(
                    "\n\n"
                    if between and not between.strip() and "\n" in between
                    else " [...] "
                    if between.strip()
                    else " "
                )
            pieces.append(text[start:end])
        return "".join(pieces)

    def _position(
        self,
        position: Position,
        version: Version,
        stamp: dict[str, int],
        people: dict[str, int],
        organisations: dict[str, int],
        policies: dict[str, int],
        quotes: list[int],
    ) -> None:
        start, end = position.evidence
        holder = position.holder
        self._insert(
            "positions",
            **stamp,
            holder=holder,
            holder_type=position.holder_type,
            person_id=people.get(holder),
            organisation_id=None if holder in people else organisations.get(holder),
            policy_id=policies.get(position.policy or ""),
            target=position.target,
            stance=position.stance,
            confidence=round(position.confidence, 3),
            quote_id=None if position.quote is None else quotes[position.quote],
            start=start,
            end=end,
            evidence=version.text[start:end],
        )

    def _id(self, table: str, key: str, *, name: str, column: str = "name", **extra: object) -> int:
        """The id of the row with this key, made when it is new. The first spelling met is the one shown."""
        if (table, key) not in self.ids:
            row = self.db.execute(f"select id from {table} where key = ?", [key]).fetchone()
            self.ids[table, key] = row[0] if row else self._insert(table, key=key, **{column: name}, **extra)
        return self.ids[table, key]

    def _insert(self, table: str, **values: object) -> int:
        columns = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        cursor = self.db.execute(f"insert into {table} ({columns}) values ({marks})", list(values.values()))
        return int(cursor.lastrowid or 0)
