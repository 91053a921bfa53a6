"""JSON Lines, JSON and CSV: many reports a file, one a line, object or row."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO

from dragoman.codec import parse_json
from dragoman.errors import InputError
from dragoman.ingest.assemble import assemble
from dragoman.ingest.clean import decode
from dragoman.ingest.fields import found_in, list_text_keys
from dragoman.ingest.options import ReadOptions
from dragoman.ingest.streams import read_all, read_lines
from dragoman.types.text import Document, Rejected

_DELIMITERS = ",;\t|"


def read_jsonl(stream: IO[bytes], *, origin: str, options: ReadOptions) -> Iterator[Document | Rejected]:
    """Yields one report for each line; blank lines are passed over, bad ones rejected with their number."""
    for number, line, note in read_lines(stream, limit=2 * options.report_bytes):
        if line is None:
            yield Rejected(origin=origin, line=number, reason=note or "unreadable")
        elif line.strip():
            try:
                row = parse_json(line)
            except InputError as error:
                yield Rejected(origin=origin, line=number, reason=str(error))
            else:
                yield _read_row(row, origin=origin, options=options, line=number, note=note)


def read_json(stream: IO[bytes], *, origin: str, options: ReadOptions) -> Iterator[Document | Rejected]:
    """Yields the report of a JSON object, or each report of a list of objects."""
    try:
        text, note = decode(read_all(stream, limit=options.file_bytes))
        value = parse_json(text)
    except (ValueError, InputError) as error:
        yield Rejected(origin=origin, reason=str(error))
        return
    if not isinstance(value, list):
        yield _read_row(value, origin=origin, options=options, line=None, note=note)
    for number, row in enumerate(value if isinstance(value, list) else (), start=1):
        yield _read_row(row, origin=f"{origin}[{number}]", options=options, line=None, note=note)


def read_csv(stream: IO[bytes], *, origin: str, options: ReadOptions) -> Iterator[Document | Rejected]:
    """Yields one report for each row of a CSV file with a header; comma, semicolon, tab or bar may separate."""
    lines = _CsvLines(stream, origin=origin, limit=2 * options.report_bytes)
    csv.field_size_limit(options.report_bytes)
    header = next(lines, "")
    delimiter = max(_DELIMITERS, key=header.count)
    names = next(csv.reader([header], delimiter=delimiter), [])
    if found_in(dict.fromkeys(names, "x")) is None:
        yield from lines.rejected
        yield Rejected(
            origin=origin, line=1, reason=f"no text column in the header {names}; expected one of {list_text_keys()}"
        )
        return
    yield from _read_csv_rows(lines, names, delimiter, origin=origin, options=options)


def _read_csv_rows(
    lines: "_CsvLines", names: list[str], delimiter: str, *, origin: str, options: ReadOptions
) -> Iterator[Document | Rejected]:
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        first = lines.number + 1
        try:
            values = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield Rejected(origin=origin, line=first, reason=f"not a CSV row: {error}")
            continue
        yield from lines.take_rejected()
        if any(value.strip() for value in values):
            row = dict(zip(names, values, strict=False))
            yield _read_row(row, origin=origin, options=options, line=first, note=lines.take_note())
    yield from lines.take_rejected()


class _CsvLines:
    """The readable lines of a CSV stream, for csv.reader; unreadable ones are set aside in `rejected`."""

    def __init__(self, stream: IO[bytes], *, origin: str, limit: int) -> None:
        self._lines = read_lines(stream, limit=limit)
        self._origin = origin
        self.number = 0
        self.rejected: list[Rejected] = []
        self._note: str | None = None

    def __iter__(self) -> "_CsvLines":
        return self

    def __next__(self) -> str:
        for number, line, note in self._lines:
            self.number = number
            if line is not None:
                self._note = self._note or note
                return line
            self.rejected.append(Rejected(origin=self._origin, line=number, reason=note or "unreadable"))
        raise StopIteration

    def take_rejected(self) -> list[Rejected]:
        taken, self.rejected = self.rejected, []
        return taken

    def take_note(self) -> str | None:
        taken, self._note = self._note, None
        return taken


def _read_row(
    row: object, *, origin: str, options: ReadOptions, line: int | None, note: str | None
) -> Document | Rejected:
    if not isinstance(row, Mapping):
        reason = f'{type(row).__name__} where an object with a text was expected, such as {{"text": "…"}}'
        return Rejected(origin=origin, line=line, reason=reason)
    found = found_in(row)
    if found is None:
        keys = ", ".join(sorted(map(str, row))[:12]) or "none"
        return Rejected(
            origin=origin, line=line, reason=f"no text: keys are {keys}; expected one of {list_text_keys()}"
        )
    return assemble(replace(found, notes=(note,) if note else ()), origin=origin, options=options, line=line)
