"""Rules from canonical words (`date_words`) to times: one pattern, one function, tried in order.

Every rule sees the whole expression. What is not in the words or the document's date is refused with a reason.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dragoman.coding.date_parts import (
    NO_PUBLISHED,
    Anchor,
    TimeReading,
    add_months,
    add_years,
    choose_year,
    day_of,
    days,
    is_day,
    months_edtf,
    quarter_edtf,
    refuse,
    relative,
    stated,
    week_of,
    weekend_of,
)
from dragoman.coding.date_words import DAY_NAMES, MONTH_NAMES
from dragoman.types.when import Granularity, TimeBasis

Match = re.Match[str]
Rule = Callable[[Match, Anchor], TimeReading]

_NOT_A_DAY = "the calendar has no such day"
_TURN = 69  # '69 and later are of the 1900s, as in POSIX
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}


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


def _number(written: str | None) -> int:
    return int(written) if written and written.isdigit() else 1


def _iso(m: Match, anchor: Anchor) -> TimeReading:
    year, month, day = int(m["y"]), int(m["m"]), int(m["d"])
    return dated(year, month, day, anchor)


def _slashes(m: Match, anchor: Anchor) -> TimeReading:
    first, second, third = m["a"], m["b"], m["c"]
    if len(first) == 4:
        return dated(int(first), int(second), int(third), anchor)
    a, b, year = int(first), int(second), full_year(third)
    if "." in m[0] or a > 12:
        return dated(year, b, a, anchor)
    if b > 12 or a == b:
        return dated(year, a, b, anchor)
    return refuse("ambiguous: day and month cannot be told apart")


def _day_month(m: Match, anchor: Anchor) -> TimeReading:
    year = full_year(m["y"]) if m["y"] else None
    weekday = int(m["w"]) if m["w"] else None
    return dated(year, int(m["m"]), int(re.sub(r"\D", "", m["d"])), anchor, weekday)


def _day_month_relative_year(m: Match, anchor: Anchor) -> TimeReading:
    if anchor.published is None:
        return dated(None, int(m["m"]), int(re.sub(r"\D", "", m["d"])), anchor)
    year = anchor.published.year + _STEPS[m["s"]]
    return replace(
        dated(year, int(m["m"]), int(re.sub(r"\D", "", m["d"])), anchor),
        basis=TimeBasis.RELATIVE,
        reason=f"{m['s']} year, counted from the document's date",
    )


_STEPS = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "same": 0, "next": 1, "coming": 1}


def _day_range(m: Match, anchor: Anchor) -> TimeReading:
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


def _month_year(m: Match, anchor: Anchor) -> TimeReading:
    part = f"{m['p']} in the month, which EDTF writes as the month" if m["p"] else "month and year in the words"
    return stated(f"{full_year(m['y']):04}-{m['m']}", Granularity.MONTH, part)


def _month(m: Match, anchor: Anchor) -> TimeReading:
    month, part = int(m["m"]), m["p"]
    note = f"; {part} in the month, which EDTF writes as the month" if part else ""
    year = choose_year(month, None, anchor)
    if year is None:
        return stated(f"XXXX-{month:02}", Granularity.MONTH, "no year in the words, and no document date" + note)
    return relative(f"{year:04}-{month:02}", Granularity.MONTH, "year from the document's date" + note)


def _month_alone(m: Match, anchor: Anchor) -> TimeReading:
    return _relative_month(m, anchor) if m["s"] else _month(m, anchor)


def _relative_month(m: Match, anchor: Anchor) -> TimeReading:
    """ "last m04", "next m09", "m04 last year"."""
    month, here = int(m["m"]), anchor.published
    if here is None:
        return stated(f"XXXX-{month:02}", Granularity.MONTH, "no year in the words, and no document date")
    step = m["s"]
    if m["u"]:
        year = here.year + _STEPS[step]
    elif step in ("last", "past", "previous"):
        year = here.year - (month >= here.month)
    elif step in ("next", "coming"):
        year = here.year + (month <= here.month)
    else:
        year = here.year
    return relative(f"{year:04}-{month:02}", Granularity.MONTH, f"{step}: counted from the document's date")


def _year(m: Match, anchor: Anchor) -> TimeReading:
    note = f"{m['p']} in the year, which EDTF writes as the year" if m["p"] else "year in the words"
    return stated(f"{int(m['y']):04}", Granularity.YEAR, note)


def _short_year(m: Match, anchor: Anchor) -> TimeReading:
    return stated(f"{full_year(m['y']):04}", Granularity.YEAR, "two digits, read as 1969 to 2068")


def _era(m: Match, anchor: Anchor) -> TimeReading:
    year = int(m["y"])
    if m["e"] in ("bc", "bce"):
        return stated(f"{1 - year:05}" if year > 1 else "0000", Granularity.YEAR, "before our era; EDTF has a year 0")
    return stated(f"{year:04}", Granularity.YEAR, "year of our era in the words")


def _decade(m: Match, anchor: Anchor) -> TimeReading:
    digits = m["d"]
    year = int(digits) if len(digits) == 4 else full_year(digits) if int(digits) >= 20 else 2000 + int(digits)
    if len(digits) < 4 and 20 <= int(digits) < _TURN:
        year = 1900 + int(digits)
    note = f"{m['p']} in the decade, which EDTF writes as the decade" if m["p"] else "decade in the words"
    if year % 100 == 0 and m["c"]:
        return stated(f"{year // 100}XX", Granularity.CENTURY, note)
    return stated(f"{year // 10}X", Granularity.DECADE, note)


def _century(m: Match, anchor: Anchor) -> TimeReading:
    number = int(re.sub(r"\D", "", m["n"]))
    if m["e"] in ("bc", "bce"):
        return refuse("a century before our era has no EDTF form")
    return stated(f"{number - 1:02}XX", Granularity.CENTURY, f"{m['n']} century is the years {number - 1:02}00 on")


def _quarter(m: Match, anchor: Anchor) -> TimeReading:
    number = int(re.sub(r"\D", "", m["n"])) if m["n"] != "last" else 4
    if number > 4:
        return refuse("a year has four quarters")
    if m["y"]:
        return stated(quarter_edtf(full_year(m["y"]), number), Granularity.QUARTER, "calendar quarter in the words")
    step = _STEPS.get(m["s"] or "", None)
    if anchor.published is None:
        return stated(quarter_edtf(None, number), Granularity.QUARTER, "no year in the words, and no document date")
    if step is not None:
        year = anchor.published.year + step
    else:
        year = _year_of_months(number * 3 - 2, number * 3, anchor)
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


def _half(m: Match, anchor: Anchor) -> TimeReading:
    first = 1 if m["n"] in ("1st", "1") else 7
    if m["y"]:
        return stated(
            months_edtf(full_year(m["y"]), first, first + 5), Granularity.INTERVAL, "half a year in the words"
        )
    if anchor.published is None:
        edtf = months_edtf(None, first, first + 5)
        return stated(edtf, Granularity.INTERVAL, "no year in the words, and no document date")
    step = _STEPS.get(m["s"] or "", None)
    year = _year_of_months(first, first + 5, anchor) if step is None else anchor.published.year + step
    return relative(months_edtf(year, first, first + 5), Granularity.INTERVAL, "year from the document's date")


def _season(m: Match, anchor: Anchor) -> TimeReading:
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
        return here.year + _STEPS[step]
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


def _weekday(m: Match, anchor: Anchor) -> TimeReading:
    here = anchor.published
    if here is None:
        return refuse(f"weekday {NO_PUBLISHED}")
    wanted, step = int(m["w"]), m["s"]
    back = (here.isoweekday() - wanted) % 7
    if m["u"]:
        monday = here - timedelta(days=here.weekday()) + timedelta(weeks=_STEPS[m["s2"]])
        return day_of(monday + timedelta(days=wanted - 1), f"{m['s2']} week's {DAY_NAMES[wanted - 1]}")
    if step in ("last", "past", "previous"):
        return day_of(here - timedelta(days=back or 7), "the most recent one before the document's date")
    if step in ("next", "coming"):
        return day_of(here + timedelta(days=(7 - back) or 7), "the first one after the document's date")
    if step == "this" and anchor.tense != "past":
        monday = here - timedelta(days=here.weekday())
        return day_of(monday + timedelta(days=wanted - 1), "of the document's week")
    if anchor.tense == "future":
        return day_of(here + timedelta(days=(7 - back) % 7), "the next one, by the future tense")
    return day_of(here - timedelta(days=back), "the most recent one, the document's own day included")


def _deictic(m: Match, anchor: Anchor) -> TimeReading:
    if anchor.published is None:
        return refuse(f"{m[0]}: {NO_PUBLISHED}")
    word = m["w"]
    shift = _DEICTIC[word]
    return day_of(anchor.published + timedelta(days=shift), f"{word}, counted from the document's date")


_DEICTIC = {
    "today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1, "last evening": -1,
    "day before yesterday": -2, "day after tomorrow": 2, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "this day": 0, "earlier today": 0, "yesterday evening": -1, "yesterday morning": -1, "tomorrow morning": 1,
}  # fmt: skip


def _overnight(m: Match, anchor: Anchor) -> TimeReading:
    if anchor.published is None:
        return refuse(f"overnight: {NO_PUBLISHED}")
    return days(anchor.published - timedelta(days=1), anchor.published, "the night into the document's day")


def _ago(m: Match, anchor: Anchor) -> TimeReading:
    if anchor.published is None:
        return refuse(NO_PUBLISHED)
    count = _number(m["n"])
    reading = _shifted(anchor.published, -count, m["u"], f"{count} {m['u']} before the document's date")
    return _approximate(reading) if m["about"] else reading


def _ahead(m: Match, anchor: Anchor) -> TimeReading:
    if anchor.published is None:
        return refuse(NO_PUBLISHED)
    if anchor.tense == "past" and m["in"] == "in":
        return refuse("a duration in the past tense")
    count = _number(m["n"])
    reading = _shifted(anchor.published, count, m["u"], f"{count} {m['u']} after the document's date")
    return _approximate(reading) if m["about"] else reading


def _within(m: Match, anchor: Anchor) -> TimeReading:
    """ "in two weeks" is a time then, "within two weeks" a stretch from now on."""
    here = anchor.published
    if here is None:
        return refuse(NO_PUBLISHED)
    if m["in"] == "in":
        return _ahead(m, anchor)
    last = _step(here, _number(m["n"]), m["u"])
    if last is None or anchor.tense == "past":
        return refuse("a duration in the past tense" if last else "outside the calendar")
    return days(here, last, f"within {m['n']} {m['u']} of the document's date")


def _approximate(reading: TimeReading) -> TimeReading:
    if reading.edtf is None or "/" in reading.edtf or reading.edtf.endswith(("~", "?")):
        return reading
    return replace(reading, edtf=reading.edtf + "~", reason=reading.reason + "; approximate in the words")


def _shifted(here: date, count: int, unit: str, reason: str) -> TimeReading:
    try:
        return _shift(here, count, unit, reason)
    except (ValueError, OverflowError):
        return refuse("outside the calendar")


def _shift(here: date, count: int, unit: str, reason: str) -> TimeReading:
    if unit in ("hour", "minute"):
        whole = int(count / 24) if unit == "hour" else 0
        return day_of(here + timedelta(days=whole), reason)
    if unit == "day":
        return day_of(here + timedelta(days=count), reason)
    if unit in ("week", "fortnight"):
        return week_of(here + timedelta(weeks=count * (2 if unit == "fortnight" else 1)), f"{reason}, as a week")
    if unit == "weekend":
        return weekend_of(here + timedelta(weeks=count), reason)
    if unit == "month":
        return relative(add_months(here, count).isoformat()[:7], Granularity.MONTH, reason)
    if unit == "quarter":
        there = add_months(here, 3 * count)
        return relative(quarter_edtf(there.year, (there.month + 2) // 3), Granularity.QUARTER, reason)
    if unit == "year":
        return relative(f"{here.year + count:04}", Granularity.YEAR, reason)
    if unit == "decade":
        return relative(f"{here.year + 10 * count:04}", Granularity.YEAR, f"{reason}: ten years each")
    return relative(f"{here.year + 100 * count:04}", Granularity.YEAR, f"{reason}: a hundred years each")


def _this_unit(m: Match, anchor: Anchor) -> TimeReading:
    """ "last week", "this month", "next quarter", "the previous decade"."""
    here, unit, step = anchor.published, m["u"], _STEPS[m["s"]]
    if here is None:
        return refuse(f"{m['s']} {unit}: {NO_PUBLISHED}")
    part = f"; {m['p']} in it, which EDTF writes as the whole" if m["p"] else ""
    reason = f"{m['s']} {unit}, counted from the document's date{part}"
    if unit == "weekend":
        return _weekend(m, anchor)
    if unit == "decade":
        return relative(f"{here.year // 10 + step}X", Granularity.DECADE, reason)
    if unit == "century":
        return relative(f"{here.year // 100 + step}XX", Granularity.CENTURY, reason)
    return _shifted(here, step, unit, reason)


def _weekend(m: Match, anchor: Anchor) -> TimeReading:
    here, word = anchor.published, m["s"] or ""
    if here is None:
        return refuse(f"weekend: {NO_PUBLISHED}")
    at_weekend = here.isoweekday() >= 6
    if word in ("last", "past", "previous"):
        return weekend_of(here - timedelta(weeks=1), "the weekend before the document's week")
    if word in ("next",):
        return weekend_of(here + timedelta(weeks=1), "the weekend after the document's week")
    future = anchor.tense == "future" or word in ("coming", "this") and anchor.tense != "past"
    back = 0 if future or at_weekend else 1
    return weekend_of(here - timedelta(weeks=back), "the nearest weekend that the tense allows")


def _past_units(m: Match, anchor: Anchor) -> TimeReading:
    """ "the past three days", "the next two years": an interval that ends or starts with the document's date."""
    here, unit, count = anchor.published, m["u"], _number(m["n"])
    if here is None:
        return refuse(f"{m[0]}: {NO_PUBLISHED}")
    back = m["s"] in ("last", "past", "previous", "preceding")
    first, last = (_step(here, -count, unit), here) if back else (here, _step(here, count, unit))
    if first is None or last is None:
        return refuse("outside the calendar")
    size = {"month": 7, "quarter": 7, "year": 4, "decade": 4, "century": 4}.get(unit, 10)
    edtf = f"{first.isoformat()[:size]}/{last.isoformat()[:size]}"
    return relative(edtf, Granularity.INTERVAL, f"{m['s']} {count} {unit}, counted from the document's date")


