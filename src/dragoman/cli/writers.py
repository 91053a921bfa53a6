"""The four outputs of `dragoman code`: a table, JSON Lines, a JSON list, CSV."""

import csv
from collections.abc import Callable, Mapping
from typing import Protocol, TextIO

from dragoman.cli.flat import COLUMNS, flatten
from dragoman.cli.table import lines_of
from dragoman.codec import encode_coding, encode_record
from dragoman.types.record import Coding
from dragoman.types.text import Document


class Writer(Protocol):
    """Writes codings, one after the other."""

    def begin(self) -> None:
        """What comes before the first."""

    def write(self, document: Document, coding: Coding) -> None:
        """One document's records."""

    def end(self) -> None:
        """What comes after the last."""


class _Base:
    def __init__(self, stream: TextIO, *, width: int, colour: bool) -> None:
        self._stream = stream
        self._width = width
        self._colour = colour
        self._first = True

    def begin(self) -> None:
        """Nothing comes before the first."""

    def end(self) -> None:
        """Nothing comes after the last."""

    def _separate(self, separator: str) -> str:
        first, self._first = self._first, False
        return "" if first else separator


class TableWriter(_Base):
    """A table to read, one for each document."""

    def write(self, document: Document, coding: Coding) -> None:
        """The document's table, with an empty line before it when it is not the first."""
        self._stream.write(self._separate("\n"))
        for line in lines_of(document, coding, width=self._width, colour=self._colour):
            self._stream.write(line + "\n")
        self._stream.flush()


class JsonLinesWriter(_Base):
    """One record a line."""

    def write(self, document: Document, coding: Coding) -> None:
        """The document's records."""
        for record in coding.records:
            self._stream.write(encode_record(record, text=document.text, provenance=coding.provenance) + "\n")
        self._stream.flush()


class JsonWriter(_Base):
    """A list with one object a document: its text and metadata, records, issues and versions."""

    def begin(self) -> None:
        """Opens the list."""
        self._stream.write("[\n")

    def write(self, document: Document, coding: Coding) -> None:
        """The document's object."""
        self._stream.write(self._separate(",\n") + encode_coding(coding, document))

    def end(self) -> None:
        """Closes the list."""
        self._stream.write(("" if self._first else "\n") + "]\n")
        self._stream.flush()


class CsvWriter(_Base):
    """One record a row, by RFC 4180 but with plain newlines; the first row names the columns."""

    def begin(self) -> None:
        """The header."""
        csv.writer(self._stream, lineterminator="\n").writerow(COLUMNS)

    def write(self, document: Document, coding: Coding) -> None:
        """The document's rows."""
        rows = csv.writer(self._stream, lineterminator="\n")
        rows.writerows(flatten(record, document, coding.provenance) for record in coding.records)
        self._stream.flush()


WRITERS: Mapping[str, Callable[..., Writer]] = {
    "table": TableWriter,
    "jsonl": JsonLinesWriter,
    "json": JsonWriter,
    "csv": CsvWriter,
}
