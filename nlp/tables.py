"""The reading's tables: readings, who, what, mentions, quotes, positions, utterances and stories, as migrations.

Every derived row carries ``version_id`` (whose body its offsets point into) and ``reading_id`` (what made it).
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from nlp import reading_tables, story_tables, withdrawals
from nlp.identity import tables as identity_tables
from nlp.offices import tables as office_tables
from nlp.standing import tables as standing_tables

migrations = Migrations("quotewire.nlp")

VERSION = ("version_id", "article_versions", "id")
READING = ("reading_id", "readings", "id")
PERSON = ("person_id", "people", "id")
ORGANISATION = ("organisation_id", "organisations", "id")


@migrations()
def m001_readings(db: Database) -> None:
    db.table("readings").create(
        {
            "id": int,
            "version_id": int,
            "pipeline_version": str,
            "model": str,
            "read_at": str,
            "words": int,
            "status": str,
            "reason": str,
        },
        pk="id",
        foreign_keys=[VERSION],
        not_null={"version_id", "pipeline_version", "model", "status"},
    )
    db.table("readings").create_index(["version_id"], unique=True)


@migrations()
def m002_who(db: Database) -> None:
    """Popolo's names: people, organisations, posts, memberships, and other names as aliases."""
    db.table("people").create({"id": int, "name": str, "key": str}, pk="id", not_null={"name", "key"})
    db.table("people").create_index(["key"], unique=True)
    db.table("organisations").create(
        {"id": int, "name": str, "key": str, "kind": str, "acronym": str}, pk="id", not_null={"name", "key"}
    )
    db.table("organisations").create_index(["key"], unique=True)
    db.table("posts").create({"id": int, "label": str, "key": str}, pk="id", not_null={"label", "key"})
    db.table("posts").create_index(["key"], unique=True)
    db.table("memberships").create(
        {
            "id": int,
            "person_id": int,
            "post_id": int,
            "organisation_id": int,
            "role_as_stated": str,
            "stated_on": str,
            "version_id": int,
            "reading_id": int,
            "start": int,
            "end": int,
        },
        pk="id",
        foreign_keys=[PERSON, ("post_id", "posts", "id"), ORGANISATION, VERSION, READING],
    )
    for column in ("person_id", "post_id", "organisation_id", "reading_id", "version_id"):
        db.table("memberships").create_index([column])
    db.table("aliases").create(
        {"id": int, "entity_kind": str, "entity_id": int, "alias": str},
        pk="id",
        not_null={"entity_kind", "entity_id", "alias"},
    )
    db.table("aliases").create_index(["entity_kind", "entity_id", "alias"], unique=True)


@migrations()
def m003_what(db: Database) -> None:
    for table in ("services", "policies", "events"):
        db.table(table).create({"id": int, "name": str, "key": str, "kind": str}, pk="id", not_null={"name", "key"})
        db.table(table).create_index(["key"], unique=True)
    db.table("mentions").create(
        {
            "id": int,
            "version_id": int,
            "reading_id": int,
            "start": int,
            "end": int,
            "exact": str,
            "entity_kind": str,
            "entity_id": int,
        },
        pk="id",
        foreign_keys=[VERSION, READING],
        not_null={"version_id", "reading_id", "start", "end", "exact", "entity_kind", "entity_id"},
    )
    db.table("mentions").create_index(["entity_kind", "entity_id"])
    db.table("mentions").create_index(["version_id", "start"])
    db.table("mentions").create_index(["reading_id"])
    db.table("figures").create(
        {
            "id": int,
            "version_id": int,
            "reading_id": int,
            "start": int,
            "end": int,
            "exact": str,
            "value": float,
            "unit": str,
            "measures": str,
        },
        pk="id",
        foreign_keys=[VERSION, READING],
        not_null={"version_id", "reading_id", "start", "end", "exact"},
    )
    db.table("figures").create_index(["version_id"])
    db.table("figures").create_index(["reading_id"])


@migrations()
def m004_quotes(db: Database) -> None:
    db.table("utterances").create(
        {
            "id": int,
            "speaker": str,
            "person_id": int,
            "organisation_id": int,
            "text": str,
            "first_published_at": str,
            "occurrences": int,
            "outlets": int,
        },
        pk="id",
        foreign_keys=[PERSON, ORGANISATION],
        not_null={"text"},
    )
    db.table("quotes").create(
        {
            "id": int,
            "version_id": int,
            "reading_id": int,
            "kind": str,
            "content": str,
            "cue": str,
            "source": str,
            "speaker": str,
            "speaker_type": str,
            "person_id": int,
            "organisation_id": int,
            "role_as_stated": str,
            "confidence": float,
            "speaker_confidence": float,
            "utterance_id": int,
        },
        pk="id",
        foreign_keys=[VERSION, READING, PERSON, ORGANISATION, ("utterance_id", "utterances", "id")],
        not_null={"version_id", "reading_id", "kind", "content"},
    )
    for column in ("version_id", "reading_id", "person_id", "organisation_id", "utterance_id", "kind"):
        db.table("quotes").create_index([column])
    db.table("quote_spans").create(
        {"id": int, "quote_id": int, "part": str, "start": int, "end": int},
        pk="id",
        foreign_keys=[("quote_id", "quotes", "id")],
        not_null={"quote_id", "part", "start", "end"},
    )
    db.table("quote_spans").create_index(["quote_id", "part", "start"], unique=True)
    db.table("quotes").enable_fts(["content", "speaker"], tokenize="porter unicode61", fts_version="FTS5")


@migrations()
def m005_positions(db: Database) -> None:
    """A Discourse Network Analyzer statement: actor, concept, agreement, and the passage that shows it."""
    db.table("positions").create(
        {
            "id": int,
            "version_id": int,
            "reading_id": int,
            "holder": str,
            "holder_type": str,
            "person_id": int,
            "organisation_id": int,
            "policy_id": int,
            "target": str,
            "stance": str,
            "confidence": float,
            "quote_id": int,
            "start": int,
            "end": int,
            "evidence": str,
        },
        pk="id",
        foreign_keys=[
            VERSION, READING, PERSON, ORGANISATION, ("policy_id", "policies", "id"), ("quote_id", "quotes", "id"),
        ],
        not_null={"version_id", "reading_id", "holder", "target", "stance"},
    )  # fmt: skip
    for column in ("version_id", "reading_id", "person_id", "organisation_id", "policy_id", "quote_id"):
        db.table("positions").create_index([column])


migrations()(story_tables.m006_stories)


@migrations()
def m007_reviews(db: Database) -> None:
    """A reader's judgement, keyed on version and span so that it outlives the reading that it judges."""
    db.table("reviews").create(
        {
            "id": int,
            "version_id": int,
            "start": int,
            "end": int,
            "subject": str,
            "decision": str,
            "amended": str,
            "reviewer": str,
            "reviewed_at": str,
        },
        pk="id",
        foreign_keys=[VERSION],
        not_null={"version_id", "start", "end", "subject", "decision"},
    )
    db.table("reviews").create_index(["version_id", "start", "end"])


for later in (
    *story_tables.LATER,
    *office_tables.LATER,
    *identity_tables.LATER,
    *standing_tables.LATER,
    *withdrawals.LATER,
    *reading_tables.LATER,
):
    migrations()(later)


@migrations()
def m050_reviews_lie_beside_the_copy(db: Database) -> None:
    """Reviewers write into a file beside the published copy; nothing was ever written here."""
    db.table("reviews").drop()
