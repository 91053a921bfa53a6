"""The store: everything that can be asked of it and done to it, in one place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from dragoman.errors import ConflictError, InputError, RecordNotFoundError
from dragoman.pipeline import Coded
from dragoman.store import checking, clustering, decisions, documents, rebuilding, registry, runs
from dragoman.store.adding import keep_addition
from dragoman.store.derived import Follower
from dragoman.store.diff import RunDiff, compare_runs
from dragoman.store.dyads import Dyad
from dragoman.store.engine import Engine, SqliteEngine
from dragoman.store.filters import Filters, RecordQuery, make_query
from dragoman.store.fold import correct, fold, shown
from dragoman.store.ingesting import Ingestion, IngestOptions, OpenCoder, ingest, recode
from dragoman.store.loading import load_shards
from dragoman.store.moving import copy_core
from dragoman.store.questions import Entry, Records
from dragoman.store.reviewing import refresh_record, value_of
from dragoman.store.runs import Manifest, RunInfo, RunOutcome
from dragoman.store.tally import Progress
from dragoman.store.verdicts import COLUMNS, append_verdict, verdict_of, verdicts_on
from dragoman.store.writing import Added, Committer, Outcome, Parcel, pack
from dragoman.types.cluster import Cluster, ClusterDecision, Story
from dragoman.types.record import Agreement, Claim, Event, Membership, Position, Project, Provenance, Record
from dragoman.types.review import AS_CODED, Judgement, Verdict
from dragoman.types.text import Document

if TYPE_CHECKING:
    from dragoman.types.coding import CoderLike

_BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What the store holds. `events` are happenings, counted by cluster; `counted` those that series count."""

    place: str
    documents: int
    records: tuple[tuple[str, int], ...]
    events: int
    counted: int
    runs: int
    broken_runs: int
    verdicts: int
    reviewed: int
    clusters: int
    first_day: str | None
    last_day: str | None
    size: int | None


