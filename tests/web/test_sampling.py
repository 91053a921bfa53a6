"""The random sample, carried along while reports come in: at every moment what a fresh draw would give."""

from dataclasses import replace

import pytest

from dragoman.review import draw_sample
from dragoman.store import Store
from dragoman.web.pulse import Pulse
from dragoman.web.sampling import move_front
from make_store import NEWER, coded

MANY = " ".join(f"Arman visited Armenia on 2024-{month:02}-{day:02}." for month in (1, 2, 3) for day in range(1, 21))


def fresh(store: Store, size: int) -> list[str]:
    return draw_sample((entry.record.id for entry in store.records(review=()).entries()), size)


def newest(store: Store) -> int:
    pulse = Pulse(store)
    try:
        return pulse.newest()[0]
    finally:
        pulse.close()


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_front_after_each_report_is_a_fresh_draw(store: Store, size: int) -> None:
    front = move_front(store, None, newest(store), size)
    for number in range(6):
        store.add(coded(f"Sona visited Georgia on 2024-07-{number + 1:02}. Arman threatened Georgia.", id=f"n{number}"))
        front = move_front(store, front, newest(store), size)
        assert list(front.records[:size]) == fresh(store, size)


def test_records_that_a_newer_coding_has_no_more_leave_the_front(store: Store) -> None:
    given = coded(MANY, id="many")
    store.add(given)
    front = move_front(store, None, newest(store), 5)
    few = replace(given.coding, records=given.coding.records[-1:], provenance=NEWER)
    store.add(replace(given, coding=few))
    moved = move_front(store, front, newest(store), 5)
    assert list(moved.records[:5]) == fresh(store, 5)
    assert set(front.records) - set(moved.records)


def test_nothing_is_drawn_again_while_no_report_comes(store: Store) -> None:
    pulse, calls = Pulse(store), []

    def count(before: int | None) -> int:
        calls.append(before)
        return (before or 0) + 1

    assert [pulse.carry("key", stamp, count) for stamp in (1, 1, 2)] == [1, 1, 2]
    assert calls == [None, 1]
    pulse.close()
