"""PostgreSQL as the shared store; psycopg comes with the extra `postgresql`."""

import os
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from dragoman.errors import ResourceError, StoreError
from dragoman.store.engine import Row, Value

_LOCK = 0x64726167  # one writer at a time, as in SQLite: keys are taken under this lock
_FETCH = 500


class PostgresEngine:
    """A database of a PostgreSQL server, version 15 or later; one connection for each process and thread."""

    dialect = "postgresql"

    def __init__(self, address: str) -> None:
        try:
            import psycopg
        except ImportError as error:
            raise ResourceError(
                "psycopg is not installed; install it with: pip install 'dragoman[postgresql]'"
            ) from error
        self._psycopg = psycopg
        self._address = address
        self.place = re.sub(r"//([^:@/]*):[^@]*@", r"//\1@", address)  # a password is shown nowhere
        self._local = threading.local()

    def connection(self) -> Any:
        """This thread's connection."""
        kept = getattr(self._local, "kept", None)
        if kept is not None and kept[0] == os.getpid() and not kept[1].closed:
            return kept[1]
        with self.translated():
            made = self._psycopg.connect(self._address, autocommit=True, options="-c standard_conforming_strings=on")
        self._local.kept = (os.getpid(), made)
        return made

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Errors of PostgreSQL as StoreError, with what to do."""
        try:
            yield
        except self._psycopg.OperationalError as error:
            said = str(error).strip().splitlines()[0]
            raise StoreError(
                f"{self.place}: {said}; is the server running, the address right, the disk not full?"
            ) from error
        except self._psycopg.Error as error:
            raise StoreError(f"{self.place}: {str(error).strip()}") from error

    def read(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """All rows of the answer."""
        with self.translated():
            return [tuple(map(_plain, row)) for row in self.connection().execute(_with_s(sql), values).fetchall()]

    def stream(self, sql: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        """The rows; the driver fetches them all at once."""
        with self.translated():
            cursor = self.connection().execute(_with_s(sql), values)
            while rows := cursor.fetchmany(_FETCH):
                yield from (tuple(map(_plain, row)) for row in rows)

    def transaction(self, *, durable: bool) -> "PostgresTransaction":
        """A writing transaction; with `durable` its commit is flushed to the disk."""
        return PostgresTransaction(self, durable=durable)

    def close(self) -> None:
        """Closes the connection of this thread."""
        kept = getattr(self._local, "kept", None)
        if kept is not None and kept[0] == os.getpid():
            kept[1].close()
        self._local.kept = None


class PostgresTransaction:
    """BEGIN, the writers' lock, and COMMIT."""

    def __init__(self, engine: PostgresEngine, *, durable: bool) -> None:
        self._engine = engine
        self._connection = engine.connection()
        self._durable = durable

    def __enter__(self) -> "PostgresTransaction":
        with self._engine.translated():
            self._connection.execute("BEGIN")
            self._connection.execute(f"SET LOCAL synchronous_commit TO {'on' if self._durable else 'off'}")
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        with self._engine.translated():
            self._connection.execute("COMMIT" if error is None else "ROLLBACK")

    def read(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """All rows of the answer, the transaction's own writes among them."""
        with self._engine.translated():
            return [tuple(map(_plain, row)) for row in self._connection.execute(_with_s(sql), values).fetchall()]

    def write(self, sql: str, values: Sequence[Value] = ()) -> None:
        """One statement."""
        with self._engine.translated():
            self._connection.execute(_with_s(sql), values)

    def write_many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """One statement for each row; plain inserts go as one COPY."""
        given = list(rows)
        if not given:
            return
        with self._engine.translated(), self._connection.cursor() as cursor:
            if match := re.fullmatch(r"INSERT INTO (\w+) VALUES \([?, ]+\)", sql):
                self._copy(cursor, match[1], given)
            else:
                cursor.executemany(_with_s(sql), given)

    def _copy(self, cursor: Any, table: str, rows: Sequence[Sequence[Value]]) -> None:
        with cursor.copy(f"COPY {table} FROM STDIN") as copying:
            for row in rows:
                copying.write_row(row)


def _with_s(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


def _plain(value: Any) -> Value:
    """PostgreSQL's sums and means are exact decimals; SQLite's are plain numbers, and so are ours."""
    if value is None or isinstance(value, str | int | float):
        return value
    return int(value) if value == int(value) else float(value)
