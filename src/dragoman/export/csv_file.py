"""Tables as CSV: RFC 4180, UTF-8, ISO dates, empty cells for None, and no cell that a spreadsheet would run."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TextIO

from dragoman.errors import ConfigError, InputError
from dragoman.export.columns import Cell, Entry, Table
from dragoman.export.options import Dataset, ExportOptions, Written
from dragoman.export.parts import (
    CLUSTERS,
    EVIDENCE,
    PARTICIPANTS,
    STORIES,
    list_participants,
    list_proofs,
)
from dragoman.export.select import select
from dragoman.export.tables import DOCUMENTS, DOCUMENTS_WITH_TEXT, OF_KIND
from dragoman.types.record import Record

# A cell that begins like this is a formula to spreadsheets. Apostrophes before it are matched too, so that the guard
# can be taken off again without doubt.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")

TABLES = (DOCUMENTS, *OF_KIND.values(), PARTICIPANTS, EVIDENCE, CLUSTERS, STORIES)
TABLE_NAMES = tuple(table.name for table in TABLES)


def guard_cell(text: str) -> str:
    """The text with one apostrophe in front when a spreadsheet would read it as a formula.

    >>> guard_cell("=1+1"), guard_cell("'=1+1"), guard_cell("1+1")
    ("'=1+1", "''=1+1", '1+1')
    """
    return "'" + text if _FORMULA.match(text) else text


def unguard_cell(text: str) -> str:
    """The text as it was before `guard_cell`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def write_csv(data: Dataset, out: TextIO, options: ExportOptions) -> Written:
    """Writes one table, the header first. Raises ConfigError naming the tables when there is no such one."""
    written = Written()
    table = find_table(options.table, with_text=options.with_text)
    rows = list_rows(table, data, options, written)
    written.rows[table.name] = write_rows(table, rows, out, raw=options.raw)
    return written


def find_table(name: str, *, with_text: bool) -> Table:
    """The table of that name."""
    if name == "documents" and with_text:
        return DOCUMENTS_WITH_TEXT
    for table in TABLES:
        if table.name == name:
            return table
    raise ConfigError(f"--table: {name!r} is no table; expected one of {', '.join(TABLE_NAMES)}")


def list_rows(table: Table, data: Dataset, options: ExportOptions, written: Written) -> Iterator[tuple[Cell, ...]]:
    """The rows of one table."""
    if table.name == "clusters":
        yield from (table.row(cluster) for cluster in data.clusters)
    elif table.name == "stories":
        yield from (table.row(story) for story in data.stories)
    else:
        for selected in select(data, options, written.left_out):
            document = Entry(
                record=None,
                document=selected.coded.document,
                provenance=selected.coded.coding.provenance,
                cluster="",
                story=selected.story,
            )
            yield from rows_of(table, document, selected.entries)


def rows_of(table: Table, document: Entry[None], entries: Iterable[Entry[Record]]) -> Iterator[tuple[Cell, ...]]:
    """The rows that one document gives to a table of documents, records, participants or evidence."""
    if table.name == "documents":
        yield table.row(document)
    elif table is PARTICIPANTS:
        yield from (table.row(part) for entry in entries for part in list_participants(entry))
    elif table is EVIDENCE:
        yield from (table.row(proof) for entry in entries for proof in list_proofs(entry))
    else:
        yield from (table.row(entry) for entry in entries if OF_KIND[type(entry.record)] is table)


class TableFile:
    """One CSV file being written, its header first."""

    def __init__(self, table: Table, out: TextIO, *, raw: bool) -> None:
        self._writer = csv.writer(out, lineterminator="\r\n")
        self._writer.writerow(table.header)
        self._raw = raw

    def write(self, row: tuple[Cell, ...]) -> None:
        """One more row."""
        self._writer.writerow([_text(cell, raw=self._raw) for cell in row])


def write_rows(table: Table, rows: Iterable[tuple[Cell, ...]], out: TextIO, *, raw: bool) -> int:
    """Writes a header and rows; returns how many."""
    file, count = TableFile(table, out, raw=raw), 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        file.write(row)
    return count


def _text(cell: Cell, *, raw: bool) -> str | int | float | None:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return str(cell) if raw else guard_cell(cell)
    return cell


def read_rows(lines: Iterable[str], table: Table, *, raw: bool = False) -> Iterator[tuple[str, ...]]:
    """The rows of a CSV of that table as text, with the guards taken off. Raises InputError for another header."""
    reader = csv.reader(lines)
    header = tuple(next(reader, ()))
    if header != table.header:
        raise InputError(f"not a table of {table.name}: the header is {','.join(header)!r}")
    for row in reader:
        yield tuple(cell if raw else unguard_cell(cell) for cell in row)
