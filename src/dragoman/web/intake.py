"""Reports that come through the API: read, coded and kept, one batch at a time."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from dragoman.errors import BusyError, RecordNotFoundError
from dragoman.ingest import ReadOptions
from dragoman.ingest.assemble import assemble
from dragoman.ingest.options import Found
from dragoman.pipeline import Coded, run
from dragoman.store import Store, summarise
from dragoman.store.writing import Added, Outcome, pack
from dragoman.types.coding import CoderLike
from dragoman.types.text import Document, Rejected, Rejection


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of one report: new, there (already), skipped or failed; `reason` says why for the last two."""

    id: str | None
    outcome: str
    records: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a batch; `run` is None when nothing was new."""

    run: str | None
    reports: tuple[Report, ...]


class Intake:
    """Codes and keeps. The coder is opened with the first report and kept open; batches wait for each other.

    A report of more than `longest` characters is not coded. A batch begins no further report when `seconds` are over,
    and waits no longer for others: a call of the coder cannot be interrupted here, so that reports must be short.
    """

    def __init__(self, store: Store, open_coder: Callable[[], CoderLike], *, longest: int, seconds: float) -> None:
        self._store = store
        self._open = open_coder
        self._longest = longest
        self._seconds = seconds
        self._coder: CoderLike | None = None
        self._turn = Lock()

    def take(self, found: Sequence[Found], *, origin: str) -> Taken:
        """Reads, codes and keeps the reports; `origin` is written down as where they came from.

        Raises BusyError when others are being coded for too long.
        """
        read = [self._read(one, origin, number) for number, one in enumerate(found, 1)]
        with self._in_turn():
            known = [self._known(item) if isinstance(item, Document) else None for item in read]
            coded = self._coded([item for item, there in zip(read, known, strict=True) if there is None])
            run_id, became = self._keep([one for one in coded if isinstance(one, Coded)])
        rest, kept = iter(coded), iter(became)
        return Taken(
            run=run_id,
            reports=tuple(there or _outcome(next(rest), item, kept) for item, there in zip(read, known, strict=True)),
        )

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=self._seconds):
            raise BusyError(f"documents: others have been coded for more than {self._seconds:g} s; send them again")
        try:
            yield
        finally:
            self._turn.release()

    def _read(self, found: Found, origin: str, number: int) -> Document | Rejected:
        if len(found.text) <= self._longest:
            return assemble(found, origin=origin, line=number, options=ReadOptions())
        reason = f"{len(found.text):,} characters; here a report may have {self._longest:,}: split it, or use"
        return Rejected(origin=origin, line=number, reason=f"{reason} `dragoman ingest`, which takes longer ones")

    def _known(self, document: Document) -> Report | None:
        try:
            there = self._store.document(document.id)
        except RecordNotFoundError:
            return None
        if there.text == document.text:
            return Report(id=document.id, outcome="there")
        return _clash(document.id)

    def _coded(self, items: Sequence[Document | Rejected]) -> list[Coded | Rejected]:
        rejected = [item for item in items if isinstance(item, Rejected)]
        if len(rejected) == len(items):
            return list[Coded | Rejected](rejected)
        if self._coder is None:
            self._coder = self._open()
        return list(self._run(items, self._coder))

    def _run(self, items: Sequence[Document | Rejected], coder: CoderLike) -> Iterator[Coded | Rejected]:
        ends = time.monotonic() + self._seconds
        for item in items:
            if isinstance(item, Document) and time.monotonic() >= ends:
                reason = f"not coded: the reports before it took {self._seconds:g} s; send it again"
                yield Rejected(origin=item.origin, reason=reason)
            else:
                yield from run([item], coder, limit=0)

    def _keep(self, coded: Sequence[Coded]) -> tuple[str | None, list[Outcome]]:
        if not coded:
            return None, []
        with self._store.adding(kind="ingest", provenance=coded[0].coding.provenance) as adding:
            outcomes = adding.add([pack(one) for one in coded])
            adding.outcome = summarise(outcomes)
        self._store.update_new_clusters()
        return adding.id, outcomes


def _outcome(item: Coded | Rejected, read: Document | Rejected, kept: Iterator[Outcome]) -> Report:
    if isinstance(item, Rejected):
        kind = "skipped" if item.kind is Rejection.SKIPPED else "failed"
        return Report(id=read.id if isinstance(read, Document) else None, outcome=kind, reason=item.reason)
    became = next(kept)
    if became.added is Added.CLASH:
        return _clash(became.document)
    return Report(id=became.document, outcome=became.added.value, records=became.records)


def _clash(id: str) -> Report:
    reason = f"id {id!r} is kept with another text; give the changed report an id of its own"
    return Report(id=id, outcome="failed", reason=reason)
