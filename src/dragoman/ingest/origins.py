"""From what the caller names to single files: folders, patterns, files, standard input."""

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.ingest.formats import format_of, list_endings
from dragoman.ingest.streams import STDIN
from dragoman.types.text import Rejected, Rejection


def expand(origins: Iterable[str], *, every_name: bool = False) -> Iterator[str | Rejected]:
    """Yields each file to read, or why an origin gives none. A file named twice is read once.

    From a folder only files of a known ending are taken, unless `every_name`; hidden ones never.
    """
    seen: set[str] = set()
    for origin in origins:
        for found in _expand_one(str(origin), every_name=every_name):
            key = found if isinstance(found, str) else ""
            if key and key != STDIN:
                key = os.path.realpath(key)
            if not key or key not in seen:
                seen.add(key)
                yield found


def _expand_one(origin: str, *, every_name: bool) -> Iterator[str | Rejected]:
    path = Path(origin)
    if origin == STDIN or path.is_file():
        yield origin
    elif path.is_dir():
        yield from _walk(path, every_name=every_name)
    elif path.exists():
        # A pipe or device: <(zcat news.gz) in a shell.
        yield origin
    elif glob.has_magic(origin):
        yield from _match(origin, every_name=every_name)
    else:
        yield Rejected(origin=origin, reason="no such file or folder")


def _match(pattern: str, *, every_name: bool) -> Iterator[str | Rejected]:
    matches = sorted(glob.glob(pattern, recursive=True))
    if not matches:
        yield Rejected(origin=pattern, reason="no file matches this pattern")
    for match in matches:
        yield from _expand_one(match, every_name=every_name)


def _walk(folder: Path, *, every_name: bool) -> Iterator[str | Rejected]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _hidden(path, folder))
    wanted = [path for path in files if every_name or format_of(path.name)]
    if not wanted:
        expected = f"reports end in {list_endings()} (or .gz)"
        yield Rejected(
            origin=str(folder), reason=f"a folder without reports: it has {_count_endings(files)}; {expected}"
        )
        return
    for path in files:
        if every_name or format_of(path.name):
            yield str(path)
        else:
            yield Rejected(origin=str(path), reason="not of a report format", kind=Rejection.IGNORED)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _count_endings(files: list[Path]) -> str:
    if not files:
        return "no files"
    counts = Counter(path.suffix or "no ending" for path in files)
    return ", ".join(f"{count} × {ending}" for ending, count in counts.most_common(5))
