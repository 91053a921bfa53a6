"""When a telling's happening may have happened, as day numbers."""

import re
from dataclasses import dataclass
from datetime import date

from dragoman.types.record import Status
from dragoman.types.when import EventTime

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?$")
_NO_YEAR = re.compile(r"XXXX-(\d\d)-(\d\d)[?~%]?$")
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
_LAST_MONTH = 12
_OPEN = frozenset({Status.PLANNED, Status.PLEDGED, Status.PROPOSED, Status.SIGNALLED, Status.HYPOTHETICAL})
# A report tells mostly of the day before; a standing fact lies further back, a plan ahead.
_NEWS_DAYS, _BACKGROUND_DAYS, _PLAN_DAYS = 3, 14, 45
_LONGEST = 45


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day (proleptic ordinals) on which it may have happened. `stated`: the report's words say so."""

    low: int
    high: int
    stated: bool

    @property
    def days(self) -> int:
        """How many days the window has."""
        return self.high - self.low + 1

    def gap(self, other: "Window") -> int:
        """Days between the two windows; 0 when they overlap.

        >>> Window(1, 3, True).gap(Window(5, 9, True)), Window(1, 3, True).gap(Window(3, 9, True))
        (2, 0)
        """
        return max(0, self.low - other.high, other.low - self.high)


def window_of(time: EventTime | None, status: Status, published: date | None) -> Window | None:
    """The days on which it may have happened; None when neither the words nor a publication date tell.

    A window longer than a month and a half, or open at one end, says too little and counts as not stated.
    """
    found = read_edtf(time.edtf) if time is not None else None
    if found is not None and found[1] - found[0] < _LONGEST:
        return Window(*found, True)
    if published is None:
        return None
    day = published.toordinal()
    if found is not None:
        return Window(max(found[0], day - 366), min(found[1], day + 366), False) if found[0] <= day else None
    if status in _OPEN:
        return Window(day - _NEWS_DAYS, day + _PLAN_DAYS, False)
    return Window(day - (_BACKGROUND_DAYS if status is Status.BACKGROUND else _NEWS_DAYS), day, False)


def month_and_day(time: EventTime | None) -> str | None:
    """`04-15` of a day whose year is not stated; None for every other time."""
    match = _NO_YEAR.match(time.edtf) if time else None
    return f"{match[1]}-{match[2]}" if match else None


def read_edtf(edtf: str) -> tuple[int, int] | None:
    """First and last day of an EDTF date, season or interval, as ordinals; None when the year or an end is open.

    >>> [date.fromordinal(day).isoformat() for day in read_edtf("2024-02")]
    ['2024-02-01', '2024-02-29']
    >>> read_edtf("XXXX-04-15") is None
    True
    """
    first, _, last = edtf.partition("/")
    low, high = _read_date(first), _read_date(last or first)
    return (low[0], high[1]) if low and high and low[0] <= high[1] else None


def _read_date(text: str) -> tuple[int, int] | None:
    match = _DATE.match(text)
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        return _days(year, month, day)
    except ValueError:
        return None


def _days(year: int, month: int, day: int) -> tuple[int, int]:
    if day:
        return (date(year, month, day).toordinal(),) * 2
    if not month:
        return date(year, 1, 1).toordinal(), date(year, _LAST_MONTH, 31).toordinal()
    start, length = (_SEASONS[month], 3) if month in _SEASONS else (month, 1)
    return date(year, start, 1).toordinal(), _month_start(year, start + length) - 1


def _month_start(year: int, month: int) -> int:
    return date(year + (month - 1) // _LAST_MONTH, (month - 1) % _LAST_MONTH + 1, 1).toordinal()
