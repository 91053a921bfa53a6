"""Periods of a calendar: where one starts, where it ends, which one holds a time."""

from collections.abc import Iterator
from datetime import date, timedelta

from dragoman.analysis.values import Dated, Frequency, When
from dragoman.errors import InputError

_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}
# What users of pandas and polars write for the same.
_ALIASES = {
    "d": "day", "1d": "day", "w": "week", "w-mon": "week", "1w": "week", "m": "month", "ms": "month", "me": "month",
    "1mo": "month", "q": "quarter", "qs": "quarter", "1q": "quarter", "y": "year", "ys": "year", "1y": "year",
}  # fmt: skip


def frequency_of(written: str) -> Frequency:
    """The frequency a caller means. Raises InputError naming the valid ones.

    >>> frequency_of("MS")
    <Frequency.MONTH: 'month'>
    """
    name = _ALIASES.get(written.lower(), written.lower())
    try:
        return Frequency(name)
    except ValueError as error:
        raise InputError(f"frequency {written!r} is not one of {', '.join(Frequency)}") from error


def start_of(day: date, frequency: Frequency) -> date:
    """The first day of the period that holds the day.

    >>> start_of(date(2024, 4, 17), Frequency.WEEK)
    datetime.date(2024, 4, 15)
    """
    if frequency is Frequency.DAY:
        return day
    if frequency is Frequency.WEEK:
        return day - timedelta(days=day.weekday())
    length = _MONTHS[frequency]
    return date(day.year, (day.month - 1) // length * length + 1, 1)


def next_start(start: date, frequency: Frequency) -> date:
    """The first day of the period after the one that starts on `start`."""
    if frequency is Frequency.DAY:
        return start + timedelta(days=1)
    if frequency is Frequency.WEEK:
        return start + timedelta(weeks=1)
    months = start.month - 1 + _MONTHS[frequency]
    return date(start.year + months // 12, months % 12 + 1, 1)


def periods_between(first: date, last: date, frequency: Frequency) -> Iterator[tuple[date, date]]:
    """Yields first and last day of each period from the one that holds `first` to the one that holds `last`."""
    start = start_of(first, frequency)
    while start <= last:
        following = next_start(start, frequency)
        yield start, following - timedelta(days=1)
        start = following


def place_in(when: When, frequency: Frequency) -> date | None:
    """The start of the one period in which the time lies; None when it is not known that exactly.

    A visit from 30 April to 2 May lies in no one month, and "in 2024" in no one week.
    """
    if when.dated is not Dated.DATED or when.first is None or when.last is None:
        return None
    start = start_of(when.first, frequency)
    return start if start == start_of(when.last, frequency) and when.first <= when.last else None
