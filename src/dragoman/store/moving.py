"""A whole store into another database: the append-only core is copied, the projections are made there."""

from collections.abc import Callable

from dragoman.errors import InputError
from dragoman.store.engine import Engine
from dragoman.store.schema import CORE_TABLES

_BATCH = 1000
_COLUMNS = {
    "run": "key, id, kind, started, codebook, model, kb, manifest",
    "run_end": "run, finished, outcome",
    "document": "key, id, text_hash, run, origin, title, published, publisher, url, language, furniture, notes, text",
    "coding": "key, document, run, codebook, model, kb, issues, records",
    "record": "key, coding, id, kind, body",
    "verdict": "key, id, record, document, reviewer, decided_at, judgement, field, judged, value, undoes, note",
    "cluster_decision": "key, id, joining, records, by, decided_at, note",
}


def copy_core(source: Engine, target: Engine, *, progress: Callable[[str, int], None] | None = None) -> dict[str, int]:
    """Copies every row of the core, in one transaction; returns how many of each table.

    Raises InputError when the target holds documents already.
    """
    copied: dict[str, int] = {}
    with target.transaction(durable=True) as writing:
        for table in CORE_TABLES:
            if writing.read(f"SELECT 1 FROM {table} LIMIT 1"):
                raise InputError(f"{target.place}: not empty; a store can only be moved into a new, empty one")
        for table in CORE_TABLES:
            columns = _COLUMNS[table]
            insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns.split(',')))})"
            order = columns.split(",")[0]
            batch, count = [], 0
            for row in source.stream(f"SELECT {columns} FROM {table} ORDER BY {order}"):
                batch.append(row)
                count += 1
                if len(batch) == _BATCH:
                    writing.write_many(insert, batch)
                    batch = []
            writing.write_many(insert, batch)
            copied[table] = count
            if progress is not None:
                progress(table, count)
    return copied
