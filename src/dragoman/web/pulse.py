"""Whether the store has changed, and what was worked out since it last did.

The mark of an SQLite store is `PRAGMA data_version` of a connection that only reads: it moves with every commit of any
other connection, of this program or another. A server restart makes a new mark. On PostgreSQL the newest keys of the
core tables are the mark.
"""

import secrets
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from dragoman.store import Store
from dragoman.store.engine import SqliteEngine

T = TypeVar("T")
_KEPT = 512
_LASTING = 16
_KEYS = ("coding", "record", "verdict", "cluster_decision", "run")


class Pulse:
    """The store's mark, and a small memory of answers that is emptied whenever the mark moves."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._start = secrets.token_hex(4)
        self._lock = threading.Lock()
        self._watch: sqlite3.Connection | None = None
        self._mark = ""
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._turns: dict[Hashable, threading.Lock] = {}
        self._lasting: OrderedDict[Hashable, Any] = OrderedDict()

    def mark(self) -> str:
        """A short text that differs whenever the store may have changed."""
        with self._lock:
            return f"{self._start}-{self._read_mark()}"

    def recall(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """The answer kept under the key since the last change, else the one worked out now.

        Of several threads that ask at once, one works and the others wait for its answer.
        """
        with self._lock:
            turn = self._turns.setdefault(key, threading.Lock())
        with turn:
            mark = self.mark()
            with self._lock:
                if mark != self._mark:
                    self._kept.clear()
                    self._mark = mark
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return cast(T, self._kept[key])
            answer = work_out()
            with self._lock:
                if mark == self._mark:
                    self._kept[key] = answer
                    if len(self._kept) > _KEPT:
                        self._kept.popitem(last=False)
                if len(self._turns) > 2 * _KEPT:
                    self._turns.clear()
            return answer

    def keep(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """The answer kept under a key that itself says what it depends on; changes elsewhere do not matter."""
        with self._lock:
            if key in self._lasting:
                return cast(T, self._lasting[key])
        answer = work_out()
        with self._lock:
            self._lasting[key] = answer
            while len(self._lasting) > _LASTING:
                self._lasting.popitem(last=False)
        return answer

    def carry(self, key: Hashable, stamp: Hashable, move_on: Callable[[T | None], T]) -> T:
        """The answer kept with this stamp, else what `move_on` makes of the one kept with another; None when none is.

        Several threads that ask at once may each work it out: their answers are the same.
        """
        with self._lock:
            before: tuple[Hashable, T] | None = self._lasting.get(key)
        if before is not None and before[0] == stamp:
            return before[1]
        answer = move_on(None if before is None else before[1])
        with self._lock:
            self._lasting[key] = (stamp, answer)
        return answer

    def newest(self) -> tuple[int, int]:
        """The newest keys of codings and verdicts: what a visit has seen."""
        sql = "SELECT (SELECT coalesce(max(key), 0) FROM coding), (SELECT coalesce(max(key), 0) FROM verdict)"
        coding, verdict = self._store.engine.read(sql)[0]
        return int(coding or 0), int(verdict or 0)

    def close(self) -> None:
        """Lets go of the watching connection."""
        with self._lock:
            if self._watch is not None:
                self._watch.close()
                self._watch = None

    def _read_mark(self) -> str:
        engine = self._store.engine
        if isinstance(engine, SqliteEngine):
            if self._watch is None:
                self._watch = sqlite3.connect(
                    f"{engine.path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
                )
            return str(self._watch.execute("PRAGMA data_version").fetchone()[0])
        newest = ", ".join(f"(SELECT coalesce(max(key), 0) FROM {table})" for table in _KEYS)
        return "-".join(str(value) for value in engine.read(f"SELECT {newest}")[0])
