"""Making a store and opening one."""

import os
from pathlib import Path

from dragoman.errors import StoreError
from dragoman.store.book import Store
from dragoman.store.engine import Engine, SqliteEngine, refuse_network
from dragoman.store.migrations import check_version, migrate, version_of
from dragoman.store.schema import Step

ENDING = ".dragoman"
FILE = f"record{ENDING}"
_MARK = b"SQLite format 3\0"


def open_store(place: str | Path, *, create: bool = False) -> Store:
    """The store at a place: a file `*.dragoman`, the folder it lies in, or `postgresql://user@host/name`.

    With `create`, one is made when there is none.

    Raises:
        StoreError: no store there, or it lies on a network file system.
        StoreVersionError: another version wrote it; the message names the command to run.
    """
    engine = open_engine(place, create=create)
    if create and version_of(engine) == 0:
        migrate(engine)
    check_version(engine)
    return Store(engine)


def upgrade_store(place: str | Path) -> list[Step]:
    """Brings the tables of a store to this version; returns the steps that were taken."""
    return migrate(open_engine(place, create=False))


def open_engine(place: str | Path, *, create: bool) -> Engine:
    """The database at the place, whatever the version of its tables."""
    written = str(place)
    if written.startswith(("postgresql://", "postgres://")):
        from dragoman.store.postgres import PostgresEngine

        return PostgresEngine(written)
    path = file_of(Path(place))
    refuse_network(path)
    there = path.exists() and path.stat().st_size > 0
    if not there and not create:
        raise StoreError(f"{path}: no store there; make one with: dragoman init {path}")
    if there:
        _check_mark(path)
    else:
        _prepare_folder(path)
    engine = SqliteEngine(path)
    if not there:
        engine.start_file()
    return engine


def file_of(path: Path) -> Path:
    """The store's file: the path itself, or in a folder `record.dragoman`, else its one `*.dragoman`."""
    if path.suffix == ENDING or (path.exists() and not path.is_dir()):
        return path
    if (path / FILE).exists():
        return path / FILE
    found = sorted(path.glob(f"*{ENDING}")) if path.is_dir() else []
    if len(found) > 1:
        names = ", ".join(file.name for file in found)
        raise StoreError(f"{path}: holds several stores ({names}); name one of the files")
    return found[0] if found else path / FILE


def _check_mark(path: Path) -> None:
    try:
        with path.open("rb") as stream:
            start = stream.read(len(_MARK))
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror}") from error
    if start != _MARK:
        raise StoreError(f"{path}: not a dragoman store: it begins with {start[:8]!r}, not as an SQLite file does")


def _prepare_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent}: the folder cannot be made: {error.strerror}") from error
    if not os.access(path.parent, os.W_OK):
        raise StoreError(f"{path.parent}: you may not write to this folder")
