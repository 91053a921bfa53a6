"""All tables of an export in one pass over the coded documents."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from dragoman.export.columns import Cell, Entry, Table
from dragoman.export.csv_file import rows_of
from dragoman.export.options import Dataset, ExportOptions, Written
from dragoman.export.parts import CLUSTERS, EVIDENCE, PARTICIPANTS, STORIES
from dragoman.export.select import CodedDocument, select
from dragoman.export.tables import DOCUMENTS, DOCUMENTS_WITH_TEXT, OF_KIND

Row = tuple[Cell, ...]


@dataclass(slots=True)
class Seen:
    """The documents, clusters and stories that came by, so that clusters and stories are written with their records."""

    records: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)


def tables_of(options: ExportOptions) -> tuple[Table, ...]:
    """All tables, the documents first."""
    documents = DOCUMENTS_WITH_TEXT if options.with_text else DOCUMENTS
    return (documents, *OF_KIND.values(), PARTICIPANTS, EVIDENCE, CLUSTERS, STORIES)


def pass_rows(
    data: Dataset, options: ExportOptions, written: Written, see: Callable[[CodedDocument], None] | None = None
) -> Iterator[tuple[Table, Row]]:
    """Yields each row of every table with its table, a document with all that belongs to it before the next.

    Clusters and stories come last: those of which a record or a document was written. `see` is shown every document.
    """
    seen = Seen()
    of_documents = tables_of(options)[:-2]
    for selected in select(data, options, written.left_out):
        if see is not None:
            see(selected)
        seen.documents.add(selected.coded.document.id)
        seen.records.update(entry.record.id for entry in selected.entries)
        for table in of_documents:
            for row in rows_of(table, head_of(selected), selected.entries):
                written.rows[table.name] += 1
                yield table, row
    yield from _last(data, seen, written)


def head_of(selected: CodedDocument) -> Entry[None]:
    """The document as an entry without a record."""
    coded = selected.coded
    return Entry(
        record=None, document=coded.document, provenance=coded.coding.provenance, cluster="", story=selected.story
    )


def _last(data: Dataset, seen: Seen, written: Written) -> Iterator[tuple[Table, Row]]:
    for cluster in data.clusters:
        if not seen.records.isdisjoint(cluster.records):
            written.rows[CLUSTERS.name] += 1
            yield CLUSTERS, CLUSTERS.row(cluster)
    for story in data.stories:
        if not seen.documents.isdisjoint(story.documents):
            written.rows[STORIES.name] += 1
            yield STORIES, STORIES.row(story)
