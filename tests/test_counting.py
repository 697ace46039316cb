"""Counts as the program says them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from counting import counted

ROOT = Path(__file__).parents[1]
# What the code puts in, and a noun in the plural behind it: "{count} rows", "{len(found)} new articles".
BY_HAND = re.compile(
    r"\{[^{}]+\} (?:new |further )?"
    r"(?:articles|copies|errors|files|lists|minutes|outlets|quotes|rows|runs|sources|texts|versions|words)\b"
)


@pytest.mark.parametrize(
    ("number", "forms", "expected"),
    [
        (0, ("article",), "0 articles"),
        (1, ("article",), "1 article"),
        (2340, ("article",), "2,340 articles"),
        (1, ("copy", "copies"), "1 copy"),
        (2, ("copy", "copies"), "2 copies"),
    ],
)
def test_one_is_said_in_the_singular_and_all_else_in_the_plural(
    number: int, forms: tuple[str, ...], expected: str
) -> None:
    assert counted(number, *forms) == expected


def test_no_count_is_put_before_a_plural_by_hand() -> None:
    modules = [path for folder in ("commands", "crawler", "nlp") for path in (ROOT / folder).rglob("*.py")]
    modules = [path for path in modules if path.parent.name != "training"]  # what it prints is for those who train
    lines = ((path, line) for path in modules for line in path.read_text(encoding="utf-8").splitlines())
    assert [f"{path.relative_to(ROOT)}: {line.strip()}" for path, line in lines if BY_HAND.search(line)] == []
