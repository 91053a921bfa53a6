"""Time expressions of news English to EDTF.

A weekday without a date is the most recent one, the document's own day included (reports of a Tuesday say "on Tuesday"
of that day); after a future verb it is the next one. A date without a year takes the year that the document's date and
the tense give, and `XXXX` when the document has no date. What names no definite time gives None; `read_time` says why.
"""

from datetime import date

from dragoman.coding.date_parts import Anchor, TimeReading, refuse
from dragoman.coding.date_ranges import read_words
from dragoman.coding.date_spans import find_time_spans
from dragoman.coding.date_words import normalise
from dragoman.types.text import Span
from dragoman.types.when import EventTime

__all__ = ["find_time", "find_time_spans", "read_time"]

_LONGEST = 120  # characters; no time expression is longer, and patterns stay fast


def read_time(text: str, published: date | None, *, tense: str | None = None) -> TimeReading:
    """What the time expression `text` says, or the reason why it gives no time.

    Args:
        text: the words of one expression, such as "last Tuesday" or "between 1994 and 1996".
        published: the document's date, None when unknown.
        tense: "past", "future" or None, of the verb that the expression goes with.

    >>> read_time("on Monday, April 15", date(2024, 4, 16)).edtf, read_time("April 15", None).edtf
    ('2024-04-15', 'XXXX-04-15')
    """
    if len(text) > _LONGEST:
        return refuse(f"longer than {_LONGEST} characters")
    reading = read_words(normalise(text), Anchor(published=published, tense=tense))
    return reading or refuse("not a time expression that is known")


def find_time(text: str, span: Span, published: date | None, *, tense: str | None = None) -> EventTime | None:
    """The time that the expression `text`, written at `span` of its document, gives; None when it gives none."""
    reading = read_time(text, published, tense=tense)
    if reading.edtf is None or reading.precision is None or reading.basis is None:
        return None
    return EventTime(
        edtf=reading.edtf,
        precision=reading.precision,
        basis=reading.basis,
        span=span,
        text=text,
        reason=reading.reason,
    )
