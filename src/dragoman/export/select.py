"""Which records an export takes, and the happenings they tell of. What is left out is counted by reason."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dragoman.codec import hash_text
from dragoman.export.columns import Entry
from dragoman.export.options import Dataset, ExportOptions
from dragoman.pipeline import Coded
from dragoman.types.record import Event, Record

STATEMENT = "STATEMENT"
NOT_COUNTED = "events not counted by their status (--all writes them)"
BELOW = "records below the threshold"
STATEMENTS = "statements, which PLOVER has no category for"
NO_DAY = "happenings without a day"
NO_TARGET = "pairs without a source or target"
OTHER_KINDS = "records that are no events"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedDocument:
    """A document with those of its records that the export takes."""

    coded: Coded
    entries: tuple[Entry[Record], ...]
    story: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One happening: the telling that says most of it, how many tellings there are, in which reports."""

    cluster: str
    telling: Entry[Event]
    tellings: tuple[Entry[Event], ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the reports, sorted."""
        return tuple(sorted({entry.document.id for entry in self.tellings}))

    @property
    def publishers(self) -> int:
        """How many outlets tell it; reports without a publisher count as one outlet."""
        return len({entry.document.publisher for entry in self.tellings})


def select(data: Dataset, options: ExportOptions, left_out: Counter[str]) -> Iterator[CodedDocument]:
    """Yields every document with the records that the options ask for."""
    clusters = {record: cluster.id for cluster in data.clusters for record in cluster.records}
    stories = {document: story.id for story in data.stories for document in story.documents}
    for coded in data.coded:
        story = stories.get(coded.document.id)
        kept = (record for record in coded.coding.records if _wants(record, options, left_out))
        yield CodedDocument(
            coded=coded, entries=tuple(_entry(record, coded, clusters, story) for record in kept), story=story
        )


def _wants(record: Record, options: ExportOptions, left_out: Counter[str]) -> bool:
    if record.confidence < options.threshold:
        left_out[BELOW] += 1
        return False
    if isinstance(record, Event) and not record.counted and not options.every_status:
        left_out[NOT_COUNTED] += 1
        return False
    return True


def _entry(record: Record, coded: Coded, clusters: Mapping[str, str], story: str | None) -> Entry[Record]:
    return Entry(
        record=record,
        document=coded.document,
        provenance=coded.coding.provenance,
        cluster=clusters.get(record.id) or record.cluster or record.id,
        story=story,
    )


def select_events(
    data: Dataset, options: ExportOptions, left_out: Counter[str], *, statements: bool
) -> Iterator[Entry[Event]]:
    """Yields the events asked for, in the order of the documents; without `statements`, not those."""
    for selected in select(data, options, left_out):
        for entry in selected.entries:
            if not isinstance(entry.record, Event):
                left_out[OTHER_KINDS] += 1
            elif entry.record.category == STATEMENT and not statements:
                left_out[STATEMENTS] += 1
            else:
                yield Entry(
                    record=entry.record,
                    document=entry.document,
                    provenance=entry.provenance,
                    cluster=entry.cluster,
                    story=entry.story,
                )


def select_happenings(
    data: Dataset, options: ExportOptions, left_out: Counter[str], *, statements: bool
) -> Iterator[Happening]:
    """Yields happenings in the order of their first telling; with `every_telling`, one for each telling."""
    events = select_events(data, options, left_out, statements=statements)
    if options.every_telling:
        for entry in events:
            yield Happening(cluster=entry.cluster, telling=entry, tellings=(entry,))
        return
    groups: dict[str, list[Entry[Event]]] = {}
    for entry in events:
        groups.setdefault(entry.cluster, []).append(entry)
    for cluster, entries in groups.items():
        yield Happening(cluster=cluster, telling=choose_telling(entries), tellings=tuple(entries))


def choose_telling(entries: Iterable[Entry[Event]]) -> Entry[Event]:
    """The telling with most of its slots filled, then the surest, then the first by id: independent of the order."""
    return min(entries, key=lambda entry: (-_filled(entry.record), -entry.record.confidence, entry.record.id))


def _filled(event: Event) -> int:
    named = sum(link.country is not None for link in (*event.sources[:1], *event.targets[:1]))
    return named + bool(event.targets or event.reciprocal) + (event.time is not None) + (event.place is not None)


def number_id(*parts: str) -> int:
    """A whole number made from the parts, for formats with numeric ids; below 2**53, so that R and Excel keep it."""
    return int(hash_text("\x1f".join(parts))[:13], 16)
