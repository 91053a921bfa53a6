"""Files of rows: plain, gzip or zip, in any encoding, as numbered lines."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import OriginError
from dragoman.types.foreign import Malformed

_LONGEST = 1 << 20  # bytes: no row of these sets is near it


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line without its end; `number` counts from 1 in the unpacked file."""

    file: str
    number: int
    text: str


def read_lines(path: Path) -> Iterator[Line | Malformed]:
    """Yields the lines of the file, or of every file in a zip. Damage ends the file with a Malformed.

    Raises OriginError when the file cannot be opened at all.
    """
    try:
        with ExitStack() as stack:
            for name, stream in _open(path, stack):
                yield from _lines(name, stream)
    except OSError as error:
        raise OriginError(f"{path}: cannot be opened: {error.strerror or error}") from error
    except zipfile.BadZipFile as error:
        raise OriginError(f"{path}: no zip file, or a damaged one: {error}") from error


def _open(path: Path, stack: ExitStack) -> Iterator[tuple[str, BinaryIO]]:
    if path.is_dir():
        raise OriginError(f"{path}: a folder; name the files")
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(b"PK"):
        archive = stack.enter_context(zipfile.ZipFile(path))
        for member in archive.infolist():
            if not member.is_dir():
                yield f"{path}/{member.filename}", stack.enter_context(archive.open(member))  # type: ignore[misc]
    elif head.startswith(b"\x1f\x8b"):
        yield str(path), stack.enter_context(gzip.GzipFile(path))  # type: ignore[misc]
    else:
        yield str(path), stack.enter_context(path.open("rb"))


def _lines(name: str, stream: BinaryIO) -> Iterator[Line | Malformed]:
    number = 0
    buffered = io.BufferedReader(stream) if isinstance(stream, io.RawIOBase) else stream
    try:
        while raw := buffered.readline(_LONGEST):
            number += 1
            if len(raw) == _LONGEST and not raw.endswith(b"\n"):
                yield Malformed(file=name, line=number, reason="longer than a megabyte")
                _skip_rest(buffered)
            else:
                yield Line(file=name, number=number, text=_decode(raw).rstrip("\r\n"))
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        yield Malformed(file=name, line=number + 1, reason=f"the packed file is damaged from here on: {error}")


def _skip_rest(stream: BinaryIO) -> None:
    while (raw := stream.readline(_LONGEST)) and not raw.endswith(b"\n"):
        pass


def _decode(raw: bytes) -> str:
    """UTF-8, else Latin-1, line by line: some sets mix both in one file."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
