"""The register's tables: which lists were loaded, and what memberships say beyond a role as an article states it."""

from __future__ import annotations

from sqlite_utils import Database


def m009_offices(db: Database) -> None:
    """A membership is either stated by a text (version_id) or by a list (list_id), with its days and its source."""
    db.table("office_lists").create(
        {"id": int, "name": str, "sha256": str, "loaded_at": str, "taken": int, "skipped": int},
        pk="id",
        not_null={"name", "sha256", "loaded_at"},
    )
    db.table("office_lists").create_index(["name"], unique=True)
    for column in ("held_from", "held_to", "known_until", "source", "list_person"):
        db.execute(f"alter table memberships add column {column} text")
    db.execute("alter table memberships add column list_id integer references office_lists(id)")
    db.table("memberships").create_index(["list_id"])
    for table in ("mentions", "quotes"):
        db.execute(f"alter table {table} add column membership_id integer references memberships(id)")


LATER = (m009_offices,)
