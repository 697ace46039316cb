"""The extraction on the layouts of our own, and how the bench counts."""

from __future__ import annotations

import pytest

from bench.crawl import body_f1
from bench.pages import LAYOUTS, page
from crawler.items import Article
from crawler.pages import article_from_page


@pytest.mark.parametrize("number", range(len(LAYOUTS)), ids=list(LAYOUTS))
def test_the_article_is_found_in_every_layout(number: int) -> None:
    one = page(number)
    found = article_from_page(one.html, url="https://press.example.org/news/1")
    assert isinstance(found, Article)
    assert body_f1([(one.body, found.body)]) > 0.98


def test_a_text_half_of_which_is_wrong_counts_half() -> None:
    wanted = "one two three four five six seven eight"
    assert body_f1([((wanted,), wanted)]) == 1
    assert body_f1([((wanted,), "")]) == 0
    assert round(body_f1([((wanted,), f"{wanted} nine ten eleven twelve thirteen")]), 2) == 0.67
