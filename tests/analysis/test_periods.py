from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.analysis.edtf import bounds_of
from dragoman.analysis.periods import frequency_of, periods_between, place_in, start_of
from dragoman.analysis.values import Frequency
from dragoman.errors import InputError

FREQUENCIES = st.sampled_from(list(Frequency))
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("frequency", "start"),
    [
        (Frequency.DAY, date(2024, 2, 29)),
        (Frequency.WEEK, date(2024, 2, 26)),
        (Frequency.MONTH, date(2024, 2, 1)),
        (Frequency.QUARTER, date(2024, 1, 1)),
        (Frequency.YEAR, date(2024, 1, 1)),
    ],
)
def test_period_starts_where_the_calendar_says(frequency: Frequency, start: date) -> None:
    assert start_of(date(2024, 2, 29), frequency) == start


def test_week_across_new_year_starts_in_the_old_year() -> None:
    assert start_of(date(2025, 1, 1), Frequency.WEEK) == date(2024, 12, 30)


@given(DAYS, st.integers(0, 500), FREQUENCIES)
def test_periods_cover_every_day_once(first: date, length: int, frequency: Frequency) -> None:
    last = first + timedelta(days=length)
    periods = list(periods_between(first, last, frequency))
    assert periods[0][0] <= first
    assert periods[-1][1] >= last
    assert all(after[0] - before[1] == timedelta(days=1) for before, after in pairwise(periods))


@pytest.mark.parametrize(
    ("edtf", "frequency", "start"),
    [
        ("2024-04-15", Frequency.DAY, date(2024, 4, 15)),
        ("2024-04", Frequency.MONTH, date(2024, 4, 1)),
        ("2024-04", Frequency.DAY, None),
        ("2024-04", Frequency.WEEK, None),
        ("2024", Frequency.MONTH, None),
        ("2024", Frequency.YEAR, date(2024, 1, 1)),
        ("2024-04-15/2024-04-17", Frequency.MONTH, date(2024, 4, 1)),
        ("2024-04-30/2024-05-02", Frequency.MONTH, None),
        ("2024-04-30/2024-05-02", Frequency.WEEK, date(2024, 4, 29)),
        ("2024-04-17/2024-04-15", Frequency.MONTH, None),
        ("1994/..", Frequency.YEAR, None),
        ("XXXX-04-15", Frequency.DAY, None),
        ("2024-04-15~", Frequency.DAY, None),
        ("2024-04-15~", Frequency.MONTH, date(2024, 4, 1)),
        ("2024-04~", Frequency.MONTH, None),
    ],
)
def test_time_is_placed_only_where_it_is_known_well_enough(edtf: str, frequency: Frequency, start: date | None) -> None:
    assert place_in(bounds_of(edtf), frequency) == start


@pytest.mark.parametrize(
    ("written", "frequency"), [("MS", Frequency.MONTH), ("week", Frequency.WEEK), ("1d", Frequency.DAY)]
)
def test_frequency_is_understood_as_other_libraries_write_it(written: str, frequency: Frequency) -> None:
    assert frequency_of(written) is frequency


def test_unknown_frequency_names_the_valid_ones() -> None:
    with pytest.raises(InputError, match="'fortnight' is not one of day, week, month, quarter, year"):
        frequency_of("fortnight")
