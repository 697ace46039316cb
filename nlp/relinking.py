"""What rules that have changed since linked across articles: stories, utterances, changes. It is linked anew.

The rules are known by the digest of the modules that they are made of (``nlp.freshness``). Stories and utterances wait
in a queue of their own, which is worked off a transaction at a time: whoever is interrupted goes on where he was.
"""

from __future__ import annotations

from sqlite_utils import Database

from nlp.freshness import version_of
from nlp.transactions import writing

MADE_OF = {
    "shingles": "copies.shingles", "index": "copies.index", "stories": "stories", "utterances": "utterances",
    "changes": "changes",
}  # fmt: skip
PLACED_ANEW = (
    "delete from story_postings",
    "insert or ignore into story_queue select article_id from story_members",
)
WAITS = {
    "shingles": ("delete from story_common",),
    # Where it is still known what is common, no two pages of one template are a story until enough have come again.
    "index": ("delete from story_common",),
    "stories": PLACED_ANEW,
    "utterances": ("insert or ignore into utterance_queue select id from utterances",),
}
LINKED = {
    "index": "select count(*) from story_members",
    "stories": "select count(*) from story_members",
    "utterances": "select count(*) from utterances",
    "changes": "select count(*) from alignments where rules <> ?",
}


def note(db: Database, *, stale: bool) -> None:
    """Puts in line what older rules linked, with ``stale`` all of it.

    Texts that were cut up in another way have no shingle in common with new ones; those don't wait to be asked for.
    """
    with writing(db):
        known = dict(db.execute("select what, rules from link_rules"))
        changed = [what for what in WAITS if known.get(what) != version_of(MADE_OF[what])]
        due = {what for what in changed if stale or not _linked(db, what)}
        for what in due | ({"stories"} if "shingles" in due else set()):
            for sql in WAITS[what]:
                db.execute(sql)
            db.execute(
                "insert into link_rules(what, rules) values (?, ?) "
                "on conflict (what) do update set rules = excluded.rules",
                [what, version_of(MADE_OF[what])],
            )


def outdated(db: Database) -> dict[str, int]:
    """What older rules linked → how many articles, utterances or comparisons; empty when all is of today."""
    known = dict(db.execute("select what, rules from link_rules"))
    told = [what for what in LINKED if what != "index"]  # which is a part of the stories
    found = {what: _linked(db, what) for what in told if known.get(what) != version_of(MADE_OF[what])}
    return {what: count for what, count in found.items() if count}


def _linked(db: Database, what: str) -> int:
    parameters = [version_of(MADE_OF[what])] if what == "changes" else []
    return int(db.execute(LINKED[what], parameters).fetchone()[0]) if what in LINKED else 0
