"""Clusters kept up to date: new documents are compared with the kept ones that share a key with them.

`dragoman.clusters` decides; this file finds what must be loaded, and writes what changed. A key shared by very many
documents ("Russia, undated claims") would load them all: then only the latest of them are looked at. `recluster` forms
everything anew.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict

from dragoman.codec import format_json, parse_json
from dragoman.pipeline import Coded
from dragoman.store.decisions import list_decisions
from dragoman.store.documents import iterate_coded
from dragoman.store.engine import Engine, Transaction
from dragoman.store.writing import chunks, marks
from dragoman.types.cluster import Cluster, Story

_BATCH = 200  # documents compared at once
_LATEST = 100  # documents of one key that are looked at
_NEAR, _NEAR_EACH = 100, 20  # kept documents looked at, and how many more for each new one
_ROUNDS = 4  # how often what was found leads on to more
_WHOLE = 5_000  # documents that are clustered in one go
Update = Callable[[int], None]


def cluster_new(engine: Engine, *, progress: Update | None = None) -> int:
    """Forms the clusters of documents that are new, coded anew or corrected; returns how many documents."""
    done = 0
    while batch := _unclustered(engine):
        _cluster_batch(engine, batch)
        done += len(batch)
        if progress is not None:
            progress(done)
    return done


def recluster(engine: Engine, *, progress: Update | None = None) -> int:
    """Forms all clusters anew; returns how many documents were looked at."""
    with engine.transaction(durable=False) as writing:
        for table in ("cluster", "cluster_member", "story_member", "block", "clustered"):
            writing.write(f"DELETE FROM {table}")
    count = int(engine.read("SELECT count(*) FROM current")[0][0] or 0)
    if count > _WHOLE:
        return cluster_new(engine, progress=progress)
    if keys := _unclustered(engine, _WHOLE):
        _cluster_batch(engine, keys)
    return count


def _unclustered(engine: Engine, most: int = _BATCH) -> list[int]:
    rows = engine.read(
        "SELECT u.document FROM current u LEFT JOIN clustered k ON k.document = u.document"
        " WHERE k.coding IS NULL OR k.coding <> u.coding ORDER BY u.document LIMIT ?",
        (most,),
    )
    return [int(row[0] or 0) for row in rows]


class _Neighbourhood:
    """Documents loaded into an index: the new ones, those that share a key, and those of the clusters they touch."""

    def __init__(self, engine: Engine) -> None:
        # Here and not above: it brings numpy, which a question does not need.
        from dragoman.clusters import ClusterIndex, StoryIndex

        self._engine = engine
        self.index = ClusterIndex()
        self.loaded: dict[int, Coded] = {}
        self._stories = StoryIndex()

    def load(self, documents: Iterable[int]) -> None:
        """Adds documents that are not there yet."""
        missing = tuple(sorted(set(documents) - self.loaded.keys()))
        for key in missing:
            for coded in iterate_coded(self._engine, documents=(key,), rejected=True):
                self.loaded[key] = coded
                self.index.add(coded)
                self._stories.add(coded.document)

    def near(self, keys: Iterable[str], *, most: int) -> set[int]:
        """Kept documents that have one of these keys: up to `most`, rare keys first, of each key the latest."""
        sql = "SELECT document FROM block WHERE block = ? ORDER BY document DESC LIMIT ?"
        sharing = [[int(row[0] or 0) for row in self._engine.read(sql, (key, _LATEST))] for key in sorted(keys)]
        found: set[int] = set()
        for documents in sorted(sharing, key=len):
            if len(found) < most:
                found.update(documents)
        return found

    def stories(self) -> tuple[Story, ...]:
        """Near-copies among the loaded documents."""
        return self._stories.stories()


def _cluster_batch(engine: Engine, batch: Sequence[int]) -> None:
    from dragoman.clusters import block_keys

    found = _Neighbourhood(engine)
    found.load(batch)
    keys = {key: block_keys(found.loaded[key]) for key in batch}
    most = _NEAR + _NEAR_EACH * len(batch)
    found.load(found.near({one for some in keys.values() for one in some}, most=most))
    for decision in list_decisions(engine):
        found.index.decide(decision)
    touched = _records_of(engine, batch)
    clusters, old = _close(engine, found, touched)
    stories = found.stories()
    with engine.transaction(durable=False) as writing:
        _write_clusters(writing, clusters, old)
        _let_go(writing, touched - {record for cluster in clusters for record in cluster.records})
        _write_stories(writing, stories)
        _write_blocks(writing, keys)


def _records_of(engine: Engine, documents: Sequence[int]) -> set[str]:
    """The records of all codings: those that a newer coding has no more must leave their clusters."""
    found: set[str] = set()
    for key in documents:
        rows = engine.read("SELECT b.id FROM coding c JOIN record b ON b.coding = c.key WHERE c.document = ?", (key,))
        found |= {str(row[0]) for row in rows}
    return found


def _close(engine: Engine, found: _Neighbourhood, touched: set[str]) -> tuple[list[Cluster], set[str]]:
    """The clusters that hold a touched record, and the ids of the old ones that they take records from.

    What an old cluster loses must be grouped anew too, so its other records count as touched.
    """
    clusters: list[Cluster] = []
    old: set[str] = set()
    for _ in range(_ROUNDS):
        found.index.add_stories(found.stories())
        clusters = [cluster for cluster in found.index.clusters() if touched & set(cluster.records)]
        touched |= {record for cluster in clusters for record in cluster.records}
        old = _old_clusters(engine, touched)
        members = _members(engine, old)
        if members.keys() <= touched:
            break
        touched |= members.keys()
        found.load(members.values())
    return clusters, old


def _old_clusters(engine: Engine, records: set[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(sorted(records)):
        rows = engine.read(f"SELECT DISTINCT cluster FROM cluster_member WHERE record IN ({marks(some)})", some)
        found |= {str(row[0]) for row in rows}
    return found


def _members(engine: Engine, clusters: set[str]) -> dict[str, int]:
    """The records of clusters, each with the key of its document."""
    found: dict[str, int] = {}
    for some in chunks(sorted(clusters)):
        rows = engine.read(
            "SELECT m.record, c.document FROM cluster_member m JOIN record b ON b.id = m.record"
            f" JOIN current c ON c.coding = b.coding WHERE m.cluster IN ({marks(some)})",
            some,
        )
        found |= {str(record): int(document or 0) for record, document in rows}
    return found


def _write_clusters(writing: Transaction, clusters: Sequence[Cluster], old: set[str]) -> None:
    kept = {cluster.id for cluster in clusters}
    for some in chunks(sorted(old - kept)):
        writing.write(f"DELETE FROM cluster WHERE id IN ({marks(some)})", some)
    writing.write_many(
        "INSERT INTO cluster VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        [(cluster.id, cluster.kind, format_json(asdict(cluster))) for cluster in clusters],
    )
    members = [(record, cluster.id) for cluster in clusters for record in cluster.records]
    writing.write_many(
        "INSERT INTO cluster_member VALUES (?, ?) ON CONFLICT (record) DO UPDATE SET cluster = excluded.cluster",
        members,
    )
    writing.write_many(
        "UPDATE entry SET cluster = ? WHERE record IN (SELECT key FROM record WHERE id = ?) AND cluster <> ?",
        [(cluster, record, cluster) for record, cluster in members],
    )
    writing.write_many(
        "INSERT INTO dyad_dirty SELECT DISTINCT d.source, d.target, substr(d.day, 1, 7) FROM record b"
        " JOIN dyad d ON d.record = b.key WHERE b.id = ? ON CONFLICT DO NOTHING",
        [(record,) for record, _ in members],
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


def _write_blocks(writing: Transaction, keys: dict[int, tuple[str, ...]]) -> None:
    for document in keys:
        writing.write("DELETE FROM block WHERE document = ?", (document,))
    rows = [(key, document) for document, found in keys.items() for key in found]
    writing.write_many("INSERT INTO block VALUES (?, ?)", rows)
    writing.write_many(
        "INSERT INTO clustered SELECT document, coding FROM current WHERE document = ?"
        " ON CONFLICT (document) DO UPDATE SET coding = excluded.coding",
        [(document,) for document in keys],
    )
