"""Rules from canonical words (`date_words`) to times: one pattern, one function, tried in order.

Every rule sees the whole expression. What is not in the words or the document's date is refused with a reason.
"""

import re
from collections.abc import Callable

from dragoman.coding import date_calendar as calendar
from dragoman.coding import date_feasts as feasts
from dragoman.coding import date_portions as portions
from dragoman.coding import date_relative as counted
from dragoman.coding.date_parts import Anchor, TimeReading, refuse

Match = re.Match[str]
Rule = Callable[[Match, Anchor], TimeReading]

_N = r"(?:\d+|a|an)"
_Y = r"(?:1[0-9]{3}|20[0-9]{2}|21[0-4][0-9])"
_D = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_UNITS = "hour|minute|day|week|fortnight|month|quarter|year|decade|century|weekend"
_U = rf"(?P<u>{_UNITS})"
_US = _U + "s?"
_PARTS = "very early|very late|early|late|mid|beginning|end|latter half|latter part|early part|later|earlier|midway"
_P = rf"(?:the )?(?P<p>{_PARTS})(?: (?:in|of|on|through|part of))?(?: the)?"
_S = r"(?P<s>last|previous|past|this coming|this|current|next|coming)"
_DAYPART = (
    r"(?:early |late |later |mid )?"
    r"(?:morning|afternoon|evening|night|midday|noon|midnight|dawn|dusk|daytime|lunchtime|clock)"
)
_AFTER = rf"(?:(?: ,)?(?: at| in the| by| before| around)?(?: the)? {_DAYPART})?"
_BEFORE = (
    rf"(?:12 )?(?:(?:in |on |at )?(?:the )?(?:{_DAYPART}|early|late|later|earlier|eve)(?: on| of| hours of| in)? ?)?"
)
_FIXED = "|".join(sorted(feasts.FEASTS, key=len, reverse=True))
_MOVING = "good w5|easter w7|easter w1|ash w3|palm w7|maundy w4|easter day|easter|pentecost"
_OTHER_CALENDARS = (
    "ah|hijri|hijra|muharram|safar|rajab|shaban|ramadan|shawwal|nowruz|eid|ashura|arbaeen|reiwa|heisei|showa|juche"
    "|tishrei|nisan|hanukkah|passover|yom|rosh|diwali|be|buddhist era|lunar|tet|minguo|persian calendar|anno mundi"
    "|iranian calendar|ethiopian calendar|hebrew calendar|islamic calendar|chinese new year|solar hijri|vesak|orthodox"
)
_FISCAL = "a fiscal year: when it begins depends on who counts"
_OTHER = "counts from another time in the text"
_VAGUE = "says no definite time"
_VAGUE_WORDS = (
    "recent|recently|lately|soon|shortly|later|earlier|eventually|now|currently|presently|formerly|previously|then|due|future"
    "|past|coming|few|several|couple|many|some|ever|sometime|long|moment|years|foreseeable|ahead|time|decades|old|turn"
)


def _refusal(reason: str) -> Rule:
    return lambda m, anchor: refuse(reason)


