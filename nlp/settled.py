"""What counts where reviewers looked: their word in place of what was read, and the same in copies that run the same.

A copy in which the same words, attributed in the same words, are read as the same speaker's was misread in the same
way. What was decided of one holds for it too, unless somebody reviewed it or reviews of two copies differ.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from nlp.reviewed_names import Who, whose

SETTLED = """
    create table settled (id integer primary key, quote_id integer, position_id integer, counts integer, content text,
      speaker text, speaker_type text, person_id integer, organisation_id integer, role_as_stated text, stance text,
      confidence real, speaker_confidence real, reviewed text)
"""
REVIEWED = "select {0}, subject, state, as_read, should_be from reviewed where {0} is not null order by id"
QUOTE = """
    select q.content, q.speaker, q.speaker_type, q.person_id, q.organisation_id, q.role_as_stated, q.confidence,
           q.speaker_confidence, coalesce(q.source, ''), q.version_id, v.article_id
    from quotes q join article_versions v on v.id = q.version_id where q.id = ?
"""
POSITION = "select stance, confidence from positions where id = ?"
NEAR = """
    with near as (
      select v.id from article_versions mine
      join article_versions v on v.article_id = mine.article_id or v.article_id in (
        select m.article_id from story_members here join story_members m on m.story_id = here.story_id
        where here.article_id = mine.article_id)
      where mine.id = (select version_id from {0} where id = :id)
    )
    select t.id from near join {0} t on t.version_id = near.id join {0} x on x.id = :id where t.id <> x.id and
"""
SAME_QUOTE = (
    NEAR.format("quotes")
    + "t.content = x.content and t.cue is x.cue and t.source is x.source and t.speaker is x.speaker"
)
SAME_POSITION = (
    NEAR.format("positions")
    + "t.holder = x.holder and t.target = x.target and t.stance = x.stance and t.evidence is x.evidence"
)
ADD = "insert into settled ({}) values ({})"
SURE = ("accepted", "amended")
SUBJECTS = ("quote", "speaker", "role", "position")


@dataclass(frozen=True, slots=True)
class Decided:
    """What the reviews of one thing come to; ``state`` is accepted, rejected, amended or disputed."""

    subject: str
    state: str
    as_read: str
    should_be: str | None


def stands(one: Decided | None, now: str | None) -> str | None:
    """What counts of a thing that is read as ``now``; a dispute decides nothing, nor does the rejection of another."""
    if one is None or one.state == "disputed":
        return now
    if one.state == "rejected":
        return None if one.as_read == (now or "") else now
    return (one.as_read if one.state == "accepted" else one.should_be) or None


def settle(copy: sqlite3.Connection) -> None:
    """Writes the table ``settled`` from ``reviewed``, and lets quotes be searched by the speaker who counts."""
    copy.execute(SETTLED)
    for kind, same, row in (("quote_id", SAME_QUOTE, _quote), ("position_id", SAME_POSITION, _position)):
        decided: dict[int, list[Decided]] = {}
        for number, *told in copy.execute(REVIEWED.format(kind)).fetchall():
            decided.setdefault(number, []).append(Decided(*told))
        rows = {number: row(copy, number, found, elsewhere=False) for number, found in decided.items()}
        carried: dict[int, list[dict[str, Any]]] = {}
        for number, found in decided.items():
            for (twin,) in copy.execute(same, {"id": number}).fetchall():
                if twin not in decided:
                    carried.setdefault(twin, []).append(row(copy, twin, found, elsewhere=True))
        rows |= {twin: told[0] for twin, told in carried.items() if all(one == told[0] for one in told)}
        for number, told in rows.items():
            if told:
                _add(copy, {kind: number, **told})
    copy.execute("create index settled_quote on settled (quote_id)")
    copy.execute("create index settled_position on settled (position_id)")
    _index_speakers(copy)


def _quote(copy: sqlite3.Connection, number: int, found: Iterable[Decided], *, elsewhere: bool) -> dict[str, Any]:
    content, *rest = copy.execute(QUOTE, [number]).fetchone()
    speaker, speaker_type, person, organisation, role, confidence, speaker_confidence, source, version, article = rest
    of = {one.subject: one for one in found}
    if elsewhere:  # how far a quote goes is its own text's; so is a role that is worded otherwise there
        now = {"quote": None, "speaker": speaker or "", "role": role or ""}
        of = {name: one for name, one in of.items() if now[name] in (None, one.as_read)}
        of = {name: one for name, one in of.items() if (name, one.state) != ("quote", "amended")}
    if not of:
        return {}
    quote = of.get("quote")
    name = stands(of.get("speaker"), speaker)
    who = Who(speaker, speaker_type, person, organisation)
    if name != speaker:
        who = whose(copy, name, version=version, article=article) if name else Who(None)
        role = role if role and role.casefold() in source.casefold() else None  # else it is the other one's
    return {
        "counts": int(quote is None or quote.state != "rejected"),
        "content": quote.should_be if quote and quote.state == "amended" else content,
        **who._asdict(),
        "role_as_stated": stands(of.get("role"), role),
        "confidence": 1.0 if quote and quote.state in SURE else confidence,
        "speaker_confidence": 1.0 if "speaker" in of and of["speaker"].state in SURE else speaker_confidence,
        "reviewed": _told(of.values(), elsewhere=elsewhere),
    }


def _position(copy: sqlite3.Connection, number: int, found: Iterable[Decided], *, elsewhere: bool) -> dict[str, Any]:
    stance, confidence = copy.execute(POSITION, [number]).fetchone()
    (one,) = found
    now = stands(one, stance)
    return {
        "counts": int(now is not None),
        "stance": now,
        "confidence": 1.0 if one.state in SURE else confidence,
        "reviewed": _told([one], elsewhere=elsewhere),
    }


def _told(found: Iterable[Decided], *, elsewhere: bool) -> str:
    in_order = sorted(found, key=lambda one: SUBJECTS.index(one.subject))
    return ", ".join(f"{one.subject} {one.state}" for one in in_order) + (" in another copy" if elsewhere else "")


def _add(copy: sqlite3.Connection, row: dict[str, Any]) -> None:
    copy.execute(ADD.format(", ".join(row), ", ".join("?" * len(row))), list(row.values()))


def _index_speakers(copy: sqlite3.Connection) -> None:
    """The words stay indexed as they were read, since snippets are cut out of the table ``quotes``."""
    changed = """
        select q.id, q.content, q.speaker, s.speaker from settled s join quotes q on q.id = s.quote_id
        where s.speaker is not q.speaker and q.id in (select id from quotes_fts_docsize)
    """
    for number, content, before, now in copy.execute(changed).fetchall():
        delete = "insert into quotes_fts(quotes_fts, rowid, content, speaker) values ('delete', ?, ?, ?)"
        copy.execute(delete, [number, content, before])
        copy.execute("insert into quotes_fts(rowid, content, speaker) values (?, ?, ?)", [number, content, now])
