"""A user's merges and splits of people: kept as decisions, applied in their order to whatever is read, undoable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from nlp.identity.tables import about_people, next_number
from nlp.transactions import writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """``merge``: all that is read as ``person`` is ``into``; ``split``: only what one article says of ``person``."""

    id: int
    action: str
    person: int
    into: int
    article: int | None = None
    why: str = ""
    made_at: str = ""


class Decisions:
    """The decisions that stand, oldest first."""

    def __init__(self, found: Sequence[Decision] = ()) -> None:
        self.found = tuple(found)

    def person(self, read_as: int, article: int | None) -> int:
        """The people row after every decision has been applied in the order in which it was made."""
        person = read_as
        for decision in self.found:
            if decision.person == person and decision.article in (None, article):
                person = decision.into
        return person


def decisions_of(db: Database) -> Decisions:
    """Those that have not been undone."""
    rows = db.execute(
        "select id, action, person_id, into_id, article_id, coalesce(why, ''), made_at from merges "
        "where undone_at is null order by id"
    )
    return Decisions(
        [Decision(id=i, action=a, person=p, into=n, article=t, why=w, made_at=m) for i, a, p, n, t, w, m in rows]
    )


def merge(db: Database, person: int, into: int, *, why: str = "") -> int:
    """Makes two people one from now on; the number of rows that changed hands."""
    with writing(db):
        _decide(db, "merge", person, into, None, why)
        return apply(db)


def split(db: Database, person: int, articles: Sequence[int], *, name: str, why: str = "") -> tuple[int, int]:
    """What these articles say of ``person`` is of somebody else: their number, and how many rows changed hands."""
    with writing(db):
        known = db.execute("select key, surname from people where id = ?", [person]).fetchone()
        number = next_number(db)
        db.execute(
            "insert into people(id, name, key, surname) values (?, ?, ?, ?)",
            [number, name, f"{known[0]} #{number}", known[1]],
        )
        for article in articles:
            _decide(db, "split", person, number, article, why)
        return number, apply(db)


def undo(db: Database, decision: int) -> int:
    """Takes a decision back, of a split that of all its articles; the number of rows that changed hands."""
    with writing(db):
        db.execute(
            "update merges set undone_at = ? where undone_at is null and (action, person_id, into_id) in "
            "(select action, person_id, into_id from merges where id = ?)",
            [_now(), decision],
        )
        return apply(db)


def apply(db: Database) -> int:
    """Brings every row about anybody in a decision to where the decisions put it; how many changed."""
    decisions = decisions_of(db)
    changed = 0
    for table, column in about_people(db).items():
        rows = db.execute(
            f"select distinct t.read_as, t.version_id, v.article_id, t.{column} from {table} t "
            "left join article_versions v on v.id = t.version_id where t.read_as in (select person_id from merges)"
        ).fetchall()
        for read_as, version, article, now in rows:
            person = decisions.person(read_as, article)
            if person != now:
                if table == "quotes":  # what they said is put together, or told apart, anew
                    db.execute(
                        "insert or ignore into utterance_queue select utterance_id from quotes "
                        "where read_as = ? and version_id is ? and person_id = ? and utterance_id is not null",
                        [read_as, version, now],
                    )
                cursor = db.execute(
                    f"update {table} set {column} = ? where read_as = ? and version_id is ? and {column} = ?",
                    [person, read_as, version, now],
                )
                changed += cursor.rowcount
    _utterances(db)
    _names(db, decisions)
    return changed


def _decide(db: Database, action: str, person: int, into: int, article: int | None, why: str) -> None:
    db.execute(
        "insert into merges(action, person_id, into_id, article_id, why, made_at) values (?, ?, ?, ?, ?, ?)",
        [action, person, into, article, why or None, _now()],
    )


def _utterances(db: Database) -> None:
    """An utterance is whose its quotes are."""
    db.execute(
        "update utterances set person_id = "
        "(select min(q.person_id) from quotes q where q.utterance_id = utterances.id) "
        "where id in (select utterance_id from quotes where read_as in (select person_id from merges))"
    )


def _names(db: Database, decisions: Decisions) -> None:
    """Other names of everybody concerned, again from their mentions; who was merged says into whom."""
    concerned = "(select person_id from merges union select into_id from merges)"
    db.execute(f"update people set merged_into = null where id in {concerned}")
    for decision in decisions.found:
        if decision.action == "merge":
            into = decisions.person(decision.person, None)
            db.execute("update people set merged_into = ? where id = ?", [into, decision.person])
    db.execute(
        "insert or ignore into aliases(entity_kind, entity_id, alias) "
        "select distinct 'person', m.entity_id, m.exact from mentions m join people p on p.id = m.entity_id "
        f"where m.entity_kind = 'person' and m.exact <> p.name and m.entity_id in {concerned} "
        "union select 'person', merged_into, name from people where merged_into is not null"
    )
    db.execute(
        f"delete from aliases where entity_kind = 'person' and entity_id in {concerned} and alias not in "
        "(select m.exact from mentions m where m.entity_kind = 'person' and m.entity_id = aliases.entity_id "
        "union select name from people where merged_into = aliases.entity_id)"
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
