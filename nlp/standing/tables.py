"""The table of positions that are not likely enough to be shown as such."""

from __future__ import annotations

from sqlite_utils import Database


def m030_suggestions(db: Database) -> None:
    """The columns of positions, and a status: "suggestion", or what became of it when a person looked at it."""
    db.table("suggestions").create(
        {
            "id": int,
            "version_id": int,
            "reading_id": int,
            "holder": str,
            "holder_type": str,
            "person_id": int,
            "read_as": int,
            "organisation_id": int,
            "policy_id": int,
            "target": str,
            "stance": str,
            "confidence": float,
            "status": str,
            "quote_id": int,
            "start": int,
            "end": int,
            "evidence": str,
        },
        pk="id",
        foreign_keys=[
            ("version_id", "article_versions", "id"),
            ("reading_id", "readings", "id"),
            ("person_id", "people", "id"),
            ("read_as", "people", "id"),
            ("organisation_id", "organisations", "id"),
            ("policy_id", "policies", "id"),
            ("quote_id", "quotes", "id"),
        ],
        not_null={"version_id", "reading_id", "holder", "target", "stance"},
        defaults={"status": "suggestion"},
    )
    for column in ("version_id", "reading_id", "person_id", "read_as", "organisation_id", "policy_id", "quote_id"):
        db.table("suggestions").create_index([column])


LATER = (m030_suggestions,)
