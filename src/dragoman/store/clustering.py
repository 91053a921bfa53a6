"""Clusters kept up to date: new documents are compared with the kept ones that share a key with them.

`dragoman.clusters` decides; `neighbourhood` finds what must be loaded; `cluster_rows` writes what changed. Records that
alike pairs connect are one part, and clusters of a part depend on nothing outside it: so a part that something new
touches is loaded whole and grouped anew, and all others are left alone. The result is that of forming everything anew.
"""

from collections.abc import Callable, Sequence

from dragoman.store.cluster_rows import members_of_parts, parts_of, records_of, write_parts
from dragoman.store.engine import Engine
from dragoman.store.neighbourhood import Neighbourhood

_BATCH = 1_000  # documents compared at once
_MOST = 10_000  # documents kept in memory before a new start, about 300 MB
Update = Callable[[int], None]


def cluster_new(engine: Engine, *, progress: Update | None = None) -> int:
    """Forms the clusters of documents that are new, coded anew or corrected; returns how many documents."""
    done = 0
    found: Neighbourhood | None = None
    while waiting := _unclustered(engine):
        for start in range(0, len(waiting), _BATCH):
            batch = waiting[start : start + _BATCH]
            if found is None or len(found) > _MOST:
                found = Neighbourhood(engine)
            _cluster_batch(engine, found, batch)
            done += len(batch)
            if progress is not None:
                progress(done)
    return done


def recluster(engine: Engine, *, progress: Update | None = None) -> int:
    """Forms all clusters anew; returns how many documents were looked at."""
    with engine.transaction(durable=False) as writing:
        for table in ("cluster", "cluster_member", "story_member", "block", "clustered"):
            writing.write(f"DELETE FROM {table}")
    return cluster_new(engine, progress=progress)


def _unclustered(engine: Engine) -> list[int]:
    """Keys by day of publication: what is compared lies close together, and little must be loaded twice."""
    rows = engine.read(
        "SELECT u.document FROM current u JOIN document o ON o.key = u.document"
        " LEFT JOIN clustered k ON k.document = u.document"
        " WHERE k.coding IS NULL OR k.coding <> u.coding ORDER BY coalesce(o.published, ''), u.document"
    )
    return [int(row[0] or 0) for row in rows]


def _cluster_batch(engine: Engine, found: Neighbourhood, batch: Sequence[int]) -> None:
    kept = found.take(batch)
    named = records_of(engine, batch)
    _complete(engine, found, named)
    parts = found.form()
    write_parts(engine, parts, documents=kept, records=named, stories=found.grown())


def _complete(engine: Engine, found: Neighbourhood, named: set[str]) -> None:
    """Loads the parts that are touched: those of the records reached, and those that lose a record of `named`."""
    asked: set[str] = set()
    while reached := (found.reached() | named) - asked:
        asked |= reached
        members = members_of_parts(engine, parts_of(engine, reached))
        found.load(members.values())
        found.touch(members)
