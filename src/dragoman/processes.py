"""Coding in several processes: each opens a coder of its own; the results come in the order of the items."""

import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from dragoman.errors import DragomanError, InputError, ResourceError
from dragoman.pipeline import Coded, run
from dragoman.types.text import Document, Rejected

if TYPE_CHECKING:
    from dragoman.types.coding import CoderLike

OpenCoder = Callable[[], "CoderLike"]
_AHEAD = 16  # documents for each process that may be read while the slowest is being coded
_PATIENCE = 5.0  # seconds in which a process that was told to end does so


def run_in_processes(
    items: Iterable[Document | Rejected], open_coder: OpenCoder, *, workers: int, limit: float = 60.0
) -> Iterator[Coded | Rejected]:
    """As `pipeline.run`, with `workers` processes coding at once; what comes out is the same, in the same order.

    A document that kills the process coding it is rejected, and another process takes over.

    Args:
        items: documents and what could not be read.
        open_coder: called in each process; a function of a module, or a `functools.partial` of one.
        workers: how many processes.
        limit: seconds for one document, 0 for none.

    Raises:
        InputError: `open_coder` cannot be handed to another process.
        ResourceError: a process ended before it coded anything.
        DragomanError: whatever opening the coder raises.
    """
    crew = [_Worker(open_coder, limit) for _ in range(workers)]
    try:
        yield from _hand_out(iter(items), crew, workers * _AHEAD)
    finally:
        for worker in crew:
            worker.end()


@dataclass(slots=True)
class _Place:
    """Where a result goes: `done` is None while the document is being coded."""

    done: Coded | Rejected | None = None


def _hand_out(items: Iterator[Document | Rejected], crew: "list[_Worker]", most: int) -> Iterator[Coded | Rejected]:
    waiting: deque[_Place] = deque()
    idle, busy = list(crew), dict[Connection, tuple[_Worker, _Place]]()
    more = True
    while more or waiting:
        while more and idle and len(waiting) < most:
            item = next(items, None)
            if item is None:
                more = False
                break
            place = _Place(done=item if isinstance(item, Rejected) else None)
            waiting.append(place)
            if isinstance(item, Document):
                worker = idle.pop()
                busy[worker.give(item)] = (worker, place)
        while waiting and (done := waiting[0].done) is not None:
            waiting.popleft()
            yield done
        for connection in wait(list(busy)) if waiting else ():
            worker, place = busy.pop(connection)  # type: ignore[call-overload]  # only these were waited for
            place.done = worker.take()
            idle.append(worker)


class _Worker:
    """One process, which has one document at a time: so neither side ever waits for the other to read."""

    def __init__(self, open_coder: OpenCoder, limit: float) -> None:
        self._open_coder = open_coder
        self._limit = limit
        self._coded = 0
        self._given: Document | None = None
        self._process, self._connection = self._start()

    def _start(self) -> tuple[BaseProcess, Connection]:
        # Not a copy of this process: that would share its connections, threads and locks.
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._open_coder, self._limit), daemon=True)
        try:
            process.start()
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            raise InputError(
                f"open_coder cannot be handed to another process: {error}; expected a function of a module, or a"
                " functools.partial of one; or take one worker"
            ) from error
        theirs.close()  # so that the other end notices when this process ends, however it ends
        return process, ours

    def give(self, document: Document) -> Connection:
        """Has the document coded; the connection has something to read when that is done."""
        self._given = document
        with suppress(BrokenPipeError, ConnectionResetError):  # it ended, which `take` finds
            self._connection.send(document)
        return self._connection

    def take(self) -> Coded | Rejected:
        """What came of the document that was given."""
        try:
            done = self._connection.recv()
        except (EOFError, ConnectionResetError):
            return self._replace()
        if isinstance(done, DragomanError):
            raise done
        self._coded += 1
        return done  # type: ignore[no-any-return]  # what `_work` sends

    def _replace(self) -> Rejected:
        self.end()
        status = self._process.exitcode
        if not self._coded:
            raise ResourceError(
                f"a coding process ended before it coded anything (exit status {status}); is there memory for so many?"
                " A script that ingests with workers does so under `if __name__ == '__main__':`"
            )
        self._coded = 0
        self._process, self._connection = self._start()
        reason = f"not coded: the process coding it ended (exit status {status}); out of memory?"
        return Rejected(origin=self._given.origin if self._given else "?", reason=reason)

    def end(self) -> None:
        """Has the process end; one that does not is killed."""
        self._connection.close()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _work(connection: Connection, open_coder: OpenCoder, limit: float) -> None:
    """The life of a process: it codes what it is given until nobody is left to give it anything."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that hands out stops, and with it this one
    try:
        coder = open_coder()
    except DragomanError as error:
        connection.send(error)
        return
    while True:
        try:
            document = connection.recv()
            (done,) = run([document], coder, limit=limit)
            connection.send(done)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return
