"""Citations as files, and the address of a quote that stays when its number changes."""

from __future__ import annotations

import json

import pytest

QUOTE = "/quote/1-208"


async def test_an_article_is_cited_as_csl_json(get):
    item = json.loads((await get("/article/1.csl.json")).text)[0]
    assert item["id"] == "quotewire-1-v1"
    assert (item["title"], item["container-title"]) == ("Later mornings for schools", "Northern Wire")
    assert item["author"] == [{"literal": "Ann Other"}]
    assert item["issued"] == {"date-parts": [[2012, 3, 5]]}
    assert item["accessed"] == {"date-parts": [[2012, 4, 1]]}
    assert item["URL"] == "https://wire.example/later-mornings"
    assert "http://localhost/article/1, version 1, SHA-256" in item["note"]


async def test_a_quote_is_cited_with_its_words_speaker_and_characters(get):
    item = json.loads((await get(f"{QUOTE}.csl.json")).text)[0]
    assert item["note"].startswith("Quoted: “Tired children do not learn,”")
    assert "(Priya Nand, education minister)" in item["note"]
    assert "http://localhost/quote/1-208" in item["note"]
    assert "characters 208 to" in item["note"]


async def test_an_article_is_cited_as_bibtex(get):
    text = (await get("/article/1.bib")).text
    assert text.startswith("@online{quotewire-1-v1,")
    for line in ("author = {{Ann Other}}", "title = {{Later mornings for schools}}", "date = {2012-03-05}",
                 "year = {2012}", "month = {3}", "url = {https://wire.example/later-mornings}"):  # fmt: skip
        assert f"  {line},\n" in text


async def test_an_older_version_is_cited_as_such(get):
    assert "quotewire-3-v1" in (await get("/article/3.bib?version=1")).text
    assert "quotewire-3-v2" in (await get("/article/3.bib")).text


async def test_what_tex_reads_as_a_command_is_escaped_and_braces_stay_in_balance(get):
    text = (await get("/quote/5-52.bib")).text
    assert text.count("{") - text.count("\\{") == text.count("}") - text.count("\\}")
    assert "<script>" in (await get("/article/4.bib")).text


@pytest.mark.parametrize("path", ["/article/99.bib", "/quote/1-3.bib", "/quote/99-1.csl.json"])
async def test_what_is_not_there_is_not_cited(get, path):
    assert (await get(path)).status_code == 404


async def test_the_numbers_of_tables_lead_to_the_address_that_lasts(get):
    assert (await get("/quote/1")).headers["location"] == QUOTE
    assert (await get("/utterance/1")).headers["location"] == QUOTE


@pytest.mark.parametrize("start", [208, 209, 230])
async def test_a_quote_is_found_by_any_character_of_its_words(get, start):
    assert "Tired children do not learn" in (await get(f"/quote/1-{start}")).text


@pytest.mark.parametrize("path", ["/quote/1-0", "/quote/99-1", "/quote/999", "/utterance/999"])
async def test_no_quote_is_made_up_for_an_address_without_one(get, path):
    assert (await get(path)).status_code == 404


async def test_the_page_of_a_quote_tells_where_it_ran_and_how_it_was_read(get):
    page = (await get(QUOTE)).text
    for told in ("Northern Wire", "The Valley Gazette", "the same", "content 208–", "How to cite", "by hand"):
        assert told in page


async def test_what_is_withdrawn_is_not_cited(get):
    assert (await get("/article/5.bib")).status_code in (404, 410)
