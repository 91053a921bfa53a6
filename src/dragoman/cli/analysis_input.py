"""What the commands of the analysis read: reports, records of `dragoman code --jsonl`, or the store."""

import gzip
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO

from dragoman.cli.guard import DONE, PARTLY, say
from dragoman.cli.reports import code_reports
from dragoman.clusters import cluster_records, find_stories
from dragoman.codec import decode_record, parse_json
from dragoman.errors import InputError
from dragoman.pipeline import Coded
from dragoman.store import Store, open_store
from dragoman.types.cluster import Cluster
from dragoman.types.record import Agreement, Event, Record
from dragoman.types.text import Document, Rejected

_STDIN = "-"
_AT_ONCE = 500  # ids in one question to the store


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything an analysis needs, wherever it came from. `failed` inputs were said on standard error."""

    events: tuple[Event, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    documents: tuple[Document, ...] = ()
    failed: int = 0

    @property
    def status(self) -> int:
        """The exit code: 3 when some input was not used."""
        return PARTLY if self.failed else DONE

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all documents that records or reports name."""
        told = {event.document for event in self.events} | {agreement.document for agreement in self.agreements}
        return frozenset(told | {document.id for document in self.documents})


def read_material(
    origins: Sequence[str], store: str, *, published: date | None = None, between: tuple[str, str] | None = None
) -> Material:
    """What the origins hold, or the store when there are none; `between` asks the store for two countries alone.

    Files of records and `-` are taken as they are; reports are coded, and joined across documents.
    """
    if not origins:
        with open_store(store) as opened:
            return _read_dyad(opened, *between) if between else read_store(opened)
    records = [origin for origin in origins if _holds_records(origin)]
    reports = [origin for origin in origins if origin not in records]
    found = _read_records(records) if records else Material()
    return _join(found, _read_reports(reports, published)) if reports else found


def read_store(store: Store) -> Material:
    """Everything in the store."""
    coded = tuple(store.coded())
    return _gather(coded, store.clusters())


def arrived_since(store: Store, day: date) -> frozenset[str]:
    """Ids of the documents that came with runs begun on that day (UTC) or later."""
    runs = store.runs()
    old = {
        document.id for run in runs if run.started[:10] < day.isoformat() for document in store.documents(run=run.id)
    }
    return frozenset(document.id for document in store.documents() if document.id not in old)


def _read_dyad(store: Store, one: str, other: str) -> Material:
    """All tellings of what the two do to each other, also those that name only one of them."""
    clusters = sorted({entry.cluster for entry in store.dyad(one, other).events().entries() if entry.cluster})
    events: list[Event] = []
    for start in range(0, len(clusters), _AT_ONCE):
        told = store.events(cluster=clusters[start : start + _AT_ONCE]).entries()
        events += [replace(entry.record, cluster=entry.cluster) for entry in told]
    ids = {event.document for event in events}
    return Material(
        events=tuple(events),
        clusters=tuple(store.cluster(id) for id in clusters),
        documents=tuple(store.document(id) for id in sorted(ids)),
    )


def _holds_records(origin: str) -> bool:
    if origin == _STDIN:
        return True
    path = Path(origin)
    if not path.is_file() or not path.name.endswith((".jsonl", ".jsonl.gz")):
        return False
    try:
        with _open(origin) as stream:
            first = parse_json(next((line for line in stream if line.strip()), "null"))
    except (InputError, OSError, EOFError, UnicodeDecodeError):
        return False  # the reader of reports says what is wrong with it
    return isinstance(first, dict) and "kind" in first and "evidence" in first


def _open(origin: str) -> IO[str]:
    if origin.endswith(".gz"):
        return gzip.open(origin, "rt", encoding="utf-8")
    return Path(origin).open(encoding="utf-8")


def _read_records(origins: Sequence[str]) -> Material:
    records: dict[str, Record] = {}
    failed = 0
    for origin in origins:
        for place, line in _lines(origin):
            try:
                record = decode_record(line)[0]
                records.setdefault(record.id, record)
            except InputError as error:
                failed += 1
                say(f"{place}: {error}")
    events = tuple(record for record in records.values() if isinstance(record, Event))
    return Material(
        events=events,
        agreements=tuple(record for record in records.values() if isinstance(record, Agreement)),
        documents=tuple(documents_of(events)),
        failed=failed,
    )


def _lines(origin: str) -> Iterator[tuple[str, str]]:
    if origin == _STDIN:
        yield from _numbered("standard input", sys.stdin)
        return
    try:
        with _open(origin) as stream:
            yield from _numbered(origin, stream)
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{origin}: cannot be read to its end: {error}") from error


def _numbered(origin: str, lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield f"{origin}, line {number}", line


def documents_of(events: Iterable[Event]) -> Iterator[Document]:
    """What records tell of their documents: roles are asked as of the event's time, else as of the publication, so an
    event without a time carries the date of publication in its actors (RECORD.md section 5)."""
    dates: dict[str, Counter[date]] = {}
    for event in events:
        if event.time is None:
            for link in (*event.sources, *event.targets):
                if link.as_of:
                    dates.setdefault(event.document, Counter())[link.as_of] += 1
    for id, found in sorted(dates.items()):
        yield Document(id=id, text="", origin="records", published=min(found, key=lambda day: (-found[day], day)))


def _read_reports(origins: Sequence[str], published: date | None) -> Material:
    rejected: list[Rejected] = []
    coded = list(code_reports(origins, published=published, rejected=rejected))
    stories = find_stories(one.document for one in coded) if len(coded) > 1 else ()
    return replace(_gather(coded, cluster_records(coded, stories)), failed=len(rejected))


def _gather(coded: Sequence[Coded], clusters: Iterable[Cluster]) -> Material:
    records = [record for one in coded for record in one.coding.records]
    return Material(
        events=tuple(record for record in records if isinstance(record, Event)),
        agreements=tuple(record for record in records if isinstance(record, Agreement)),
        clusters=tuple(clusters),
        documents=tuple(one.document for one in coded),
    )


def _join(one: Material, other: Material) -> Material:
    """Both; a record that both hold is taken once."""
    events = {event.id: event for event in (*one.events, *other.events)}
    agreements = {agreement.id: agreement for agreement in (*one.agreements, *other.agreements)}
    documents = {document.id: document for document in (*one.documents, *other.documents)}
    return Material(
        events=tuple(events.values()),
        agreements=tuple(agreements.values()),
        clusters=(*one.clusters, *other.clusters),
        documents=tuple(documents.values()),
        failed=one.failed + other.failed,
    )
