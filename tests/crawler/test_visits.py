"""When an address is looked at again: pure functions of what came of a visit and of the time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.frontier.visits import (
    DAY,
    HOUR,
    MINUTE,
    Due,
    after_article,
    after_listing,
    age_s,
    later,
    poll_interval,
    retry_after,
    revisit,
)

NOON = "2024-05-06T12:00:00+00:00"
PAGE = Due(id=1, source_id="gazette", kind="article", address="a", url="a", host="h", discovered_at=NOON)


def test_an_article_is_looked_at_each_time_its_age_has_doubled_and_once_at_a_month_and_then_no_more() -> None:
    moment: str | None = NOON
    ages = []
    while (moment := revisit(moment, NOON)) is not None:
        ages.append(round(age_s(moment, NOON) / HOUR))
    assert ages[:6] == [2, 4, 8, 16, 32, 64]
    assert ages[-1] == 30 * 24
    assert len(ages) == 9


def test_an_article_that_was_old_when_it_was_found_is_not_looked_at_again() -> None:
    assert revisit(NOON, "2003-01-01") is None


@pytest.mark.parametrize(
    ("known", "named", "expected"),
    [
        (20, 20, 90 * MINUTE),  # nothing new: more rarely
        (10, 20, 60 * MINUTE),  # as it should be
        (2, 20, 30 * MINUTE),  # nearly all of it new: some may have been missed
        (0, 0, 60 * MINUTE),  # an empty feed says nothing
    ],
)
def test_a_feed_is_polled_so_that_a_third_to_two_thirds_of_it_are_known(known: int, named: int, expected: int) -> None:
    assert poll_interval(HOUR, known=known, named=named) == expected


@pytest.mark.parametrize(("known", "limit"), [(20, DAY), (0, 10 * MINUTE)])
def test_a_feed_is_polled_every_ten_minutes_at_most_and_once_a_day_at_least(known: int, limit: int) -> None:
    interval = HOUR
    for _ in range(20):
        interval = poll_interval(interval, known=known, named=20)
    assert interval == limit


def test_a_page_that_is_not_there_is_gone_at_the_second_look() -> None:
    first = after_article(PAGE, "gone", now=NOON, published=None)
    assert (first.state, first.next_due) == ("waiting", later(NOON, 6 * HOUR))
    again = replace(PAGE, attempts=first.attempts, outcome="gone")
    assert after_article(again, "gone", now=NOON, published=None).next_due is None
    assert after_article(again, "gone", now=NOON, published=None).state == "gone"


def test_an_error_between_two_looks_does_not_count_as_one() -> None:
    after_an_error = replace(PAGE, attempts=3, outcome="error")
    assert after_article(after_an_error, "gone", now=NOON, published=None).state == "waiting"


def test_an_address_that_fails_is_tried_more_and_more_rarely_and_then_given_up() -> None:
    due, waits = PAGE, []
    while (then := after_article(due, "error", now=NOON, published=None)).next_due is not None:
        waits.append(round(age_s(then.next_due, NOON) / MINUTE))
        due = replace(due, attempts=then.attempts, outcome="error")
    assert waits == [5, 20, 80, 320]
    assert (then.state, then.attempts) == ("failed", 5)


def test_a_listing_is_never_given_up() -> None:
    listing = replace(PAGE, kind="listing", attempts=50)
    then = after_listing(listing, "error", now=NOON, interval_s=HOUR)
    assert (then.state, then.next_due) == ("waiting", later(NOON, DAY))


def test_an_article_whose_page_shows_no_text_this_time_stays_an_article() -> None:
    known = replace(PAGE, article_id=7, outcome="skipped", attempts=1)
    assert after_article(known, "skipped", now=NOON, published=NOON).state == "done"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("120", "2024-05-06T12:02:00+00:00"),
        ("Mon, 06 May 2024 13:00:00 GMT", "2024-05-06T13:00:00+00:00"),
        ("Mon, 06 May 2024 11:00:00 GMT", None),
        ("999999", "2024-05-07T12:00:00+00:00"),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_a_number_of_seconds_or_a_date_and_a_day_at_most(header: str, expected: str | None) -> None:
    assert retry_after(header, now=NOON) == expected
