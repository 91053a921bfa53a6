"""Clusters, stories and people's decisions on them, read back and kept."""

from collections.abc import Iterator
from typing import Any

from dragoman.codec import format_json, parse_json
from dragoman.errors import InputError, RecordNotFoundError
from dragoman.store.engine import Engine, Value
from dragoman.types.cluster import Cluster, ClusterDecision, Disagreement, Joining, Story


def find_cluster(engine: Engine, id: str) -> Cluster:
    """The cluster of this id. Raises RecordNotFoundError."""
    for (body,) in engine.read("SELECT body FROM cluster WHERE id = ?", (id,)):
        return _cluster(parse_json(str(body)))
    for cluster in _unjoined(engine, " AND e.cluster = ?", (id,)):
        return cluster
    raise RecordNotFoundError(f"cluster {id!r}: the store has none of this id")


def iterate_clusters(engine: Engine) -> Iterator[Cluster]:
    """All clusters, sorted by id, those of documents that were not compared yet after the others."""
    for (body,) in engine.stream("SELECT body FROM cluster ORDER BY id"):
        yield _cluster(parse_json(str(body)))
    yield from _unjoined(engine, " AND e.cluster NOT IN (SELECT id FROM cluster)", ())


def _cluster(value: Any) -> Cluster:
    return Cluster(
        id=value["id"],
        kind=value["kind"],
        records=tuple(value["records"]),
        documents=tuple(value["documents"]),
        reason=value["reason"],
        disagreements=tuple(
            Disagreement(
                field=found["field"], values=tuple((text, tuple(records)) for text, records in found["values"])
            )
            for found in value["disagreements"]
        ),
    )


def _unjoined(engine: Engine, clause: str, values: tuple[Value, ...]) -> Iterator[Cluster]:
    """Clusters as the coder formed them within one document."""
    sql = (
        "SELECT e.cluster, e.kind, e.id, o.id FROM entry e JOIN current c ON c.coding = e.coding"
        f" JOIN document o ON o.key = e.document WHERE 1 = 1{clause} ORDER BY e.cluster, e.id"
    )
    id, kind, records, documents = "", "", list[str](), set[str]()
    for cluster, found, record, document in engine.read(sql, values):
        if cluster != id and records:
            yield _coders(id, kind, records, documents)
            records, documents = [], set()
        id, kind = str(cluster), str(found)
        records.append(str(record))
        documents.add(str(document))
    if records:
        yield _coders(id, kind, records, documents)


def _coders(id: str, kind: str, records: list[str], documents: set[str]) -> Cluster:
    reason = "told once" if len(records) == 1 else "one happening by the words of its document"
    return Cluster(id=id, kind=kind, records=tuple(records), documents=tuple(sorted(documents)), reason=reason)


def list_stories(engine: Engine) -> tuple[Story, ...]:
    """All stories of two documents or more, sorted by id."""
    members: dict[str, list[str]] = {}
    for story, document in engine.read("SELECT story, document FROM story_member ORDER BY story, document"):
        members.setdefault(str(story), []).append(str(document))
    return tuple(Story(id=id, documents=tuple(found)) for id, found in members.items())


def keep_decision(engine: Engine, decision: ClusterDecision) -> bool:
    """Keeps the decision, flushed to the disk; False when it was kept before.

    Raises InputError for fewer than two records, RecordNotFoundError for one that is not there.
    """
    if len(set(decision.records)) < 2:
        raise InputError(f"decision {decision.id}: expected two records or more")
    with engine.transaction(durable=True) as writing:
        if writing.read("SELECT 1 FROM cluster_decision WHERE id = ?", (decision.id,)):
            return False
        for record in decision.records:
            if not writing.read("SELECT 1 FROM record WHERE id = ?", (record,)):
                raise RecordNotFoundError(f"record {record!r}: the store has none of this id")
            writing.write(
                "DELETE FROM clustered WHERE document IN (SELECT c.document FROM record b"
                " JOIN coding c ON c.key = b.coding WHERE b.id = ?)",
                (record,),
            )
        key = int(writing.read("SELECT coalesce(max(key), 0) + 1 FROM cluster_decision")[0][0] or 1)
        values = (decision.joining.value, format_json(list(decision.records)), decision.by, decision.decided_at)
        sql = "INSERT INTO cluster_decision VALUES (?, ?, ?, ?, ?, ?, ?)"
        writing.write(sql, (key, decision.id, *values, decision.note))
    return True


def list_decisions(engine: Engine) -> tuple[ClusterDecision, ...]:
    """All decisions, the oldest first."""
    rows = engine.read("SELECT id, joining, records, by, decided_at, note FROM cluster_decision ORDER BY key")
    return tuple(
        ClusterDecision(
            id=str(id),
            joining=Joining(str(joining)),
            records=tuple(parse_json(str(records))),
            by=str(by),
            decided_at=str(decided_at),
            note=str(note),
        )
        for id, joining, records, by, decided_at, note in rows
    )
