from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make_analysis as make
from dragoman.analysis import (
    Apart,
    Frequency,
    SeriesOptions,
    Side,
    actor_series,
    both_ways,
    collect_happenings,
    dyad_series,
    panel,
)
from dragoman.analysis.values import Estimate

TIMES = st.one_of(
    st.dates(date(2023, 1, 1), date(2024, 12, 31)).map(str),
    st.sampled_from(["2024", "2024-04", "XXXX-04-15", "2023-12-30/2024-01-02", "1994/..", None]),
)


def test_empty_input_gives_an_empty_table() -> None:
    series = dyad_series([], "KAZ", "ARM")
    assert (series.rows, series.events, series.reports, len(series.apart)) == ((), 0, 0, 0)


def test_month_by_hand() -> None:
    told = [
        make.happening("a", day="2024-04-02", confidence=1.0, score=4.0, documents=("d1", "d2")),
        make.happening("b", day="2024-04-30", confidence=0.5, score=-5.0, quad="material_conflict", documents=("d2",)),
        make.happening("c", "ARM", "KAZ", day="2024-04-02"),
    ]
    series = dyad_series(told, "KAZ", "ARM")
    (row,) = series.rows
    assert (row.first, row.last, row.clusters) == (date(2024, 4, 1), date(2024, 4, 30), ("a", "b"))
    assert (row.events, row.reports) == (2, 2)
    assert row.expected == Estimate(value=1.5, low=1.0, high=2.0)
    assert [(quad.events, quad.reports, quad.expected) for quad in row.quads] == [
        *((1, 2, 1.0), (0, 0, 0.0), (0, 0, 0.0), (1, 1, 0.5)),
    ]
    assert row.plover.sum == Estimate(value=1.5, low=-1.0, high=4.0)
    assert row.plover.mean is not None
    assert row.plover.mean.value == 1.0
    assert row.goldstein.sum.value == pytest.approx(1.9 * 1.5)


def test_empty_periods_stand_between() -> None:
    told = [make.happening("a", day="2024-01-15"), make.happening("b", day="2024-04-15")]
    rows = dyad_series(told, "KAZ", "ARM").rows
    assert [row.events for row in rows] == [1, 0, 0, 1]
    assert (rows[1].expected, rows[1].plover.mean) == (Estimate(value=0.0, low=0.0, high=0.0), None)


def test_bounds_are_filled_with_empty_periods() -> None:
    options = SeriesOptions(since=date(2024, 3, 1), until=date(2024, 5, 31))
    rows = dyad_series([make.happening("a", day="2024-04-15")], "KAZ", "ARM", options).rows
    assert [row.events for row in rows] == [0, 1, 0]


def test_bounds_without_any_event_give_empty_periods() -> None:
    options = SeriesOptions(since=date(2024, 3, 1), until=date(2024, 3, 3), frequency=Frequency.DAY)
    assert [row.events for row in dyad_series([], "KAZ", "ARM", options).rows] == [0, 0, 0]


def test_happening_outside_the_bounds_is_set_apart() -> None:
    told = [make.happening("a", day="2024-04-10"), make.happening("b", day="2024-04-20")]
    series = dyad_series(told, "KAZ", "ARM", SeriesOptions(since=date(2024, 4, 15)))
    assert (series.apart.outside, series.rows[0].clusters, series.events) == (("a",), ("b",), 2)


def test_what_has_no_period_is_set_apart_and_never_spread() -> None:
    events = [
        make.event("a", when="2024-04-15"),
        make.event("b", when="2024"),
        make.event("c", when="XXXX-04-15"),
        make.event("d", when=None),
    ]
    series = dyad_series(collect_happenings(events), "KAZ", "ARM")
    assert series.apart == Apart(coarse=("b",), year_unknown=("c",), undated=("d",))
    assert [row.clusters for row in series.rows] == [("a",)]


def test_joint_act_is_in_both_directions() -> None:
    told = collect_happenings([make.event("a", ["KAZ", "ARM"], [], reciprocal=True)])
    there, back = both_ways(told, "KAZ", "ARM")
    assert (there.rows[0].clusters, back.rows[0].clusters) == (("a",), ("a",))


def test_both_directions_have_the_same_periods() -> None:
    told = [make.happening("a", day="2024-01-15"), make.happening("b", "ARM", "KAZ", day="2024-03-15")]
    there, back = both_ways(told, "KAZ", "ARM")
    assert [row.first for row in there.rows] == [row.first for row in back.rows]
    assert ([row.events for row in there.rows], [row.events for row in back.rows]) == ([1, 0, 0], [0, 0, 1])


def test_both_directions_of_nothing_are_empty() -> None:
    assert [one.rows for one in both_ways([], "KAZ", "ARM")] == [(), ()]


@pytest.mark.parametrize(("side", "ids"), [(Side.SOURCE, ("a",)), (Side.TARGET, ("b",)), (Side.EITHER, ("a", "b"))])
def test_actor_is_found_on_the_side_asked_for(side: Side, ids: tuple[str, ...]) -> None:
    told = [make.happening("a"), make.happening("b", "ARM", "KAZ"), make.happening("c", "ARM", "AZE")]
    assert actor_series(told, "kaz", side).rows[0].clusters == ids


def test_joint_act_counts_once_in_the_series_of_an_actor() -> None:
    told = collect_happenings([make.event("a", ["KAZ", "ARM"], [], reciprocal=True)])
    assert actor_series(told, "KAZ").events == 1


def test_panel_has_every_dyad_over_the_same_periods() -> None:
    told = [make.happening("a", day="2024-01-15"), make.happening("b", "ARM", "AZE", day="2024-03-15")]
    found = panel(told)
    assert [(one.source, one.target) for one in found] == [("ARM", "AZE"), ("KAZ", "ARM")]
    assert [[row.events for row in one.rows] for one in found] == [[0, 0, 1], [1, 0, 0]]


def test_panel_of_nothing_is_empty() -> None:
    assert panel([]) == ()


def test_dyad_of_undated_happenings_has_no_rows_in_a_panel() -> None:
    (one,) = panel([make.happening("a", day=None)])
    assert (one.rows, one.apart.undated) == ((), ("a",))


@given(st.lists(TIMES, max_size=25), st.sampled_from(list(Frequency)))
def test_periods_and_what_is_apart_add_up_to_the_total(times: list[str | None], frequency: Frequency) -> None:
    events = [make.event(f"e{n}", when=when) for n, when in enumerate(times)]
    options = SeriesOptions(frequency=frequency, since=date(2023, 1, 1), until=date(2024, 12, 31))
    series = dyad_series(collect_happenings(events), "KAZ", "ARM", options)
    placed = [name for row in series.rows for name in row.clusters]
    apart = [*series.apart.coarse, *series.apart.year_unknown, *series.apart.undated, *series.apart.outside]
    assert sorted(placed + apart) == sorted(event.id for event in events)
    assert sum(row.events for row in series.rows) + len(series.apart) == series.events == len(events)
    assert all(before.last < after.first for before, after in pairwise(series.rows))


@given(st.lists(TIMES, max_size=15))
def test_quad_classes_add_up_to_the_events(times: list[str | None]) -> None:
    events = [make.event(f"e{n}", when=when) for n, when in enumerate(times)]
    for row in dyad_series(collect_happenings(events), "KAZ", "ARM").rows:
        assert sum(quad.events for quad in row.quads) == row.events
