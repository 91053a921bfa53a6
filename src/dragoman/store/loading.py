"""Loading reports coded elsewhere: JSON Lines of `codec.encode_coding`, or what `dragoman code --json` prints.

Workers that code on other machines or in other processes write such shards and never touch the store; one loader does.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from dragoman.errors import InputError, OriginError
from dragoman.ingest.origins import expand
from dragoman.ingest.streams import STDIN, open_origin, read_lines
from dragoman.store.derived import Follower
from dragoman.store.engine import Engine
from dragoman.store.ingesting import Ingestion, IngestOptions, dragoman_version, report
from dragoman.store.runs import Manifest, end_run, hash_inputs, start_run
from dragoman.store.tally import Progress, Tally
from dragoman.store.writing import Added, Committer, Outcome, Parcel, unpack_line
from dragoman.types.record import Provenance
from dragoman.types.text import Rejected

BATCH = 500
_LONGEST = 500_000_000  # bytes of one line: a book with all its records


def load_shards(
    engine: Engine,
    follower: Follower,
    origins: Iterable[str | Path],
    *,
    options: IngestOptions | None = None,
    progress: Progress | None = None,
) -> Ingestion:
    """Keeps the coded reports of the shards; what is there by the same versions is passed over."""
    options, names, tally = options or IngestOptions(), [str(origin) for origin in origins], Tally()
    parcels = _readable(read_shards(names), tally)
    run: tuple[int, str] | None = None
    committer: Committer | None = None
    while some := list(islice(parcels, BATCH)):
        if options.dry_run:
            tally.would_code += [str(parcel.document["origin"]) for parcel in some]
            continue
        if run is None or committer is None:
            run = start_run(engine, _manifest(some[0], names))
            committer = Committer(engine.dialect, run[0], follower)
        with engine.transaction(durable=False) as writing:
            outcomes = committer.add(writing, some, recode=options.recode)
        tally.outcomes += outcomes
        tally.rejected += _clashes(some, outcomes)
        if progress is not None:
            progress(tally)
    if run is not None:
        end_run(engine, run[0], tally.outcome())
    return report(tally, run[1] if run else None)


def read_shards(origins: Iterable[str]) -> Iterator[Parcel | Rejected]:
    """Yields each coded report of the shards, or why a line holds none; gzip is unpacked."""
    for found in expand(origins, every_name=True):
        if isinstance(found, Rejected):
            yield found
            continue
        name = "standard input" if found == STDIN else found
        try:
            with open_origin(found) as stream:
                for number, line, note in read_lines(stream, limit=_LONGEST):
                    yield from _read_line(line, note, name, number)
        except OriginError as error:
            yield Rejected(origin=name, reason=str(error))


def _read_line(line: str | None, note: str | None, name: str, number: int) -> Iterator[Parcel | Rejected]:
    if line is None:
        yield Rejected(origin=name, line=number, reason=note or "unreadable")
        return
    inner = line.strip().rstrip(",")
    if inner in ("", "[", "]"):  # the frame that `dragoman code --json` prints around its objects
        return
    try:
        yield unpack_line(inner)
    except InputError as error:
        yield Rejected(origin=name, line=number, reason=str(error))


def _readable(items: Iterator[Parcel | Rejected], tally: Tally) -> Iterator[Parcel]:
    for item in items:
        tally.read += 1
        if isinstance(item, Rejected):
            tally.rejected.append(item)
        else:
            yield item


def _clashes(parcels: list[Parcel], outcomes: list[Outcome]) -> Iterator[Rejected]:
    for parcel, outcome in zip(parcels, outcomes, strict=True):
        if outcome.added is Added.CLASH:
            reason = f"id {outcome.document!r} is kept with another text; give the changed report an id of its own"
            yield Rejected(origin=str(parcel.document["origin"]), reason=reason)


def _manifest(first: Parcel, names: list[str]) -> Manifest:
    by = first.provenance
    return Manifest(
        kind="load",
        dragoman=dragoman_version(),
        provenance=Provenance(codebook=by["codebook"], model=by["model"], kb=by["kb"]),
        inputs=tuple(hash_inputs(names, every_name=True)),
    )
