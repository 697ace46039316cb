"""Takes what is withdrawn out of a copy that is about to be published, and leaves a tombstone: when, and why."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from nlp.withdrawals import standing

BY_ITS_PUBLISHER = "Its publisher withdrew it."


def take_out(copy: sqlite3.Connection) -> None:
    """Removes from a copy, full-text indexes included, all that withdrawn articles left, and writes the tombstones.

    An article that its publisher withdrew keeps its address and headline, which the publisher still shows; of one that
    was taken down here they go as well, because an address often repeats the headline. The same text stored again for
    the same source (a page that moved) goes with it.
    """
    copy.execute(
        "create table withdrawals (article_id integer primary key, source_id text, withdrawn_at text, why text, "
        "by_publisher integer, versions text)"
    )
    copy.execute(
        "insert into withdrawals select a.id, a.source_id, max(t.withdrawn_at), t.why, 0, null from takedowns t "
        "join articles a on a.id = t.article_id or a.canonical_url = t.url or exists (select 1 from article_versions w "
        "join article_versions v on v.body_sha256 = w.body_sha256 join articles b on b.id = w.article_id "
        "where w.article_id = t.article_id and w.body <> '' and v.article_id = a.id and b.source_id = a.source_id) "
        "where t.undone_at is null group by a.id"
        if standing(copy)
        else "select 1"
    )
    copy.execute(
        "insert or ignore into withdrawals select id, source_id, last_seen_at, ?, 1, null from articles "
        "where pubstatus = 'withdrawn'",
        [BY_ITS_PUBLISHER],
    )
    copy.execute(
        "update withdrawals set versions = (select json_group_array(id) from article_versions v "
        "where v.article_id = withdrawals.article_id)"
    )
    if copy.execute("select 1 from withdrawals").fetchone():
        _remove(copy)


def _remove(copy: sqlite3.Connection) -> None:
    gone = "(select article_id from withdrawals)"
    run = copy.execute
    run(f"create temp table lost_versions as select id, capture_id from article_versions where article_id in {gone}")
    versions, captures = "(select id from lost_versions)", "(select capture_id from lost_versions)"
    quotes = f"(select id from quotes where version_id in {versions})"
    run(
        "create temp table lost_names as select distinct entity_kind, entity_id, exact from mentions "
        f"where version_id in {versions}"
    )
    run(f"create temp table lost_posts as select distinct post_id from memberships where version_id in {versions}")
    run(f"create temp table lost_utterances as select distinct utterance_id as id from quotes where id in {quotes}")
    run(f"create temp table lost_stories as select story_id as id from story_members where article_id in {gone}")
    run(
        f"create temp table lost_addresses as select canonical_url as url from articles where id in {gone} "
        f"union select url from captures where id in {captures} "
        f"union select final_url from captures where id in {captures}"
    )
    _unindex(copy, "article_versions", ("headline", "body"), versions)
    _unindex(copy, "quotes", ("content", "speaker"), quotes)
    addresses = "(select url from lost_addresses)"
    run(f"delete from captures where id in {captures} or url in {addresses} or final_url in {addresses}")
    run(f"delete from quote_spans where quote_id in {quotes}")
    for column in ("version_id", "before_version_id", "after_version_id"):
        for table in _with_column(copy, column):
            run(f"delete from [{table}] where [{column}] in {versions}")
    for table in _with_column(copy, "article_id", but=("withdrawals", "article_versions", "takedowns")):
        run(f"delete from [{table}] where article_id in {gone}")
    run(f"delete from article_versions where article_id in {gone}")
    run(f"update articles set pubstatus = 'withdrawn', current_version_id = null, agency = null where id in {gone}")
    run(
        "update articles set headline = null, canonical_url = 'withdrawn:' || id "
        "where id in (select article_id from withdrawals where not by_publisher)"
    )
    _count_again(copy)


def _unindex(copy: sqlite3.Connection, table: str, columns: Iterable[str], rows: str) -> None:
    """Marks rows of a full-text index as gone; publishing then writes it anew without them."""
    listed = ", ".join(columns)
    copy.execute(
        f"insert into {table}_fts({table}_fts, rowid, {listed}) select 'delete', id, {listed} from {table} "
        f"where id in {rows} and id in (select id from {table}_fts_docsize)"
    )


def _with_column(copy: sqlite3.Connection, column: str, *, but: Iterable[str] = ()) -> list[str]:
    tables = copy.execute(
        "select m.name from sqlite_master m join pragma_table_info(m.name) c on c.name = ? where m.type = 'table'",
        [column],
    )
    return [name for (name,) in tables if name not in but]


def _count_again(copy: sqlite3.Connection) -> None:
    """What rested on withdrawn articles and others is told from the others alone; what rested on them only goes."""
    run = copy.execute
    run(
        "delete from aliases where (entity_kind, entity_id, alias) in (select * from lost_names) and not exists "
        "(select 1 from mentions m where m.entity_kind = aliases.entity_kind and m.entity_id = aliases.entity_id "
        "and m.exact = aliases.alias)"
    )
    run(
        "delete from posts where id in (select post_id from lost_posts) "
        "and not exists (select 1 from memberships m where m.post_id = posts.id)"
    )
    for table in _with_column(copy, "fullest_quote_id"):  # what a copy dropped of it would tell what it said
        run(
            f"update [{table}] set fullest_quote_id = null, dropped = null, added = null "
            "where fullest_quote_id not in (select id from quotes)"
        )
    if "utterances" in _with_column(copy, "merged_into"):
        run("delete from utterances where merged_into in (select id from lost_utterances)")
    run(
        "delete from utterances where id in (select id from lost_utterances) "
        "and not exists (select 1 from quotes q where q.utterance_id = utterances.id)"
    )
    current = "quotes q join articles a on a.current_version_id = q.version_id where q.utterance_id = utterances.id"
    run(
        f"update utterances set occurrences = (select count(*) from {current}), "
        f"outlets = (select count(distinct a.source_id) from {current}), "
        f"first_published_at = (select min(a.published_at) from {current}), "
        "text = (select q.content from quotes q where q.utterance_id = utterances.id "
        "order by length(q.content) desc, q.id limit 1) where id in (select id from lost_utterances)"
    )
    run(
        "delete from stories where id in (select id from lost_stories) "
        "and not exists (select 1 from story_members m where m.story_id = stories.id)"
    )
    left = "from story_members m join articles a on a.id = m.article_id where m.story_id = stories.id"
    first = f"{left} order by a.pubstatus is 'moved', coalesce(a.published_at, '9'), a.id limit 1"
    beheaded = "(select id from stories where origin_article_id in (select article_id from withdrawals))"
    run(  # shares of a text that is here no more tell nothing
        "update story_members set jaccard = null, containment = null, origin_containment = null, "
        f"decided_by = 'told beside a first copy that was withdrawn' where story_id in {beheaded}"
    )
    run(
        f"update stories set origin_article_id = (select a.id {first}), headline = (select a.headline {first}), "
        f"agency = (select a.agency {left} and a.agency is not null limit 1) where id in {beheaded}"
    )
    run(
        "update story_members set relation = 'origin', decided_by = 'earliest copy that is left' where relation <> "
        "'origin' and article_id in (select origin_article_id from stories where id in (select id from lost_stories))"
    )
    run(
        f"update stories set first_published_at = (select min(a.published_at) {left}) "
        "where id in (select id from lost_stories)"
    )
