"""From files to the store: read, pass over what is there, code, keep batch by batch; say what failed and where."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.codec import hash_text
from dragoman.errors import ConfigError, InputError
from dragoman.ingest import ReadOptions, read
from dragoman.pipeline import Coded, check_language, run
from dragoman.store.derived import Follower
from dragoman.store.documents import iterate_documents
from dragoman.store.engine import Engine
from dragoman.store.runs import Manifest, end_run, hash_inputs, start_run
from dragoman.store.tally import Progress, Tally
from dragoman.store.writing import Added, Committer, Parcel, chunks, marks, pack
from dragoman.types.record import Provenance
from dragoman.types.text import Document, Rejected, Rejection

if TYPE_CHECKING:
    from dragoman.types.coding import CoderLike

OpenCoder = Callable[[], "CoderLike"]
_AHEAD = 64  # documents looked up at once
_SECONDS = 2.0  # coded documents wait no longer than this to be kept
MOST_WORKERS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """How to ingest. `time_limit` is in seconds for one report; `threshold` leaves out records that are less sure.

    `recode` codes what is there again, beside its older coding. `dry_run` reads and looks, and writes nothing.
    `workers` is how many processes code at once; the result is that of one, and only this process writes. `settings`
    are further settings to be kept in the manifest.
    """

    format: str = "auto"
    read: ReadOptions = field(default_factory=ReadOptions)
    english: bool = False
    threshold: float | None = None
    time_limit: float = 60.0
    recode: bool = False
    dry_run: bool = False
    workers: int = 1
    settings: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.workers <= MOST_WORKERS:
            raise ConfigError(f"workers {self.workers}: expected 1 to {MOST_WORKERS}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingestion:
    """What came of it. `run` is None when nothing was written. `other_versions` counts documents that are there, but
    coded by another model, codebook or knowledge base than the one at hand."""

    run: str | None
    read: int = 0
    new: int = 0
    recoded: int = 0
    there: int = 0
    other_versions: int = 0
    records: int = 0
    skipped: tuple[Rejected, ...] = ()
    failed: tuple[Rejected, ...] = ()
    ignored: int = 0
    would_code: tuple[str, ...] = ()


def dragoman_version() -> str:
    """The version of this package."""
    return version("dragoman")


def ingest(
    engine: Engine,
    follower: Follower,
    origins: str | Path | Iterable[str | Path],
    *,
    coder: "CoderLike | None" = None,
    open_coder: "OpenCoder | None" = None,
    options: IngestOptions | None = None,
    progress: Progress | None = None,
) -> Ingestion:
    """Reads, codes and keeps reports. What is kept is kept batch by batch: a run that breaks off loses at most one.

    `open_coder` opens the coder when it is first needed; without it and without `coder` the shipped one is opened, with
    what reviewers of this store taught it.
    """
    options = options or IngestOptions()
    names = [str(origins)] if isinstance(origins, str | Path) else [str(origin) for origin in origins]
    work = _Work(engine, follower, names, coder, open_coder, options, progress)
    work.take(read(names, format=options.format, options=options.read))
    return work.finish()


def recode(
    engine: Engine,
    follower: Follower,
    *,
    coder: "CoderLike | None" = None,
    open_coder: "OpenCoder | None" = None,
    options: IngestOptions | None = None,
    progress: Progress | None = None,
) -> Ingestion:
    """Codes every document of the store again, as a run beside the older ones."""
    options = replace(options or IngestOptions(), recode=True)
    work = _Work(engine, follower, [], coder, open_coder, options, progress)
    work.take(iterate_documents(engine))
    return work.finish()


class _Work:
    """One ingestion. The run is begun when the first document is kept, so that nothing new writes nothing."""

    def __init__(
        self,
        engine: Engine,
        follower: Follower,
        names: list[str],
        coder: "CoderLike | None",
        open_coder: "OpenCoder | None",
        options: IngestOptions,
        progress: Progress | None,
    ) -> None:
        self._engine = engine
        self._follower = follower
        self._names = names
        self._open_coder = open_coder
        self._coder = coder
        self._provenance: Provenance | None = None
        self._versions_there: list[str] = []
        self._options = options
        self._progress = progress
        self._run: tuple[int, str] | None = None
        self._committer: Committer | None = None
        self.tally = Tally()

    @property
    def coder(self) -> "CoderLike":
        """The coder, opened when the first document needs it."""
        if self._coder is None:
            self._coder = self._opener()()
        return self._coder

    def _opener(self) -> OpenCoder:
        return self._open_coder or partial(_open_shipped, self._engine.place, self._options.threshold)

    @property
    def provenance(self) -> Provenance:
        """The versions that code: those of what was coded, else those of the coder, which is opened for it."""
        if self._provenance is None:
            self._provenance = self.coder.provenance
        return self._provenance

    def take(self, items: Iterable[Document | Rejected]) -> None:
        """Codes and keeps the items."""
        fresh = self._sift(iter(items))
        if self._options.dry_run:
            for item in fresh:
                self._plan(item)
            return
        waiting: list[Parcel] = []
        since = time.monotonic()
        for coded in self._coded(fresh):
            if isinstance(coded, Rejected):
                self.tally.rejected.append(coded)
            else:
                self._provenance = coded.coding.provenance
                waiting.append(pack(self._cut(coded)))
            if waiting and (len(waiting) >= _AHEAD or time.monotonic() - since > _SECONDS):
                self._keep(waiting)
                waiting, since = [], time.monotonic()
            self._show()
        if waiting:
            self._keep(waiting)

    def _coded(self, fresh: Iterator[Document | Rejected]) -> Iterator[Coded | Rejected]:
        first = next(fresh, None)
        if first is None:
            return  # nothing to code: the coder stays closed
        items, limit = _chain(first, fresh), self._options.time_limit
        if self._options.workers == 1:
            yield from run(items, self.coder, limit=limit)
            return
        if self._coder is not None:
            raise InputError("workers: each process opens a coder of its own; give open_coder instead of coder")
        from dragoman.processes import run_in_processes

        yield from run_in_processes(items, self._opener(), workers=self._options.workers, limit=limit)

    def _cut(self, coded: Coded) -> Coded:
        lowest = self._options.threshold or 0.0
        records = tuple(record for record in coded.coding.records if record.confidence >= lowest)
        return replace(coded, coding=replace(coded.coding, records=records))

    def _sift(self, items: Iterator[Document | Rejected]) -> Iterator[Document | Rejected]:
        """Passes on what is not in the store yet, and whatever could not be read."""
        while some := list(islice(items, _AHEAD)):
            known = _known(self._engine, [item.id for item in some if isinstance(item, Document)])
            for item in some:
                if isinstance(item, Document):
                    yield from self._judge(item, known)
                else:
                    self.tally.read += item.kind is not Rejection.IGNORED
                    yield item

    def _judge(self, document: Document, known: dict[str, tuple[str, str]]) -> Iterator[Document | Rejected]:
        self.tally.read += 1
        there = known.get(document.id)
        if there is None:
            document = replace(document, language="en") if self._options.english else document
            yield document
        elif there[0] != hash_text(document.text):
            yield Rejected(
                origin=document.origin,
                reason=f"id {document.id!r} is kept with another text; give the changed report an id of its own",
            )
        elif self._options.recode:
            yield document
        else:
            self.tally.there += 1
            self._versions_there.append(there[1])

    def _plan(self, item: Document | Rejected) -> None:
        checked = check_language(item) if isinstance(item, Document) else item
        if isinstance(checked, Rejected):
            self.tally.rejected.append(checked)
        else:
            self.tally.would_code.append(checked.origin)
        self._show()

    def _keep(self, parcels: list[Parcel]) -> None:
        if self._run is None or self._committer is None:
            self._run = start_run(self._engine, self._manifest())
            self._committer = Committer(self._engine.dialect, self._run[0], self._follower)
        with self._engine.transaction(durable=False) as writing:
            outcomes = self._committer.add(writing, parcels, recode=self._options.recode)
        self.tally.outcomes += outcomes
        for parcel, outcome in zip(parcels, outcomes, strict=True):
            if outcome.added is Added.CLASH:
                reason = f"id {outcome.document!r} was kept with another text while this run was reading"
                self.tally.rejected.append(Rejected(origin=parcel.document["origin"], reason=reason))

    def _manifest(self) -> Manifest:
        options = self._options
        settings = {
            "format": options.format,
            "threshold": "the model's own" if options.threshold is None else f"{options.threshold:g}",
            "time_limit": f"{options.time_limit:g}",
            **dict(options.settings),
            **{
                name: str(value)
                for name in ("published", "publisher", "url", "language")
                if (value := getattr(options.read, name)) is not None
            },
        }
        return Manifest(
            kind="recode" if options.recode else "ingest",
            dragoman=dragoman_version(),
            provenance=self.provenance,
            settings=tuple(sorted(settings.items())),
            inputs=tuple(hash_inputs(self._names)),
        )

    def _show(self) -> None:
        if self._progress is not None:
            self._progress(self.tally)

    def finish(self) -> Ingestion:
        """Ends the run, brings clusters and months up to date, and says what came of it."""
        if self._versions_there:
            ours = _versions(self.provenance)
            self.tally.other_versions = sum(version != ours for version in self._versions_there)
        if self._run is not None:
            end_run(self._engine, self._run[0], self.tally.outcome())
        return report(self.tally, self._run[1] if self._run else None)


def _open_shipped(place: str, threshold: float | None) -> "CoderLike":
    """The shipped coder with what the reviewers of the store at this place taught it."""
    from dragoman.coder import Coder
    from dragoman.learned import history_file, layer_in_use

    return Coder.open(threshold=threshold, learned=layer_in_use(history_file(place)))


def report(tally: Tally, run_id: str | None) -> Ingestion:
    """What came of an ingestion."""
    outcome = tally.outcome()
    return Ingestion(
        run=run_id,
        read=outcome.read,
        new=outcome.new,
        recoded=outcome.recoded,
        there=outcome.there,
        other_versions=tally.other_versions,
        records=outcome.records,
        skipped=tally.of(Rejection.SKIPPED),
        failed=tally.of(Rejection.FAILED),
        ignored=len(tally.of(Rejection.IGNORED)),
        would_code=tuple(tally.would_code),
    )


def _chain(first: Document | Rejected, rest: Iterator[Document | Rejected]) -> Iterator[Document | Rejected]:
    yield first
    yield from rest


def _known(engine: Engine, ids: list[str]) -> dict[str, tuple[str, str]]:
    """The hash of the text and the versions of the latest coding, for each id that is there."""
    known: dict[str, tuple[str, str]] = {}
    for some in chunks(ids):
        sql = (
            "SELECT o.id, o.text_hash, c.codebook, c.model, c.kb FROM document o JOIN current u ON u.document = o.key"
            f" JOIN coding c ON c.key = u.coding WHERE o.id IN ({marks(some)})"
        )
        for id, text_hash, codebook, model, kb in engine.read(sql, some):
            known[str(id)] = (str(text_hash), f"{codebook}\x1f{model}\x1f{kb}")
    return known


def _versions(by: Provenance) -> str:
    return f"{by.codebook}\x1f{by.model}\x1f{by.kb}"