class Store:
    """A store of documents, records, runs and verdicts. Safe to share between threads and after a fork.

    Documents, records, runs and verdicts are only ever added. What is asked reads the latest coding of each document,
    verdicts folded in, rejected records left out; `run=` asks an older coding.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._follower = Follower()

    @property
    def place(self) -> str:
        """The file, or the address without its password."""
        return self._engine.place

    @property
    def engine(self) -> Engine:
        """The database below, for questions that have no method: `store.engine.read("SELECT …")`."""
        return self._engine

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of this thread's connection."""
        self._engine.close()

    # ---- questions

    def records(self, **filters: Unpack[Filters]) -> "Records[Record]":
        """Records of every kind that fit; see `Filters`."""
        return Records(self._engine, make_query(filters))

    def events(self, **filters: Unpack[Filters]) -> "Records[Event]":
        """Events that fit."""
        return Records(self._engine, self._of("event", filters))

    def agreements(self, **filters: Unpack[Filters]) -> "Records[Agreement]":
        """Agreements that fit."""
        return Records(self._engine, self._of("agreement", filters))

    def positions(self, **filters: Unpack[Filters]) -> "Records[Position]":
        """Positions that fit."""
        return Records(self._engine, self._of("position", filters))

    def claims(self, **filters: Unpack[Filters]) -> "Records[Claim]":
        """Claims that fit."""
        return Records(self._engine, self._of("claim", filters))

    def projects(self, **filters: Unpack[Filters]) -> "Records[Project]":
        """Projects that fit."""
        return Records(self._engine, self._of("project", filters))

    def memberships(self, **filters: Unpack[Filters]) -> "Records[Membership]":
        """Memberships that fit."""
        return Records(self._engine, self._of("membership", filters))

    def _of(self, kind: str, filters: Filters) -> RecordQuery:
        return replace(make_query(filters), kind=(kind,))

    def dyad(self, one: str, other: str) -> Dyad:
        """What two countries, or codes such as IGO, do to each other."""
        return Dyad(self._engine, one, other)

    def actors(self, name: str | None = None, *, country: str | None = None) -> tuple[registry.ActorEntry, ...]:
        """Actors with the names under which they are written; `name` is a part of one of them."""
        return registry.list_actors(self._engine, name=name, country=country)

    def documents(self, *, run: str | None = None) -> Iterator[Document]:
        """All documents in the order in which they came, or those that a run coded."""
        return documents.iterate_documents(self._engine, run=run)

    def document(self, id: str) -> Document:
        """The document of this id. Raises RecordNotFoundError."""
        return documents.find_document(self._engine, id)

    def coded(self, *, run: str | None = None) -> Iterator[Coded]:
        """Documents with their latest coding or that of a run, verdicts folded in, rejected records left out."""
        return documents.iterate_coded(self._engine, run=run)

    def coded_document(self, id: str, *, run: str | None = None) -> Coded:
        """One document with its coding. Raises RecordNotFoundError."""
        self.document(id)
        key = int(self._engine.read("SELECT key FROM document WHERE id = ?", (id,))[0][0] or 0)
        for coded in documents.iterate_coded(self._engine, run=run, documents=(key,)):
            return coded
        raise RecordNotFoundError(f"document {id!r}: run {run!r} did not code it")

    def entry(self, id: str, *, run: str | None = None) -> Entry[Record]:
        """The record of this id as it stands, rejected ones too. Raises RecordNotFoundError."""
        found = registry.find_entry(self._engine, id, run=run)
        if found is None:
            raise RecordNotFoundError(f"record {id!r}: the store has none of this id")
        return found

    # ---- clusters

    def cluster(self, id: str) -> Cluster:
        """The cluster of this id. Raises RecordNotFoundError."""
        return decisions.find_cluster(self._engine, id)

    def clusters(self) -> Iterator[Cluster]:
        """All clusters, sorted by id."""
        return decisions.iterate_clusters(self._engine)

    def stories(self) -> tuple[Story, ...]:
        """Documents that are near-copies of each other, sorted by id."""
        return decisions.list_stories(self._engine)

    def add_cluster_decision(self, decision: ClusterDecision) -> None:
        """Keeps the decision and forms the clusters of its records anew.

        Raises InputError for fewer than two records, RecordNotFoundError for one that is not there.
        """
        if decisions.keep_decision(self._engine, decision):
            self.update_new_clusters()

    def cluster_decisions(self) -> tuple[ClusterDecision, ...]:
        """All decisions, the oldest first."""
        return decisions.list_decisions(self._engine)

    def update_clusters(self) -> int:
        """Forms the clusters of everything anew; returns how many documents were looked at."""
        count = clustering.recluster(self._engine)
        rebuilding.refresh_months(self._engine)
        return count

    # ---- runs

    def runs(self) -> tuple[RunInfo, ...]:
        """All runs, the newest first."""
        return runs.list_runs(self._engine)

    def run(self, id: str) -> RunInfo:
        """The run of this id. Raises RecordNotFoundError."""
        return runs.find_run(self._engine, id)

    def diff(self, before: str, after: str) -> RunDiff:
        """What the second run added, changed and withdrew in the documents that both coded."""
        return compare_runs(self._engine, before, after)

    # ---- adding

    def ingest(
        self,
        origins: str | Path | Iterable[str | Path],
        *,
        coder: "CoderLike | None" = None,
        open_coder: OpenCoder | None = None,
        options: IngestOptions | None = None,
        progress: Progress | None = None,
    ) -> Ingestion:
        """Reads, codes and keeps reports; those that are there already are passed over.

        Without a coder, `open_coder` is called when one is needed, or the shipped one is opened with what was learned.
        """
        done = ingest(
            self._engine,
            self._follower,
            origins,
            coder=coder,
            open_coder=open_coder,
            options=options,
            progress=progress,
        )
        self.update_new_clusters()
        return done

    def recode(
        self,
        *,
        coder: "CoderLike | None" = None,
        open_coder: OpenCoder | None = None,
        options: IngestOptions | None = None,
        progress: Progress | None = None,
    ) -> Ingestion:
        """Codes every document again, as a run beside the older ones; questions then read the new coding."""
        done = recode(
            self._engine, self._follower, coder=coder, open_coder=open_coder, options=options, progress=progress
        )
        self.update_new_clusters()
        return done

    def load(
        self,
        origins: str | Path | Iterable[str | Path],
        *,
        options: IngestOptions | None = None,
        progress: Progress | None = None,
    ) -> Ingestion:
        """Keeps reports that were coded elsewhere: shards of `encode_coding`, or of `dragoman code --json`."""
        names = [origins] if isinstance(origins, str | Path) else list(origins)
        done = load_shards(self._engine, self._follower, names, options=options, progress=progress)
        self.update_new_clusters()
        return done

    def add(self, coded: Coded | Iterable[Coded], *, recode: bool = False) -> RunOutcome:
        """Keeps coded documents as one run; harmless to repeat. Raises InputError for another text under a known id.

        `recode` keeps the coding beside an older one by the same versions.
        """
        given = [coded] if isinstance(coded, Coded) else list(coded)
        outcomes: list[Outcome] = []
        with self.adding(kind="add", provenance=given[0].coding.provenance if given else None) as adding:
            for start in range(0, len(given), _BATCH):
                outcomes += adding.add([pack(one) for one in given[start : start + _BATCH]], recode=recode)
            adding.outcome = summarise(outcomes)
        clashes = [outcome.document for outcome in outcomes if outcome.added is Added.CLASH]
        if clashes:
            raise InputError(f"document {clashes[0]!r}: another text is kept under this id; give it an id of its own")
        self.update_new_clusters()
        return adding.outcome

    def adding(self, *, kind: str, provenance: Provenance | None) -> "Adding":
        """A run to which parcels are added batch by batch."""
        return Adding(self._engine, self._follower, kind=kind, provenance=provenance)

    def update_new_clusters(self) -> None:
        """Brings clusters and monthly counts up to date with what was added."""
        clustering.cluster_new(self._engine)
        rebuilding.refresh_months(self._engine)

    # ---- verdicts

    def verdicts(self, record: str | None = None) -> tuple[Verdict, ...]:
        """All verdicts, or those on one record, in the order in which they came."""
        clause = "" if record is None else " WHERE record = ?"
        values = () if record is None else (record,)
        rows = self._engine.read(f"SELECT {COLUMNS} FROM verdict{clause} ORDER BY key", values)
        return tuple(map(verdict_of, rows))

    def add_verdict(self, verdict: Verdict, *, seen: str | None = None, blind: bool = False) -> Entry[Record]:
        """Keeps the verdict; returns the record as it stands with it. The commit survives a power cut.

        `Judgement.ADD` lays the record that `value` holds beside the coder's, in the latest coding of its report and
        in every later one.

        `judged` of the verdict is the value that the reviewer saw, as `shown` gives it; `seen` is the entry's version.
        Giving the same verdict again (same id) changes nothing. `blind` is for a coder who was shown the record as
        coded and not what others decided: then only that is compared, and `judged` says so (see `Verdict.blind`).

        Raises:
            ConflictError: the value or version is no longer the current one, or the added record is there already; the
                message says who decided what.
            InputError: the field does not exist or the corrected value does not fit it.
            RecordNotFoundError: no such record, or nothing to take back.
        """
        with self._engine.transaction(durable=True) as writing:
            before = verdicts_on(writing.read, verdict.record, verdict.document)
            new = all(known.id != verdict.id for known in before)
            if new and verdict.judgement is Judgement.ADD:
                keep_addition(writing, self._engine.dialect, verdict, before, self._follower)
            elif new:
                value = value_of(writing, verdict.record, verdict.document)
                folded = fold(value, before, self._follower)
                if blind:
                    verdict, shown_then = _as_blind(verdict, value, before), value
                else:
                    _check_current(verdict, folded.value, folded.version, before, seen)
                    shown_then = folded.value
                _check_sense(verdict, shown_then, before, self._follower)
                append_verdict(writing, verdict)
                refresh_record(writing, self._engine.dialect, verdict.record, self._follower)
        if verdict.judgement is Judgement.ADD:
            self.update_new_clusters()  # a new record may tell of a happening that others tell of
        rebuilding.refresh_months(self._engine)
        return self.entry(verdict.record)

    def judged_of(self, record: str, field: str | None = None) -> str:
        """What a verdict on this field, or on the whole record, should name as `judged`."""
        return shown(registry.current_value(self._engine, record), field)

    # ---- care

    def status(self) -> Status:
        """What the store holds."""
        return Status(**registry.count_all(self._engine))

    def rebuild(self) -> int:
        """Makes all projections anew from the append-only core; returns the number of records."""
        count = rebuilding.rebuild(self._engine, self._follower)
        self.update_clusters()
        return count

    def back_up(self, target: str | Path) -> Path:
        """A copy as of one moment, while others go on writing. Raises InputError when the target is there."""
        path = Path(target)
        if not isinstance(self._engine, SqliteEngine):
            raise InputError(f"{self.place}: back up a PostgreSQL store with pg_dump")
        if path.exists():
            raise InputError(f"{path}: is there already; name a new file")
        self._engine.back_up(path)
        return path

    def copy_to(self, other: "Store") -> dict[str, int]:
        """Copies the core into another, empty store and makes its projections; returns rows by table."""
        copied = copy_core(self._engine, other.engine)
        other.rebuild()
        return copied

    def check(self) -> list[str]:
        """What a quick look finds wrong with the file and its rows; empty when they are sound."""
        return checking.check_rows(self._engine)

    def examine(self, *, clusters: bool = True) -> Iterator[checking.Check]:
        """Checks everything: file, links between rows, texts, quotes, what is derived, and clusters formed anew."""
        return checking.check_all(self._engine, self._follower, clusters=clusters)