def _step(here: date, count: int, unit: str) -> date | None:
    try:
        if unit in ("minute", "hour", "day", "week", "fortnight", "weekend"):
            size = {"week": 7.0, "weekend": 7.0, "fortnight": 14.0, "hour": 1 / 24, "minute": 1 / 1440}.get(unit, 1.0)
            return here + timedelta(days=int(count * size))
        return add_months(here, count * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit])
    except (ValueError, OverflowError):
        return None


def _end_of_unit(m: Match, anchor: Anchor) -> TimeReading:
    """ "the end of the year", "mid year": the unit, as EDTF has no part of it."""
    here, unit = anchor.published, m["u"]
    if here is None:
        return refuse(f"{m[0]}: {NO_PUBLISHED}")
    step = _STEPS.get(m["s"] or "this", 0)
    return _shifted(here, step, unit, f"{m['p']} of it, which EDTF writes as the whole {unit}")


def _feast(m: Match, anchor: Anchor) -> TimeReading:
    month, day = _FEASTS[m["f"]]
    year = full_year(m["y"]) if m["y"] else None
    if m["s"] and anchor.published is not None and year is None:
        chosen = _feast_year(month, day, m["s"], anchor.published)
        return day_of(date(chosen, month, day), f"{m['f']}, {m['s']}: year from the document's date")
    return dated(year, month, day, anchor)