# The order counts: what is refused for its calendar first, dates before months before years, vague words last.
_TABLE: tuple[tuple[str, Rule], ...] = (
    (r".*\b(?:fiscal|fy ?\d*(?: ?[-/] ?\d+)?|(?:financial|tax|budget|marketing) year)\b.*", _refusal(_FISCAL)),
    (rf".*\b(?:{_OTHER_CALENDARS})\b.*", _refusal("not in the Gregorian calendar, and not converted")),
    (r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:t.*)?", calendar.read_iso),
    (r"(?P<a>\d{1,4})[/.](?P<b>\d{1,2})[/.](?P<c>\d{4}|\d{1,2})", calendar.read_slashes),
    (r"\d{1,2}/\d{1,2}", _refusal("ambiguous: day and month cannot be told apart, and there is no year")),
    (
        rf"{_BEFORE}(?:w(?P<w>[1-7])(?: {_DAYPART})? ?,? )?(?:the )?(?P<d>{_D}) (?:day )?(?:of )?"
        rf"m(?P<m>\d\d)(?: ,| of| in)?(?: (?P<y>{_Y}|\d\d))?(?: ,)?{_AFTER}",
        calendar.read_day_month,
    ),
    (
        rf"{_BEFORE}(?:w(?P<w>[1-7])(?: {_DAYPART})? ?,? )?m(?P<m>\d\d) (?:the )?(?P<d>{_D})"
        rf"(?:(?: ,| of| in)* (?P<y>{_Y}|'\d\d))?(?: ,)?{_AFTER}",
        calendar.read_day_month,
    ),
    (
        rf"m(?P<m>\d\d) (?P<d>{_D})(?: ,| of)? (?:the )?(?P<s>last|this|next|same|previous) year",
        calendar.read_day_month_relative_year,
    ),
    (
        rf"(?P<d>{_D}) (?:of )?m(?P<m>\d\d)(?: ,| of)? (?P<s>last|this|next) year",
        calendar.read_day_month_relative_year,
    ),
    (
        rf"(?P<from>from |between )?(?:the )?(?P<d>{_D}) (?P<j>-|to|and|through|until|,|&) (?:the )?(?P<e>{_D}) "
        rf"(?:of )?m(?P<m>\d\d)(?: ,| of)?(?: (?P<y>{_Y}))?",
        calendar.read_day_range,
    ),
    (
        rf"(?P<from>from |between )?m(?P<m>\d\d) (?P<d>{_D}) (?P<j>-|to|and|through|until|,|&) (?:the )?(?P<e>{_D})"
        rf"(?: ,| of)?(?: (?P<y>{_Y}))?",
        calendar.read_day_range,
    ),
    (rf"(?:{_P} )?m(?P<m>\d\d)(?: ,| of| in)*(?: the year)? (?P<y>{_Y}|'?\d\d)", calendar.read_month_year),
    (rf"(?:{_P} )?(?:{_S} )?m(?P<m>\d\d)(?P<u>)", calendar.read_month_alone),
    (rf"(?:{_P} )?m(?P<m>\d\d)(?: of)? {_S} (?P<u>year)", calendar.read_month_alone),
    (rf"(?:the )?(?:{_P} )?(?:the )?(?:calendar )?(?:year )?(?:of )?(?P<y>{_Y})", calendar.read_year),
    (r"'(?P<y>\d\d)", calendar.read_short_year),
    (r"(?:the )?(?:year )?(?P<e>ad|ce|bc|bce) (?P<y>\d{1,4})", calendar.read_era),
    (r"(?:the )?(?:year )?(?P<y>\d{1,4}) (?P<e>ad|ce|bc|bce)", calendar.read_era),
    (rf"(?:{_P} )?(?:the )?(?:(?:{_PARTS})(?: of)?(?: the)? )?'?(?P<d>\d{{4}}|\d0)s", calendar.read_decade),
    (
        r"(?:the )?(?:(?:early|late|mid|later|end of|beginning of|first half of|2nd half of) )?(?:the )?"
        r"(?P<n>\d+(?:st|nd|rd|th)) century(?: (?P<e>bc|bce|ad|ce))?",
        calendar.read_century,
    ),
    (
        r"(?:the )?(?:calendar )?(?P<n>[1-4](?:st|nd|rd|th)|last(?=.* (?:\d{4}|year))) quarter(?: ,| of| in)*"
        rf"(?: (?P<y>{_Y}|'\d\d)| (?P<s>last|this|next|the) year)?",
        calendar.read_quarter,
    ),
    (
        rf"(?:the )?(?P<n>[12](?:st|nd)) half(?: ,| of| in)*(?: (?P<y>{_Y})| (?P<s>last|this|next|the) year)?",
        calendar.read_half,
    ),
    (
        rf"(?:{_P} )?(?:the )?(?:(?P<r>last|previous|past|this|current|next|coming) )?s(?P<s>2[1-4])(?: ,| of| in)*"
        rf"(?: (?P<y>{_Y})(?: ?[-/] ?\d\d(?:\d\d)?)?)?(?P<u>)",
        calendar.read_season,
    ),
    (
        r"(?:the )?(?P<p>early|late|mid)? ?s(?P<s>2[1-4])(?: of)? (?P<r>last|this|next) (?P<u>year)(?P<y>)",
        calendar.read_season,
    ),
    (
        rf"(?:the )?(?P<n>[1-4](?:st|nd|rd|th)|last) week (?:of|in) m(?P<m>\d\d)(?:(?: ,| of)? (?P<y>{_Y}))?",
        portions.read_week_of_month,
    ),
    (
        rf"(?:the )?(?P<n>1st|last) (?P<k>\d+|couple of|few) (?P<u>month)s of "
        rf"(?:(?P<y>{_Y})|(?P<s>last|this|next|the) year)",
        portions.read_months_of_year,
    ),
    (
        rf"(?:on )?{_BEFORE}(?:{_S} )?w(?P<w>[1-7]){_AFTER}(?:(?: of)? (?P<s2>last|this|next) (?P<u>week))?",
        counted.read_weekday,
    ),
    (rf"(?P<s>)(?P<s2>last|this|next) (?P<u>week) (?:on )?w(?P<w>[1-7]){_AFTER}", counted.read_weekday),
    (
        r"(?:the |on the )?(?:early |late |later |earlier )?(?P<w>today|tonight|yesterday|tomorrow|day before yesterday"
        rf"|day after tomorrow|last night|last evening|this morning|this afternoon|this evening|this day){_AFTER}",
        counted.read_deictic,
    ),
    (r"(?:the )?overnight", counted.read_overnight),
    (
        r"(?:(?:just|only|exactly) (?!over|under))?"
        r"(?P<about>(?:about|almost|nearly|over|more than|less than|just|under|some|at least) )*"
        rf"(?P<n>{_N}|the) {_US} (?:ago|back)(?: on)?(?: w(?P<w>[1-7]))?",
        counted.read_ago,
    ),
    (rf"(?:on )?w(?P<w>[1-7])(?: ,)? the (?P<d>{_D})", portions.read_weekday_number),
    (rf"(?P<in>in|within) (?P<about>(?:about|less than|under) )*(?P<n>{_N}) {_US}(?: time)?", counted.read_within),
    (rf"(?P<n>{_N}) {_US} (?P<in>from now|from today|hence)(?P<about>)", counted.read_ahead),
    (
        r"(?:in |over |during |for |within )?(?:the )?(?P<s>last|past|previous|preceding|next|coming) "
        rf"(?P<n>\d+) {_US}",
        counted.read_past_units,
    ),
    (r"(?:the )?next (?:day|morning|night|evening|afternoon)", _refusal(_OTHER)),
    (
        r"(?:in |over |during |within |for )?the (?P<s>last|past|next|coming) (?P<n>)"
        r"(?P<u>hour|day|week|month|year|decade|century|quarter)",
        counted.read_past_units,
    ),
    (
        rf"(?:{_P} )?(?:the )?(?P<s>last|previous|past|this|current|next|coming) {_U}",
        counted.read_this_unit,
    ),
    (r"(?:over |at |during )?(?:the )?(?P<s>)(?P<u>weekend)", counted.read_weekend),
    (
        r"(?:the )?(?P<p>end|beginning|mid|rest|remainder|late|early) (?:of )?(?:the |(?P<s>this|last|next) )?"
        r"(?P<u>year|month|week|decade|century|quarter)",
        counted.read_end_of_unit,
    ),
    (r"(?:the )?(?P<u>year|month|week)(?: -)? (?P<p>end)(?P<s>)", counted.read_end_of_unit),
    (rf"(?:(?P<s>last|past|this|next|coming) )?(?P<f>{_FIXED})(?: ,? ?(?:of )?(?P<y>{_Y}))?", feasts.read_feast),
    (rf"(?:(?P<s>last|past|this|next|coming) )?(?P<f>{_MOVING})(?: ,? ?(?:of )?(?P<y>{_Y}))?", feasts.read_easter),
)

