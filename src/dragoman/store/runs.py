"""Runs: what was read with which versions and settings, and what came of it. A run's begin and end are two rows."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dragoman.codec import format_json, parse_json
from dragoman.errors import RecordNotFoundError
from dragoman.ingest.origins import expand
from dragoman.ingest.streams import STDIN
from dragoman.store.engine import Engine, Row, Value
from dragoman.types.record import Provenance

_CHUNK = 1 << 20  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInput:
    """One file that was read and the SHA-256 of its bytes; None for standard input and what could not be read."""

    name: str
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One input that gave no records: where, and why. `kind` is failed or skipped."""

    place: str
    reason: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a run starts from. `settings` are names and values as text, sorted."""

    kind: str
    dragoman: str
    provenance: Provenance
    settings: tuple[tuple[str, str], ...] = ()
    inputs: tuple[RunInput, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """What a run came to: documents read, new, coded anew, already there; records; what failed or was skipped."""

    read: int = 0
    new: int = 0
    recoded: int = 0
    there: int = 0
    records: int = 0
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInfo:
    """A run in the store. `finished` and `outcome` are None when it was broken off or still runs.

    `documents` and `records` are counted in the store, so they are right for a broken run too.
    """

    id: str
    key: int
    started: str
    finished: str | None
    manifest: Manifest
    outcome: RunOutcome | None
    documents: int
    records: int


def start_run(engine: Engine, manifest: Manifest, *, started: datetime | None = None) -> tuple[int, str]:
    """Writes the run's begin; returns its key and id."""
    begun = (started or datetime.now(UTC)).isoformat(timespec="microseconds")
    body = format_json(asdict(manifest))
    by = manifest.provenance
    with engine.transaction(durable=False) as writing:
        key = int(writing.read("SELECT coalesce(max(key), 0) + 1 FROM run")[0][0] or 1)
        id = "r-" + hashlib.sha256(f"{key}\x1f{begun}\x1f{body}".encode()).hexdigest()[:8]
        writing.write(
            "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (key, id, manifest.kind, begun, by.codebook, by.model, by.kb, body),
        )
    return key, id


def end_run(engine: Engine, key: int, outcome: RunOutcome, *, finished: datetime | None = None) -> None:
    """Writes the run's end."""
    ended = (finished or datetime.now(UTC)).isoformat(timespec="microseconds")
    with engine.transaction(durable=True) as writing:
        writing.write("INSERT INTO run_end VALUES (?, ?, ?)", (key, ended, format_json(asdict(outcome))))


_RUNS = (
    "SELECT r.id, r.key, r.started, z.finished, r.manifest, z.outcome,"
    " (SELECT count(*) FROM coding c WHERE c.run = r.key),"
    " (SELECT coalesce(sum(c.records), 0) FROM coding c WHERE c.run = r.key)"
    " FROM run r LEFT JOIN run_end z ON z.run = r.key"
)


def list_runs(engine: Engine) -> tuple[RunInfo, ...]:
    """All runs, the newest first."""
    return tuple(map(_info, engine.read(f"{_RUNS} ORDER BY r.key DESC")))


def find_run(engine: Engine, id: str) -> RunInfo:
    """The run of this id or of the one id that begins so. Raises RecordNotFoundError."""
    found = engine.read(f"{_RUNS} WHERE substr(r.id, 1, ?) = ? ORDER BY r.key", (len(id), id))
    if len(found) != 1:
        what = f"{len(found)} runs begin so" if found else "no such run"
        raise RecordNotFoundError(f"run {id!r}: {what}; `dragoman runs` lists them")
    return _info(found[0])


def _info(row: Row) -> RunInfo:
    id, key, started, finished, manifest, outcome, documents, records = row
    return RunInfo(
        id=str(id),
        key=_number(key),
        started=str(started),
        finished=None if finished is None else str(finished),
        manifest=_manifest(parse_json(str(manifest))),
        outcome=None if outcome is None else _outcome(parse_json(str(outcome))),
        documents=_number(documents),
        records=_number(records),
    )


def _manifest(value: Mapping[str, Any]) -> Manifest:
    return Manifest(
        kind=value["kind"],
        dragoman=value["dragoman"],
        provenance=Provenance(**value["provenance"]),
        settings=tuple((name, setting) for name, setting in value["settings"]),
        inputs=tuple(RunInput(**item) for item in value["inputs"]),
    )


def _outcome(value: Mapping[str, Any]) -> RunOutcome:
    failures: Sequence[Mapping[str, Any]] = value["failures"]
    return RunOutcome(**{**value, "failures": tuple(Failure(**item) for item in failures)})


def _number(value: Value) -> int:
    return int(value or 0)


def hash_inputs(names: list[str], *, every_name: bool = False) -> Iterator[RunInput]:
    """The files behind the names, each with the SHA-256 of its bytes."""
    for found in expand(names, every_name=every_name):
        if isinstance(found, str):
            yield RunInput(name=found, sha256=None if found == STDIN else _hash_file(Path(found)))


def _hash_file(path: Path) -> str | None:
    """The SHA-256 of the bytes; None for a pipe, which cannot be read twice, and for what cannot be opened."""
    if not path.is_file():
        return None
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while block := stream.read(_CHUNK):
                digest.update(block)
    except OSError:
        return None
    return digest.hexdigest()
