"""Days, weeks, months and years as EDTF: the arithmetic under the rules of `date_rules`."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.types.when import Granularity, TimeBasis

NO_PUBLISHED = "relative to the document's date, which is not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeReading:
    """What a time expression says. `edtf` is None when it names no time that can be written down; `reason` says why."""

    edtf: str | None
    precision: Granularity | None
    basis: TimeBasis | None
    reason: str

    @property
    def is_known(self) -> bool:
        """True when there is a time."""
        return self.edtf is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What relative expressions count from. `tense` is "past", "future" or None when the words do not tell."""

    published: date | None
    tense: str | None


def refuse(reason: str) -> TimeReading:
    """No time, and why."""
    return TimeReading(edtf=None, precision=None, basis=None, reason=reason)


def stated(edtf: str, precision: Granularity, reason: str) -> TimeReading:
    """A time that the words give in full."""
    return TimeReading(edtf=edtf, precision=precision, basis=TimeBasis.STATED, reason=reason)


def relative(edtf: str, precision: Granularity, reason: str) -> TimeReading:
    """A time that needs the document's date."""
    return TimeReading(edtf=edtf, precision=precision, basis=TimeBasis.RELATIVE, reason=reason)


def day_of(day: date, reason: str) -> TimeReading:
    """A day counted from the document's date."""
    return relative(day.isoformat(), Granularity.DAY, reason)


def days(first: date, last: date, reason: str, precision: Granularity = Granularity.INTERVAL) -> TimeReading:
    """From a first to a last day, both included, counted from the document's date."""
    return relative(f"{first.isoformat()}/{last.isoformat()}", precision, reason)


def week_of(day: date, reason: str) -> TimeReading:
    """The week, Monday to Sunday, that holds the day."""
    monday = day - timedelta(days=day.weekday())
    return days(monday, monday + timedelta(days=6), reason, Granularity.WEEK)


def weekend_of(day: date, reason: str) -> TimeReading:
    """Saturday and Sunday of the week that holds the day."""
    saturday = day + timedelta(days=5 - day.weekday())
    return days(saturday, saturday + timedelta(days=1), reason)


def add_months(day: date, months: int) -> date:
    """The same day `months` later (earlier when negative), or the last of a shorter month.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_day(year: int | None, month: int, day: int) -> bool:
    """True when the calendar has the day; without a year, 29 February counts."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2024, month)[1]


def choose_year(month: int, day: int | None, anchor: Anchor) -> int | None:
    """The year of a date without one: before the document's date in the past tense, after it in the future.

    Where the tense does not tell, the nearer one, and of months the one in the document's own year unless it lies more
    than half a year away: news leave the year out only when no reader can mistake it. None without a document date.
    """
    if anchor.published is None:
        return None
    here = anchor.published
    years = [year for year in (here.year - 1, here.year, here.year + 1) if is_day(year, month, day or 1)]
    if day is None:
        distance = {year: (year * 12 + month) - (here.year * 12 + here.month) for year in years}
    else:
        distance = {year: (date(year, month, day) - here).days for year in years}
    if anchor.tense == "past":
        years = [year for year in years if distance[year] <= 0] or years
    elif anchor.tense == "future":
        years = [year for year in years if distance[year] >= 0] or years
    return min(years, key=lambda year: (abs(distance[year]), year)) if years else None


def quarter_edtf(year: int | None, quarter: int) -> str:
    """A quarter as its first and last month.

    >>> quarter_edtf(2023, 3), quarter_edtf(None, 1)
    ('2023-07/2023-09', 'XXXX-01/XXXX-03')
    """
    return months_edtf(year, quarter * 3 - 2, quarter * 3)


def months_edtf(year: int | None, first: int, last: int) -> str:
    """From a first to a last month of one year."""
    written = "XXXX" if year is None else f"{year:04}"
    return f"{written}-{first:02}/{written}-{last:02}"