class Adding:
    """A run that is being written; its end is kept when the block is left without an exception."""

    def __init__(self, engine: Engine, follower: Follower, *, kind: str, provenance: Provenance | None) -> None:
        from dragoman.store.ingesting import dragoman_version

        by = provenance or Provenance(codebook="none", model="none", kb="none")
        self._engine = engine
        self.key, self.id = runs.start_run(engine, Manifest(kind=kind, dragoman=dragoman_version(), provenance=by))
        self._committer = Committer(engine.dialect, self.key, follower)
        self.outcome = RunOutcome()

    def add(self, parcels: list[Parcel], *, recode: bool = False) -> list[Outcome]:
        """Adds a batch in one transaction: when this returns, the batch is kept."""
        with self._engine.transaction(durable=False) as writing:
            return self._committer.add(writing, parcels, recode=recode)

    def __enter__(self) -> "Adding":
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            runs.end_run(self._engine, self.key, self.outcome)


def summarise(outcomes: Iterable[Outcome]) -> RunOutcome:
    """The counts of what became of the documents."""
    found = list(outcomes)
    by = {added: sum(outcome.added is added for outcome in found) for added in Added}
    return RunOutcome(
        read=len(found),
        new=by[Added.NEW],
        recoded=by[Added.RECODED],
        there=by[Added.THERE],
        records=sum(outcome.records for outcome in found),
    )


