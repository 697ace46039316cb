"""Plain text taken in: what is headline, date, credit and furniture, and what is body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crawler.items import Article, Skip
from crawler.plaintext import article_from_text

Rows = Callable[..., list[dict[str, Any]]]
PROSE = (
    "The subsidy for the island ferries is to be doubled, the transport secretary has said.",
    "“No islander should have to plan a hospital visit around the price of a ticket,” she told the council.",
    "Operators asked for a timetable before the summer ends.",
)


def text_article(*lines: str, headline: str = "") -> Article:
    found = article_from_text("\n\n".join(lines), canonical_url="import:a/b.txt", headline=headline)
    assert isinstance(found, Article)
    return found


def test_a_text_that_is_all_article_stays_whole_and_gets_its_first_sentence_as_headline() -> None:
    found = text_article(*PROSE)
    assert found.body == "\n\n".join(PROSE)
    assert found.headline == "The subsidy for the island ferries is to be doubled, the transport secretary has said"


@pytest.mark.parametrize(
    ("above", "headline"),
    [
        (("Ferry subsidy doubled",), "Ferry subsidy doubled"),
        (("Will the ferries run?",), "Will the ferries run?"),
        (("This website is for harbour staff only", "Ferry money", "Ferry money", "6 May 2024"), "Ferry money"),
        (("Ferry money", "By Ada Quill", "Monday 6 May 2024 09:15"), "Ferry money"),
        (("Skip to main content", "Ferry money", "Published: 6 May 2024"), "Ferry money"),
    ],
)
def test_lines_above_the_first_sentence_are_not_body(above: tuple[str, ...], headline: str) -> None:
    found = text_article(*above, *PROSE)
    assert (found.headline, found.body) == (headline, "\n\n".join(PROSE))


@pytest.mark.parametrize(
    "below",
    [
        ("Copyright © Press Association 2024", "Ministry of Harbours"),
        ("Want news like this straight to your inbox?", "Related articles", "Harbour wall to be mended"),
        ("Sign up to our weekly newsletter", "More from The Gazette"),
        ("We use cookies on this website to improve your visit.",),
    ],
)
def test_lines_below_the_last_sentence_are_not_body(below: tuple[str, ...]) -> None:
    assert text_article("Ferry money", *PROSE, *below).body == "\n\n".join(PROSE)


def test_a_closing_line_without_a_full_stop_is_kept_when_nothing_says_that_it_is_furniture() -> None:
    assert text_article("Ferry money", *PROSE, "Two boats, one harbour").body.endswith("Two boats, one harbour")


def test_the_date_and_the_credit_of_a_text_are_read() -> None:
    found = text_article("Ferry money", "6 May 2024", *PROSE, "Copyright © Press Association 2024")
    assert (found.published, found.date_evidence, found.agency) == ("2024-05-06", "text", "Press Association")


def test_lines_broken_at_one_width_are_one_paragraph() -> None:
    wrapped = (
        "The subsidy that keeps the island ferries running is to be\n"
        "doubled from the autumn, the transport secretary told the\ncouncil."
    )
    assert text_article(wrapped).body == wrapped.replace("\n", " ")


def test_a_text_of_nothing_but_short_lines_is_kept_as_it_is() -> None:
    found = article_from_text("one boat\n\ntwo boats\n\nthree boats", canonical_url="import:a/b.txt")
    assert isinstance(found, Article)
    assert found.body == "one boat\n\ntwo boats\n\nthree boats"


def test_a_long_list_of_short_lines_takes_no_long_time() -> None:
    found = article_from_text("a boat\n\n" * 50_000, canonical_url="import:a/b.txt")
    assert isinstance(found, Article)
    assert found.headline == "a boat"


def test_a_text_of_nothing_but_furniture_is_skipped() -> None:
    found = article_from_text("6 May 2024\n\nRelated articles", canonical_url="import:a/b.txt")
    assert found == Skip(url="import:a/b.txt", reason="no article text found")