_FEASTS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "new year day": (1, 1), "new year eve": (12, 31), "new year": (1, 1), "may day": (5, 1), "m05 day": (5, 1),
    "valentine day": (2, 14), "halloween": (10, 31), "international women day": (3, 8), "all saints day": (11, 1),
    "international workers day": (5, 1), "epiphany": (1, 6), "women day": (3, 8), "human rights day": (12, 10),
}  # fmt: skip


def _feast_year(month: int, day: int, step: str, here: date) -> int:
    this = date(here.year, month, day)
    if step in ("last", "past"):
        return here.year if this < here else here.year - 1
    if step in ("next", "coming"):
        return here.year if this > here else here.year + 1
    return here.year


def _easter(m: Match, anchor: Anchor) -> TimeReading:
    here = anchor.published
    if not m["y"] and here is None:
        return refuse(f"a movable feast: {NO_PUBLISHED}")
    shift = {"good friday": -2, "easter sunday": 0, "easter": 0, "easter monday": 1, "ash wednesday": -46}
    shift |= {"palm sunday": -7, "maundy thursday": -3, "easter day": 0, "pentecost": 49}
    offset = timedelta(days=shift[_undo_weekday(m["f"])])
    if m["y"]:
        when = easter_sunday(full_year(m["y"])) + offset
        return stated(when.isoformat(), Granularity.DAY, "western Easter reckoning")
    assert here is not None
    near = [easter_sunday(year) + offset for year in (here.year - 1, here.year, here.year + 1)]
    if anchor.tense == "past" or m["s"] in ("last", "past"):
        near = [day for day in near if day <= here]
    elif anchor.tense == "future" or m["s"] in ("next", "coming"):
        near = [day for day in near if day >= here]
    return day_of(
        min(near, key=lambda day: abs((day - here).days)), "western Easter reckoning, nearest to the document"
    )


