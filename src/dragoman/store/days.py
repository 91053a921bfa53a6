"""EDTF times as a first and a last day, for filters and order. Pure."""

import calendar
import re

_PART = re.compile(r"(?P<year>-?\d{4}|\d{2,3}X{1,2})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}
_QUARTERS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
FIRST, LAST = "0001-01-01", "9999-12-31"


def bounds_of(edtf: str | None) -> tuple[str, str] | None:
    """The first and the last day that the time may mean; None when its year is open or it is no EDTF that we know.

    A winter is taken as its December, so that it stays within the year it is named after.

    >>> bounds_of("2024-02")
    ('2024-02-01', '2024-02-29')
    >>> bounds_of("1994/..")
    ('1994-01-01', '9999-12-31')
    """
    if not edtf:
        return None
    begin, slash, end = edtf.partition("/")
    if not slash:
        return _bounds_of_part(begin)
    first = (FIRST, FIRST) if begin in ("", "..") else _bounds_of_part(begin)
    last = (LAST, LAST) if end in ("", "..") else _bounds_of_part(end)
    return (first[0], last[1]) if first and last else None


def _bounds_of_part(written: str) -> tuple[str, str] | None:
    match = _PART.fullmatch(written.rstrip("?~%"))
    if match is None or match["year"].startswith("-"):
        return None
    first_year, last_year = match["year"].replace("X", "0"), match["year"].replace("X", "9")
    if match["month"] is None or first_year != last_year:
        return f"{first_year}-01-01", f"{last_year}-12-31"
    year, month = int(first_year), int(match["month"])
    if match["day"] is not None:
        return (f"{first_year}-{match['month']}-{match['day']}",) * 2
    months = _SEASONS.get(month) or _QUARTERS.get(month) or (month, month)
    if not 1 <= months[0] <= 12 or year < 1:
        return None
    return f"{year:04}-{months[0]:02}-01", f"{year:04}-{months[1]:02}-{calendar.monthrange(year, months[1])[1]:02}"
