"""Times by calendar: dates, months, years, quarters, seasons, decades, centuries, in canonical words (`date_words`)."""

import re
from dataclasses import replace
from datetime import date

from dragoman.coding.date_parts import (
    Anchor,
    TimeReading,
    choose_year,
    day_of,
    is_day,
    months_edtf,
    quarter_edtf,
    refuse,
    relative,
    stated,
)
from dragoman.coding.date_words import DAY_NAMES, MONTH_NAMES
from dragoman.types.when import Granularity, TimeBasis

Match = re.Match[str]

_NOT_A_DAY = "the calendar has no such day"
_TURN = 69  # '69 and later are of the 1900s, as in POSIX
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
STEPS = {
    "last": -1,
    "previous": -1,
    "past": -1,
    "this": 0,
    "current": 0,
    "same": 0,
    "next": 1,
    "coming": 1,
    "this coming": 1,
}


def dated(year: int | None, month: int, day: int, anchor: Anchor, weekday: int | None = None) -> TimeReading:
    """A day by month and number, its year from the words or chosen from the document's date."""
    if not is_day(year, month, day):
        return refuse(f"{_NOT_A_DAY}: {day} {MONTH_NAMES[month - 1] if 1 <= month <= 12 else month}")
    if year is not None:
        when = date(year, month, day)
        if weekday is not None and when.isoweekday() != weekday:
            reason = f"that day was a {DAY_NAMES[when.weekday()]}, not a {DAY_NAMES[weekday - 1]}"
            return stated(f"{when.isoformat()}?", Granularity.DAY, reason)
        return stated(when.isoformat(), Granularity.DAY, "day, month and year in the words")
    if anchor.published is None:
        return stated(f"XXXX-{month:02}-{day:02}", Granularity.DAY, "no year in the words, and no document date")
    return _without_year(month, day, anchor, weekday)


def _without_year(month: int, day: int, anchor: Anchor, weekday: int | None) -> TimeReading:
    chosen = choose_year(month, day, anchor)
    if weekday is not None and anchor.published is not None:
        near = sorted(range(anchor.published.year - 1, anchor.published.year + 2), key=lambda y: abs(y - (chosen or 0)))
        fitting = [y for y in near if is_day(y, month, day) and date(y, month, day).isoweekday() == weekday]
        if not fitting:
            return refuse(f"no {DAY_NAMES[weekday - 1]} falls on that date in the years around the document's")
        return day_of(date(fitting[0], month, day), "year by the weekday and the document's date")
    if chosen is None:
        return refuse(_NOT_A_DAY)
    return day_of(date(chosen, month, day), "year from the document's date")


def full_year(digits: str) -> int:
    """The year of two or four digits.

    >>> full_year("1994"), full_year("94"), full_year("07")
    (1994, 1994, 2007)
    """
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (1900 if year >= _TURN else 2000)


def read_iso(m: Match, anchor: Anchor) -> TimeReading:
    """ "2024-04-15"."""
    year, month, day = int(m["y"]), int(m["m"]), int(m["d"])
    return dated(year, month, day, anchor)


def read_slashes(m: Match, anchor: Anchor) -> TimeReading:
    """ "25/12/2021", "12/25/2021", "25.12.2021"; refused where day and month cannot be told apart."""
    first, second, third = m["a"], m["b"], m["c"]
    if len(first) == 4:
        return dated(int(first), int(second), int(third), anchor)
    a, b, year = int(first), int(second), full_year(third)
    if "." in m[0] or a > 12:
        return dated(year, b, a, anchor)
    if b > 12 or a == b:
        return dated(year, a, b, anchor)
    return refuse("ambiguous: day and month cannot be told apart")


def read_day_month(m: Match, anchor: Anchor) -> TimeReading:
    """ "w1 , m04 15 , 2024" and "15 m04": a day with or without its year."""
    year = full_year(m["y"]) if m["y"] else None
    weekday = int(m["w"]) if m["w"] else None
    return dated(year, int(m["m"]), int(re.sub(r"\D", "", m["d"])), anchor, weekday)


def read_day_month_relative_year(m: Match, anchor: Anchor) -> TimeReading:
    """ "m04 15 last year"."""
    if anchor.published is None:
        return dated(None, int(m["m"]), int(re.sub(r"\D", "", m["d"])), anchor)
    year = anchor.published.year + STEPS[m["s"]]
    return replace(
        dated(year, int(m["m"]), int(re.sub(r"\D", "", m["d"])), anchor),
        basis=TimeBasis.RELATIVE,
        reason=f"{m['s']} year, counted from the document's date",
    )


