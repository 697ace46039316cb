"""Amounts with what they measure, and numbers that are none."""

import pytest


@pytest.mark.parametrize(
    ("text", "exact", "value", "unit"),
    [
        ("It takes 12 per cent of the schools budget.", "12 per cent of the schools budget", 12, "per cent"),
        ("Mothers get a £1,250 rise in maternity pay.", "£1,250 rise in maternity pay", 1250, "GBP"),
        ("Ministers found £2.5bn for hospitals.", "£2.5bn", 2.5e9, "GBP"),
        ("It cost £50m. Ministers paid.", "£50m", 5e7, "GBP"),
        ("Some 34 members of the Royal Society signed.", "34 members of the Royal Society", 34, "count"),
        ("It reaches six million households.", "six million households", 6e6, "count"),
        ("Nine out of 10 nurses agree.", "Nine out of 10 nurses", 0.9, "share"),
        ("Two-thirds of pupils passed.", "Two-thirds of pupils", 2 / 3, "share"),
        ("Of these, 640 will be lost.", "640", 640, "count"),
        ("A judge must decide within nine days.", "nine days", 9, "count"),
        ("They are 2.5 times more likely to be fined.", "2.5 times more", 2.5, "times"),
    ],
)
def test_an_amount_is_read_with_what_it_measures(read, text, exact, value, unit):
    (figure,) = read(text).figures
    assert (figure.exact, figure.unit) == (exact, unit)
    assert figure.value == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "It began in 1998 and ended on 14 June 2003.",
        "He spoke at the Voice 11 conference.",
        "The 16-year-old left at 10.30am.",
        "Radio 4 reported it under Article 12.",
        "Three ministers resigned.",
        "She left 14 Harbour Street early.",
    ],
)
def test_dates_names_ages_and_small_counts_are_no_figures(read, text):
    assert read(text).figures == ()


def test_what_is_measured_is_kept_apart(read):
    (figure,) = read("They want 12 per cent of the schools budget delivered early.").figures
    assert figure.measures == "the schools budget"
