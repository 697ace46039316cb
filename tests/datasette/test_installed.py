"""Our folder named datasette/ never stands in the way of the installed package."""

from __future__ import annotations

from pathlib import Path

import datasette

ROOT = Path(__file__).resolve().parents[2]


def test_the_installed_datasette_wins_over_our_folder():
    assert datasette.__file__ is not None
    assert Path(datasette.__file__).resolve().parent != ROOT / "datasette"
    assert not (ROOT / "datasette" / "__init__.py").exists()
    assert datasette.__version__.startswith("0.65")
