"""Writes a reading as rows. Each derived row carries the version that it points into and the reading that made it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlite_utils import Database

from nlp.identity.decisions import decisions_of
from nlp.identity.people import People, Who
from nlp.named_rows import NamedRows, evidence, insert
from nlp.records import Position, Quote, Reading, Span

DERIVED = ("positions", "suggestions", "figures", "mentions", "memberships")


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
    """Writes readings inside the caller's transaction. Knows the merges and splits made so far."""

    db: Database
    known: People = field(init=False)

    def __post_init__(self) -> None:
        self.known = People(self.db, decisions_of(self.db))

    def clear(self, version_id: int) -> None:
        """Takes away what an earlier reading of this version derived, out of the full-text index too."""
        mine = "in (select id from quotes where version_id = ?)"
        run = self.db.execute
        for table in ("positions", "suggestions"):
            run(f"update {table} set quote_id = null where version_id = ?", [version_id])
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
        sql = "select distinct read_as from mentions where version_id = ? and entity_kind = 'person'"
        before = {row[0] for row in self.db.execute(sql, [version.id])}
        self.clear(version.id)
        status = "read" if reading else "failed" if reason.startswith("failed") else "skipped"
        reading_id = insert(
            self.db,
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
        named = NamedRows(db=self.db, people=self.known, article_id=version.article_id, text=version.text,
                          day=version.published_on, before=before, **stamp)  # fmt: skip
        organisations = named.bodies(reading)
        people = named.persons(reading, organisations)
        policies = named.policies(reading)
        for figure in reading.figures:
            start, end = figure.span
            insert(self.db,
                "figures", **stamp, start=start, end=end, exact=version.text[start:end],
                value=figure.value, unit=figure.unit, measures=figure.measures,
            )  # fmt: skip
        quotes = [
            self._quote(quote, version, stamp, people, organisations, evidence(quote, reading.holdings))
            for quote in reading.quotes
        ]
        for position in (*reading.positions, *reading.suggestions):
            self._position(position, version, stamp, people, organisations, policies, quotes)

    def _quote(
        self,
        quote: Quote,
        version: Version,
        stamp: dict[str, int],
        people: dict[str, Who],
        organisations: dict[str, int],
        membership: int | None,
    ) -> int:
        def words(spans: tuple[Span, ...]) -> str | None:
            return " … ".join(version.text[a:b] for a, b in spans) or None

        speaker = quote.speaker or ""
        quote_id = insert(
            self.db,
            "quotes",
            **stamp,
            kind=quote.kind,
            content=self._joined(quote.content, version.text),
            cue=words(quote.cue),
            source=words(quote.source),
            speaker=quote.speaker,
            speaker_type=quote.speaker_type or None,
            **_person_columns(people.get(speaker)),
            organisation_id=None if speaker in people else organisations.get(speaker),
            role_as_stated=quote.role,
            confidence=round(quote.confidence, 3),
            speaker_confidence=round(quote.speaker_confidence, 3),
            membership_id=membership,
        )
        for part in ("content", "cue", "source"):
            for start, end in getattr(quote, part):
                insert(self.db, "quote_spans", quote_id=quote_id, part=part, start=start, end=end)
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
        people: dict[str, Who],
        organisations: dict[str, int],
        policies: dict[str, int],
        quotes: list[int],
    ) -> None:
        start, end = position.evidence
        holder = position.holder
        insert(
            self.db,
            "positions" if position.status == "position" else "suggestions",
            **stamp,
            holder=holder,
            holder_type=position.holder_type,
            **_person_columns(people.get(holder)),
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


def _person_columns(who: Who | None) -> dict[str, int | None]:
    return {"person_id": who.id if who else None, "read_as": who.read_as if who else None}
