"""Which quotation marks open, which close, and which are apostrophes."""

from __future__ import annotations

import pytest

from nlp.marks import oriented, to_ascii


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "fees will go" today.', "He said “fees will go” today."),
        ("He said „fees will go“ today.".replace("“", "”"), "He said “fees will go” today."),
        ("«Fees will go», she said.", "“Fees will go”, she said."),
        ("The plan is 'a gamble', he said.", "The plan is ‘a gamble’, he said."),
        ("It's the teachers' view.", "It's the teachers' view."),
        ("It’s the teachers’ view.", "It's the teachers' view."),
        ("‘It’s the teachers’ view.’", "‘It's the teachers' view.’"),
        ("Fashions of the '90s and 'a gamble'.", "Fashions of the '90s and ‘a gamble’."),
        ("She said: \"He told me 'no' twice.\"", "She said: “He told me ‘no’ twice.”"),
    ],
)
def test_opening_and_closing_marks_are_told_from_apostrophes(text: str, expected: str) -> None:
    assert oriented(text) == expected


def test_a_single_quotation_that_is_opened_again_in_the_next_paragraph_opens_without_a_close() -> None:
    assert (
        oriented("She said:\n\n'Fees will go.\n\n'Branches stay.'") == "She said:\n\n‘Fees will go.\n\n‘Branches stay.’"
    )


@pytest.mark.parametrize("text", ["", "'", "“”", "a ' b \" c", "‘‘’’““”„", "\n\n'\n"])
def test_lengths_never_change(text: str) -> None:
    assert len(oriented(text)) == len(to_ascii(text)) == len(text)
