from datetime import date

import pytest

from dragoman.analysis.edtf import bounds_of
from dragoman.analysis.values import Dated


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-04-15", date(2024, 4, 15), date(2024, 4, 15)),
        ("2024-04-15T10:30:00Z", date(2024, 4, 15), date(2024, 4, 15)),
        ("2024-04-15?", date(2024, 4, 15), date(2024, 4, 15)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-XX", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-04-XX", date(2024, 4, 1), date(2024, 4, 30)),
        ("201X", date(2010, 1, 1), date(2019, 12, 31)),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
        ("2024-21", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-24", date(2024, 1, 1), date(2025, 12, 31)),
        ("2024-04-15/2024-05-02", date(2024, 4, 15), date(2024, 5, 2)),
        ("2024-04/2024-06", date(2024, 4, 1), date(2024, 6, 30)),
    ],
)
def test_closed_time_has_its_first_and_last_day(edtf: str, first: date, last: date) -> None:
    assert (bounds_of(edtf).first, bounds_of(edtf).last) == (first, last)


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-04-15~", date(2024, 4, 12), date(2024, 4, 18)),
        ("~2024-04", date(2024, 3, 2), date(2024, 5, 30)),
        ("2023%", date(2022, 1, 1), date(2024, 12, 30)),
    ],
)
def test_approximate_time_is_widened(edtf: str, first: date, last: date) -> None:
    assert (bounds_of(edtf).first, bounds_of(edtf).last) == (first, last)


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("1994/..", date(1994, 1, 1), None),
        ("../2024-04-15", None, date(2024, 4, 15)),
        ("/2024", None, date(2024, 12, 31)),
    ],
)
def test_open_interval_has_one_end(edtf: str, first: date | None, last: date | None) -> None:
    assert (bounds_of(edtf).first, bounds_of(edtf).last) == (first, last)


@pytest.mark.parametrize("edtf", ["XXXX-04-15", "XXXX-04", "XXXX-04-15/XXXX-04-17", "XXXX-04~"])
def test_time_without_a_year_is_on_no_calendar(edtf: str) -> None:
    assert bounds_of(edtf).dated is Dated.YEAR_UNKNOWN


@pytest.mark.parametrize("edtf", ["2024-02-30", "0000-01-01", "[2024,2025]", "soon", "0001-01-01~", "9999-12-31~"])
def test_time_that_no_calendar_holds_is_open_at_both_ends(edtf: str) -> None:
    bounds = bounds_of(edtf)
    assert (bounds.dated, bounds.first, bounds.last) == (Dated.DATED, None, None)
