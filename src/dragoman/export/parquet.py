"""Tables as Parquet: Arrow types, zstd, events in one folder for each year. Needs pyarrow, the extra `arrow`."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from dragoman.errors import ResourceError
from dragoman.export.collect import Row, pass_rows, tables_of
from dragoman.export.columns import CellType, Table
from dragoman.export.folder import new_folder
from dragoman.export.options import Dataset, ExportOptions, Written

Arrow = Any  # pyarrow has no types of its own
EVENTS = "events"
UNDATED = 0  # the year of events without a day: a number, so that the column `year` stays one
_BATCH = 20_000  # rows held as Python values before they become Arrow's


class Gathered:
    """The rows of one table on their way to Parquet: a few as Python values, the rest as Arrow batches."""

    def __init__(self, table: Table, schema: Arrow, arrow: ModuleType) -> None:
        self._table = table
        self._schema = schema
        self._arrow = arrow
        self._rows: list[Row] = []
        self._batches: list[Arrow] = []

    def add(self, row: Row) -> None:
        """One more row."""
        self._rows.append(row)
        if len(self._rows) >= _BATCH:
            self._pack()

    def _pack(self) -> None:
        columns = zip(*self._rows, strict=True) if self._rows else ((),) * len(self._table.columns)
        arrays = [
            self._arrow.array(column, type=field.type) for column, field in zip(columns, self._schema, strict=True)
        ]
        self._batches.append(self._arrow.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._rows = []

    def finish(self) -> Arrow:
        """The whole table, sorted by its key, so that the order of the documents does not show."""
        self._pack()
        return self._arrow.Table.from_batches(self._batches).sort_by([(name, "ascending") for name in self._table.key])


def write_parquet(data: Dataset, folder: Path, options: ExportOptions) -> Written:
    """Writes a new folder with one file for each table, and the events by year."""
    written, gathering = Written(), start_gathering(options)
    with new_folder(folder) as building:
        for table, row in pass_rows(data, options, written):
            gathering[table.name].add(row)
        write_tables(gathering, building)
    return written


def load_arrow() -> ModuleType:
    """The library, or an error that names the extra."""
    try:
        for part in ("pyarrow.compute", "pyarrow.parquet"):
            import_module(part)
        return import_module("pyarrow")
    except ImportError as error:
        raise ResourceError("Parquet needs pyarrow: pip install 'dragoman[arrow]'") from error


def start_gathering(options: ExportOptions) -> Mapping[str, Gathered]:
    """An empty table for each name."""
    arrow = load_arrow()
    return {table.name: Gathered(table, schema_of(table, arrow), arrow) for table in tables_of(options)}


def schema_of(table: Table, arrow: ModuleType) -> Arrow:
    """The Arrow schema, with the meaning of each column in its metadata."""
    types = {
        CellType.STRING: arrow.string(),
        CellType.INTEGER: arrow.int64(),
        CellType.NUMBER: arrow.float64(),
        CellType.BOOLEAN: arrow.bool_(),
        CellType.DATE: arrow.date32(),
    }
    return arrow.schema(
        arrow.field(column.name, types[column.type], metadata={"description": column.description})
        for column in table.columns
    )


def write_tables(gathering: Mapping[str, Gathered], folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Writes the files; returns the paths of each table, relative to the folder."""
    paths: dict[str, tuple[str, ...]] = {}
    for name, gathered in gathering.items():
        content = gathered.finish()
        parts = _by_year(content) if name == EVENTS else {f"{name}.parquet": content}
        for path, part in parts.items():
            write_parquet_file(part, folder / path)
        paths[name] = tuple(parts)
    return paths


def _by_year(content: Arrow) -> Mapping[str, Arrow]:
    """The events by the year of their day. Without any event one empty file, so that readers find the columns."""
    compute = load_arrow().compute
    years = compute.fill_null(compute.year(content["day"]), UNDATED)
    return {
        f"{EVENTS}/year={year}/part-0.parquet": content.filter(compute.equal(years, year))
        for year in sorted(compute.unique(years).to_pylist()) or [UNDATED]
    }


def write_parquet_file(content: Arrow, path: Path) -> None:
    """Writes one file, packed with zstd, making the folder that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    load_arrow().parquet.write_table(content, path, compression="zstd")
