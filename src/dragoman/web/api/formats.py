"""The formats of the API's lists: JSON, JSON Lines, CSV, Parquet and, for records, GeoJSON."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import Any

from dragoman.codec import format_json
from dragoman.export.csv_file import guard_cell
from dragoman.export.parquet import load_arrow

MEDIA = {
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
}
TABLES = ("json", "jsonl", "csv", "parquet")
Row = Sequence[Any]
_BATCH = 5000  # rows held at once
_HELD = 8_000_000  # bytes of a Parquet file kept in memory before it goes to disk
_BLOCK = 1 << 16


def write_lines(items: Iterable[str]) -> Iterator[bytes]:
    """One JSON value a line."""
    return (f"{item}\n".encode("utf-8", "replace") for item in items)


def write_csv(header: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """CSV by RFC 4180; no cell that a spreadsheet would run."""
    yield _csv_line(header)
    for row in rows:
        yield _csv_line([guard_cell(cell) if isinstance(cell, str) else cell for cell in row])


def _csv_line(cells: Iterable[Any]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(list(cells))
    return out.getvalue().encode("utf-8", "replace")


def write_geojson(features: Iterable[str], following: str | None = None) -> Iterator[bytes]:
    """A FeatureCollection, one feature a line; `next` is the address of the next page, where there is one."""
    yield b'{"type":"FeatureCollection","features":['
    for number, feature in enumerate(features):
        yield (",\n" if number else "\n").encode() + feature.encode("utf-8", "replace")
    yield f'\n],"next":{format_json(following)}}}\n'.encode()


def write_parquet(header: Sequence[str], rows: Iterable[Row], types: Mapping[str, str]) -> Iterator[bytes]:
    """One Parquet file, zstd. `types` are Arrow's, by column; the others are text. Raises ResourceError without Arrow.

    The file is written as a whole before its first byte is sent, for its directory stands at its end.
    """
    arrow = load_arrow()
    schema = arrow.schema([(name, getattr(arrow, types.get(name, "string"))()) for name in header])
    remaining = iter(rows)
    with SpooledTemporaryFile(max_size=_HELD) as file:
        with arrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            while some := list(islice(remaining, _BATCH)):
                columns = zip(*some, strict=True)
                arrays = [arrow.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
                writer.write_batch(arrow.RecordBatch.from_arrays(arrays, schema=schema))
        file.seek(0)
        while block := file.read(_BLOCK):
            yield block
