"""Codings of one report laid side by side: which records are the same happening in the text, and where they differ.

A coding is what one run found, or what one person made of it. Records of one id stand in one row; so do records of
different ids whose words overlap, when they are of one kind and no coding has both.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dragoman.types.text import Span


class State(StrEnum):
    """What a coding has in a row: the record, nothing, a rejection, or no judgement at all."""

    THERE = "there"
    ABSENT = "absent"
    REJECTED = "rejected"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A record in one coding: the words it is about, and its fields as text in the order in which they are shown."""

    record: str
    kind: str
    place: Span
    fields: tuple[tuple[str, str], ...]
    rejected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingColumn:
    """One coding. `whole` is True when it looked at the whole report, so that what it has not it did not find."""

    name: str
    told: tuple[Told, ...]
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one coding has in a row; `told` is None unless it has the record or rejected it."""

    state: State
    told: Told | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One record over all codings, a cell for each. `differing` are fields on which those that have it differ."""

    kind: str
    place: Span
    cells: tuple[Cell, ...]
    differing: tuple[str, ...]

    @property
    def found_by(self) -> tuple[int, ...]:
        """The places of the codings that have it."""
        return tuple(number for number, cell in enumerate(self.cells) if cell.state is State.THERE)

    @property
    def agrees(self) -> bool:
        """True when nobody who looked has it otherwise."""
        return not self.differing and all(cell.state in (State.THERE, State.UNJUDGED) for cell in self.cells)


def lay_beside(columns: Sequence[CodingColumn]) -> tuple[Row, ...]:
    """The rows of the codings, in the order of the text."""
    rows = _join_overlapping(list(_rows_by_id(columns)))
    finished = (_finish(row, columns) for row in rows)
    return tuple(sorted(finished, key=lambda row: (row.place, row.kind)))


Entries = dict[int, Told]  # the place of the coding → what it has


def _rows_by_id(columns: Sequence[CodingColumn]) -> Iterator[Entries]:
    by_id: dict[str, Entries] = {}
    for number, column in enumerate(columns):
        for told in column.told:
            by_id.setdefault(told.record, {}).setdefault(number, told)
    yield from by_id.values()


def _join_overlapping(rows: list[Entries]) -> list[Entries]:
    """Joins rows of overlapping words that no coding has both of, the largest overlap first."""
    pairs = sorted(
        (-shared, one, other)
        for one in range(len(rows))
        for other in range(one + 1, len(rows))
        if (shared := _shared(rows[one], rows[other])) > 0
    )
    kept: list[Entries | None] = list(rows)
    for _, one, other in pairs:
        first, second = kept[one], kept[other]
        if first is not None and second is not None and not first.keys() & second.keys():
            kept[one], kept[other] = {**first, **second}, None
    return [row for row in kept if row is not None]


def _shared(one: Entries, other: Entries) -> int:
    """How many characters both are about; none for different kinds."""
    first, second = next(iter(one.values())), next(iter(other.values()))
    if first.kind != second.kind or one.keys() & other.keys():
        return 0
    return max(0, min(first.place.end, second.place.end) - max(first.place.start, second.place.start))


def _finish(row: Entries, columns: Sequence[CodingColumn]) -> Row:
    first = next(iter(row.values()))
    cells = tuple(_cell(row.get(number), column) for number, column in enumerate(columns))
    fields = [dict(cell.told.fields) for cell in cells if cell.told is not None and cell.state is State.THERE]
    return Row(kind=first.kind, place=first.place, cells=cells, differing=tuple(_differing(fields)))


def _cell(told: Told | None, column: CodingColumn) -> Cell:
    if told is None:
        return Cell(state=State.ABSENT if column.whole else State.UNJUDGED)
    return Cell(state=State.REJECTED if told.rejected else State.THERE, told=told)


def _differing(fields: Sequence[dict[str, str]]) -> Iterator[str]:
    for name in dict.fromkeys(name for one in fields for name in one):
        if len({one.get(name, "") for one in fields}) > 1:
            yield name


def only_differences(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows in which not all codings agree."""
    return tuple(row for row in rows if not row.agrees)
