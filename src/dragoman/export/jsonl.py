"""JSON Lines: one record a line as `dragoman code --jsonl` prints it, or with the text one coded document a line."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TextIO

from dragoman.codec import decode_coding, decode_record, encode_coding, encode_record, kind_of
from dragoman.errors import InputError
from dragoman.export.columns import Entry
from dragoman.export.options import Dataset, ExportOptions, Written
from dragoman.export.select import CodedDocument, select
from dragoman.pipeline import Coded
from dragoman.types.record import Provenance, Record


def write_jsonl(data: Dataset, out: TextIO, options: ExportOptions) -> Written:
    """Writes the records asked for; with `with_text` whole documents, from which the codings can be read back."""
    written = Written()
    for selected in select(data, options, written.left_out):
        records = _records(selected)
        for record in records:
            written.rows[kind_of(record)] += 1
        if options.with_text:
            coding = replace(selected.coded.coding, records=records)
            out.write(encode_coding(coding, selected.coded.document) + "\n")
        else:
            text, provenance = selected.coded.document.text, selected.coded.coding.provenance
            out.writelines(encode_record(record, text=text, provenance=provenance) + "\n" for record in records)
    return written


def _records(selected: CodedDocument) -> tuple[Record, ...]:
    """The records with the cluster that the export counts them in, where that is not theirs alone."""
    return tuple(_in_cluster(entry) for entry in selected.entries)


def _in_cluster(entry: Entry[Record]) -> Record:
    if entry.cluster in (entry.record.cluster, entry.record.id):
        return entry.record
    return replace(entry.record, cluster=entry.cluster)


def read_records(lines: Iterable[str], *, origin: str = "input") -> Iterator[tuple[Record, Provenance]]:
    """The records of JSON Lines without text. Raises InputError with the number of the line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield decode_record(line)
            except InputError as error:
                raise InputError(f"{origin}, line {number}: {error}") from error


def read_coded(lines: Iterable[str], *, origin: str = "input") -> Iterator[Coded]:
    """The coded documents of JSON Lines with text. Raises InputError with the number of the line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found = decode_coding(line)
            except InputError as error:
                raise InputError(f"{origin}, line {number}: {error}") from error
            yield Coded(document=found.document, coding=found.coding)
