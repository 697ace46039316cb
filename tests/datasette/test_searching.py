"""A table's search takes whatever a reader types: it looks for the words, by the rules of the search page."""

from __future__ import annotations

import html

import pytest

TABLE = "/quotewire/quotes_in_context"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tired", 2),
        ('tired "children', 2),
        ('"children do not learn', 2),
        ('"tired children"', 2),
        ('"children tired"', 0),
        ("chil*", 3),
        ("tired OR (", 0),
        ("speaker:", 0),
        ('"', 0),
        ('""', 0),
        ("*", 0),
        ("–", 0),
    ],
)
async def test_marks_in_a_search_are_no_errors(get, typed, found):
    asked = {"_shape": "array", "_search": typed}
    answer = await get(f"{TABLE}.json", params=asked)
    assert (answer.status_code, len(answer.json())) == (200, found)
    assert (await get(TABLE, params={"_search": typed})).status_code == 200


async def test_a_search_without_a_word_says_so_and_every_search_how_it_is_written(get):
    page = html.unescape((await get(TABLE, params={"_search": '"'})).text)
    assert "There is no word in that to search for." in page
    assert "a star finds beginnings" in page
    assert "There is no word" not in (await get(TABLE, params={"_search": "tired"})).text


@pytest.mark.parametrize(
    "address",
    [
        f'{TABLE}?_searchmode=raw&_search="x',
        f"{TABLE}?_searchmode=raw&_search=NOT",
        '/quotewire.csv?sql=select+*+from+quotes_fts+where+quotes_fts+match+:w&w="',
    ],
)
async def test_a_search_in_the_language_of_the_index_that_is_wrong_says_how_to_write_it(get, address):
    answer = await get(address)
    assert answer.status_code == 400
    assert "every word is looked for as it stands" in answer.text
    assert "Search not understood" in answer.text
