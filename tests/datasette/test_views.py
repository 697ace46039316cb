"""What is made for reading counts what it says it counts."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from commands import jobs

ROOT = Path(__file__).resolve().parents[2]
VIEWS = {"story_copies", "source_health", "changed_articles"}
COUNTED = {
    "current_articles", "quotes_in_context", "quotes_by_person", "quote_topics", "positions_by_policy", "actor_policy",
    "people_by_role", "people_quoted", "services_talked_about", "policies_debated", "coverage_by_source",
    "site_counts", "named_in", "attention_by_month", "positions_by_month", "quotes_by_month", "coverage_by_month",
    "copies_by_source", "people_by_outlet", "people_quoted_together", "policies_and_services", "actors_compared",
}  # fmt: skip


def rows(db, sql: str) -> list[tuple[object, ...]]:
    return db.execute(sql).fetchall()


def test_the_views_and_the_tables_counted_in_advance_are_there(db):
    assert set(db.view_names()) >= VIEWS
    assert set(db.table_names()) >= COUNTED


def test_the_views_can_be_applied_twice_with_the_same_result(published, tmp_path):
    again = tmp_path / "again.db"
    again.write_bytes(published.read_bytes())
    connection = sqlite3.connect(again)
    names = [*VIEWS, *COUNTED]
    before = [sorted(connection.execute(f"select * from {name}"), key=repr) for name in names]
    for script in jobs.VIEWS:
        connection.executescript(script.read_text(encoding="utf-8"))
    assert [sorted(connection.execute(f"select * from {name}"), key=repr) for name in names] == before
    connection.close()


def test_only_current_versions_of_articles_that_were_not_withdrawn_count(db):
    found = rows(db, "select headline, version_no from current_articles order by article_id")
    assert [version for _, version in found] == [1, 1, 2, 1]
    assert not [headline for headline, _ in found if "Secret" in headline]
    assert rows(db, "select count(*) from quotes_in_context where article_id = 3") == [(1,)]
    assert rows(
        db, "select count(*) from quotes q join article_versions v on v.id = q.version_id where article_id = 3"
    ) == [(2,)]


def test_a_position_that_ran_in_two_copies_counts_once(db):
    assert rows(db, "select count(*) from positions where stance = 'oppose'") == [(2,)]
    found = rows(db, "select actor, articles, outlets from positions_by_policy where stance = 'oppose'")
    assert found == [("Owen Tasker", 2, 2)]


def test_an_actor_for_a_policy_has_a_positive_balance_and_one_against_it_a_negative_one(db):
    found = dict(rows(db, "select actor, balance from actor_policy where policy = 'flexible mornings plan'"))
    assert found == {"Priya Nand": 1.0, "Owen Tasker": -1.0}


def test_a_story_shows_its_first_article_and_how_the_copy_stands_to_it(db):
    found = rows(db, "select outlet, relation, agency, quotes from story_copies where story_id = 1 order by date")
    assert [row[0] for row in found] == ["Northern Wire", "The Valley Gazette"]
    assert found[0][1] == "origin"
    assert found[1][1] in ("verbatim", "edited", "excerpt")
    assert [row[2:] for row in found] == [(None, 3), ("Northern Wire", 2)]


def test_people_are_counted_with_their_quotes_articles_outlets_and_latest_role(db):
    found = rows(db, "select latest_role, quotes, articles, outlets from people_quoted where person = 'Priya Nand'")
    assert found == [("education secretary", 2, 3, 3)]


def test_a_role_is_one_row_with_the_days_between_which_it_was_stated(db):
    found = rows(
        db, "select person, first_stated, last_stated, articles from people_by_role where role = 'general secretary'"
    )
    assert found == [("Owen Tasker", "2012-03-05", "2012-03-06", 2)]


def test_a_service_counts_articles_mentions_and_the_quotes_that_name_it(db):
    found = rows(
        db, "select articles, outlets, mentions, quotes from services_talked_about where service = 'school transport'"
    )
    assert found == [(2, 2, 2, 1)]


def test_a_policy_counts_actors_for_and_against_once_a_story(db):
    sql = "select articles, support, oppose, mixed from policies_debated where policy = 'flexible mornings plan'"
    assert rows(db, sql) == [(2, 1, 1, 0)]


def test_a_quote_that_a_position_rests_on_is_about_the_policy(db):
    assert rows(db, "select count(*) from quote_topics where entity_kind = 'policy' and entity_id = 1") == [(4,)]


def test_an_article_that_changed_says_by_how_much(db):
    found = rows(db, "select article_id, versions, headline_changed, characters_added from changed_articles")
    assert found == [
        (3, 2, 0, len("most primary schools") - len("every primary school") + len("confirmed") - len("announced"))
    ]


def test_every_source_has_a_row_of_health_even_with_nothing_in_it(working, db):
    assert rows(db, "select count(*) from source_health") == rows(db, "select count(*) from sources")
    assert rows(
        db, "select crawls, last_crawl_ended, articles, quotes from source_health where source_id = 'wire'"
    ) == [(1, "finished", 1, 3)]


@pytest.mark.parametrize(
    ("what", "how_many"), [("articles", 4), ("stories", 3), ("quotes", 7), ("versions", 5), ("sources", 3)]
)
def test_the_front_page_counts(db, what, how_many):
    assert rows(db, f"select how_many from site_counts where what = '{what}'") == [(how_many,)]


@pytest.mark.parametrize("facet", ["kind", "outlet", "speaker"])
@pytest.mark.parametrize("chosen", ["kind", "outlet", "speaker"])
def test_every_pair_of_facets_of_quotes_is_counted_from_an_index(db, facet, chosen):
    where = "" if facet == chosen else f"where {chosen} = 'x'"
    plan = rows(db, f"explain query plan select {facet}, count(*) from quotes_in_context {where} group by {facet}")
    assert "COVERING INDEX" in plan[0][3]


def test_an_article_that_names_something_twice_counts_once_in_attention(db):
    of_the_plan = "where entity_kind = 'policy' and entity_id = 1"
    assert rows(db, f"select month, articles, stories, outlets from attention_by_month {of_the_plan}") == [
        ("2012-03", 2, 1, 2)
    ]
    assert rows(db, f"select max(mentions) from named_in {of_the_plan}") == [(1,)]


def test_what_ran_in_two_papers_is_one_quote_of_its_month(db):
    sql = "select month, quotes, outlets from quotes_by_month where person_id = 1 order by month"
    assert rows(db, sql) == [("2012-03", 1, 2), ("2012-04", 1, 1)]


def test_people_quoted_in_one_article_are_counted_together_from_both_sides(db):
    sql = "select person_id, other_person_id, articles, stories from people_quoted_together order by person_id"
    assert rows(db, sql) == [(1, 2, 2, 1), (2, 1, 2, 1)]


def test_actors_on_opposite_sides_of_a_policy_disagree(db):
    found = rows(db, "select actor, other_actor, agree, disagree from actors_compared")
    assert found == [("Priya Nand", "Owen Tasker", 0, 1)]
