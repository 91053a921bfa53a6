"""The front of the random order over all records, carried along as reports come in instead of drawn anew.

A record's place depends on its id alone. So what a new coding brings takes its place among the front, what an older
coding loses leaves it, and what lies behind the front stays behind it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.review import draw_sample, sample_place
from dragoman.store import Store
from dragoman.store.writing import chunks, marks

_RESERVE = 3  # times as many are held as are asked for, so that a few may leave
_END = 2**64
# What the coder found: records that people added say nothing of how often it is right.
_FOUND = (
    "SELECT b.id FROM record b JOIN current c ON c.coding = b.coding"
    " WHERE b.id NOT IN (SELECT record FROM verdict WHERE judgement = 'add')"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The first records of the random order. Nothing is known of places after `end`.

    `coding` is the newest coding that was looked at.
    """

    coding: int
    records: tuple[str, ...]
    end: int


def move_front(store: Store, before: Front | None, coding: int, size: int) -> Front:
    """The front when `coding` is the newest one, with `size` records at least where there are so many."""
    if before is None:
        return _draw(store, coding, size)
    new = _ids(store.engine.read(f"{_FOUND} AND b.coding > ?", (before.coding,)))
    found = {*_still_there(store, before.records), *new}
    known = draw_sample((id for id in found if sample_place(id) <= before.end), size * _RESERVE + 1)
    front = _cut(known, coding, before.end, size)
    return front if len(front.records) >= size or front.end == _END else _draw(store, coding, size)


def _draw(store: Store, coding: int, size: int) -> Front:
    known = draw_sample(_ids(store.engine.read(_FOUND)), size * _RESERVE + 1)
    return _cut(known, coding, _END, size)


def _cut(known: Sequence[str], coding: int, end: int, size: int) -> Front:
    kept = tuple(known[: size * _RESERVE])
    return Front(coding=coding, records=kept, end=end if len(kept) == len(known) else sample_place(kept[-1]))


def _still_there(store: Store, records: Sequence[str]) -> Iterable[str]:
    for some in chunks(records):
        yield from _ids(store.engine.read(f"{_FOUND} AND b.id IN ({marks(some)})", some))


def _ids(rows: Iterable[Sequence[object]]) -> Iterable[str]:
    return (str(row[0]) for row in rows)