def read_day_range(m: Match, anchor: Anchor) -> TimeReading:
    """ "15 - 17 m04 2024" and "m04 15 and 16": two days of one month, a stretch when they follow each other."""
    year = full_year(m["y"]) if m["y"] else None
    first, last = (int(re.sub(r"\D", "", m[key])) for key in ("d", "e"))
    if m["j"] in ("and", ",", "&") and not m["from"] and last != first + 1:
        return refuse("two days that do not follow each other")
    start, end = dated(year, int(m["m"]), first, anchor), dated(year, int(m["m"]), last, anchor)
    return join(start, end)


def join(start: TimeReading, end: TimeReading) -> TimeReading:
    """The interval from the first to the last of two times."""
    if start.edtf is None or end.edtf is None:
        return start if start.edtf is None else end
    first, last = start.edtf.split("/")[0], end.edtf.split("/")[-1]
    if ".." in (first, last):
        return refuse("an open interval cannot be an end of another")
    if _comparable(first) > _comparable(last):
        return refuse("the end lies before the start")
    given = start if start.basis != end.basis and start.basis == "relative" else end
    return replace(given, edtf=f"{first}/{last}", precision=Granularity.INTERVAL, reason="from the first to the last")


def _comparable(edtf: str) -> str:
    """The first characters in which two EDTF dates can be compared; empty when a digit is unknown."""
    return "" if "X" in edtf else edtf.rstrip("~?")


def read_month_year(m: Match, anchor: Anchor) -> TimeReading:
    """ "m04 2024", "early m04 2024"."""
    part = f"{m['p']} in the month, which EDTF writes as the month" if m["p"] else "month and year in the words"
    return stated(f"{full_year(m['y']):04}-{m['m']}", Granularity.MONTH, part)


def _month(m: Match, anchor: Anchor) -> TimeReading:
    month, part = int(m["m"]), m["p"]
    note = f"; {part} in the month, which EDTF writes as the month" if part else ""
    year = choose_year(month, None, anchor)
    if year is None:
        return stated(f"XXXX-{month:02}", Granularity.MONTH, "no year in the words, and no document date" + note)
    return relative(f"{year:04}-{month:02}", Granularity.MONTH, "year from the document's date" + note)


def read_month_alone(m: Match, anchor: Anchor) -> TimeReading:
    """ "m04", "last m04", "m04 last year"."""
    return _relative_month(m, anchor) if m["s"] else _month(m, anchor)


def _relative_month(m: Match, anchor: Anchor) -> TimeReading:
    """ "last m04", "next m09", "m04 last year"."""
    month, here = int(m["m"]), anchor.published
    if here is None:
        return stated(f"XXXX-{month:02}", Granularity.MONTH, "no year in the words, and no document date")
    step = m["s"]
    if m["u"]:
        year = here.year + STEPS[step]
    elif step in ("last", "past", "previous"):
        year = here.year - (month >= here.month)
    elif step in ("next", "coming"):
        year = here.year + (month <= here.month)
    else:
        year = here.year
    return relative(f"{year:04}-{month:02}", Granularity.MONTH, f"{step}: counted from the document's date")


def read_year(m: Match, anchor: Anchor) -> TimeReading:
    """ "2014", "the end of 2014"."""
    note = f"{m['p']} in the year, which EDTF writes as the year" if m["p"] else "year in the words"
    return stated(f"{int(m['y']):04}", Granularity.YEAR, note)


def read_short_year(m: Match, anchor: Anchor) -> TimeReading:
    """ "'94"."""
    return stated(f"{full_year(m['y']):04}", Granularity.YEAR, "two digits, read as 1969 to 2068")


def read_era(m: Match, anchor: Anchor) -> TimeReading:
    """ "44 bc", "ad 70"."""
    year = int(m["y"])
    if m["e"] in ("bc", "bce"):
        return stated(f"{1 - year:05}" if year > 1 else "0000", Granularity.YEAR, "before our era; EDTF has a year 0")
    return stated(f"{year:04}", Granularity.YEAR, "year of our era in the words")


