"""Opening what is to be read: files, gzip, standard input, with a limit on every read."""

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from dragoman.errors import OriginError
from dragoman.ingest.clean import decode

STDIN = "-"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@contextmanager
def open_origin(origin: str) -> Iterator[IO[bytes]]:
    """An open byte stream of a file, unpacked when it is gzip, or of standard input for `-`.

    Raises OriginError when it cannot be opened; a broken gzip file raises it while it is read.
    """
    try:
        raw = cast(IO[bytes], sys.stdin.buffer) if origin == STDIN else Path(origin).open("rb")  # noqa: SIM115 closed below
    except OSError as error:
        raise OriginError(f"cannot be opened: {error.strerror or error}") from error
    try:
        yield _unpacked(io.BufferedReader(cast(io.RawIOBase, raw)))
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise OriginError(f"a broken gzip file: {error}") from error
    except OSError as error:
        raise OriginError(f"cannot be read: {error.strerror or error}") from error
    finally:
        if origin != STDIN:
            raw.close()


def _unpacked(stream: io.BufferedReader) -> IO[bytes]:
    if stream.peek(2)[:2] == b"\x1f\x8b":
        return cast(IO[bytes], io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=stream))))
    return stream


def read_all(stream: IO[bytes], *, limit: int) -> bytes:
    """Every byte of the stream. Raises OriginError past `limit`, having read no more than that."""
    raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise OriginError(
            f"more than {limit:,} bytes, the most for one report; if it holds several, give them as JSON Lines or CSV"
        )
    return raw


def read_lines(stream: IO[bytes], *, limit: int) -> Iterator[tuple[int, str | None, str | None]]:
    """Yields (line number, text, note) for each line; text is None and the note the reason when a line is unreadable.

    UTF-16 with its byte order mark is read whole, since its lines cannot be found by bytes.
    """
    start = cast(io.BufferedReader, stream).peek(2)[:2]
    lines = _utf16_lines(stream, limit) if start in _UTF16 else _byte_lines(stream, limit)
    for number, raw in enumerate(lines, start=1):
        if raw is None:
            yield number, None, f"line longer than {limit:,} bytes"
            continue
        try:
            text, note = decode(raw)
        except ValueError as error:
            yield number, None, str(error)
        else:
            yield number, text, note


def _byte_lines(stream: IO[bytes], limit: int) -> Iterator[bytes | None]:
    while raw := stream.readline(limit + 1):
        if len(raw) > limit and not raw.endswith(b"\n"):
            _skip_line(stream)
            yield None
        else:
            yield raw


def _skip_line(stream: IO[bytes]) -> None:
    while (rest := stream.readline(1_000_000)) and not rest.endswith(b"\n"):
        pass


def _utf16_lines(stream: IO[bytes], limit: int) -> Iterator[bytes]:
    try:
        text, _ = decode(read_all(stream, limit=20 * limit))
    except ValueError as error:
        raise OriginError(str(error)) from error
    for line in text.splitlines(keepends=True):
        yield line.encode("utf-8")
