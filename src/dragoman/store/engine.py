"""Opening the database: SQLite files here, PostgreSQL in `postgres`. The only place that knows which one it is."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from dragoman.errors import StoreError
from dragoman.store.network import network_filesystem_of
from dragoman.store.schema import APPLICATION_ID

Value = str | int | float | None
Row = tuple[Value, ...]
_BUSY_MS = 5000
_PATIENCE = 60.0  # seconds that a writer waits for others before it gives up
_FETCH = 500
_SEARCHED = ("document_search", "actor_search")


class Engine(Protocol):
    """A database that answers SQL with `?` for values. Usable from several threads and after a fork."""

    dialect: str
    place: str

    def read(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """All rows of the answer."""

    def stream(self, sql: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        """The rows of the answer, one after the other, as of one moment."""

    def transaction(self, *, durable: bool) -> "Transaction":
        """A writing transaction, alone at it; with `durable`, its commit survives a power cut."""

    def close(self) -> None:
        """Lets go of the connection of this thread."""


class Transaction(Protocol):
    """What can be done between begin and commit. As a context manager: commits, or rolls back on an exception."""

    def __enter__(self) -> "Transaction": ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None: ...

    def read(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """All rows of the answer, the transaction's own writes among them."""

    def write(self, sql: str, values: Sequence[Value] = ()) -> None:
        """One statement."""

    def write_many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """One statement for each row."""


class SqliteEngine:
    """One SQLite file in write-ahead mode; one connection for each process and thread."""

    dialect = "sqlite"

    def __init__(self, path: Path, *, max_pages: int | None = None) -> None:
        """`max_pages` limits the file's size in pages of 4096 bytes, as a full disk would."""
        self.path = path
        self.place = str(path)
        self._max_pages = max_pages
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        kept = getattr(self._local, "kept", None)
        if kept is not None and kept[0] == os.getpid():
            connection: sqlite3.Connection = kept[1]
            return connection
        connection = self._connect()
        self._local.kept = (os.getpid(), connection)
        return connection

    def _connect(self) -> sqlite3.Connection:
        with self.translated():
            connection = sqlite3.connect(self.path, isolation_level=None, timeout=_BUSY_MS / 1000)
            connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA cache_size=-65536")
            connection.execute("PRAGMA temp_store=MEMORY")
            if self._max_pages is not None:
                connection.execute(f"PRAGMA max_page_count={self._max_pages}")
            return connection

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Errors of SQLite as StoreError, with what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"{self.place}: {_explain(error)}") from error

    def read(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """All rows of the answer."""
        with self.translated():
            return self._connection().execute(sql, values).fetchall()

    def stream(self, sql: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        """The rows, read a few hundred at a time."""
        with self.translated():
            cursor = self._connection().execute(sql, values)
            while rows := cursor.fetchmany(_FETCH):
                yield from rows

    def transaction(self, *, durable: bool) -> "SqliteTransaction":
        """A writing transaction; with `durable` its commit is flushed to the disk."""
        return SqliteTransaction(self, self._connection(), durable=durable)

    def close(self) -> None:
        """Closes the connection of this thread."""
        kept = getattr(self._local, "kept", None)
        if kept is not None and kept[0] == os.getpid():
            kept[1].close()
        self._local.kept = None

    def start_file(self) -> None:
        """Write-ahead mode and the mark of a store; kept in the file, so it is set once."""
        with self.translated():
            connection = self._connection()
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")

    def back_up(self, target: Path, *, progress: Callable[[int, int], None] | None = None) -> None:
        """A copy of the file as of one moment, while others read and write."""
        with self.translated():
            copy = sqlite3.connect(target)
            try:
                self._connection().backup(
                    copy, pages=4096, progress=lambda _, left, total: progress(left, total) if progress else None
                )
            finally:
                copy.close()

    def check(self, *, thorough: bool = False) -> list[str]:
        """What SQLite's own check finds wrong with the file; empty when it is sound.

        A `thorough` one also compares every index with its table.
        """
        found = [str(row[0]) for row in self.read(f"PRAGMA {'integrity_check' if thorough else 'quick_check'}")]
        return [] if found == ["ok"] else found

    def check_links(self) -> list[str]:
        """Rows that point to rows which are not there."""
        return [
            f"a row of {row[0]} points to a missing row of {row[2]}" for row in self.read("PRAGMA foreign_key_check")
        ]

    def check_search(self) -> list[str]:
        """The full-text indexes that do not hold the words of their tables."""
        return [table for table in _SEARCHED if not self._search_is_sound(table)]

    def _search_is_sound(self, table: str) -> bool:
        try:
            # 1: the index is compared with the table whose words it holds.
            self._connection().execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if "malformed" not in str(error):
                raise StoreError(f"{self.place}: {_explain(error)}") from error
            return False
        return True


class SqliteTransaction:
    """BEGIN IMMEDIATE to COMMIT: taking the write lock first is what keeps writers from failing halfway."""

    def __init__(self, engine: SqliteEngine, connection: sqlite3.Connection, *, durable: bool) -> None:
        self._engine = engine
        self._connection = connection
        self._durable = durable

    def __enter__(self) -> "SqliteTransaction":
        with self._engine.translated():
            self._connection.execute(f"PRAGMA synchronous={'FULL' if self._durable else 'NORMAL'}")
            give_up = time.monotonic() + _PATIENCE
            while True:
                try:
                    self._connection.execute("BEGIN IMMEDIATE")
                    return self
                except sqlite3.OperationalError as error:
                    if "locked" not in str(error) or time.monotonic() > give_up:
                        raise

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None:
            self._roll_back()
            return
        try:
            with self._engine.translated():
                self._connection.execute("COMMIT")
        except StoreError:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        # After some errors (disk full among them) SQLite has rolled back by itself.
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def read(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """All rows of the answer."""
        with self._engine.translated():
            return self._connection.execute(sql, values).fetchall()

    def write(self, sql: str, values: Sequence[Value] = ()) -> None:
        """One statement."""
        with self._engine.translated():
            self._connection.execute(sql, values)

    def write_many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """One statement for each row."""
        with self._engine.translated():
            self._connection.executemany(sql, rows)


def _explain(error: sqlite3.Error) -> str:
    said = str(error)
    if "is full" in said:
        return (
            "the disk is full; the store is intact, and what was not acknowledged is not in it: free space, run again"
        )
    if "disk I/O error" in said:
        return "the disk refused a write (full, over quota, or failing); the store is intact: check the disk, run again"
    if "locked" in said:
        return f"another program has been writing to it for more than {_PATIENCE:g} seconds: try again when it is done"
    if "not a database" in said:
        return "not a dragoman store: the file is no SQLite database"
    if "malformed" in said:
        return (
            "the file is damaged; restore a copy made by `dragoman backup`, or save what is left with sqlite3 .recover"
        )
    if "readonly" in said or "unable to open" in said:
        return f"{said}: is the folder there, and may you write to the file and its folder?"
    return said


def refuse_network(path: Path) -> None:
    """Raises StoreError when the path lies on a network file system, where SQLite's locks cannot be trusted."""
    if found := network_filesystem_of(path):
        raise StoreError(
            f"{path}: lies on a network file system ({found}), where two programs can damage the file; put the store "
            "on a local disk, or share it through a server: dragoman migrate --to postgresql://…"
        )