def read_decade(m: Match, anchor: Anchor) -> TimeReading:
    """ "the 1990s", "the early 80s"."""
    digits = m["d"]
    year = int(digits) if len(digits) == 4 else full_year(digits) if int(digits) >= 20 else 2000 + int(digits)
    if len(digits) < 4 and 20 <= int(digits) < _TURN:
        year = 1900 + int(digits)
    note = f"{m['p']} in the decade, which EDTF writes as the decade" if m["p"] else "decade in the words"
    if year % 100 == 0 and len(digits) == 4 and year % 1000:
        return stated(f"{year // 100}XX", Granularity.CENTURY, note)
    return stated(f"{year // 10}X", Granularity.DECADE, note)


def read_century(m: Match, anchor: Anchor) -> TimeReading:
    """ "the 19th century"."""
    number = int(re.sub(r"\D", "", m["n"]))
    if m["e"] in ("bc", "bce"):
        return refuse("a century before our era has no EDTF form")
    return stated(f"{number - 1:02}XX", Granularity.CENTURY, f"{m['n']} century is the years {number - 1:02}00 on")


def read_quarter(m: Match, anchor: Anchor) -> TimeReading:
    """ "the 3rd quarter of 2023": a calendar quarter as its months."""
    number = int(re.sub(r"\D", "", m["n"])) if m["n"] != "last" else 4
    if number > 4:
        return refuse("a year has four quarters")
    if m["y"]:
        return stated(quarter_edtf(full_year(m["y"]), number), Granularity.QUARTER, "calendar quarter in the words")
    step = STEPS.get(m["s"] or "")
    if anchor.published is None:
        return stated(quarter_edtf(None, number), Granularity.QUARTER, "no year in the words, and no document date")
    first = number * 3 - 2
    year = _year_of_months(first, first + 2, anchor) if step is None else anchor.published.year + step
    return relative(quarter_edtf(year, number), Granularity.QUARTER, "calendar quarter; year from the document's date")


def _year_of_months(first: int, last: int, anchor: Anchor) -> int:
    """The year of a stretch of months: the document's own, or a neighbour where the tense forbids it."""
    here = anchor.published
    assert here is not None
    if anchor.tense == "past" and first > here.month:
        return here.year - 1
    if anchor.tense == "future" and last < here.month:
        return here.year + 1
    return here.year


def read_half(m: Match, anchor: Anchor) -> TimeReading:
    """ "the 1st half of 2023"."""
    first = 1 if m["n"] in ("1st", "1") else 7
    if m["y"]:
        return stated(
            months_edtf(full_year(m["y"]), first, first + 5), Granularity.INTERVAL, "half a year in the words"
        )
    if anchor.published is None:
        edtf = months_edtf(None, first, first + 5)
        return stated(edtf, Granularity.INTERVAL, "no year in the words, and no document date")
    step = STEPS.get(m["s"] or "")
    year = _year_of_months(first, first + 5, anchor) if step is None else anchor.published.year + step
    return relative(months_edtf(year, first, first + 5), Granularity.INTERVAL, "year from the document's date")


def read_season(m: Match, anchor: Anchor) -> TimeReading:
    """ "last s22", "s24 of 2013 - 14"."""
    code = int(m["s"])
    note = f"{_SEASONS[code]}; EDTF leaves the hemisphere open"
    if m["p"]:
        note += f"; {m['p']} in the season, which EDTF writes as the season"
    if m["y"]:
        return stated(f"{full_year(m['y']):04}-{code}", Granularity.SEASON, note)
    if anchor.published is None:
        return stated(f"XXXX-{code}", Granularity.SEASON, "no year in the words, and no document date")
    year = _season_year(code, m["r"], bool(m["u"]), anchor)
    return relative(f"{year:04}-{code}", Granularity.SEASON, f"{note}; year from the document's date")


def _season_year(code: int, step: str | None, of_year: bool, anchor: Anchor) -> int:
    """Northern seasons are used to say what is past: spring begins in March. A winter is of the year it begins in."""
    here = anchor.published
    assert here is not None
    if step and of_year:
        return here.year + STEPS[step]
    begins = {21: 3, 22: 6, 23: 9, 24: 12}[code]
    running = here.year if here.month >= begins else here.year - 1  # the latest of this season that has begun
    ended = running if not _runs(code, running, here) else running - 1
    if step in ("last", "past", "previous"):
        return ended
    if step in ("next", "coming"):
        return running + 1
    if step in ("this", "current"):
        return running if _runs(code, running, here) or anchor.tense == "past" else here.year
    if anchor.tense == "future":
        return running + 1
    return running


def _runs(code: int, year: int, here: date) -> bool:
    begins = {21: 3, 22: 6, 23: 9, 24: 12}[code]
    return 0 <= (here.year * 12 + here.month) - (year * 12 + begins) < 3
