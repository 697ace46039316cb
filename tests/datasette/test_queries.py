"""The canned queries, and those of docs/queries.md, run on the published copy and answer what they ask."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
QUERIES = yaml.safe_load((ROOT / "datasette" / "metadata.yaml").read_text(encoding="utf-8"))["databases"]["quotewire"][
    "queries"
]
DOCUMENT = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"## ([^\n]+)\n[^#]*?```sql\n(.*?)```", DOCUMENT, re.DOTALL)
# query, what is filled in, the rows expected of it, and what the first of them holds
ANSWERS = [
    ("who_said_what_about_a_policy", "policy=flexible", 4, {"policy": "flexible mornings plan"}),
    ("for_and_against", "policy=flexible", 2, {"stance": "support", "actor": "Priya Nand", "outlets": 2}),
    ("for_and_against", "policy=nothing", 0, {}),
    ("quotes_by_a_person", "name=nand", 2, {"person": "Priya Nand", "date": "2012-03-05", "outlets": 2}),
    ("quotes_in_a_period", "first_day=2012-03-06&last_day=2012-04-02", 3, {"date": "2012-03-06"}),
    ("quotes_in_a_period", "last_day=2012-03-05", 3, {"outlet": "Northern Wire"}),
    ("outlets_that_ran_a_story", "words=later", 2, {"outlet": "Northern Wire", "relation": "origin"}),
    ("outlets_that_ran_a_story", "", 2, {"outlet": "Northern Wire"}),
    ("what_each_copy_kept", "speaker=tasker", 1, {"articles": 2, "outlets": 2}),
    ("new_today", "", 1, {"outlet": "The Valley Gazette"}),
    ("new_today", "day=2012-04-01", 1, {"headline": "Later mornings for schools", "quotes": 3}),
    ("who_held_which_role", "role=secretary", 2, {"person": "Priya Nand", "role": "education secretary"}),
    ("services_most_talked_about", "", 2, {"service": "school transport", "stories": 1, "outlets": 2, "quotes": 1}),
    ("services_most_talked_about", "first_day=2012-04-01", 1, {"service": "breakfast club service"}),
    ("search_articles", "words=primary+school", 1, {"headline": "Breakfast for all"}),
    ("search_articles", "words=", 4, {}),
    ("search_quotes", "words=tired", 2, {"speaker": "Priya Nand"}),
    ("search_quotes", "words=", 7, {}),
    ("unattributed_quotes", "", 1, {"kind": "indirect"}),
    ("which_articles_changed", "", 1, {"headline": "Breakfast for all", "versions": 2}),
    ("actor_policy_network", "", 3, {"weight": 1}),
    ("actor_policy_network", "stories_at_least=2", 0, {}),
]


@pytest.mark.parametrize(("name", "filled_in", "count", "first"), ANSWERS)
async def test_a_question_gets_its_answer(get, name, filled_in, count, first):
    response = await get(f"/quotewire/{name}.json?_shape=array&{filled_in}")
    assert response.status_code == 200
    found = response.json()
    assert len(found) == count
    assert {key: found[0][key] for key in first} == first if found else not first


def test_every_question_is_asked_here():
    assert {name for name, *_ in ANSWERS} == set(QUERIES)


@pytest.mark.parametrize("name", QUERIES)
async def test_each_question_has_a_form_that_teaches(get, name):
    page = (await get(f"/quotewire/{name}")).text
    assert QUERIES[name]["title"] in page
    assert len(QUERIES[name]["description"]) > 80
    for parameter in set(re.findall(r":([a-z_]+)", QUERIES[name]["sql"])):
        assert f'name="{parameter}"' in page
    assert "The SQL" in page
    assert ".csv" in page


@pytest.mark.parametrize("name", QUERIES)
def test_no_question_hides_a_table_or_view_of_the_same_name(db, name):
    assert name not in {*db.table_names(), *db.view_names()}


@pytest.mark.parametrize("name", QUERIES)
def test_each_question_is_in_the_documents(name):
    assert f"/quotewire/{name}`" in DOCUMENT


@pytest.mark.parametrize(("title", "sql"), EXAMPLES, ids=[title for title, _ in EXAMPLES])
def test_the_documents_queries_run(published, title, sql):
    connection = sqlite3.connect(f"file:{published}?mode=ro", uri=True)
    connection.execute(sql).fetchall()
    connection.close()


def test_the_documents_have_queries_to_run():
    assert len(EXAMPLES) >= 8


def test_a_quotes_spans_lead_back_to_its_words(db):
    sql = EXAMPLES[0][1]
    found = db.execute(sql).fetchall()
    assert ("warned") in {words for _, _, part, words in found if part == "cue"}
    assert "“Now we want schools to act on it.”" in {words for _, _, part, words in found if part == "content"}
