"""The rows of clusters, parts, stories and of the keys by which documents are compared: read and written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from dragoman.codec import format_json, parse_json
from dragoman.store.engine import Engine, Row, Transaction
from dragoman.store.writing import chunks, marks
from dragoman.types.cluster import Cluster, Story

if TYPE_CHECKING:
    from dragoman.clusters import Part

_LATEST = 1_000  # documents of one key that are looked at: "Russia, undated" may be shared by all
_Keys = Mapping[int, tuple[str, ...]]


def _read_in(engine: Engine | Transaction, sql: str, values: Iterable[str]) -> Iterable[Row]:
    """The rows for all values; `{}` in the question stands for some of them at a time."""
    for some in chunks(sorted(values)):
        yield from engine.read(sql.format(marks(some)), some)


# ---- what is asked


def records_of(engine: Engine, documents: Sequence[int]) -> set[str]:
    """The records of all codings: those that a newer coding has no more must leave their clusters."""
    sql = "SELECT b.id FROM coding c JOIN record b ON b.coding = c.key WHERE c.document = ?"
    return {str(row[0]) for key in documents for row in engine.read(sql, (key,))}


def parts_of(engine: Engine, records: Iterable[str]) -> set[str]:
    """The parts in which these records were when they were last written."""
    rows = _read_in(engine, "SELECT DISTINCT part FROM cluster_member WHERE record IN ({})", records)
    return {str(row[0]) for row in rows}


def members_of_parts(engine: Engine, parts: Iterable[str]) -> dict[str, int]:
    """The records of these parts that a latest coding has, each with the key of its document."""
    sql = (
        "SELECT m.record, c.document FROM cluster_member m JOIN record b ON b.id = m.record"
        " JOIN current c ON c.coding = b.coding WHERE m.part IN ({})"
    )
    return {str(record): int(document or 0) for record, document in _read_in(engine, sql, parts)}


def documents_of_records(engine: Engine, records: Iterable[str]) -> set[int]:
    """The keys of the documents whose latest coding has one of these records."""
    sql = "SELECT c.document FROM record b JOIN current c ON c.coding = b.coding WHERE b.id IN ({})"
    return {int(row[0] or 0) for row in _read_in(engine, sql, records)}


def keys_of_documents(engine: Engine, ids: Iterable[str]) -> set[int]:
    """The keys of documents."""
    return {int(row[0] or 0) for row in _read_in(engine, "SELECT key FROM document WHERE id IN ({})", ids)}


def documents_under(engine: Engine, keys: Iterable[str]) -> set[int]:
    """Documents that are kept under one of these keys, of each key the latest."""
    sql = (
        "SELECT DISTINCT document FROM (SELECT document, row_number() OVER (PARTITION BY block ORDER BY document DESC)"
        f" AS number FROM block WHERE block IN ({{}})) kept WHERE number <= {_LATEST}"
    )
    return {int(row[0] or 0) for row in _read_in(engine, sql, keys)}


def stories_of(engine: Engine, documents: Iterable[str]) -> dict[str, list[str]]:
    """The stories in which these documents are, each with all its documents."""
    of = {str(row[0]) for row in _read_in(engine, _STORIES, documents)}
    found: dict[str, list[str]] = defaultdict(list)
    for story, document in _read_in(engine, "SELECT story, document FROM story_member WHERE story IN ({})", of):
        found[str(story)].append(str(document))
    return found


_STORIES = "SELECT DISTINCT story FROM story_member WHERE document IN ({})"


# ---- what is written


def write_parts(
    engine: Engine, parts: "Sequence[Part]", *, documents: _Keys, records: set[str], stories: Sequence[Story]
) -> None:
    """Writes what changed, in one transaction.

    `documents` are those that were taken, with the keys under which they are kept; `records` those of all their
    codings: they are written in any case, and those that no part has go back to what their coder said.
    """
    with engine.transaction(durable=False) as writing:
        _write_clusters(writing, parts, records)
        _let_go(writing, records - {record for part in parts for one in part.clusters for record in one.records})
        _write_stories(writing, stories)
        _write_keys(writing, documents)


def _write_clusters(writing: Transaction, parts: "Sequence[Part]", records: set[str]) -> None:
    now = {record: (cluster.id, part.name) for part in parts for cluster in part.clusters for record in cluster.records}
    rows = _read_in(writing, "SELECT record, cluster, part FROM cluster_member WHERE record IN ({})", {*now, *records})
    old = {str(record): (str(cluster), str(part)) for record, cluster, part in rows}
    clusters = {cluster.id: cluster for part in parts for cluster in part.clusters}
    for some in chunks(sorted({cluster for cluster, _ in old.values()} - clusters.keys())):
        writing.write(f"DELETE FROM cluster WHERE id IN ({marks(some)})", some)
    writing.write_many(
        "INSERT INTO cluster VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        [(one.id, one.kind, _body(one)) for one in clusters.values()],
    )
    writing.write_many(
        "INSERT INTO cluster_member VALUES (?, ?, ?) ON CONFLICT (record) DO UPDATE"
        " SET cluster = excluded.cluster, part = excluded.part",
        [(record, *where) for record, where in now.items() if old.get(record) != where],
    )
    moved = [
        (cluster, record)
        for record, (cluster, _) in now.items()
        if record in records or record not in old or old[record][0] != cluster
    ]
    writing.write_many(
        "UPDATE entry SET cluster = ? WHERE record IN (SELECT key FROM record WHERE id = ?) AND cluster <> ?",
        [(cluster, record, cluster) for cluster, record in moved],
    )
    writing.write_many(
        "INSERT INTO dyad_dirty SELECT DISTINCT d.source, d.target, substr(d.day, 1, 7) FROM record b"
        " JOIN dyad d ON d.record = b.key WHERE b.id = ? ON CONFLICT DO NOTHING",
        [(record,) for _, record in moved],
    )


def _body(cluster: Cluster) -> str:
    disagreements = [asdict(one) for one in cluster.disagreements]
    return format_json(
        {
            "id": cluster.id,
            "kind": cluster.kind,
            "records": cluster.records,
            "documents": cluster.documents,
            "reason": cluster.reason,
            "disagreements": disagreements,
        }
    )


def _let_go(writing: Transaction, records: set[str]) -> None:
    """Records that no latest coding has are in no cluster; they go back to what their coder said."""
    for id in sorted(records):
        writing.write("DELETE FROM cluster_member WHERE record = ?", (id,))
        for key, body in writing.read("SELECT key, body FROM record WHERE id = ?", (id,)):
            cluster = parse_json(str(body))["cluster"] or id
            writing.write("UPDATE entry SET cluster = ? WHERE record = ?", (cluster, key))


def _write_stories(writing: Transaction, stories: Sequence[Story]) -> None:
    rows = [(document, story.id) for story in stories for document in story.documents]
    writing.write_many(
        "INSERT INTO story_member VALUES (?, ?) ON CONFLICT (document) DO UPDATE SET story = excluded.story", rows
    )


def _write_keys(writing: Transaction, keys: _Keys) -> None:
    for document in keys:
        writing.write("DELETE FROM block WHERE document = ?", (document,))
    rows = [(key, document) for document, found in keys.items() for key in found]
    writing.write_many("INSERT INTO block VALUES (?, ?)", rows)
    writing.write_many(
        "INSERT INTO clustered SELECT document, coding FROM current WHERE document = ?"
        " ON CONFLICT (document) DO UPDATE SET coding = excluded.coding",
        [(document,) for document in keys],
    )
