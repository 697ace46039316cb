"""The tables of stories: their members, how copies are found, what was merged. ``nlp.tables`` puts them in line."""

from __future__ import annotations

from sqlite_utils import Database

ARTICLE = ("article_id", "articles", "id")
STORY = ("story_id", "stories", "id")
VERSION = ("version_id", "article_versions", "id")


def m006_stories(db: Database) -> None:
    db.table("stories").create(
        {"id": int, "headline": str, "first_published_at": str, "origin_article_id": int},
        pk="id",
        foreign_keys=[("origin_article_id", "articles", "id")],
    )
    db.table("story_members").create(
        {
            "id": int,
            "story_id": int,
            "article_id": int,
            "version_id": int,
            "relation": str,
            "jaccard": float,
            "containment": float,
            "origin_containment": float,
            "decided_by": str,
        },
        pk="id",
        foreign_keys=[STORY, ARTICLE, VERSION],
        not_null={"story_id", "article_id", "relation"},
    )
    db.execute(
        "create table story_shingles (hash integer, article_id integer, primary key (hash, article_id)) without rowid"
    )
    db.table("story_shingles").create_index(["article_id"])
    db.table("story_members").create_index(["article_id"], unique=True)
    db.table("story_members").create_index(["story_id"])


def m020_story_signatures(db: Database) -> None:
    """Each article's shingles whole, so that two can be compared; of the index only what finds candidates."""
    db.execute("drop table story_shingles")
    db.execute(
        "create table story_shingles (hash integer, article_id integer, primary key (hash, article_id)) without rowid"
    )
    db.execute("create table story_common (hash integer primary key)")
    db.table("story_signatures").create(
        {
            "article_id": int,
            "version_id": int,
            "outlet": str,
            "day": int,
            "rules": str,
            "shingles": bytes,
        },
        pk="article_id",
        foreign_keys=[ARTICLE, VERSION],
        not_null={"version_id", "outlet", "rules", "shingles"},
    )


def m021_story_moves(db: Database) -> None:
    """What became of a story's number: a merge or a split, so that an address that was cited can be followed."""
    db.table("story_moves").create(
        {
            "id": int,
            "what": str,
            "story_id": int,
            "other_story_id": int,
            "article_id": int,
            "decided_by": str,
            "decided_at": str,
        },
        pk="id",
        foreign_keys=[ARTICLE],
        not_null={"what", "story_id", "other_story_id", "decided_by", "decided_at"},
    )
    db.table("story_moves").create_index(["other_story_id"])
    db.table("stories").add_column("agency", str)


def m022_occurrences(db: Database) -> None:
    """What each occurrence made of an utterance's words; an utterance that turned out to be another points to it."""
    db.table("utterances").add_column("merged_into", int)
    db.table("occurrences").create(
        {
            "quote_id": int,
            "utterance_id": int,
            "version_id": int,
            "article_id": int,
            "fullest_quote_id": int,
            "kept": float,
            "dropped": str,
            "added": str,
            "quotation_marks": str,
            "tense": str,
            "person": str,
            "spelling": str,
        },
        pk="quote_id",
        foreign_keys=[("utterance_id", "utterances", "id"), VERSION, ARTICLE],
        not_null={"utterance_id", "version_id", "article_id", "kept"},
    )
    db.table("occurrences").create_index(["utterance_id"])


