"""Reads what has not been read: stored versions in, rows of the reading out, then stories, utterances, changes."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

from spacy.language import Language
from spacy.tokens import Doc
from sqlite_utils import Database

from nlp import changes, relinking, stories, utterances
from nlp.build import COMPONENTS, PIPELINE_VERSION, build, model_name
from nlp.document import reading_of
from nlp.freshness import STALE, Stamp, found_the_same, give_back, outdated, put_stamp, remembered, versions_of
from nlp.offices.store import edition, load_own, register_of
from nlp.records import Reading
from nlp.rows import ReadingWriter, Version
from nlp.transactions import writing

T = TypeVar("T")
Progress = Callable[[int, int], None]
log = logging.getLogger(__name__)
BATCH = 32  # articles a transaction: what a kill can cost
LONGEST = 300_000  # characters; a longer text is a list, a log or a mistake, and the parser's memory grows with it
BROKEN = re.compile("[\ud800-\udfff]")  # bytes that were no UTF-8, or an escape that names no character

UNREAD = """
    select v.id, v.article_id, v.body, substr(a.published_at, 1, 10), coalesce(a.language, 'en')
    from article_versions v join articles a on a.id = v.article_id
    left join readings r on r.version_id = v.id where r.id is null order by v.id
"""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """How many versions were read, skipped (the row says why) and failed.

    unchanged: of those read again, how many were found to say what they did. outdated: what has changed since readings
    were made that were not asked for → how many.
    """

    read: int = 0
    skipped: int = 0
    failed: int = 0
    words: int = 0
    unchanged: int = 0
    outdated: Mapping[str, int] = field(default_factory=dict)


def read_all(
    db: Database, *, stale: bool = False, progress: Progress | None = None, linking: Progress | None = None
) -> ReadResult:
    """Reads every version that has not been read; ``progress(done, total)`` after each batch.

    With ``stale`` also those whose reading was made by components that have changed since; what reads as before keeps
    its rows, and what older rules linked (stories, utterances, changes) is linked anew. A batch is one transaction:
    stopped at any point, the next call goes on where this one was. ``linking`` is told the same of stories, utterances
    and changes, one after another.
    """
    load_own(db)
    incumbents: Any = build().get_pipe("incumbents")
    incumbents.given = register_of(db)
    stamp = stamp_now(register=edition(db))
    todo = [Version(id=i, article_id=a, text=body or "", published_on=day, language=lang)
            for i, a, body, day, lang in _to_read(db, stamp, stale=stale)]  # fmt: skip
    counts = {"read": 0, "skipped": 0, "failed": 0, "words": 0, "unchanged": 0}
    done = 0
    for batch in _batches(todo):
        done += len(batch)
        found = list(_readings(batch))
        with writing(db):
            writer = ReadingWriter(db)
            now = datetime.now(UTC).isoformat(timespec="seconds")
            for version, reading, reason in found:
                counts["read" if reading else reason.split(":")[0]] += 1
                counts["words"] += reading.words if reading else 0
                if found_the_same(db, version.id, reading, reason, stamp):
                    counts["unchanged"] += 1
                    continue
                said = remembered(db, version.id)
                writer.write(version, reading, pipeline=stamp.pipeline, model=stamp.model, read_at=now, reason=reason)
                put_stamp(db, version.id, reading, stamp)
                give_back(db, version.id, said)
        if progress:
            progress(done, len(todo))
    relinking.note(db, stale=stale)
    stories.link(db, progress=linking)
    utterances.link(db, progress=linking)
    changes.link(db, stale=stale, progress=linking)
    _index_quotes(db)
    return ReadResult(**counts, outdated=outdated(db, stamp) | relinking.outdated(db))


def stamp_now(*, register: str) -> Stamp:
    """Which pipeline, model, components and edition of the register of office holders read today."""
    names = [module.__name__.rpartition(".")[2] for module in COMPONENTS]
    model = f"{model_name()} {build().meta['version']}"
    return Stamp(pipeline=PIPELINE_VERSION, model=model, components={**versions_of(names), "register": register})


def _to_read(db: Database, stamp: Stamp, *, stale: bool) -> list[tuple[int, int, str, str | None, str]]:
    new: list[tuple[int, int, str, str | None, str]] = db.execute(UNREAD).fetchall()
    return [*new, *(db.execute(STALE, stamp.as_row()).fetchall() if stale else [])]


def annotate(lines: Iterable[str], *, guideline: str = "uk") -> Iterator[dict[str, Any]]:
    """JSON Lines ``{"id", "text"[, "published"]}`` in, each article's reading out in the form the scorers read.

    A line that can't be read gives ``{"id", "error"}``. ``guideline`` is one of ``nlp.quotes.GUIDELINES``.
    """
    quotes: Any = build().get_pipe("quotes")
    quotes.guideline = guideline
    for batch in _batches(enumerate(lines, start=1)):
        rows = [_parsed(number, line) for number, line in batch if line.strip()]
        versions = [Version(id=n, article_id=n, text=row["text"], published_on=row.get("published"))
                    for n, row in enumerate(rows) if "error" not in row]  # fmt: skip
        found = {version.id: (reading, reason) for version, reading, reason in _readings(versions)}
        for n, row in enumerate(rows):
            reading, reason = found.get(n, (None, ""))
            if reading:
                yield {"id": row["id"], **reading.as_json(row["text"])}
            else:
                yield {"id": row["id"], "error": row.get("error") or reason}


def _parsed(number: int, line: str) -> dict[str, Any]:
    if BROKEN.search(line):
        return {"id": f"line {number}", "error": f"line {number} is not UTF-8"}
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return {"id": f"line {number}", "error": f"line {number} is no JSON: {error}"}
    if BROKEN.search(json.dumps(row, ensure_ascii=False)):
        return {"id": f"line {number}", "error": f"line {number} has half a surrogate pair in it"}
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        identity = row.get("id") if isinstance(row, dict) else None
        return {"id": identity or f"line {number}", "error": f'line {number} has no "text"'}
    return {"id": f"line {number}", **row}


def _readings(batch: list[Version]) -> Iterator[tuple[Version, Reading | None, str]]:
    """Each version with its reading, or with the reason why there is none."""
    nlp = build()
    refused = {version.id: _refusal(version) for version in batch}
    wanted = [version for version in batch if not refused[version.id]]
    read = _together(nlp, wanted)
    for version in batch:
        if refused[version.id]:
            yield version, None, f"skipped: {refused[version.id]}"
        elif version.id in read:
            yield version, read[version.id], ""
        else:
            yield _alone(nlp, version)


def _together(nlp: Language, versions: list[Version]) -> dict[int, Reading]:
    """Readings by version id, of all of them or, when one text breaks a component, of those before it."""
    read: dict[int, Reading] = {}
    try:
        for doc, version in nlp.pipe(((_dated(nlp, v), v) for v in versions), as_tuples=True):
            read[version.id] = reading_of(doc)
    except Exception as error:
        log.warning("A batch broke (%s: %s); its texts are read one by one", type(error).__name__, error)
    return read


def _dated(nlp: Language, version: Version) -> Doc:
    """The text with its day: who held an office depends on it."""
    doc = nlp.make_doc(version.text)
    doc._.published = version.published_on
    return doc


def _alone(nlp: Language, version: Version) -> tuple[Version, Reading | None, str]:
    """One text that broke its batch, by itself: it is read, or its own error is named."""
    try:
        return version, reading_of(nlp(_dated(nlp, version))), ""
    except Exception as error:  # whatever a hostile text provokes stays with that text
        return version, None, f"failed: {type(error).__name__}: {error}"


def _refusal(version: Version) -> str:
    if not version.text.strip():
        return "no text"
    if len(version.text) > LONGEST:
        return f"{len(version.text)} characters, over the limit of {LONGEST}"
    if not version.language.startswith("en"):
        return f"language is {version.language}, not English"
    return ""


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _index_quotes(db: Database) -> None:
    with writing(db):
        db.execute(
            "insert into quotes_fts(rowid, content, speaker) select id, content, speaker from quotes "
            "where id not in (select id from quotes_fts_docsize)"
        )
