"""What the readings have found, for the summary after a run and for `quotewire status`."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

CURRENT = "version_id in (select current_version_id from articles)"


def totals(db: Database) -> dict[str, int]:
    """People, quotes and positions in the current versions, and versions that no reading has seen yet."""
    return {
        "people": _one(
            db, f"select count(distinct entity_id) from mentions where entity_kind = 'person' and {CURRENT}"
        ),
        "quotes": _one(db, f"select count(*) from quotes where {CURRENT}"),
        "positions": _one(db, f"select count(*) from positions where {CURRENT}"),
        "unread": _one(db, "select count(*) from article_versions where id not in (select version_id from readings)"),
    }


def not_read(db: Database, *, most: int = 20) -> list[dict[str, Any]]:
    """The versions that were skipped or failed, newest first, with the reason."""
    return list(
        db.query(
            "select r.status, a.canonical_url as url, r.reason from readings r "
            "join article_versions v on v.id = r.version_id join articles a on a.id = v.article_id "
            "where r.status <> 'read' order by r.id desc limit ?",
            [most],
        )
    )


def _one(db: Database, sql: str) -> int:
    return int(db.execute(sql).fetchone()[0])
