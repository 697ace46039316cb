"""What is a new version of a text, and what is not."""

from __future__ import annotations

import pytest

from crawler.changes import same_reading
from crawler.items import Article

BODY = "The ferry will run from May, the mayor said.\n\n“It is about time,” said Ada Quill."


def article(body: str, headline: str = "Ferry to run") -> Article:
    return Article(url="u", canonical_url="u", headline=headline, body=body)


@pytest.mark.parametrize(
    "body",
    [
        BODY.replace(" ", "  "),
        BODY.replace("\n\n", "\n"),
        BODY.replace("“", '"').replace("”", '"'),
        "Last updated at 14:05\n\n" + BODY,
        "Published 6 May 2024\n\n" + BODY,
        BODY + "\n\n3 hours ago",
        BODY + "\n\nSign up for our newsletter",
    ],
)
def test_white_space_marks_time_stamps_and_furniture_make_no_new_version(body: str) -> None:
    assert same_reading(article(body), headline="Ferry to run", standfirst="", body=BODY)


@pytest.mark.parametrize(
    "body",
    [
        BODY.replace("May", "June"),
        BODY.replace("will", "will not"),
        BODY.replace("about", "About"),
        BODY + "\n\nIt was updated in 2019 with a second engine, and nobody has complained of it since then.",
        BODY.split("\n\n")[0],
    ],
)
def test_a_word_a_figure_or_a_sentence_does(body: str) -> None:
    assert not same_reading(article(body), headline="Ferry to run", standfirst="", body=BODY)


def test_so_does_another_headline() -> None:
    assert not same_reading(article(BODY, "Ferry not to run"), headline="Ferry to run", standfirst="", body=BODY)
