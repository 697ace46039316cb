"""What leaves the site is whole: CSV, JSON Lines, GraphML; and a part is never given as if it were all."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from datasette.app import Datasette

from commands import jobs

SITE = jobs.SITE
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
MANY = "with recursive n(i) as (select 1 union all select i + 1 from n where i < {}) select i from n"


async def test_csv_of_a_question_has_every_row_of_the_answer(get):
    answer = await get("/quotewire.csv?sql=" + quote(MANY.format(5000)))
    assert [int(row["i"]) for row in csv.DictReader(io.StringIO(answer.text))] == list(range(1, 5001))


async def test_an_answer_that_is_too_long_is_refused_and_not_cut(get):
    answer = await get("/quotewire.csv?sql=" + quote(MANY.format(100_001)))
    assert answer.status_code == 400
    assert "100,000 rows" in answer.text


@pytest.mark.parametrize("form", ["csv", "ndjson"])
async def test_a_question_takes_what_is_filled_in(get, db, form):
    text = (await get(f"/quotewire/quotes_by_a_person.{form}?name=nand")).text
    said = db.execute("select count(*) from quotes_by_person where person = 'Priya Nand'").fetchone()[0]
    assert text.count("Priya Nand") == said > 1
    assert "Owen Tasker" not in text


@pytest.mark.parametrize("sql", ["delete from articles", "select nothing_there", "select 1; select 2", ""])
async def test_a_question_that_cannot_be_asked_gets_a_plain_page(get, sql, capsys):
    answer = await get("/quotewire.csv?sql=" + quote(sql))
    assert answer.status_code in (400, 404)
    assert 'class="masthead"' in answer.text
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("table", ["quotes_in_context", "story_copies", "quote_topics"])
async def test_json_lines_of_a_table_or_view_hold_every_row(published, db, table):
    small = Datasette([], immutables=[str(published)], config_dir=SITE, settings={"max_returned_rows": 3})
    rows = [json.loads(line) for line in (await small.client.get(f"/quotewire/{table}.ndjson")).text.splitlines()]
    assert len(rows) == db.execute(f"select count(*) from {table}").fetchone()[0] > 3


async def test_json_lines_keep_the_filters_of_the_page(get):
    lines = (await get("/quotewire/quotes_in_context.ndjson?kind=direct&outlet=Northern+Wire")).text.splitlines()
    assert [json.loads(line)["content"][:6] for line in lines] == ["“Tired"]


async def test_no_row_is_lost_between_pages_when_an_index_gives_ties_in_another_order(tmp_path):
    path = tmp_path / "ties.db"
    made = sqlite3.connect(path)
    made.execute("create table t (id integer primary key, day text)")
    made.executemany("insert into t (day) values (?)", [["2012-03-05"]] * 40)
    made.execute("create index t_day on t (day)")
    made.commit()
    made.close()
    site = Datasette([str(path)], plugins_dir=str(SITE / "plugins"), template_dir=str(SITE / "templates"))
    seen, address = [], "/ties/t.json?_sort_desc=day&_size=7&_shape=objects"
    while address:
        page = (await site.client.get(address)).json()
        seen += [row["id"] for row in page["rows"]]
        address = page["next_url"] and page["next_url"].replace("http://localhost", "")
    assert seen == list(range(1, 41))


@pytest.mark.parametrize("path", ["/network.graphml", "/network.graphml?mode=actors", "/policy/1.graphml"])
async def test_the_network_is_a_graph_whose_edges_join_nodes_that_are_there(get, path):
    answer = await get(path)
    assert answer.headers["content-type"] == "application/graphml+xml"
    graph = ElementTree.fromstring(answer.text).find(f"{GRAPHML}graph")
    nodes = {node.get("id") for node in graph.iter(f"{GRAPHML}node")}
    edges = [(edge.get("source"), edge.get("target")) for edge in graph.iter(f"{GRAPHML}edge")]
    assert edges
    assert {end for edge in edges for end in edge} == nodes


async def test_the_network_says_who_is_for_and_who_is_against(get):
    root = ElementTree.fromstring((await get("/policy/1.graphml")).text)
    told = {edge.get("source"): {data.get("key"): data.text for data in edge} for edge in root.iter(f"{GRAPHML}edge")}
    assert (told["person/1"]["support"], told["person/1"]["oppose"]) == ("1", "0")
    assert (told["person/2"]["support"], told["person/2"]["oppose"]) == ("0", "1")