def m023_changes(db: Database) -> None:
    """Versions and copies side by side, paragraph by paragraph, and what of it matters, a line each."""
    before, after = ("before_version_id", "article_versions", "id"), ("after_version_id", "article_versions", "id")
    db.table("alignments").create(
        {
            "id": int,
            "comparison": str,
            "story_id": int,
            "article_id": int,
            "before_version_id": int,
            "after_version_id": int,
            "before_reading_id": int,
            "after_reading_id": int,
            "rules": str,
            "paragraphs": str,
        },
        pk="id",
        foreign_keys=[ARTICLE, before, after],
        not_null={"comparison", "article_id", "before_version_id", "after_version_id", "rules", "paragraphs"},
    )
    db.table("alignments").create_index(["before_version_id", "after_version_id"], unique=True)
    db.table("alignments").create_index(["after_version_id"])
    db.table("alignments").create_index(["story_id"])
    db.table("changes").create(
        {
            "id": int,
            "alignment_id": int,
            "comparison": str,
            "kind": str,
            "line": str,
            "article_id": int,
            "story_id": int,
            "person_id": int,
            "before_version_id": int,
            "before_start": int,
            "before_end": int,
            "before_text": str,
            "after_version_id": int,
            "after_start": int,
            "after_end": int,
            "after_text": str,
        },
        pk="id",
        foreign_keys=[
            ("alignment_id", "alignments", "id"), ARTICLE, ("person_id", "people", "id"), before, after,
        ],
        not_null={"alignment_id", "comparison", "kind", "line"},
    )  # fmt: skip
    for column in ("alignment_id", "article_id", "story_id", "person_id", "kind"):
        db.table("changes").create_index([column])


def m024_what_is_to_place(db: Database) -> None:
    """The day as it is written, and an index without the shingles: what is new is found without reading them all."""
    db.table("story_signatures").add_column("published", str)
    db.execute("alter table story_signatures drop column day")
    db.table("story_signatures").create_index(["article_id", "version_id", "rules", "published"])


def m051_story_queue(db: Database) -> None:
    """Which articles wait for a story, noted when they are stored; and the index in runs instead of a row a shingle.

    What finds copies is made anew from the texts, so everything waits. Stories keep their numbers.
    """
    db.execute("drop table story_shingles")
    db.execute("drop table story_signatures")
    db.execute("delete from story_common")
    db.table("story_postings").create({"id": int, "postings": bytes}, pk="id", not_null={"postings"})
    db.table("story_signatures").create(
        {"article_id": int, "version_id": int, "outlet": str, "published": str, "size": int},
        pk="article_id",
        foreign_keys=[ARTICLE, VERSION],
        not_null={"version_id", "outlet", "size"},
    )
    db.table("story_queue").create({"article_id": int}, pk="article_id", foreign_keys=[ARTICLE])
    db.execute("insert into story_queue select id from articles where current_version_id is not null")
    note = "begin insert or ignore into story_queue values (new.id); end"
    db.execute(
        f"create trigger story_queue_new after insert on articles when new.current_version_id is not null {note}"
    )
    db.execute(
        "create trigger story_queue_changed after update of current_version_id, published_at, source_id on articles "
        "when new.current_version_id is not null and (new.current_version_id is not old.current_version_id or "
        "substr(new.published_at, 1, 10) is not substr(old.published_at, 1, 10) or "
        f"new.source_id is not old.source_id) {note}"
    )


def m052_link_rules(db: Database) -> None:
    """By which rules articles and quotes were linked last, and the utterances that wait to be linked by today's."""
    db.table("link_rules").create({"what": str, "rules": str}, pk="what", not_null={"rules"})
    db.table("utterance_queue").create(
        {"utterance_id": int}, pk="utterance_id", foreign_keys=[("utterance_id", "utterances", "id")]
    )


def m053_moved_pages(db: Database) -> None:
    """What tells the first of a story (its time, its credit, whether it has moved) has it told anew."""
    db.execute("drop trigger story_queue_changed")
    db.execute(
        "create trigger story_queue_changed after update of current_version_id, published_at, source_id, agency, "
        "pubstatus on articles when new.current_version_id is not null and ("
        "new.current_version_id is not old.current_version_id or new.published_at is not old.published_at or "
        "new.source_id is not old.source_id or new.agency is not old.agency or "
        "(new.pubstatus is 'moved') <> (old.pubstatus is 'moved')) "
        "begin insert or ignore into story_queue values (new.id); end"
    )
    db.execute("insert or ignore into story_queue select article_id from story_members where article_id in "
               "(select id from articles where pubstatus = 'moved')")  # fmt: skip


LATER = (m020_story_signatures, m021_story_moves, m022_occurrences, m023_changes, m024_what_is_to_place,
         m051_story_queue, m052_link_rules, m053_moved_pages)  # fmt: skip
