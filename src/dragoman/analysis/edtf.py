"""From a time in EDTF to the days within which it lies.

EDTF is ISO 8601-2:2019; https://www.loc.gov/standards/datetime/ describes it. Read here: levels 0 and 1, and
unspecified digits of level 2. Sets (`[...]`, `{...}`) and years outside 1-9999 are understood as open on both ends.
"""

import re
from datetime import date, timedelta

from dragoman.analysis.values import Dated, When

_DATE = re.compile(r"([\dX]{4})(?:-([\dX]{2}))?(?:-([\dX]{2}))?(?:T.*)?")
_QUALIFIER = re.compile(r"[?~%]")
_LAST_MONTH, _WINTER = 12, 24
_DAYS_ABOUT = 3
OPEN = When(dated=Dated.DATED)
UNDATED = When(dated=Dated.UNDATED)
YEAR_UNKNOWN = When(dated=Dated.YEAR_UNKNOWN)


def bounds_of(edtf: str) -> When:
    """The first and the last day that the time allows; open ends are None.

    An approximate time (`~`) is widened: a day by three days to each side, a month by a month, a year by a year.

    >>> bounds_of("2024-02").last
    datetime.date(2024, 2, 29)
    >>> bounds_of("XXXX-04-15").dated
    <Dated.YEAR_UNKNOWN: 'year_unknown'>
    """
    start, slash, end = edtf.strip().partition("/")
    if not slash:
        return _one(start)
    first, last = _end(start), _end(end)
    if YEAR_UNKNOWN in (first, last):
        return YEAR_UNKNOWN
    return When(dated=Dated.DATED, first=first.first, last=last.last)


def _end(written: str) -> When:
    return OPEN if written in ("", "..") else _one(written)


def _one(written: str) -> When:
    match = _DATE.fullmatch(_QUALIFIER.sub("", written))
    if match is None:
        return OPEN
    year, month, day = match.groups()
    if year == "XXXX":
        return YEAR_UNKNOWN
    try:
        first, last = _days(year, month, day)
        if "~" in written or "%" in written:
            first, last = _widen(first, last)
    except (ValueError, OverflowError):  # 30 February, the year 0, or a day before the calendar begins
        return OPEN
    return When(dated=Dated.DATED, first=first, last=last)


def _days(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    if "X" in year or month is None or "X" in month:
        return date(int(year.replace("X", "0")), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    number = int(month)
    if number > _LAST_MONTH:  # Seasons, quarters and half-years: which months a season has depends on the hemisphere.
        return date(int(year), 1, 1), date(int(year) + (number % 4 == 0 and number <= _WINTER + 8), 12, 31)
    if day is None or "X" in day:
        return date(int(year), number, 1), _end_of_month(date(int(year), number, 1))
    return date(int(year), number, int(day)), date(int(year), number, int(day))


def _widen(first: date, last: date) -> tuple[date, date]:
    length = (last - first).days + 1
    days = _DAYS_ABOUT if length == 1 else length
    return first - timedelta(days=days), last + timedelta(days=days)


def _end_of_month(day: date) -> date:
    after = day.replace(day=28) + timedelta(days=4)
    return after - timedelta(days=after.day)
