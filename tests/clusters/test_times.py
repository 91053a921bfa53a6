from datetime import date

import pytest

from dragoman.clusters.times import Window, month_and_day, read_edtf, window_of
from dragoman.types.record import Status
from dragoman.types.when import EventTime, Granularity, TimeBasis


def time(edtf: str) -> EventTime:
    return EventTime(edtf=edtf, precision=Granularity.DAY, basis=TimeBasis.STATED, span=None, text=None, reason="hand")


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-04-15", "2024-04-15", "2024-04-15"),
        ("2024-04-15~", "2024-04-15", "2024-04-15"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("2024-04/2024-06-03", "2024-04-01", "2024-06-03"),
    ],
)
def test_edtf_is_read_as_first_and_last_day(edtf: str, first: str, last: str) -> None:
    assert read_edtf(edtf) == (day(first), day(last))


@pytest.mark.parametrize("edtf", ["XXXX-04-15", "1994/..", "199X", "2024-13", "2024-02-30", "2024-05/2024-04", ""])
def test_open_or_impossible_times_give_no_days(edtf: str) -> None:
    assert read_edtf(edtf) is None


def test_stated_day_is_its_own_window() -> None:
    assert window_of(time("2027-03-09"), Status.ASSERTED, date(2027, 3, 10)) == Window(
        day("2027-03-09"), day("2027-03-09"), True
    )


def test_news_without_a_time_happened_in_the_days_before() -> None:
    assert window_of(None, Status.ASSERTED, date(2027, 3, 10)) == Window(day("2027-03-07"), day("2027-03-10"), False)


def test_plan_lies_ahead() -> None:
    window = window_of(None, Status.PLANNED, date(2027, 3, 10))
    assert window is not None
    assert window.high > day("2027-03-20")


def test_without_any_date_there_is_no_window() -> None:
    assert window_of(None, Status.ASSERTED, None) is None


def test_whole_year_says_too_little_to_count_as_stated() -> None:
    window = window_of(time("2026"), Status.ASSERTED, date(2027, 3, 10))
    assert window is not None
    assert not window.stated


def test_day_without_year_is_known_as_such() -> None:
    assert (month_and_day(time("XXXX-04-15")), month_and_day(time("2024-04-15"))) == ("04-15", None)
