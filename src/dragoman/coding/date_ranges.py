"""Time expressions made of several: intervals, "since", "until", "about", two neighbouring days."""

import re
from dataclasses import replace
from datetime import date, timedelta

from dragoman.coding.date_calendar import join
from dragoman.coding.date_parts import Anchor, TimeReading, refuse, week_of, weekend_of
from dragoman.coding.date_rules import read_atom, refuse_atom
from dragoman.types.when import Granularity

_YEAR = re.compile(r"\b(?:1\d{3}|20\d\d|21[0-4]\d)\b")
_LEAD = re.compile(
    r"(?:(?:as early as|as recently as|as late as|back in|the whole of|whole of|all of|much of|most of"
    r"|the course of|(?:one|1) day(?= last| this)"
    r"|some time|sometime|at least|towards?|(?:the )?night of|in|on|at|during|of|throughout"
    r"|for|dated|all|through|over|only|just|as(?! of)|also|both"
    r"|that|and|,|or) )+"
)
_PREFIX = re.compile(
    r"(?P<since>since|starting|beginning|as of|effective|after|following"
    r"|from(?! now)(?!.* (?:to|until|through|-|and) ))"
    r"(?: in| on| at least| the start of)? (?P<a>.+?)(?: on| onward| onwards| on wards| forward)?"
    r"|(?P<until>until|up to|before|prior to|by|no later than|not before|ahead of)(?: in| on| at least)? "
    r"(?P<b>.+)"
    r"|(?:the )?(?P<part>early|late|mid|(?:1st|2nd|latter) half)(?: in| on| of| part of)*(?: the)? (?P<e>.+)"
    r"|(?P<about>about|almost|nearly|circa|c|ca) (?P<c>.+)"
    r"|(?:the )?(?P<week>week|weekend)(?: of| beginning| starting| ending)?(?: on| from)? (?P<d>.+)"
)
_TAIL = re.compile(r"(?P<a>.+?) (?:onward|onwards|on wards|and after|or later)|(?P<b>.+?) (?:or earlier|and before)")
_RANGE = re.compile(r"(?:(?P<kind>from|between) )?(?P<a>.+?) (?P<j>to|until|through|-) (?:the )?(?P<b>.+)")
_BETWEEN = re.compile(r"(?P<kind>between) (?P<a>.+?) (?P<j>and) (?:the )?(?P<b>.+)")
_PAIR = re.compile(r"(?P<a>.+?) (?P<j>and|&|or|,) (?:the )?(?P<b>.+)")
_TWO_YEARS = re.compile(r"(?P<a>\d{4})(?: - |/)(?P<b>\d\d(?:\d\d)?)")
_VAGUE_OPEN = refuse("an open interval with no end that can be written down")


def read_words(words: str, anchor: Anchor) -> TimeReading | None:
    """The time of an expression in canonical words; None when it is not a time expression at all."""
    reading = read_known(words, anchor)
    if reading is not None:
        return reading
    return refuse_atom(words) or refuse_atom(_LEAD.sub("", words, count=1))


def read_known(words: str, anchor: Anchor) -> TimeReading | None:
    """As `read_words`, but None for words that are known to name no time."""
    lead = _LEAD.match(words)
    forms = (words, words[lead.end() :]) if lead else (words,)
    refused: TimeReading | None = None
    for read in (_read_one, _read_composed):
        for form in forms:
            reading = read(form, anchor)
            if reading is not None and reading.is_known:
                return reading
            refused = refused or reading
    return refused


def _read_one(words: str, anchor: Anchor) -> TimeReading | None:
    years = _TWO_YEARS.fullmatch(words)
    return _read_years(years) if years else read_atom(words, anchor)


def _read_composed(words: str, anchor: Anchor) -> TimeReading | None:
    for pattern in (_RANGE, _BETWEEN):
        match = pattern.fullmatch(words)
        reading = _read_range(match, anchor) if match else None
        if reading is not None and reading.is_known:
            return reading
    composed = _read_prefix(words, anchor) or _read_tail(words, anchor)
    pair = _PAIR.fullmatch(words) if composed is None else None
    return _read_neighbours(pair["a"], pair["b"], anchor) if pair else composed


def _read_years(match: re.Match[str]) -> TimeReading | None:
    first, second = match["a"], match["b"]
    last = second if len(second) == 4 else first[:2] + second
    undated = Anchor(published=None, tense=None)
    start, end = read_atom(first, undated), read_atom(last, undated)
    return join(start, end) if start and end else None


