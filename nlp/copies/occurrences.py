"""Where an utterance occurred: how often, in how many outlets, and what each occurrence made of its words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection

from sqlite_utils import Database

from nlp.copies.wording import differences

# What stands in the current version of an article counts; words that no article says any more keep their row. A page
# that moved to where another article stands does not count beside it.
TALLY = """
    select q.utterance_id as id, count(*) as occurrences, count(distinct a.source_id) as outlets,
           min(a.published_at) as first, max(q.id) as newest
    from quotes q join articles a on a.current_version_id = q.version_id and a.pubstatus is not 'moved'
    where q.utterance_id is not null group by q.utterance_id
"""
OCCURRENCES = """
    select q.utterance_id, q.id, q.version_id, v.article_id, q.kind, q.content
    from quotes q join article_versions v on v.id = q.version_id join articles a on a.id = v.article_id
    where q.utterance_id in (select value from json_each(?))
    order by a.current_version_id is not q.version_id or a.pubstatus is 'moved', length(q.content) desc, q.kind,
        a.published_at, q.id
"""


def count(db: Database) -> set[int]:
    """Brings occurrences, outlets and first date of all utterances up to date; gives those to be told anew."""
    changed = {
        row[0]
        for row in db.execute(
            f"select u.id from utterances u left join ({TALLY}) t on t.id = u.id "
            "where u.occurrences is not coalesce(t.occurrences, 0) or u.outlets is not coalesce(t.outlets, 0) "
            "or t.first is not u.first_published_at and t.id is not null "
            "union select q.utterance_id from quotes q left join occurrences o on o.quote_id = q.id "
            "where o.quote_id is null or o.utterance_id is not q.utterance_id"
        )
    }
    db.execute(
        f"update utterances set occurrences = coalesce(t.occurrences, 0), outlets = coalesce(t.outlets, 0), "
        f"first_published_at = coalesce(t.first, first_published_at) "
        f"from (select x.value as id, y.occurrences, y.outlets, y.first from json_each(?) x "
        f"left join ({TALLY}) y on y.id = x.value) as t where t.id = utterances.id",
        [json.dumps(sorted(changed))],
    )
    return changed


def tell(db: Database, utterances: Collection[int]) -> None:
    """Names the fullest quote of each utterance, and says of each occurrence how it differs from it."""
    rows: defaultdict[int, list[tuple[int, int, int, str, str]]] = defaultdict(list)
    for utterance, *row in db.execute(OCCURRENCES, [json.dumps(sorted(utterances))]):
        rows[utterance].append((row[0], row[1], row[2], row[3], row[4]))
    db.execute("delete from occurrences where quote_id not in (select id from quotes)")
    told = []
    for utterance, occurrences in rows.items():
        fullest, _, _, full_kind, full_text = occurrences[0]
        db.execute("update utterances set text = ? where id = ?", [full_text, utterance])
        for quote, version, article, kind, text in occurrences:
            how = differences(full_text, text)
            told.append(
                (quote, utterance, version, article, fullest, round(how.kept, 3), how.dropped, how.added,
                 _marks(full_kind, kind), how.tense, how.person, how.spelling)
            )  # fmt: skip
    db.conn.executemany(
        "insert or replace into occurrences(quote_id, utterance_id, version_id, article_id, fullest_quote_id, kept, "
        "dropped, added, quotation_marks, tense, person, spelling) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        told,
    )


def _marks(fullest: str, kind: str) -> str:
    """What became of the quotation marks: lost when direct words are reported as indirect, gained the other way."""
    if fullest == kind:
        return "kept" if kind != "indirect" else "none"
    order = ("indirect", "mixed", "direct")
    return "lost" if order.index(kind) < order.index(fullest) else "gained"
