"""When cron starts what it is given."""

from __future__ import annotations

import pytest

from crawler.results import CrawlError
from crawler.timers import cron_times

DAY = 1440


def starts(lines: list[str]) -> list[int]:
    """The minutes of the day at which a crontab of ``lines`` starts something, as crontab(5) reads its fields."""

    def numbers(field: str, of: int) -> list[int]:
        values, _, step = field.partition("/")
        return list(range(0, of, int(step or 1))) if values == "*" else [int(value) for value in values.split(",")]

    fields = [line.split() for line in lines]
    assert all(rest == ["*", "*", "*"] for _, _, *rest in fields)
    return sorted(60 * hour + minute for minutes, hours, *_ in fields for hour in numbers(hours, 24)
                  for minute in numbers(minutes, 60))  # fmt: skip


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        (1, ["* * * * *"]),
        (10, ["*/10 * * * *"]),
        (60, ["0 * * * *"]),
        (90, ["0 */3 * * *", "30 1,4,7,10,13,16,19,22 * * *"]),
        (180, ["0 */3 * * *"]),
        (720, ["0 */12 * * *"]),
    ],
)
def test_cron_is_told_so_many_minutes_in_lines_of_its_own(every: int, expected: list[str]) -> None:
    assert cron_times(every) == expected


@pytest.mark.parametrize("every", [n for n in range(1, DAY) if DAY % n == 0])
def test_whatever_divides_the_day_comes_round_evenly_and_never_twice(every: int) -> None:
    assert starts(cron_times(every)) == list(range(0, DAY, every))


@pytest.mark.parametrize(("every", "below", "above"), [(7, 6, 8), (50, 48, 60), (100, 96, 120), (1439, 720, 1440)])
def test_what_cron_cannot_say_is_refused_with_what_it_can(every: int, below: int, above: int) -> None:
    with pytest.raises(CrawlError, match=rf"every {every:,} minutes.*--every {below} or --every {above}, .*systemd"):
        cron_times(every)
