"""When a happening happened."""

from dataclasses import dataclass
from enum import StrEnum

from dragoman.types.text import Span


class TimeBasis(StrEnum):
    """Where a time comes from."""

    STATED = "stated"
    RELATIVE = "relative"
    INHERITED = "inherited"
    PUBLISHED = "published"


class Granularity(StrEnum):
    """How exactly a time is known."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTime:
    """A time in EDTF (ISO 8601-2), such as `2024-04-15`, `XXXX-04-15`, `2024-04/2024-06` or `1994/..`.

    `span` is None when the time was not read from words (basis `published` or `inherited`).
    """

    edtf: str
    precision: Granularity
    basis: TimeBasis
    span: Span | None
    text: str | None
    reason: str
