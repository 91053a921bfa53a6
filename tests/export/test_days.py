from datetime import date

import pytest

from dragoman.export.days import Day, choose_day, find_bounds
from dragoman.types.when import EventTime, Granularity, TimeBasis

PUBLISHED = date(2024, 4, 16)


@pytest.mark.parametrize(
    ("edtf", "bounds"),
    [
        ("2024-04-15", (date(2024, 4, 15), date(2024, 4, 15))),
        ("2024-04-15~", (date(2024, 4, 15), date(2024, 4, 15))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2024", (date(2024, 1, 1), date(2024, 12, 31))),
        ("199X", (date(1990, 1, 1), date(1999, 12, 31))),
        ("19XX", (date(1900, 1, 1), date(1999, 12, 31))),
        ("2024-22", (date(2024, 6, 1), date(2024, 8, 31))),
        ("2023-24", (date(2023, 12, 1), date(2024, 2, 29))),
        ("2024-36", (date(2024, 10, 1), date(2024, 12, 31))),
        ("2024-04/2024-06", (date(2024, 4, 1), date(2024, 6, 30))),
        ("1994/..", (date(1994, 1, 1), None)),
        ("/2020-11-09", (None, date(2020, 11, 9))),
        ("XXXX-04-15", (None, None)),
        ("0000", (None, None)),
        ("2024-06-31", (None, None)),
        ("soon", (None, None)),
    ],
)
def test_bounds_are_the_first_and_last_day_that_a_time_may_mean(edtf: str, bounds: object) -> None:
    assert find_bounds(edtf) == bounds


def time(edtf: str) -> EventTime:
    return EventTime(
        edtf=edtf, precision=Granularity.DAY, basis=TimeBasis.RELATIVE, span=None, text=None, reason="made"
    )


@pytest.mark.parametrize(
    ("edtf", "chosen"),
    [
        ("2024-04-15", Day(date(2024, 4, 15), "relative")),
        ("2024-04", Day(PUBLISHED, "published")),
        ("2020", Day(date(2020, 1, 1), "period")),
        ("../2020-11-09", Day(date(2020, 11, 9), "period")),
        ("XXXX-04-15", Day(None, None)),
    ],
)
def test_day_of_a_time_is_never_a_guess(edtf: str, chosen: Day) -> None:
    assert choose_day(time(edtf), PUBLISHED) == chosen


def test_missing_time_gives_the_day_of_publication() -> None:
    assert choose_day(None, PUBLISHED) == Day(PUBLISHED, "published")
    assert choose_day(None, None) == Day(None, None)
