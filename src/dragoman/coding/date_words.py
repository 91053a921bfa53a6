"""Words of time expressions in one canonical spelling, so that the rules of `date_rules` stay few and short.

A month becomes `m04`, a weekday `w2` (Monday is `w1`), an ordinal `3rd`, a number word its digits, a unit its singular,
a season `s22` (the EDTF code), a clock time `clock`; everything is separated by single spaces.
"""

import re


def split_words(words: str) -> list[str]:
    """The words of a table that is written as running text."""
    return words.split()


_MONTHS = (
    split_words(
        """
    january february march april may june july august september october november december
    """
    ),
    split_words(
        """
    jan feb mar apr may jun jul aug sep oct nov dec
    """
    ),
)
_WEEKDAYS = (
    split_words(
        """
    monday tuesday wednesday thursday friday saturday sunday
    """
    ),
    split_words(
        """
    mon tue wed thu fri sat sun
    """
    ),
)
_NUMBERS = split_words(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
    """
)
_ORDINALS = split_words(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    """
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
UNITS = ("hour", "day", "week", "month", "year", "decade", "century", "quarter", "weekend", "minute", "fortnight")


def _spell_ordinal(number: int) -> str:
    return f"{number}{'th' if number in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _tabulate() -> dict[str, str]:
    words = {name: f"m{n:02}" for names in _MONTHS for n, name in enumerate(names, 1)} | {"sept": "m09"}
    words |= {name: f"w{n}" for names in _WEEKDAYS for n, name in enumerate(names, 1)}
    words |= {"tues": "w2", "weds": "w3", "thur": "w4", "thurs": "w4"}
    words |= {f"{day}s": f"w{n}" for n, day in enumerate(_WEEKDAYS[0], 1)}
    words |= {name: str(n) for n, name in enumerate(_NUMBERS)}
    words |= {name: str(n) for name, n in _TENS.items()}
    words |= {name: _spell_ordinal(n) for n, name in enumerate(_ORDINALS, 1)}
    words |= {"thirtieth": "30th"}
    words |= {"centuries": "centurys", "hrs": "hours", "yrs": "years"}
    words |= {"spring": "s21", "summer": "s22", "autumn": "s23", "fall": "s23", "winter": "s24"}
    words |= {"springtime": "s21", "summertime": "s22", "wintertime": "s24"}
    words |= {f"{name[:-1]}ies": f"{n}s" for name, n in _TENS.items()}
    words |= {"final": "last", "start": "beginning", "outset": "beginning", "close": "end", "middle": "mid"}
    words |= {"mornings": "morning", "evenings": "evening", "nights": "night", "midmorning": "morning"}
    words |= {"upcoming": "coming", "forthcoming": "coming", "till": "until", "til": "until", "thru": "through"}
    words |= {f"q{n}": f"{_spell_ordinal(n)} quarter" for n in range(1, 5)}
    words |= {"h1": "1st half", "h2": "2nd half"}
    return words | {"approximately": "about", "circa": "about", "roughly": "about", "around": "about", "some": "about"}


WORDS = _tabulate()
MONTH_NAMES = tuple(name.capitalize() for name in _MONTHS[0])
DAY_NAMES = tuple(name.capitalize() for name in _WEEKDAYS[0])

_PIECE = re.compile(
    r"\d{4}-\d\d-\d\d(?:t[\d:.]+z?)?|\d{1,2}(?:[:.]\d\d)? ?[ap]\.? ?m\b\.?|\d{1,2}:\d\d(?::\d\d)?|\d{1,2}h\d\d"
    r"|\d{1,4}[/.]\d{1,2}[/.]\d{1,4}|\d{1,4}/\d{1,4}|q[1-4]\b|h[12]\b"
    r"|fy ?'?\d{2,4}(?:[-/]\d{2,4})?|'\d\ds|\d+(?:st|nd|rd|th)\b"
    r"|\d+s\b|\d+|[^\W\d_]+|[-,()&]"
)
_CLOCK = re.compile(
    r"(?:\bat )?(?:\b(?:about|around|exactly|shortly (?:before|after)|just (?:before|after)|before|after) )?"
    r"\bclock(?: (?:gmt|utc|local time|est|edt|et|bst|cet|cest|msk|pst|pdt|ist|moscow time"
    r"|\( ?(?:clock|\d+) (?:gmt|utc) ?\)"
    r"|\( ?\d{4} (?:gmt|utc) ?\)))*(?= |$)"
)
_ZONE_TIME = re.compile(r"\b\d{4} (?:gmt|utc|hours?)\b")
_COMPOUND = re.compile(r"\b(20|30|40|50|60|70|80|90) (?:- )?([1-9])((?:st|nd|rd|th)?)\b(?! (?:century|decade))")
_COMPOUND_CENTURY = re.compile(r"\b20 (?:- )?(1st)\b")
_GLUE = re.compile(
    r"\b(mid|late|early|end|year|day|month|week|pre|post|half|then|now|long|all|decade|about|ex|quarter|weekend) - "
    r"|(?<=\d)(?: - )(?=(?:days?|weeks?|months?|years?"
    r"|hours?|decades?|old|minutes?|quarter)\b)| - (?=(?:long|old|end|ago)\b)"
)


def normalise(text: str) -> str:
    """`text` in canonical words.

    >>> normalise("the morning of Tuesday, Sept. 3rd"), normalise("mid-2023"), normalise("two weeks ago")
    ('the morning of w2 , m09 3rd', 'mid 2023', '2 weeks ago')
    """
    low = text.lower().replace("’", "'").replace("–", "-").replace("—", "-").replace("‑", "-").replace("‘", "'")
    low = low.replace("'s ", " ").removesuffix("'s").replace("s' ", "s ").replace("o'clock", "oclock")
    pieces = [_canonical(piece) for piece in _PIECE.findall(low)]
    joined = _GLUE.sub(lambda m: (m.group(1) + " ") if m.group(1) else " ", " ".join(pieces))
    joined = _COMPOUND.sub(lambda m: str(int(m.group(1)) + int(m.group(2))) + m.group(3), joined)
    joined = _COMPOUND_CENTURY.sub("21st", joined)
    if "oclock" in joined:
        joined = re.sub(r"\b\d+ oclock\b", "clock", joined)
    if "gmt" in joined or "utc" in joined or "hour" in joined:
        joined = _ZONE_TIME.sub("clock", joined)
    if "mid" in joined:
        joined = joined.replace("mid to - late", "late").replace("mid - to - late", "late")
    if "clock" in joined:
        joined = " ".join(_CLOCK.sub(" ", joined).split()) or "clock"
    return joined.strip(" ,-")


def _canonical(piece: str) -> str:
    if piece[4:5] == "-":
        return piece[:10]
    if piece[0].isdigit():
        return "clock" if piece[-1] in "m." or ":" in piece or ("h" in piece[1:3] and piece[-1].isdigit()) else piece
    return WORDS.get(piece, piece)
