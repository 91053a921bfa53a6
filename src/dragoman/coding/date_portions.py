"""Parts of months and years that are named by counting: "the first week of May", "the last three months of 2022"."""

import re
from calendar import monthrange
from datetime import date, timedelta

from dragoman.coding.date_calendar import STEPS, Match
from dragoman.coding.date_parts import (
    NO_PUBLISHED,
    Anchor,
    TimeReading,
    choose_year,
    day_of,
    months_edtf,
    refuse,
    relative,
    stated,
)
from dragoman.types.when import Granularity


def read_week_of_month(m: Match, anchor: Anchor) -> TimeReading:
    """Seven days counted from the first of the month, or its last seven."""
    month = int(m["m"])
    year = int(m["y"]) if m["y"] else choose_year(month, None, anchor)
    if year is None:
        return refuse("a week of a month whose year is not known")
    last = monthrange(year, month)[1]
    first = last - 6 if m["n"] == "last" else int(re.sub(r"\D", "", m["n"])) * 7 - 6
    edtf = f"{date(year, month, first).isoformat()}/{date(year, month, min(first + 6, last)).isoformat()}"
    reason = "seven days counted from the month's first or last day"
    return stated(edtf, Granularity.WEEK, reason) if m["y"] else relative(edtf, Granularity.WEEK, reason)


def read_months_of_year(m: Match, anchor: Anchor) -> TimeReading:
    """The first or last so many months of a year."""
    if not m["k"].isdigit() or not 1 <= int(m["k"]) <= 12:
        return refuse("says no definite time")
    count = int(m["k"])
    first, last = (1, count) if m["n"] == "1st" else (13 - count, 12)
    if m["y"]:
        return stated(months_edtf(int(m["y"]), first, last), Granularity.INTERVAL, "months and year in the words")
    if anchor.published is None:
        return stated(
            months_edtf(None, first, last), Granularity.INTERVAL, "no year in the words, and no document date"
        )
    year = anchor.published.year + STEPS.get(m["s"], 0)
    return relative(months_edtf(year, first, last), Granularity.INTERVAL, "year from the document's date")


def read_weekday_number(m: Match, anchor: Anchor) -> TimeReading:
    """ "w3 , the 10th": the nearest such day that the tense allows, at most two months away."""
    here = anchor.published
    if here is None:
        return refuse(f"a weekday and a number {NO_PUBLISHED}")
    weekday, number = int(m["w"]), int(re.sub(r"\D", "", m["d"]))
    steps = {"past": range(-62, 1), "future": range(63)}.get(anchor.tense or "", range(-62, 63))
    near = [here + timedelta(days=step) for step in sorted(steps, key=abs)]
    found = next((day for day in near if day.day == number and day.isoweekday() == weekday), None)
    if found is None:
        return refuse("no such weekday and number near the document's date")
    return day_of(found, "by weekday and number, nearest to the document's date")
