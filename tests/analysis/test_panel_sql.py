"""The panel in SQL against the panel in Python, over the columns that exports write."""

import random
import sqlite3
from collections.abc import Sequence
from datetime import date

import duckdb
import pytest

import make_analysis as make
from dragoman.analysis import Frequency, SeriesOptions, collect_happenings, panel
from dragoman.analysis.panel_sql import Connection, PanelRow, panel_sql, read_panel
from dragoman.errors import InputError
from dragoman.export.columns import CellType, Entry
from dragoman.export.tables import EVENTS
from dragoman.types.record import Event, Provenance, Status
from dragoman.types.text import Document
from dragoman.types.when import TimeBasis

_TYPES = {CellType.STRING: "VARCHAR", CellType.INTEGER: "BIGINT", CellType.NUMBER: "DOUBLE",
          CellType.BOOLEAN: "BOOLEAN", CellType.DATE: "DATE"}  # fmt: skip
_COUNTRIES = ["KAZ", "ARM", "AZE", "?"]
_TIMES = ["2024-01-15", "2024-02-01", "2024-02-29", "2024-02", "2024", "XXXX-04-15", "2023-12-30/2024-01-02", "1994/.."]
DOCUMENTS = {f"d{n}": make.document(f"d{n}", f"2024-0{n % 3 + 1}-11" if n % 4 else None) for n in range(12)}


def some_events(seed: int) -> list[Event]:
    chance = random.Random(seed)
    return [
        make.event(
            f"e{n:03}",
            chance.choices(_COUNTRIES, k=chance.randint(0, 3)),
            chance.choices(_COUNTRIES, k=chance.randint(0, 2)),
            when=chance.choice([*_TIMES, None, None]),
            basis=chance.choice([TimeBasis.STATED, TimeBasis.INHERITED]),
            category=chance.choice(["CONSULT", "ACCUSE"]),
            quad=chance.choice(["verbal_cooperation", "material_conflict"]),
            score=chance.choice([4.0, -5.0, None]),
            confidence=round(chance.uniform(0.2, 1.0), 3),
            document=f"d{chance.randrange(12)}",
            cluster=f"c{chance.randrange(120)}",
            reciprocal=chance.random() < 0.3,
            status=chance.choice([Status.ASSERTED, Status.ASSERTED, Status.PLANNED]),
        )
        for n in range(300)
    ]


def tables(events: Sequence[Event]) -> list[Connection]:
    """The events in SQLite and in DuckDB, as an export writes them."""
    made_by = Provenance(codebook="c", model="m", kb="k")
    entries = [
        Entry(record=event, document=DOCUMENTS[event.document], provenance=made_by, cluster=event.cluster or event.id)
        for event in events
    ]
    rows = [[str(cell) if isinstance(cell, date | str) else cell for cell in EVENTS.row(entry)] for entry in entries]
    columns = ", ".join(f'"{column.name}" {_TYPES[column.type]}' for column in EVENTS.columns)
    marks = ", ".join("?" * len(EVENTS.columns))
    found: list[Connection] = []
    for connection in (sqlite3.connect(":memory:"), duckdb.connect()):
        connection.execute(f"CREATE TABLE events ({columns})")
        if rows:
            connection.executemany(f"INSERT INTO events VALUES ({marks})", rows)
        found.append(connection)
    return found


def expected(events: Sequence[Event], documents: Sequence[Document], frequency: Frequency) -> list[tuple[object, ...]]:
    series = panel(collect_happenings(events, documents=documents), SeriesOptions(frequency=frequency))
    return [
        (one.source, one.target, row.first, row.events, row.reports, pytest.approx(row.expected.value),
         tuple(quad.events for quad in row.quads), pytest.approx(row.goldstein.sum.value, abs=2e-6),
         pytest.approx(row.plover.sum.value, abs=2e-6),
         None if row.plover.mean is None else pytest.approx(row.plover.mean.value, abs=2e-6))
        for one in series for row in one.rows
    ]  # fmt: skip


def seen(row: PanelRow) -> tuple[object, ...]:
    return (row.source, row.target, row.period, row.events, row.reports, row.expected, row.quads, row.goldstein_sum,
            row.plover_sum, row.plover_mean)  # fmt: skip


@pytest.mark.parametrize("frequency", list(Frequency))
@pytest.mark.parametrize("engine", [0, 1], ids=["sqlite", "duckdb"])
def test_panel_in_sql_is_the_panel_in_python(frequency: Frequency, engine: int) -> None:
    events = some_events(7)
    given = expected(events, list(DOCUMENTS.values()), frequency)
    dyads_placed = {row[:2] for row in given if row[3]}
    # A dyad without any dated event has empty periods in Python's panel; SQL does not know that it exists.
    given = [row for row in given if row[:2] in dyads_placed]
    assert len(dyads_placed) > 5
    assert [seen(row) for row in read_panel(tables(events)[engine], frequency=frequency, filled=True)] == given


def test_both_engines_give_the_same_rows() -> None:
    one, other = tables(some_events(8))
    assert list(read_panel(one)) == list(read_panel(other))


def test_empty_periods_are_left_out_unless_asked_for() -> None:
    rows = list(read_panel(tables(some_events(9))[1]))
    assert all(row.events for row in rows)


def test_intervals_hold_the_expected_value() -> None:
    for row in read_panel(tables(some_events(10))[1]):
        assert 0 <= row.expected_low <= row.expected <= row.expected_high <= row.events
        assert row.plover_sum_low <= row.plover_sum <= row.plover_sum_high


@pytest.mark.parametrize("filled", [False, True])
@pytest.mark.parametrize("engine", [0, 1], ids=["sqlite", "duckdb"])
def test_empty_table_gives_no_rows(engine: int, filled: bool) -> None:
    assert list(read_panel(tables([])[engine], filled=filled)) == []


def test_unknown_dialect_is_refused() -> None:
    with pytest.raises(InputError, match="dialect 'oracle' is not one of duckdb, sqlite"):
        panel_sql("events", "oracle")
