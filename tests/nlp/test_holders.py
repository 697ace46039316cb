"""A holder carries the name of the body or group that the text means."""

import pytest


def holders(reading):
    return {p.holder for p in reading.positions}


BILL = "The Hedgerows Bill was published on Monday."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BILL} MPs backed the bill.", {"MPs"}),
        (f"{BILL} Senior peers backed the bill.", {"senior peers"}),
        (f"{BILL} Delegates of Unison met on Friday. The union opposed the bill.", {"Unison"}),
        (f"{BILL} The party opposed the bill.", set()),
        ("The department defended the mooring levy.", set()),
        (f"{BILL} India welcomed the bill.", {"India"}),
        (f"{BILL} Labour and Unison attacked the bill.", {"Labour", "Unison"}),
        (f"{BILL} Jane Dole, the harbours minister, spoke on Friday. The minister defended the bill.", {"Jane Dole"}),
        (f"{BILL} A spokesman for Unison defended the bill.", {"Unison"}),
        (f"{BILL} Hundreds of teachers opposed the bill.", {"teachers"}),
    ],
)
def test_a_body_is_named_as_the_article_names_it(read, text, expected):
    assert holders(read(text)) == expected
