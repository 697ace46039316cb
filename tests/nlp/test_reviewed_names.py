"""What counts after a review, and whom a reviewer meant by a name."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from nlp.reviewed_names import whose
from nlp.settled import Decided, stands


@pytest.mark.parametrize(
    ("state", "as_read", "should_be", "now", "expected"),
    [
        ("accepted", "Ada Quill", None, "Ada Quill", "Ada Quill"),
        ("accepted", "Ada Quill", None, "Tom Brack", "Ada Quill"),
        ("accepted", "", None, "Tom Brack", None),
        ("amended", "Tom Brack", "Ada Quill", "Tom Brack", "Ada Quill"),
        ("amended", "Tom Brack", "", "Tom Brack", None),
        ("rejected", "Tom Brack", None, "Tom Brack", None),
        ("rejected", "Tom Brack", None, "Ada Quill", "Ada Quill"),
        ("disputed", "Tom Brack", None, "Tom Brack", "Tom Brack"),
    ],
)
def test_what_counts_is_what_was_decided_whatever_a_later_reading_finds(
    state, as_read, should_be, now, expected
) -> None:
    assert stands(Decided("speaker", state, as_read, should_be), now) == expected


@pytest.fixture
def register(db: Database, add_article) -> Database:
    """Two people of one name, a minister named in the article, her namesake elsewhere, and bodies."""
    add_article("A text.", url="https://gazette.example/1")
    keys = ("ada quill", "ned quill", "jo marsh", "jo marsh #4", "tom brack", "thomas brack")
    people = [(key.partition(" #")[0].title(), key) for key in keys]
    for name, key in people:
        db["people"].insert({"name": name, "key": key, "surname": name.split()[1].lower()})
    db["people"].update(6, {"merged_into": 5})
    db["organisations"].insert({"name": "Harbour Board", "key": "harbour board", "acronym": "HB"})
    db["aliases"].insert({"entity_kind": "organisation", "entity_id": 1, "alias": "Board of the Harbour"})
    reading = db["readings"].insert({"version_id": 1, "pipeline_version": "x", "model": "x", "status": "read"}).last_pk
    here = {"version_id": 1, "reading_id": reading, "start": 0, "end": 1, "exact": "x", "entity_kind": "person"}
    db["mentions"].insert({**here, "entity_id": 1})
    return db


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Quill", ("Ada Quill", "person", 1, None)),
        ("Dame Ada Quill MP", ("Ada Quill", "person", 1, None)),
        ("Ms Quill", ("Ada Quill", "person", 1, None)),
        ("Ned Quill", ("Ned Quill", "person", 2, None)),
        ("Thomas Brack", ("Tom Brack", "person", 5, None)),
        ("the Harbour Board", ("Harbour Board", "organisation", None, 1)),
        ("HB", ("Harbour Board", "organisation", None, 1)),
        ("board of the harbour", ("Harbour Board", "organisation", None, 1)),
        ("Jo Marsh", ("Jo Marsh", None, None, None)),
        ("Marsh", ("Marsh", None, None, None)),
        ("Nobody Here", ("Nobody Here", None, None, None)),
    ],
)
def test_a_name_is_somebody_in_the_text_or_the_only_one_who_has_it(register: Database, name: str, expected) -> None:
    assert whose(register.conn, name, version=1, article=1) == expected
