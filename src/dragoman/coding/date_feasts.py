"""Feasts that stand for a day: fixed ones of the Gregorian calendar, and those that Easter moves."""

import re
from datetime import date, timedelta

from dragoman.coding.date_calendar import Match, dated, full_year
from dragoman.coding.date_parts import NO_PUBLISHED, Anchor, TimeReading, day_of, refuse, stated
from dragoman.coding.date_words import DAY_NAMES
from dragoman.types.when import Granularity

FEASTS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "new year day": (1, 1), "new year eve": (12, 31), "new year": (1, 1), "may day": (5, 1), "m05 day": (5, 1),
    "valentine day": (2, 14), "halloween": (10, 31), "international women day": (3, 8), "all saints day": (11, 1),
    "international workers day": (5, 1), "epiphany": (1, 6), "women day": (3, 8), "human rights day": (12, 10),
}  # fmt: skip


def read_feast(m: Match, anchor: Anchor) -> TimeReading:
    """ "christmas eve 2019"."""
    month, day = FEASTS[m["f"]]
    year = full_year(m["y"]) if m["y"] else None
    if m["s"] and anchor.published is not None and year is None:
        chosen = _feast_year(month, day, m["s"], anchor.published)
        return day_of(date(chosen, month, day), f"{m['f']}, {m['s']}: year from the document's date")
    return dated(year, month, day, anchor)


def _feast_year(month: int, day: int, step: str, here: date) -> int:
    this = date(here.year, month, day)
    if step in ("last", "past"):
        return here.year if this < here else here.year - 1
    if step in ("next", "coming"):
        return here.year if this > here else here.year + 1
    return here.year


def read_easter(m: Match, anchor: Anchor) -> TimeReading:
    """ "good w5": by western reckoning."""
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
