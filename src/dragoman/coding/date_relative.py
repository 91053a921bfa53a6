"""Times counted from the document's date: weekdays, "last week", "three days ago", "the next two years"."""

from dataclasses import replace
from datetime import date, timedelta

from dragoman.coding.date_calendar import STEPS, Match
from dragoman.coding.date_parts import (
    NO_PUBLISHED,
    Anchor,
    TimeReading,
    add_months,
    day_of,
    days,
    quarter_edtf,
    refuse,
    relative,
    week_of,
    weekend_of,
)
from dragoman.coding.date_words import DAY_NAMES
from dragoman.types.when import Granularity

_DEICTIC = {
    "today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1, "last evening": -1,
    "day before yesterday": -2, "day after tomorrow": 2, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "this day": 0, "earlier today": 0, "yesterday evening": -1, "yesterday morning": -1, "tomorrow morning": 1,
}  # fmt: skip


def _number(written: str | None) -> int:
    return int(written) if written and written.isdigit() else 1


def read_weekday(m: Match, anchor: Anchor) -> TimeReading:
    """ "w2", "last w2", "w2 of next week": by the convention that `dates` states."""
    here = anchor.published
    if here is None:
        return refuse(f"weekday {NO_PUBLISHED}")
    wanted, step = int(m["w"]), m["s"]
    back = (here.isoweekday() - wanted) % 7
    if m["u"]:
        monday = here - timedelta(days=here.weekday()) + timedelta(weeks=STEPS[m["s2"]])
        return day_of(monday + timedelta(days=wanted - 1), f"{m['s2']} week's {DAY_NAMES[wanted - 1]}")
    if step in ("last", "past", "previous"):
        return day_of(here - timedelta(days=back or 7), "the most recent one before the document's date")
    if step in ("next", "coming", "this coming"):
        return day_of(here + timedelta(days=(7 - back) or 7), "the first one after the document's date")
    if step == "this" and anchor.tense != "past":
        monday = here - timedelta(days=here.weekday())
        return day_of(monday + timedelta(days=wanted - 1), "of the document's week")
    if anchor.tense == "future":
        return day_of(here + timedelta(days=(7 - back) % 7), "the next one, by the future tense")
    return day_of(here - timedelta(days=back), "the most recent one, the document's own day included")


def read_deictic(m: Match, anchor: Anchor) -> TimeReading:
    """ "yesterday evening"."""
    if anchor.published is None:
        return refuse(f"{m[0]}: {NO_PUBLISHED}")
    word = m["w"]
    shift = _DEICTIC[word]
    return day_of(anchor.published + timedelta(days=shift), f"{word}, counted from the document's date")


def read_overnight(m: Match, anchor: Anchor) -> TimeReading:
    """ "overnight": the night that ends on the document's day."""
    if anchor.published is None:
        return refuse(f"overnight: {NO_PUBLISHED}")
    return days(anchor.published - timedelta(days=1), anchor.published, "the night into the document's day")


def read_ago(m: Match, anchor: Anchor) -> TimeReading:
    """ "3 days ago", "about 2 years ago"."""
    if anchor.published is None:
        return refuse(NO_PUBLISHED)
    count = _number(m["n"])
    if m["w"]:
        return _ago_weekday(m, count, anchor.published)
    reading = _shifted(anchor.published, -count, m["u"], f"{count} {m['u']} before the document's date")
    return _approximate(reading) if m["about"] else reading


def _ago_weekday(m: Match, count: int, here: date) -> TimeReading:
    """ "two weeks ago on w5": that day of the week counted back to."""
    if m["u"] != "week":
        return refuse("a weekday goes with weeks ago only")
    monday = here - timedelta(days=here.weekday() + 7 * count)
    return day_of(monday + timedelta(days=int(m["w"]) - 1), f"that day of the week {count} weeks back")


def read_ahead(m: Match, anchor: Anchor) -> TimeReading:
    """ "3 days from now"."""
    if anchor.published is None:
        return refuse(NO_PUBLISHED)
    if anchor.tense == "past" and m["in"] == "in":
        return refuse("a duration in the past tense")
    count = _number(m["n"])
    reading = _shifted(anchor.published, count, m["u"], f"{count} {m['u']} after the document's date")
    return _approximate(reading) if m["about"] else reading