def _undo_weekday(feast: str) -> str:
    return re.sub(r"w(\d)", lambda m: DAY_NAMES[int(m[1]) - 1].lower(), feast)


def easter_sunday(year: int) -> date:
    """Western Easter by the Gregorian computus.

    >>> easter_sunday(2024).isoformat(), easter_sunday(2019).isoformat()
    ('2024-03-31', '2019-04-21')
    """
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * weekday) // 433
    month = (h + weekday - 7 * m + 90) // 25
    return date(year, month, (h + weekday - 7 * m + 33 * month + 19) % 32)


def _refusal(reason: str) -> Rule:
    return lambda m, anchor: refuse(reason)


_N = r"(?:\d+|a|an)"
_Y = r"(?:1[0-9]{3}|20[0-9]{2}|21[0-4][0-9])"
_D = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_U = r"(?P<u>hour|minute|day|week|fortnight|month|quarter|year|decade|century|weekend)"
_P = r"(?:the )?(?P<p>very early|very late|early|late|mid|beginning|end|latter half|latter part|early part|later|earlier)(?: (?:in|of|on))?(?: the)?"
_S = r"(?P<s>last|previous|past|this|current|next|coming)"
_DAYPART = r"(?:early |late |later |mid )?(?:morning|afternoon|evening|night|midday|noon|midnight|dawn|dusk|daytime|lunchtime|clock)"
_AFTER = rf"(?:(?: ,)?(?: at| in the| by| before| around)?(?: the)? {_DAYPART})?"
_BEFORE = rf"(?:(?:in |on |at )?(?:the )?(?:{_DAYPART}|early|late|later|earlier|eve) (?:on|of|hours of|in)? ?)?"
_FIXED_FEASTS = "|".join(sorted(_FEASTS, key=len, reverse=True))
_FISCAL = "a fiscal year: when it begins depends on who counts"
_OTHER = "counts from another time in the text"
_VAGUE = "says no definite time"


