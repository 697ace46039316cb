"""Makes the compact, read-only copy that the site serves, and swaps it in whole."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from nlp.editions import made_from
from nlp.excerpts import keep_excerpts_alone
from nlp.reviews import into_copy, reviews_path
from nlp.tombstones import take_out

PRIVATE = (
    "archives",
    "frontier",
    "hosts",
    "alarms",
    "story_queue",
    "story_postings",
    "story_common",
    "story_signatures",
    "utterance_queue",
    "link_rules",
    "takedowns",
)
FULL_TEXT = ("article_versions_fts", "quotes_fts")
ENTITIES = {
    "people": "person",
    "organisations": "organisation",
    "services": "service",
    "policies": "policy",
    "events": "event",
}
UNNAMED = """
    delete from {0} where id not in (
      select entity_id from mentions where entity_kind = :kind
      union select person_id from settled where :kind = 'person' and person_id is not null
      union select organisation_id from settled where :kind = 'organisation' and organisation_id is not null)
"""


def published_path(db_path: Path) -> Path:
    """Where the copy of ``db_path`` lies: ``data/quotewire.db`` → ``data/quotewire.public/quotewire.db``.

    Its stem never changes, because Datasette takes the database's name, and every address, from it.
    """
    return db_path.with_suffix(".public") / "quotewire.db"


def publish(db_path: Path, *, views: Path | Sequence[Path], quotes_only: bool = False, reviews: bool = True) -> Path:
    """Copies ``db_path`` with ``VACUUM INTO``, leaves out what is private, applies the SQL of ``views``, swaps it in.

    What is withdrawn is taken out. With ``quotes_only`` the texts are cut down to what quotes and positions rest on.
    What reviewers decided (the file beside the copy) goes in as the table ``reviewed``, unless ``reviews`` is False.
    Readers of the old copy keep it until they open the new one; a failure leaves the old copy in place.
    Raises sqlite3.Error (the working database can't be read, the disk is full, the views are wrong).
    """
    target = published_path(db_path)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.stem}.{os.getpid()}.new")
    try:
        _copy(db_path, fresh)
        _prepare(fresh, _sql(views), quotes_only=quotes_only, reviews=reviews_path(target) if reviews else None)
        with fresh.open("rb") as whole:
            os.fsync(whole.fileno())
        fresh.replace(target)
    finally:
        for leftover in (fresh, Path(f"{fresh}-journal"), Path(f"{fresh}-wal"), Path(f"{fresh}-shm")):
            leftover.unlink(missing_ok=True)
    return target


def inspected(copy: Path) -> dict[str, Any]:
    """What ``datasette inspect`` would find out about a published copy, as the copy itself tells; {} for an old one."""
    told = _told(copy)
    if not told:
        return {}
    tables = {name: {"count": count} for name, count in json.loads(told["rows"]).items()}
    about = {"hash": told["edition"], "size": copy.stat().st_size, "file": str(copy), "tables": tables}
    return {copy.stem: about}


def as_published(copy: Path) -> dict[str, bool]:
    """The options of ``publish`` that a copy was made with, so that the next one is made alike."""
    told = _told(copy) if copy.exists() else {}
    return {"quotes_only": told.get("texts") == "quotes only", "reviews": told.get("reviews") != "left out"}


def is_current(db_path: Path, *, views: Path | Sequence[Path]) -> bool:
    """Whether there is a copy that shows all that ``db_path``, ``views`` and the reviews have by now."""
    copy = published_path(db_path)
    if not copy.exists():
        return False
    reviews = reviews_path(copy) if as_published(copy)["reviews"] else None
    with closing(sqlite3.connect(f"file:{_quoted(db_path)}?mode=ro", uri=True)) as working:
        return _told(copy).get("made_from") == made_from(working, _sql(views), reviews)


def made_for(copy: Path, *, views: Path | Sequence[Path]) -> bool:
    """Whether a copy was made by ``views`` as they are now, and so has the tables and columns that pages ask for."""
    return _told(copy).get("views") == _digest(_sql(views))


def _digest(scripts: Sequence[str]) -> str:
    return sha256("".join(scripts).encode()).hexdigest()


def _sql(views: Path | Sequence[Path]) -> list[str]:
    scripts = [views] if isinstance(views, Path) else views
    return [script.read_text(encoding="utf-8") for script in scripts]


def _told(copy: Path) -> dict[str, str]:
    published = sqlite3.connect(f"file:{_quoted(copy)}?immutable=1", uri=True)
    try:
        made_long_ago = not published.execute("select 1 from sqlite_master where name = 'publication'").fetchone()
        return {} if made_long_ago else dict(published.execute("select what, value from publication"))
    finally:
        published.close()


def _copy(db_path: Path, fresh: Path) -> None:
    fresh.unlink(missing_ok=True)
    source = sqlite3.connect(f"file:{_quoted(db_path)}?mode=ro", uri=True)
    try:
        source.execute("vacuum into ?", [str(fresh)])
    finally:
        source.close()


def _prepare(fresh: Path, scripts: list[str], *, quotes_only: bool, reviews: Path | None) -> None:
    copy = sqlite3.connect(fresh)
    try:
        copy.execute("pragma synchronous = off")  # nobody reads it before it is whole, and then it is written out once
        rests_on = made_from(copy, scripts, reviews)
        take_out(copy)
        if quotes_only:
            keep_excerpts_alone(copy)
        into_copy(copy, reviews)
        noting = "select name from sqlite_master where type = 'trigger' and instr(sql, ?)"
        for table in PRIVATE:
            for (trigger,) in copy.execute(noting, [table]).fetchall():
                copy.execute(f"drop trigger {trigger}")
            copy.execute(f"drop table if exists {table}")
        for table, kind in ENTITIES.items():  # names that neither a reading nor a reviewer mentions any more
            copy.execute(UNNAMED.format(table), {"kind": kind})
        for script in scripts:
            copy.executescript(script)
        shown = "shown" if reviews else "left out"
        for index in FULL_TEXT:  # one piece of index instead of many; what was taken out goes for good
            copy.execute(f"insert into {index}({index}) values ('optimize')")
        texts = "quotes only" if quotes_only else "whole"
        _sign(copy, {"texts": texts, "reviews": shown, "made_from": rests_on, "views": _digest(scripts)})
        copy.execute("analyze")
        copy.execute("pragma journal_mode = delete")
        copy.commit()
        copy.execute("vacuum")
    finally:
        copy.close()


def _sign(copy: sqlite3.Connection, how: dict[str, str]) -> None:
    """What the copy is: when it was made, how much of the texts is in it, how many rows each table has."""
    names = [name for (name,) in copy.execute("select name from sqlite_master where type = 'table'")]
    rows = {name: copy.execute(f"select count(*) from [{name}]").fetchone()[0] for name in names}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    copy.execute("create table publication (what text primary key, value text)")
    told = {"published_at": now, "edition": uuid4().hex, **how, "rows": json.dumps(rows)}
    copy.executemany("insert into publication values (?, ?)", told.items())


def _quoted(path: Path) -> str:
    return path.resolve().as_uri().removeprefix("file://")