def _read_range(match: re.Match[str], anchor: Anchor) -> TimeReading | None:
    """ "A to B", "from A until B", "between A and B"; the year of B counts for an A without one."""
    first, second = match["a"], match["b"]
    year = _YEAR.search(second)
    if year and not _YEAR.search(first) and re.search(r"\bm\d\d\b|\bs2\d\b|quarter", first):
        first = f"{first} {year[0]}"
    start = read_known(first, anchor)
    if start is None:
        return None
    if re.fullmatch(r"\d\d", second) and _YEAR.fullmatch(first):
        second = first[:2] + second
    end = read_known(second, _after(start, anchor))
    return join(start, end) if end is not None else None


def _after(start: TimeReading, anchor: Anchor) -> Anchor:
    """An anchor at the start of an interval, so that its end is looked for after it."""
    first = _first_day(start.edtf)
    return Anchor(published=first, tense="future") if first and anchor.published else anchor


def _first_day(edtf: str | None) -> date | None:
    match = re.match(r"(\d{4})(?:-(0\d|1[0-2]))?(?:-(\d\d))?(?![\dX])", edtf or "")
    if match is None or int(match[1]) == 0:
        return None
    return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))


def _read_neighbours(first: str, second: str, anchor: Anchor) -> TimeReading | None:
    """ "w1 and w2": one stretch when the second day is the day after the first."""
    start = read_known(first, anchor)
    end = read_known(second, _after(start, anchor)) if start else None
    if start is None or end is None:
        return None
    one, other = _first_day(start.edtf), _first_day(end.edtf)
    both_days = start.precision is Granularity.DAY and end.precision is Granularity.DAY
    if both_days and one and other and other - one == timedelta(days=1):
        return join(start, end)
    return refuse("two times, not one")


def _read_prefix(words: str, anchor: Anchor) -> TimeReading | None:
    match = _PREFIX.fullmatch(words)
    if match is None:
        return None
    if match["about"]:
        return _read_about(match["c"], anchor)
    if match["part"]:
        return _read_part(match["e"], match["part"], anchor)
    if match["week"]:
        return _read_week(match["d"], match["week"], anchor)
    if match["until"] and anchor.tense is None:
        anchor = replace(anchor, tense="future")  # "by Friday" is a term that is still to come
    inner = read_known(match["a"] or match["b"], anchor)
    if inner is None or not inner.is_known:
        return inner
    return _opened(inner, match["since"], match["until"])


def _read_part(words: str, part: str, anchor: Anchor) -> TimeReading | None:
    """ "early in the 2nd quarter", "the 2nd half of the 1990s": the whole, as EDTF has no part of it."""
    inner = read_known(words, anchor)
    if inner is None or not inner.is_known or inner.precision in (Granularity.DAY, Granularity.INTERVAL):
        return inner
    return replace(inner, reason=f"{inner.reason}; {part} in it, which EDTF writes as the whole")


def _read_week(words: str, unit: str, anchor: Anchor) -> TimeReading | None:
    """ "the week of m04 8", "the weekend of 13 - 14 m04": the week or weekend that holds the day."""
    inner = read_known(words, anchor)
    if inner is None or not inner.is_known or (unit == "weekend" and inner.precision is Granularity.INTERVAL):
        return inner
    day = _first_day(inner.edtf) if inner.precision is Granularity.DAY else None
    if day is None:
        return refuse(f"a {unit} that no day fixes")
    whole = week_of(day, "the week of that day") if unit == "week" else weekend_of(day, "the weekend of that day")
    return replace(whole, basis=inner.basis)


def _read_tail(words: str, anchor: Anchor) -> TimeReading | None:
    match = _TAIL.fullmatch(words)
    inner = read_known(match["a"] or match["b"], anchor) if match else None
    if inner is None or not inner.is_known or match is None:
        return inner
    return _opened(inner, "from" if match["a"] else None, "until" if match["b"] else None)


def _opened(inner: TimeReading, since: str | None, until: str | None) -> TimeReading:
    """The interval that the time opens or closes."""
    assert inner.edtf is not None
    first, last = inner.edtf.split("/")[0], inner.edtf.split("/")[-1]
    if ".." in (first, last):
        return _VAGUE_OPEN
    edtf = f"{first}/.." if since else f"../{last}"
    return replace(inner, edtf=edtf, precision=Granularity.INTERVAL, reason=f"{since or until}: {inner.reason}")


def _read_about(words: str, anchor: Anchor) -> TimeReading | None:
    inner = read_known(words, anchor)
    if inner is None or inner.edtf is None or "/" in inner.edtf or inner.edtf[-1] in "~?":
        return inner
    return replace(inner, edtf=f"{inner.edtf}~", reason=f"{inner.reason}; approximate in the words")
