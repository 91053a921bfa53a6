"""The bodies of `dragoman export`, `snapshot` and `methods`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TextIO

from dragoman.cli.guard import DONE, FAILED, PARTLY, read_day, say
from dragoman.cli.reports import code_reports
from dragoman.codec import format_json
from dragoman.errors import ConfigError
from dragoman.export import (
    Dataset,
    ExportOptions,
    FolderFormat,
    Manifest,
    Written,
    check_sums,
    find_format,
    write_snapshot,
)
from dragoman.export.folder import new_file
from dragoman.export.methods import write_methods
from dragoman.pipeline import Coded
from dragoman.store import Store, open_store
from dragoman.types.text import Rejected


@dataclass(slots=True, kw_only=True)
class Asked:
    """Where the data comes from, and what became of it: reports to code, or a store when there are none."""

    origins: tuple[str, ...]
    store: str = "."
    run: str | None = None
    date: str | None = None
    quiet: bool = False
    coded: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def status(self) -> int:
        """0 when everything came through, 3 when something did not, 1 when nothing did."""
        if not self.rejected:
            return DONE
        return PARTLY if self.coded else FAILED


@contextmanager
def _open(asked: Asked) -> Iterator[Dataset]:
    """The data set of the reports or of the store."""
    if asked.origins:
        yield Dataset(coded=_code(asked))
        return
    with open_store(asked.store) as store:
        yield _dataset_of(store, asked)


def _dataset_of(store: Store, asked: Asked) -> Dataset:
    runs = (store.run(asked.run),) if asked.run else store.runs()
    return Dataset(
        coded=_count(store.coded(run=asked.run), asked),
        clusters=tuple(store.clusters()),
        stories=store.stories(),
        manifests=tuple(Manifest(name=found.id, text=format_json(asdict(found))) for found in runs),
    )


def _code(asked: Asked) -> Iterator[Coded]:
    found = code_reports(asked.origins, published=read_day(asked.date), rejected=asked.rejected)
    return _count(found, asked)


def _count(found: Iterator[Coded], asked: Asked) -> Iterator[Coded]:
    for coded in found:
        asked.coded += 1
        yield coded


def run_export(asked: Asked, options: ExportOptions, *, format: str, out: Path | None) -> int:
    """Writes the export and says what was written and what was left out."""
    found = find_format(format)
    if isinstance(found, FolderFormat):
        if out is None:
            raise ConfigError(f"--out: {format} is a folder of files; name a new one, such as --out export")
        with _open(asked) as data:
            written = found.write(data, out, options)
    else:
        with _open(asked) as data, stream_to(out) as stream:
            written = found.write(data, stream, options)
    _summarise(written, asked)
    return asked.status


@contextmanager
def stream_to(out: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears when it is whole."""
    if out is None or str(out) == "-":
        sys.stdout.reconfigure(newline="") if hasattr(sys.stdout, "reconfigure") else None
        yield sys.stdout
        sys.stdout.flush()
        return
    with new_file(out) as building, building.open("w", encoding="utf-8", newline="") as stream:
        yield stream


def _summarise(written: Written, asked: Asked) -> None:
    if asked.quiet:
        return
    rows = ", ".join(f"{count:,} {name}" for name, count in written.rows.items() if count) or "nothing"
    say(f"{asked.coded:,} reports · written: {rows}")
    for reason, count in written.left_out.items():
        say(f"  left out: {count:,} {reason}")


def run_snapshot(asked: Asked, options: ExportOptions, *, out: Path | None) -> int:
    """Writes the snapshot and prints its id."""
    if out is None:
        raise ConfigError("--out: name a new folder for the snapshot, such as --out snapshot-1")
    with _open(asked) as data:
        written = write_snapshot(data, out, options)
    print(written.id)
    _summarise(written, asked)
    return asked.status


def run_check(folder: Path) -> int:
    """Says what differs from the hashes of the snapshot."""
    wrong = check_sums(folder)
    for line in wrong:
        say(f"{folder}/{line}")
    print(f"{folder}: {f'{len(wrong)} files differ' if wrong else 'as it was written'}")
    return FAILED if wrong else DONE


def run_methods(asked: Asked, options: ExportOptions) -> int:
    """Prints the paragraph."""
    with _open(asked) as data:
        write_methods(data, sys.stdout, options)
    return asked.status
