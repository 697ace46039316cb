"""The quotation-mark structure of a text, on plain strings."""

from __future__ import annotations

import pytest

from nlp.marks import oriented
from nlp.quoting.quotations import quotations, runs


def stretches(text: str) -> list[str]:
    return [text[found.start : found.end] for found in quotations(oriented(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Fees will go," she said. "Branches stay."', ['"Fees will go,"', '"Branches stay."']),
        ("“She told me ‘no’ twice,” he said.", ["“She told me ‘no’ twice,”"]),
        ("'She told me \"no\" twice,' he said.", ["'She told me \"no\" twice,'"]),
        ("“One.\n\n“Two.”", ["“One.", "“Two.”"]),
        ('She said: "One. "Two. "Three."', ['"One.', '"Two.', '"Three."']),
        ("The vote is lost,” he said.", ["The vote is lost,”"]),
        ("“The vote is lost, said Mr Osei. A new one follows.", ["“The vote is lost,"]),
        ("It was “a gamble. The council met on Monday.", ["“a gamble."]),
        ("“One, two.\nNo mark here.", ["“One, two."]),
        ("No marks, only the teachers' room.", []),
    ],
)
def test_outer_quotations_are_found_with_their_marks(text: str, expected: list[str]) -> None:
    assert stretches(text) == expected


def test_quotations_opened_again_before_they_were_closed_run_on() -> None:
    found = runs(quotations(oriented("“One.\n\n“Two.\n\n“Three.” He left. “Four.”")))
    assert [len(run) for run in found] == [3, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said: “Fees will go.”", True),
        ("“Fees will go,” she said.", True),
        ("She called it “a gamble”.", False),
        ("The “Right to Read” scheme began.", False),
        ("He spoke of “very difficult choices” ahead.", False),
        ("She said, “fees will go within the year.”", True),
    ],
)
def test_a_statement_is_told_from_a_few_quoted_words(text: str, expected: bool) -> None:
    (found,) = quotations(oriented(text))
    assert found.is_statement is expected
