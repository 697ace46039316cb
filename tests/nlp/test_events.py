"""Named events, and common nouns that name none."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She spoke at the Clean Rivers summit.", ["Clean Rivers summit"]),
        ("It was raised at the Marlow Inquiry.", ["Marlow Inquiry"]),
        ("He called for an inquiry and a conference.", []),
    ],
)
def test_an_event_needs_a_name(read, text, expected):
    assert [event.name for event in read(text).events] == expected
