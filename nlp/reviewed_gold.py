"""Reviewed rows as gold, in the form of ``bench/gold``: what people settled, with the text that it points into."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from nlp.reviews import Verdict, row_of, texts_of, verdicts

READ = """
    select min(s.start), max(s."end") from quotes q join quote_spans s on s.quote_id = q.id and s.part = 'content'
    where q.version_id = ? group by q.id
"""
Of = dict[tuple[str, int, int], Verdict]  # (subject, start, end) → what was decided


def gold(db: sqlite3.Connection, file: Path) -> Iterator[dict[str, Any]]:
    """One row a text with settled reviews: the accepted and amended rows, spans as [start, end], and the text.

    ``rejected`` holds the spans that are no quotes. ``complete`` says that every quote that is read in the text was
    reviewed: only then does a quote that is missing from the row mean that there is none.
    """
    found = [one for one in verdicts(file) if one.state != "disputed"]
    texts = texts_of(db, found)
    by_text: dict[tuple[str, str], list[Verdict]] = {}
    for one in found:
        by_text.setdefault((one.key[0], one.key[1]), []).append(one)
    for at, reviewed in by_text.items():
        if at in texts:
            version, _, body = texts[at]
            yield {"id": at[0], **_row(db, version, body, reviewed)}


def _row(db: sqlite3.Connection, version: int, body: str, reviewed: list[Verdict]) -> dict[str, Any]:
    of: Of = {(one.key[2], one.key[3], one.key[4]): one for one in reviewed}
    said = [one for one in reviewed if one.key[2] == "quote"]
    quotes = [_quote(db, version, body, one, of) for one in said if one.state != "rejected"]
    people: dict[str, list[str]] = {}
    for quote in quotes:
        if quote["speaker"] and quote["speaker_type"] == "person":
            people.setdefault(quote["speaker"], []).extend([quote["role"]] if quote["role"] else [])
    return {
        "text": body,
        "text_sha256": sha256(body.encode()).hexdigest(),
        "quotes": sorted(quotes, key=lambda quote: list(quote["content"])),
        "rejected": [[one.key[3], one.key[4]] for one in said if one.state == "rejected"],
        "people": [{"name": name, "roles": list(dict.fromkeys(roles))} for name, roles in people.items()],
        "positions": [_position(one) for one in reviewed if one.key[2] == "position" and one.state != "rejected"],
        "complete": all(("quote", start, end) in of for start, end in db.execute(READ, [version])),
    }


def _quote(db: sqlite3.Connection, version: int, body: str, one: Verdict, of: Of) -> dict[str, Any]:
    _, _, _, start, end, _ = one.key
    quote, _ = row_of(db, version, one.key)
    spans: dict[str, list[list[int]]] = {"content": [], "cue": [], "source": []}
    about = ("", None, None, None)
    if quote is not None:
        rows = db.execute('select part, start, "end" from quote_spans where quote_id = ? order by start', [quote])
        for part, first, last in rows.fetchall():
            spans[part].append([first, last])
        about = db.execute(
            "select kind, speaker, speaker_type, role_as_stated from quotes where id = ?", [quote]
        ).fetchone()
    if one.should_be:
        at = _nearest(body, one.should_be, start)
        spans["content"] = [[at, at + len(one.should_be)]]
    content = spans["content"] or [[start, end]]
    kind, speaker, speaker_type, role = about
    named = _settled(of.get(("speaker", start, end)), speaker)
    return {
        **spans,
        "content": content,
        "kind": kind,
        "speaker": named,
        "speaker_type": (speaker_type if named == speaker else "person") if named else None,
        "role": _settled(of.get(("role", start, end)), role),
        "reviewed": [subject for subject in ("quote", "speaker", "role") if (subject, start, end) in of],
    }


def _settled(verdict: Verdict | None, read: str | None) -> str | None:
    """What a speaker or role is after its review; as it is read when nobody looked at it."""
    if verdict is None:
        return read
    return {"accepted": verdict.as_read, "amended": verdict.should_be}.get(verdict.state) or None


def _position(one: Verdict) -> dict[str, Any]:
    holder, _, target = one.key[5].partition(" on ")
    return {
        "holder": holder,
        "target": target,
        "stance": one.should_be or one.as_read,
        "evidence": [[one.key[3], one.key[4]]],
    }


def _nearest(body: str, words: str, start: int) -> int:
    """Where ``words`` stand nearest to ``start``; ``start`` when they are nowhere."""
    found, at = [], body.find(words)
    while at >= 0:
        found.append(at)
        at = body.find(words, at + 1)
    return min(found, key=lambda one: abs(one - start), default=start)
