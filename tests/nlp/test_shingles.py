"""A text's five-word runs, and the index of who has which."""

from __future__ import annotations

import numpy as np

from nlp.copies.postings import Postings
from nlp.copies.shingles import shingled, shingles

HALLS = """Every village hall in the county is to have a pump for its well, the surveyor told the parish on Friday.

The first two hundred will be fitted before the clocks go back, he said, and the rest when there is money for them.

“Nobody should carry water up a hill for a jumble sale,” he said, and sat down."""
FERRY = "A ferry that has linked the two islands since the war will stop running at weekends from the end of May."


def test_each_text_has_the_same_shingles_alone_and_among_others() -> None:
    texts = ["", HALLS, "One line of eight words is just enough.", (FERRY + "\n") * 40, "\n \n", "café " * 9, FERRY]
    alone = [shingles(text).tolist() for text in texts]
    assert [found.tolist() for found in shingled(texts)] == alone
    assert [len(found) for found in alone[:3]] == [0, len(set(alone[1])), 4]
    assert alone[3] == alone[6]


def test_a_shingle_is_told_by_its_words_their_order_and_their_bounds() -> None:
    said = ("to day we row the boat home", "today we row the boat home now", "we to day row the boat home")
    found = [set(shingles(f"They say that {text} again.").tolist()) for text in said]
    assert len(found[0] & found[1]) == len(found[0] & found[2]) == 1
    assert shingles("Over the bar. " * 9).tolist() == shingles("OVER – the bar… " * 9).tolist()


def test_who_has_a_shingle_is_found_again_in_runs_that_are_merged_as_they_grow(db) -> None:
    postings = Postings(db)
    for article in range(1, 9):
        hashes = np.array([12, 24 + article, 2**32 - 4], dtype=np.uint32)
        with db.atomic():
            postings.add(hashes, np.full(3, article, dtype=np.uint32), without=np.empty(0, dtype=np.uint32))
    for held in (postings, Postings(db)):
        assert len(held.runs) < 4
        place, article = held.holders(np.array([12, 26, 99, 2**32 - 4], dtype=np.uint32))
        found = [(p, a) for p, a in zip(place.tolist(), article.tolist(), strict=True)]
        assert sorted(found) == [*((0, n) for n in range(1, 9)), (1, 2), *((3, n) for n in range(1, 9))]


def test_moved_paragraphs_marks_and_capitals_change_no_shingle() -> None:
    moved = "\n\n".join(reversed(HALLS.split("\n\n"))).replace("“", '"').upper()
    assert shingles(moved).tolist() == shingles(HALLS).tolist()