# What names no time, and why; asked only when nothing gave a time.
_REFUSALS: tuple[tuple[str, str], ...] = (
    (
        rf"(?:(?:{_N} |(?:a )?(?:few|several|couple of|many|some|about) )(?:{_UNITS})s? "
        r"|shortly |soon |immediately |long )?"
        r"(?:earlier|later|after|afterwards|before|thereafter|beforehand)",
        _OTHER,
    ),
    (
        r".*\b(?:that|same|following|previous|preceding|ensuing|intervening|eventful) (?:very )?"
        rf"(?:{_UNITS}|night|morning|evening|time|s2\d|afternoon|w\d|m\d\d)s?\b.*",
        _OTHER,
    ),
    (
        r"(?:the )?(?:next|(?:day|week|month|year|night) before|(?:day|week|month|year|morning) after|eve)"
        r"(?: day| morning)?",
        _OTHER,
    ),
    (rf".*\b(?:{_VAGUE_WORDS})\b.*", _VAGUE),
    (
        r".*\b(?:every|each|daily|weekly|monthly|annual|annually|yearly|nightly|hourly|regularly|often|usually|once)\b"
        r".*",
        "recurs: no single time",
    ),
    (
        rf"(?:for |about |nearly |almost |over |more than |some |at least )*(?:the )?{_N} (?:- )?{_US}(?: long| old)?",
        "a duration, not a time",
    ),
    (rf"(?:the )?{_DAYPART}|(?:the )?daybreak", "a time of day without its day"),
    (r"(?:the )?\d+(?:st|nd|rd|th)", "a day without its month"),
)

RULES = tuple((re.compile(pattern), rule) for pattern, rule in _TABLE)
REFUSALS = tuple((re.compile(pattern), reason) for pattern, reason in _REFUSALS)


def read_atom(words: str, anchor: Anchor) -> TimeReading | None:
    """The time of one expression in canonical words by the first rule that matches it whole; None when none does."""
    for pattern, rule in RULES:
        match = pattern.fullmatch(words)
        if match:
            return rule(match, anchor)
    return None


def refuse_atom(words: str) -> TimeReading | None:
    """Why an expression in canonical words gives no time; None when it is not known as a time expression."""
    for pattern, reason in REFUSALS:
        if pattern.fullmatch(words):
            return refuse(reason)
    return None
