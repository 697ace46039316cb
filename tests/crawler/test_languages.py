"""The language of a text, short and mixed ones too."""

from __future__ import annotations

import json

import pytest

from crawler.govuk import article_from_document
from crawler.items import Article
from crawler.languages import language_of
from crawler.pages import article_from_page

ENGLISH = (
    "The council will repair the harbour wall before the winter, its leader told a meeting that was full to the door."
)
WELSH = (
    "Bydd y cyngor yn trwsio wal yr harbwr cyn y gaeaf, meddai ei arweinydd wrth gyfarfod oedd yn llawn hyd y drws. "
    "Mae'r pysgotwyr wedi gofyn am y gwaith ers i long fynd i drafferth ym mis Mawrth."
)
GAELIC = (
    "Càraichidh a' chomhairle balla a' chala ron gheamhradh, thuirt an ceannard aice ri coinneamh a bha làn gu doras."
)
FRENCH = (
    "La mairie réparera le mur du port avant l'hiver, a dit son maire devant une salle pleine jusqu'à la porte hier."
)
DUTCH = (
    "De gemeente herstelt de muur van de haven voor de winter, zei de wethouder in een zaal die tot de deur vol was."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [(ENGLISH, "en"), (WELSH, "cy"), (GAELIC, "gd"), (FRENCH, "fr"), (DUTCH, "nl"), (f"{WELSH} {ENGLISH * 2}", "en")],
)
@pytest.mark.parametrize("stated", ["en", "cy", "en_GB"])
def test_the_text_itself_says_which_language_it_is_in(text: str, stated: str, expected: str) -> None:
    assert language_of(text, stated=stated) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Harbour wall mended",
        "2024: 14 – 3",
        "Wexmoor Rovers 2, Halloran Town 1. Scorers: Quill, Ash, Bo.",
        "Deaths: Ada Quill, Wexmoor, 14 May. Ben Ash, Port Halloran, 15 May.",
    ],
)
@pytest.mark.parametrize("stated", ["en", "cy"])
def test_a_text_too_short_to_tell_has_the_language_that_its_page_states(text: str, stated: str) -> None:
    assert language_of(text, stated=stated) == stated


def test_a_page_that_claims_to_be_english_is_stored_in_the_language_it_is_in() -> None:
    page = f"<html lang=en><head><title>Wal yr harbwr</title></head><body><article><h1>Wal</h1><p>{WELSH}</p></article>"
    found = article_from_page(page.encode(), url="https://gazette.example.org/wal")
    assert isinstance(found, Article)
    assert (found.language, found.body) == ("cy", WELSH)


def test_a_document_of_gov_uk_is_too() -> None:
    document = {"base_path": "/wal.cy", "title": "Wal", "locale": "en", "details": {"body": f"<p>{WELSH}</p>"}}
    found = article_from_document(json.loads(json.dumps(document)))
    assert isinstance(found, Article)
    assert found.language == "cy"
