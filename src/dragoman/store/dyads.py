"""Two actors and what they do to each other."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Unpack

from dragoman.errors import InputError
from dragoman.store.engine import Engine
from dragoman.store.filters import Filters, make_query
from dragoman.store.questions import Count, Records
from dragoman.store.rebuilding import refresh_months
from dragoman.types.record import Agreement, Event

if TYPE_CHECKING:
    from dragoman.analysis import Series

_LENGTH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadMonth:
    """One month of one direction and quad class: happenings, the reports that tell them, sums of scores.

    A happening counts once, with the mean score of its records; only counted ones are in (RECORD.md section 3).
    `confidence` is the mean of the surest record of each.
    """

    source: str
    target: str
    month: str
    quad: str
    events: int
    reports: int
    goldstein: float
    plover_score: float
    confidence: float


class Dyad:
    """What passes between two countries, in both directions."""

    def __init__(self, engine: Engine, one: str, other: str) -> None:
        for code in (one, other):
            if len(code) != _LENGTH or not code.isupper():
                raise InputError(f"dyad {code!r}: expected a code of three capitals, such as KAZ or IGO")
        self._engine = engine
        self.one = one
        self.other = other

    def __repr__(self) -> str:
        return f"Dyad({self.one!r}, {self.other!r})"

    def events(self, **filters: Unpack[Filters]) -> "Records[Event]":
        """Events in both directions."""
        query = replace(make_query(filters), kind=("event",), between=(self.one, self.other))
        return Records(self._engine, query)

    def agreements(self, **filters: Unpack[Filters]) -> "Records[Agreement]":
        """Agreements to which both are party."""
        query = replace(make_query(filters), kind=("agreement",), between=(self.one, self.other))
        return Records(self._engine, query)

    def count(self, **filters: Unpack[Filters]) -> Count:
        """Happenings, reports and records of events."""
        return self.events(**filters).count()

    def series(self, freq: str = "MS", **filters: Unpack[Filters]) -> "tuple[Series, Series]":
        """The series of both directions over the same periods, with intervals; see `dragoman.analysis`.

        `freq` is day, week, month, quarter or year, or pandas' letter for it.
        """
        from dragoman.analysis import SeriesOptions, both_ways, collect_happenings, frequency_of
        from dragoman.store.documents import find_document

        frequency = frequency_of(freq)
        entries = list(self.events(**filters).entries())
        documents = [find_document(self._engine, id) for id in sorted({entry.document for entry in entries})]
        # Each record carries the cluster of the store, so that no list of clusters is needed.
        happenings = collect_happenings([entry.record for entry in entries], (), documents)
        return both_ways(happenings, self.one, self.other, SeriesOptions(frequency=frequency))

    def months(self) -> tuple[DyadMonth, ...]:
        """Counts by month, direction and quad class, the oldest first; months without events are left out."""
        refresh_months(self._engine)
        sql = (
            "SELECT source, target, month, quad, events, reports, goldstein, plover_score, confidence FROM dyad_month"
            " WHERE (source = ? AND target = ?) OR (source = ? AND target = ?) ORDER BY month, source, target, quad"
        )
        rows = self._engine.read(sql, (self.one, self.other, self.other, self.one))
        return tuple(_month(*row) for row in rows)


def _month(*row: object) -> DyadMonth:
    source, target, month, quad, events, reports, goldstein, plover_score, confidence = row
    return DyadMonth(
        source=str(source),
        target=str(target),
        month=str(month),
        quad=str(quad),
        events=int(str(events)),
        reports=int(str(reports)),
        goldstein=float(str(goldstein)),
        plover_score=float(str(plover_score)),
        confidence=float(str(confidence)),
    )
