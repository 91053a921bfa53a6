"""From EDTF to calendar days: the first and last day a time may mean, and the one day that a dated row gets. Pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.types.when import EventTime

_MARKS = "?~%"
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
_WINTER = 24
_YEAR = re.compile(r"\d{1,4}X{0,3}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Day:
    """The day of a dated row and where it comes from; both None when no day can be given without inventing a year.

    `basis` is that of the time (stated, relative, inherited, published), `published` when the time is missing or covers
    the day of publication, or `period` for the first day of a stated month, year or interval.
    """

    day: date | None
    basis: str | None


def choose_day(time: EventTime | None, published: date | None) -> Day:
    """The day for formats whose rows must have one.

    A time whose year is unknown gives none: the day of publication would be a guess that the coder has refused.
    """
    if time is None:
        return Day(published, "published" if published else None)
    first, last = find_bounds(time.edtf)
    if first is not None and first == last:
        return Day(first, time.basis.value)
    if first is None and last is None:
        return Day(None, None)
    if published is not None and (first or date.min) <= published <= (last or date.max):
        return Day(published, "published")
    return Day(first or last, "period")


def find_bounds(edtf: str) -> tuple[date | None, date | None]:
    """The first and last day that the time may mean; None where it is open or not known.

    >>> find_bounds("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    >>> find_bounds("XXXX-04-15")
    (None, None)
    """
    if "/" not in edtf:
        return _bounds(edtf)
    start, _, end = edtf.partition("/")
    return _bounds(start)[0], _bounds(end)[1]


def _bounds(written: str) -> tuple[date | None, date | None]:
    text = "".join(character for character in written if character not in _MARKS)
    try:
        if match := _DAY.fullmatch(text):
            day = date(*map(int, match.groups()))
            return day, day
        if match := _MONTH.fullmatch(text):
            return _part_of_year(int(match.group(1)), int(match.group(2)))
        if _YEAR.fullmatch(text) and len(text) == 4:
            return date(int(text.replace("X", "0")), 1, 1), date(int(text.replace("X", "9")), 12, 31)
    except ValueError:  # a year 0000 or a 31 June that a foreign file gave
        return None, None
    return None, None


def _part_of_year(year: int, part: int) -> tuple[date | None, date | None]:
    if part == _WINTER:  # from December on, by the meteorologists' count
        return date(year, 12, 1), date(year + 1, 3, 1) - timedelta(days=1)
    first, last = _SEASONS.get(part, (part, part))
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