def _rule(pattern: str, rule: Rule) -> tuple[re.Pattern[str], Rule]:
    return re.compile(pattern), rule


RULES: tuple[tuple[re.Pattern[str], Rule], ...] = (
    _rule(r".*\b(?:fiscal|fy ?\d*(?: ?[-/] ?\d+)?|financial year|tax year|budget year|marketing year)\b.*", _refusal(_FISCAL)),
    _rule(
        r".*\b(?:ah|hijri|hijra|muharram|safar|rajab|shaban|ramadan|shawwal|nowruz|eid|ashura|arbaeen|reiwa|heisei|showa"
        r"|juche|tishrei|nisan|hanukkah|passover|yom|rosh|diwali|be|buddhist era|lunar|tet|minguo|persian calendar|anno mundi"
        r"|iranian calendar|ethiopian calendar|hebrew calendar|islamic calendar|chinese new year|solar hijri|vesak|orthodox)\b.*",
        _refusal("not in the Gregorian calendar, and not converted"),
    ),
    _rule(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:t.*)?", _iso),
    _rule(r"(?P<a>\d{1,4})[/.](?P<b>\d{1,2})[/.](?P<c>\d{2}|\d{4})", _slashes),
    _rule(r"\d{1,2}/\d{1,2}", _refusal("ambiguous: day and month cannot be told apart, and there is no year")),
    _rule(
        rf"{_BEFORE}(?:w(?P<w>[1-7])(?: {_DAYPART})? ?,? )?(?:the )?(?P<d>{_D}) (?:day )?(?:of )?m(?P<m>\d\d)(?: ,| of| in)?(?: (?P<y>{_Y}|\d\d))?{_AFTER}",
        _day_month,
    ),
    _rule(
        rf"{_BEFORE}(?:w(?P<w>[1-7])(?: {_DAYPART})? ?,? )?m(?P<m>\d\d) (?:the )?(?P<d>{_D})(?:(?: ,| of| in)* (?P<y>{_Y}|'\d\d))?(?: ,)?{_AFTER}",
        _day_month,
    ),
    _rule(rf"m(?P<m>\d\d) (?P<d>{_D})(?: ,| of)? (?P<s>last|this|next|the same|the previous) year", _day_month_relative_year),
    _rule(rf"(?P<d>{_D}) (?:of )?m(?P<m>\d\d)(?: ,| of)? (?P<s>last|this|next) year", _day_month_relative_year),
    _rule(
        rf"(?P<from>from |between )?(?:the )?(?P<d>{_D}) (?P<j>-|to|and|through|until|,|&) (?:the )?(?P<e>{_D}) (?:of )?m(?P<m>\d\d)(?: ,| of)?(?: (?P<y>{_Y}))?",
        _day_range,
    ),
    _rule(
        rf"(?P<from>from |between )?m(?P<m>\d\d) (?P<d>{_D}) (?P<j>-|to|and|through|until|,|&) (?:the )?(?P<e>{_D})(?: ,| of)?(?: (?P<y>{_Y}))?",
        _day_range,
    ),
    _rule(rf"(?:{_P} )?m(?P<m>\d\d)(?: ,| of| in)*(?: the year)? (?P<y>{_Y}|'?\d\d)", _month_year),
    _rule(rf"(?:{_P} )?(?:{_S} )?m(?P<m>\d\d)(?P<u>)", _month_alone),
    _rule(rf"(?:{_P} )?m(?P<m>\d\d)(?: of)? {_S} (?P<u>year)", _relative_month),
    _rule(rf"(?:the )?(?:{_P} )?(?:the )?(?:year )?(?:of )?(?P<y>{_Y})", _year),
    _rule(r"'(?P<y>\d\d)", _short_year),
    _rule(r"(?:the )?(?:year )?(?P<e>ad|ce|bc|bce) (?P<y>\d{1,4})", _era),
    _rule(r"(?:the )?(?:year )?(?P<y>\d{1,4}) (?P<e>ad|ce|bc|bce)", _era),
    _rule(rf"(?:{_P} )?(?:the )?(?:{_P.replace('?P<p>', '?:')} )?'?(?P<d>\d{{4}}|\d0)s(?P<c>)", _decade),
    _rule(r"(?:the )?(?:(?:early|late|mid|end of the|beginning of the|turn of the) )?(?:the )?(?P<n>\d+(?:st|nd|rd|th)) century(?: (?P<e>bc|bce|ad|ce))?", _century),
    _rule(rf"(?:the )?(?:calendar )?(?P<n>[1-4](?:st|nd|rd|th)|last) quarter(?: ,| of| in)*(?: (?P<y>{_Y}|'\d\d)| (?P<s>last|this|next|the) year)?", _quarter),
    _rule(rf"(?:the )?(?P<n>[12](?:st|nd)) half(?: ,| of| in)*(?: (?P<y>{_Y})| (?P<s>last|this|next|the) year)?", _half),
    _rule(rf"(?:{_P} )?(?:the )?(?:(?P<r>last|previous|past|this|current|next|coming) )?s(?P<s>2[1-4])(?: ,| of| in)*(?: (?P<y>{_Y})(?: ?[-/] ?\d\d(?:\d\d)?)?)?(?P<u>)", _season),
    _rule(r"(?:the )?(?P<p>early|late|mid)? ?s(?P<s>2[1-4])(?: of)? (?P<r>last|this|next) (?P<u>year)(?P<y>)", _season),
    _rule(rf"(?:on )?{_BEFORE}(?:{_S} )?w(?P<w>[1-7]){_AFTER}(?:(?: of)? (?P<s2>last|this|next) (?P<u>week))?", _weekday),
    _rule(rf"(?P<s>)(?P<s2>last|this|next) (?P<u>week) (?:on )?w(?P<w>[1-7]){_AFTER}", _weekday),
    _rule(
        rf"(?:the |on the )?(?:early |late |later |earlier )?(?P<w>today|tonight|yesterday|tomorrow|day before yesterday|day after tomorrow|last night|last evening|this morning|this afternoon|this evening|this day){_AFTER}",
        _deictic,
    ),
    _rule(r"overnight", _overnight),
    _rule(rf"(?P<about>(?:about|almost|nearly|over|more than|less than|just over|just under|some|only|exactly|at least) )*(?P<n>{_N}|the) {_U} (?:ago|back)", _ago),
    _rule(rf"(?P<in>in|within) (?P<about>(?:about|less than|under) )*(?P<n>\d+|a|an) {_U}(?: time)?", _within),
    _rule(rf"(?P<n>\d+|a|an) {_U} (?P<in>from now|from today|hence)(?P<about>)", _ahead),
    _rule(rf"(?:in |over |during |for |within )?(?:the )?(?P<s>last|past|previous|preceding|next|coming) (?P<n>\d+) {_U}", _past_units),
    _rule(rf"(?:in |over |during |within )?the (?P<s>last|past|next|coming) (?P<n>)(?P<u>hour|day|week|month|year|decade|century|quarter)", _past_units),
    _rule(rf"(?:{_P} )?(?:the )?(?P<s>last|previous|past|this|current|next|coming) {_U}", _this_unit),
    _rule(r"(?:over |at |during )?(?:the )?(?P<s>)(?P<u>weekend)", _weekend),
    _rule(r"(?:the )?(?P<p>end|beginning|mid|rest|remainder|late|early) (?:of )?(?:the |(?P<s>this|last|next) )?(?P<u>year|month|week|decade|century|quarter)", _end_of_unit),
    _rule(r"(?:the )?(?P<u>year|month|week)(?: -)? (?P<p>end)(?P<s>)", _end_of_unit),
    _rule(rf"(?:(?P<s>last|past|this|next|coming) )?(?P<f>{_FIXED_FEASTS})(?: ,? ?(?:of )?(?P<y>{_Y}))?", _feast),
    _rule(rf"(?:(?P<s>last|past|this|next|coming) )?(?P<f>good w5|easter w7|easter w1|ash w3|palm w7|maundy w4|easter day|easter|pentecost)(?: ,? ?(?:of )?(?P<y>{_Y}))?", _easter),
    _rule(
        rf"(?:{_N} {_U} |(?:a )?(?:few|several|couple of|many|some|about) {_U.replace('?P<u>', '?:')} |shortly |soon |immediately |long )?(?:earlier|later|after|afterwards|before|thereafter|beforehand)",
        _refusal(_OTHER),
    ),
    _rule(r".*\b(?:that|same|following|previous|preceding|ensuing|intervening|eventful) (?:very )?(?:hour|day|week|month|year|decade|century|night|morning|evening|time|weekend|s2\d|quarter|afternoon|w\d|m\d\d)\b.*", _refusal(_OTHER)),
    _rule(r"(?:the )?(?:next|day before|day after|night before|morning after|week before|year before|month before|year after|week after|month after|eve)(?: day| morning)?", _refusal(_OTHER)),
    _rule(r".*\b(?:recent|recently|lately|soon|shortly|later|earlier|eventually|now|currently|presently|formerly|previously|once|then|due|future|past|coming|few|several|couple|many|some|ever|sometime|long|moment|years|foreseeable|ahead|time|decade|old)\b.*", _refusal(_VAGUE)),
    _rule(r".*\b(?:every|each|daily|weekly|monthly|annual|annually|yearly|nightly|hourly|regularly|often|usually|once)\b.*", _refusal("recurs: no single time")),
    _rule(rf"(?:for |about |nearly |almost |over |more than |some |at least )*(?:the )?{_N} (?:- )?{_U}(?: long| old)?", _refusal("a duration, not a time")),
    _rule(r"(?:the )?(?:clock|morning|afternoon|evening|night|noon|midnight|dawn|dusk|midday|daybreak|(?:early|late) (?:morning|afternoon|evening|night))", _refusal("a time of day without its day")),
    _rule(r"(?:the )?\d+(?:st|nd|rd|th)", _refusal("a day without its month")),
)  # fmt: skip


def read_atom(words: str, anchor: Anchor) -> TimeReading | None:
    """The time of one expression in canonical words by the first rule that matches it whole; None when none does."""
    for pattern, rule in RULES:
        match = pattern.fullmatch(words)
        if match:
            return rule(match, anchor)
    return None
