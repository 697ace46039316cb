"""Write transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database


@contextmanager
def writing(db: Database) -> Iterator[sqlite3.Connection]:
    """One write transaction, taken at its start so that it waits for other writers instead of failing half-way."""
    db.conn.execute("begin immediate")
    try:
        yield db.conn
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()
