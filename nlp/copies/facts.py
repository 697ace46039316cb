"""What was read in one version, as far as a comparison asks for it."""

from __future__ import annotations

from typing import NamedTuple

from sqlite_utils import Database

Span = tuple[int, int]


class Quoted(NamedTuple):
    """A quote: where the pieces of its content stand, and the how-manieth of its speaker it is in the text."""

    content: str
    kind: str
    speaker: str | None
    person_id: int | None
    organisation_id: int | None
    utterance_id: int | None
    spans: tuple[Span, ...]
    number: int = 1

    @property
    def span(self) -> Span:
        """From the beginning of its first piece to the end of its last, with the cue where one stands between."""
        return self.spans[0][0], self.spans[-1][1]

    @property
    def who(self) -> tuple[object, ...]:
        return (self.person_id, self.organisation_id) if self.person_id or self.organisation_id else (self.speaker,)


class Named(NamedTuple):
    id: int
    name: str
    span: Span


class Measured(NamedTuple):
    exact: str
    span: Span


class Facts(NamedTuple):
    """A version with its outlet, when it was seen (ISO time or None), and what was read in it."""

    version_id: int
    article_id: int
    outlet: str
    headline: str
    body: str
    seen_at: str | None
    version_no: int
    quotes: list[Quoted]
    people: list[Named]
    figures: list[Measured]


def facts(db: Database, version_id: int) -> Facts:
    article, outlet, headline, text, seen, number = db.execute(
        "select v.article_id, s.name, v.headline, v.body, v.seen_at, v.version_no from article_versions v "
        "join articles a on a.id = v.article_id join sources s on s.id = a.source_id where v.id = ?",
        [version_id],
    ).fetchone()
    pieces: dict[int, list[Span]] = {}
    for quote, start, end in db.execute(
        'select s.quote_id, s.start, s."end" from quote_spans s join quotes q on q.id = s.quote_id '
        "where q.version_id = ? and s.part = 'content' order by s.start",
        [version_id],
    ):
        pieces.setdefault(quote, []).append((start, end))
    columns = "id, content, kind, speaker, person_id, organisation_id, utterance_id"
    rows = {row[0]: row[1:] for row in db.execute(f"select {columns} from quotes where version_id = ?", [version_id])}
    quotes = [Quoted._make([*rows[number], tuple(spans), 1]) for number, spans in pieces.items()]
    people = [
        Named(person, name, (start, end))
        for person, name, start, end in db.execute(
            'select m.entity_id, p.name, min(m.start), m."end" from mentions m join people p on p.id = m.entity_id '
            "where m.version_id = ? and m.entity_kind = 'person' group by m.entity_id order by 3",
            [version_id],
        )
    ]
    figures = [
        Measured(exact, (start, end))
        for exact, start, end in db.execute(
            'select exact, start, "end" from figures where version_id = ? order by start', [version_id]
        )
    ]
    return Facts(version_id, article, outlet, headline or "", text, seen, number, _numbered(quotes), people, figures)


def _numbered(quotes: list[Quoted]) -> list[Quoted]:
    count: dict[tuple[object, ...], int] = {}
    found = []
    for quote in quotes:
        count[quote.who] = count.get(quote.who, 0) + 1
        found.append(quote._replace(number=count[quote.who]))
    return found
