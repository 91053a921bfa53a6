import make_analysis as make
from dragoman.analysis import (
    ARC_COLUMNS,
    SERIES_COLUMNS,
    arc_rows,
    arcs_of,
    collect_happenings,
    dyad_series,
    series_rows,
)
from dragoman.analysis.tables import apart_notes


def test_row_has_a_cell_for_each_column() -> None:
    (row,) = series_rows([dyad_series([make.happening("a", documents=("d1", "d2"))], "KAZ", "ARM")])
    cells = dict(zip(SERIES_COLUMNS, row, strict=True))
    assert cells["period"] == "2024-04-01"
    assert (cells["events"], cells["reports"], cells["verbal_cooperation_reports"]) == (1, 2, 2)
    assert (cells["plover_sum"], cells["plover_sum_low"], cells["plover_mean_high"]) == (3.2, 0.0, 4.0)


def test_mean_of_an_empty_period_is_an_empty_cell() -> None:
    told = [make.happening("a", day="2024-01-10"), make.happening("b", day="2024-03-10")]
    cells = dict(zip(SERIES_COLUMNS, series_rows([dyad_series(told, "KAZ", "ARM")])[1], strict=True))
    assert (cells["plover_sum"], cells["plover_mean"]) == (0.0, None)


def test_no_series_is_an_empty_table() -> None:
    assert series_rows([]) == ()


def test_arc_has_a_cell_for_each_column() -> None:
    (row,) = arc_rows(arcs_of([make.happening("a")]))
    assert dict(zip(ARC_COLUMNS, row, strict=True))["plover_sum"] == 3.2


def test_what_is_apart_is_said_with_its_reason() -> None:
    told = collect_happenings(
        [make.event("b", when="2024"), make.event("c", when="XXXX-04"), make.event("d", when=None)]
    )
    assert apart_notes(dyad_series(told, "KAZ", "ARM")) == (
        "1 dated less exactly than a month",
        "1 without a year",
        "1 undated",
    )
