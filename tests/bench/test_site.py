"""The database that the site's speed is measured on, and how its figures are judged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench.site import Figure, p


def test_every_article_has_four_quotes_and_every_story_four_copies(shared: Path, tmp_path: Path) -> None:
    from bench.site_data import built

    with closing(sqlite3.connect(built(tmp_path, 24))) as db:
        counts = "select (select count(*) from current_articles), (select count(*) from quotes_in_context)"
        assert db.execute(counts).fetchone() == (24, 96)
        copies = "select count(*), count(distinct outlet) from current_articles group by story_id"
        assert set(db.execute(copies).fetchall()) == {(4, 4)}
        unlinked = "select count(*) from quotes where speaker is not null and person_id is null"
        other_words = (
            "select count(*) from quotes q join utterances u on u.id = q.utterance_id where u.text <> q.content"
        )
        for sql in (unlinked, other_words):
            assert db.execute(sql).fetchone() == (0,)


@pytest.mark.parametrize(("percent", "expected"), [(50, 10), (95, 19), (100, 20), (1, 1)])
def test_a_percentile_is_a_time_that_was_measured(percent: int, expected: int) -> None:
    assert p(list(range(20, 0, -1)), percent) == expected


@pytest.mark.parametrize(
    ("value", "must", "more_is_better", "kept"),
    [(9, 15, False, True), (16, 15, False, False), (60, 60, True, True), (59, 60, True, False), (9, None, False, True)],
)
def test_a_figure_knows_whether_it_is_kept(value: float, must: float | None, more_is_better: bool, kept: bool) -> None:
    figure = Figure("pages", value, "ms", must, must, more_is_better)
    assert figure.kept is kept
    assert ("NOT KEPT" in str(figure)) is not kept
