"""Bytes in, documents out: `read` takes files, folders, patterns and standard input.

Trouble in the data is data: whatever cannot be read becomes a `Rejected` with the place and the reason, and reading
goes on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from dragoman.errors import InputError, OriginError
from dragoman.ingest.formats import FORMATS, format_of, sniff
from dragoman.ingest.html import read_html
from dragoman.ingest.options import ReadOptions
from dragoman.ingest.origins import expand
from dragoman.ingest.plain import read_markdown, read_text
from dragoman.ingest.rows import read_csv, read_json, read_jsonl
from dragoman.ingest.streams import STDIN, open_origin
from dragoman.types.text import Document, Rejected

__all__ = ["FORMATS", "READERS", "ReadOptions", "read"]

Reader = Callable[..., Iterator[Document | Rejected]]

READERS: Mapping[str, Reader] = {
    "text": read_text,
    "markdown": read_markdown,
    "html": read_html,
    "jsonl": read_jsonl,
    "json": read_json,
    "csv": read_csv,
}


def read(
    origins: str | Path | Iterable[str | Path], *, format: str = "auto", options: ReadOptions | None = None
) -> Iterator[Document | Rejected]:
    """Yields each report found at the origins, in order, or why something is none.

    An origin is a file, a folder (read with its subfolders, in name order), a pattern such as `news/*.txt`, or `-` for
    standard input; gzip is unpacked. `format` is `auto` (by name, else by content) or a key of READERS.
    Raises InputError when `format` is not one of them.
    """
    if format != "auto" and format not in READERS:
        raise InputError(f"format {format!r} is not one of auto, {', '.join(READERS)}")
    yield from _refuse_shared_ids(_read_all(origins, format=format, options=options or ReadOptions()))


def _read_all(
    origins: str | Path | Iterable[str | Path], *, format: str, options: ReadOptions
) -> Iterator[Document | Rejected]:
    named = [origins] if isinstance(origins, str | Path) else origins
    for found in expand(map(str, named), every_name=format != "auto"):
        if isinstance(found, Rejected):
            yield found
        else:
            yield from _read_origin(found, format=format, options=options)


def _refuse_shared_ids(items: Iterator[Document | Rejected]) -> Iterator[Document | Rejected]:
    """Two texts under one id would give records that cannot be told apart: the second is rejected."""
    seen: dict[str, int] = {}
    for item in items:
        if isinstance(item, Document) and seen.setdefault(item.id, hash(item.text)) != hash(item.text):
            yield Rejected(origin=item.origin, reason=f"id {item.id!r} was given to another text before")
        else:
            yield item


def _read_origin(origin: str, *, format: str, options: ReadOptions) -> Iterator[Document | Rejected]:
    name = "standard input" if origin == STDIN else origin
    try:
        with open_origin(origin) as stream:
            reader = READERS[_format(format, origin, stream)]
            yield from reader(stream, origin=name, options=options)
    except OriginError as error:
        yield Rejected(origin=name, reason=str(error))


def _format(format: str, origin: str, stream: IO[bytes]) -> str:
    if format != "auto":
        return format
    return format_of(origin) or sniff(stream.peek(4096)[:4096])  # type: ignore[attr-defined]  # always buffered
