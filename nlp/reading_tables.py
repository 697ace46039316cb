"""What the readings' table has learned to say since it was made. ``nlp.tables`` puts it in line."""

from __future__ import annotations

from sqlite_utils import Database


def m040_what_made_a_reading(db: Database) -> None:
    """A reading's components with their versions, and a digest of what it found."""
    db.table("readings").add_column("components", str)
    db.table("readings").add_column("digest", str)


LATER = (m040_what_made_a_reading,)