def read_within(m: Match, anchor: Anchor) -> TimeReading:
    """ "in two weeks" is a time then, "within two weeks" a stretch from now on."""
    here = anchor.published
    if here is None:
        return refuse(NO_PUBLISHED)
    if m["in"] == "in":
        return read_ahead(m, anchor)
    last = _step(here, _number(m["n"]), m["u"])
    if last is None or anchor.tense == "past":
        return refuse("a duration in the past tense" if last else "outside the calendar")
    return days(here, last, f"within {m['n']} {m['u']} of the document's date")


def _approximate(reading: TimeReading) -> TimeReading:
    if reading.edtf is None or "/" in reading.edtf or reading.edtf.endswith(("~", "?")):
        return reading
    return replace(reading, edtf=reading.edtf + "~", reason=reading.reason + "; approximate in the words")


def _shifted(here: date, count: int, unit: str, reason: str) -> TimeReading:
    years = {"year": 1, "decade": 10, "century": 100}.get(unit, 0) * count
    if not 0 < here.year + years < 10_000:
        return refuse("outside the calendar")
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


def read_this_unit(m: Match, anchor: Anchor) -> TimeReading:
    """ "last week", "this month", "next quarter", "the previous decade"."""
    here, unit, step = anchor.published, m["u"], STEPS[m["s"]]
    if here is None:
        return refuse(f"{m['s']} {unit}: {NO_PUBLISHED}")
    part = f"; {m['p']} in it, which EDTF writes as the whole" if m["p"] else ""
    reason = f"{m['s']} {unit}, counted from the document's date{part}"
    if unit == "weekend":
        return read_weekend(m, anchor)
    if unit == "decade":
        return relative(f"{here.year // 10 + step}X", Granularity.DECADE, reason)
    if unit == "century":
        return relative(f"{here.year // 100 + step}XX", Granularity.CENTURY, reason)
    return _shifted(here, step, unit, reason)


def read_weekend(m: Match, anchor: Anchor) -> TimeReading:
    """ "over the weekend": the nearest that the tense allows."""
    here, word = anchor.published, m["s"] or ""
    if here is None:
        return refuse(f"weekend: {NO_PUBLISHED}")
    at_weekend = here.isoweekday() >= 6
    if word in ("last", "past", "previous"):
        return weekend_of(here - timedelta(weeks=1), "the weekend before the document's week")
    if word in ("next",):
        return weekend_of(here + timedelta(weeks=1), "the weekend after the document's week")
    future = anchor.tense == "future" or (word in ("coming", "this") and anchor.tense != "past")
    back = 0 if future or at_weekend else 1
    return weekend_of(here - timedelta(weeks=back), "the nearest weekend that the tense allows")


def read_past_units(m: Match, anchor: Anchor) -> TimeReading:
    """ "the past three days", "the next two years": an interval that ends or starts with the document's date."""
    here, unit, count = anchor.published, m["u"], _number(m["n"])
    if here is None:
        return refuse(f"{m[0]}: {NO_PUBLISHED}")
    back = m["s"] in ("last", "past", "previous", "preceding")
    first, last = (_step(here, -count, unit), here) if back else (here, _step(here, count, unit))
    if first is None or last is None:
        return refuse("outside the calendar")
    if unit == "year" and count == 1:
        unit = "month"  # "the past year" is twelve months, "the past two years" two calendar steps
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


def read_end_of_unit(m: Match, anchor: Anchor) -> TimeReading:
    """ "the end of the year", "mid year": the unit, as EDTF has no part of it."""
    here, unit = anchor.published, m["u"]
    if here is None:
        return refuse(f"{m[0]}: {NO_PUBLISHED}")
    step = STEPS.get(m["s"] or "this", 0)
    return _shifted(here, step, unit, f"{m['p']} of it, which EDTF writes as the whole {unit}")
