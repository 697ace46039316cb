"""Transactions that may run beside those of another process: a crawl, a second reading, a user's decision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """A transaction that holds the write lock from its beginning; within another one it is part of that.

    One that reads before it writes fails at once when somebody else has written in between, however long it would
    wait ("database is locked"), since what it read is past.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    db.conn.execute("begin immediate")
    try:
        yield
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()
