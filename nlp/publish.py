"""Makes the compact, read-only copy that the site serves, and swaps it in whole."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

PRIVATE = ("frontier", "hosts", "alarms", "story_shingles", "story_common", "story_signatures", "reviews")
ENTITIES = {
    "people": "person",
    "organisations": "organisation",
    "services": "service",
    "policies": "policy",
    "events": "event",
}


def published_path(db_path: Path) -> Path:
    """Where the copy of ``db_path`` lies: ``data/quotewire.db`` → ``data/quotewire.public/quotewire.db``.

    Its stem never changes, because Datasette takes the database's name, and every address, from it.
    """
    return db_path.with_suffix(".public") / "quotewire.db"


def publish(db_path: Path, *, views: Path | Sequence[Path]) -> Path:
    """Copies ``db_path`` with ``VACUUM INTO``, leaves out what is private, applies the SQL of ``views``, swaps it in.

    Readers of the old copy keep it until they open the new one; a failure leaves the old copy in place.
    Raises sqlite3.Error (the working database can't be read, the disk is full, the views are wrong).
    """
    target = published_path(db_path)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.stem}.{os.getpid()}.new")
    try:
        _copy(db_path, fresh)
        scripts = [views] if isinstance(views, Path) else views
        _prepare(fresh, [script.read_text(encoding="utf-8") for script in scripts])
        fresh.replace(target)
    finally:
        for leftover in (fresh, Path(f"{fresh}-journal"), Path(f"{fresh}-wal"), Path(f"{fresh}-shm")):
            leftover.unlink(missing_ok=True)
    return target


def _copy(db_path: Path, fresh: Path) -> None:
    fresh.unlink(missing_ok=True)
    source = sqlite3.connect(f"file:{_quoted(db_path)}?mode=ro", uri=True)
    try:
        source.execute("vacuum into ?", [str(fresh)])
    finally:
        source.close()


def _prepare(fresh: Path, scripts: list[str]) -> None:
    copy = sqlite3.connect(fresh)
    try:
        for table in PRIVATE:
            copy.execute(f"drop table if exists {table}")
        for table, kind in ENTITIES.items():  # names that no current reading mentions any more
            copy.execute(
                f"delete from {table} where id not in (select entity_id from mentions where entity_kind = ?)", [kind]
            )
        for script in scripts:
            copy.executescript(script)
        copy.execute("analyze")
        copy.execute("pragma journal_mode = delete")
        copy.commit()
        copy.execute("vacuum")
    finally:
        copy.close()


def _quoted(path: Path) -> str:
    return path.resolve().as_uri().removeprefix("file://")
