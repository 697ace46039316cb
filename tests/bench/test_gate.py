"""The gate fails when a figure sinks, and the gold of our own fits the texts that it points into."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bench.__main__ import FLOORS, sunk
from bench.corpora import HELDOUT, heldout


@pytest.mark.parametrize(
    ("figures", "below"),
    [({"quotes": 80.0}, []), ({"quotes": 80.5}, []), ({"quotes": 79.9}, ["quotes"]), ({"people": 99.0}, ["quotes"])],
)
def test_a_figure_below_its_floor_or_not_measured_fails_the_gate(figures: dict[str, float], below: list[str]) -> None:
    assert sunk(figures, {"quotes": 80.0}) == below


def test_every_figure_that_the_product_stands_for_has_a_floor() -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert {"uk quotes f", "uk named f", "heldout quotes f", "heldout named f", "polnear ATTR all"} <= set(floors)
    assert all(0 < floor <= 100 for floor in floors.values())


def test_our_gold_holds_no_text_and_fits_the_texts_it_points_into(shared: Path) -> None:
    stored = [json.loads(line) for line in HELDOUT.read_text(encoding="utf-8").splitlines()]
    assert all("text" not in row for row in stored)
    rows = heldout()
    assert len(rows) == len(stored)
    for row in rows:
        for quote in row["quotes"]:
            for start, end in quote["content"]:
                assert re.search(r"\w", row["text"][start:end])