def _check_current(
    verdict: Verdict, value: object, version: str, before: tuple[Verdict, ...], seen: str | None
) -> None:
    if verdict.judgement is Judgement.UNDO:
        return
    last = before[-1] if before else None
    who = f"{last.reviewer} decided {last.judgement.value} at {last.decided_at}" if last else "it was coded anew"
    if seen is not None and seen != version:
        raise ConflictError(f"record {verdict.record}: changed since it was shown ({who}); look again and decide anew")
    if verdict.judged is not None and verdict.judged != (now := shown(value, verdict.field)):
        what = f"{verdict.field} is {now!r} now" if verdict.field else "it is not what was shown"
        raise ConflictError(
            f"record {verdict.record}: judged {verdict.judged!r}, but {what} ({who}); look again and decide anew"
        )


def _as_blind(verdict: Verdict, value: object, before: tuple[Verdict, ...]) -> Verdict:
    """The verdict marked as one on the record as coded. Raises ConflictError for one that judged something else."""
    if verdict.judgement is Judgement.UNDO:
        return verdict
    _check_current(verdict, value, "", before, None)
    return replace(verdict, judged=AS_CODED + shown(value, verdict.field))


def _check_sense(verdict: Verdict, value: object, before: tuple[Verdict, ...], follower: Follower) -> None:
    if verdict.judgement is Judgement.UNDO and verdict.undoes not in {known.id for known in before}:
        raise RecordNotFoundError(f"verdict {verdict.undoes!r}: there is none on record {verdict.record} to take back")
    if verdict.judgement is Judgement.CORRECT:
        correct(value, verdict, follower)
    elif verdict.field is not None:
        shown(value, verdict.field)
