"""Each picture draws what its table shows, harmless and named, over steps of time that fit."""

from __future__ import annotations

import html
import itertools
import re
import runpy
import string
from xml.etree import ElementTree

import pytest

from commands import jobs

PLUGIN = runpy.run_path(str(jobs.SITE / "plugins" / "pictures.py"))
SVG = "{http://www.w3.org/2000/svg}"
OF = {
    "policy-attention": "1", "service-attention": "1", "source-volume": "gazette", "person-quotes": "1",
    "positions": "1",
}  # fmt: skip


@pytest.mark.parametrize("name", PLUGIN["DECLARED"])
async def test_each_picture_is_drawn_with_a_title_a_description_and_no_script(get, name):
    answer = await get(f"/picture/{name}/{OF[name]}.svg" if name in OF else f"/picture/{name}.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "sandbox" in answer.headers["content-security-policy"]
    root = ElementTree.fromstring(answer.text)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == PLUGIN["DECLARED"][name]["title"]
    assert root.find(f"{SVG}desc").text
    assert not list(root.iter(f"{SVG}script"))
    assert not re.search("NaN|undefined|href", answer.text)
    assert len(list(root.iter(f"{SVG}path"))) > 1


async def test_a_hostile_name_stays_text_in_a_picture(get):
    answer = (await get("/picture/quoted.svg")).text
    assert "<script" not in answer
    assert "&lt;script&gt;" in answer


@pytest.mark.parametrize("actors", [2, 9, 12, 17, 24])
def test_no_name_in_the_ring_of_actors_is_written_over_another(actors: int):
    names = [f"Ivy Strand {letter}" for letter in string.ascii_uppercase[:actors]]
    one = {"actor": names[0], "one_id": names[0], "agree": 1, "disagree": 0, "one_lean_id": 999, "two_lean_id": 1}
    drawn = PLUGIN["svg"](PLUGIN["DECLARED"]["network"], "", [{**one, "other": n, "two_id": n} for n in names[1:]])
    starts = {"start": 0.0, "middle": -0.5, "end": -1.0}  # of a name's width, 6 pixels a letter at 11
    found = re.findall(r'text-anchor="(\w+)" transform="translate\(([-\d.]+),([-\d.]+)\)"', drawn)
    boxes = [(float(x) + starts[anchor] * 72, float(y)) for anchor, x, y in found]
    assert len(boxes) == actors
    for (x, y), (other_x, other_y) in itertools.combinations(boxes, 2):
        assert abs(x - other_x) >= 72 or abs(y - other_y) >= 11


@pytest.mark.parametrize("path", ["/picture/nothing.svg", "/picture/positions/99.svg", "/picture/positions.svg"])
async def test_nothing_is_drawn_of_nothing(get, path):
    assert (await get(path)).status_code == 404


async def test_the_table_beside_a_picture_has_its_figures(get, db):
    page = html.unescape((await get("/pictures")).text)
    table = page.split("The figures: Quoted most")[1].split("</table>")[0]
    assert re.findall(r">([^<]+)</a></td><td class=.n.>(\d)", table)[:2] == [
        (name, str(quotes))
        for name, quotes in db.execute(
            "select person, quotes from people_quoted order by quotes desc, articles desc limit 2"
        )
    ]


async def test_a_single_month_is_no_picture_and_two_are(get):
    assert "/picture/person-quotes/1.svg" in (await get("/person/1")).text
    assert "/picture/person-quotes" not in (await get("/person/2")).text


@pytest.mark.parametrize(
    ("first", "last", "unit", "steps"),
    [
        ("2011-03", "2011-04", "month", ["2011-03-01", "2011-04-01"]),
        ("2008-01", "2011-12", "month", ["2008-01-01", "2011-12-01"]),
        ("2008-01", "2012-05", "quarter", ["2008-01-01", "2012-04-01"]),
        ("1990-02", "2011-12", "year", ["1990-01-01", "2011-01-01"]),
    ],
)
def test_the_steps_of_time_are_as_short_as_leaves_few_enough(first, last, unit, steps):
    found, rows = PLUGIN["stepped"]([{"month": first, "articles": 2}, {"month": last, "articles": 3}])
    assert (found, [row["when"] for row in rows]) == (unit, steps)


def test_months_of_one_step_are_added_up_for_each_thing_apart():
    named = [("a", 1, "1990-01", 1), ("a", 1, "1990-07", 2), ("b", 2, "1990-07", 4), ("a", 1, "2020-01", 8)]
    rows = [{"policy": policy, "month": month, "articles": n, "policy_id": id} for policy, id, month, n in named]
    assert [(r["policy"], r["when"], r["articles"]) for r in PLUGIN["stepped"](rows)[1]] == [
        ("a", "1990-01-01", 3),
        ("b", "1990-01-01", 4),
        ("a", "2020-01-01", 8),
    ]


@pytest.mark.parametrize(
    ("when", "unit", "name"),
    [("2011-03-01", "month", "March 2011"), ("2011-01-01", "quarter", "January to March 2011"),
     ("2011-01-01", "year", "2011")],
)  # fmt: skip
def test_a_step_is_named_as_the_british_write_it(when, unit, name):
    assert PLUGIN["named"](when, unit) == name
