"""Bringing a database to the version that this dragoman writes, step by step."""

from collections.abc import Sequence
from datetime import UTC, datetime

from dragoman.errors import StoreError, StoreVersionError
from dragoman.store.engine import Engine
from dragoman.store.schema import STEPS, Step, statements_of
from dragoman.store.search import rebuild_search

_VERSIONS = "CREATE TABLE store_version (version INTEGER PRIMARY KEY, title TEXT NOT NULL, applied TEXT NOT NULL)"
_TABLE_THERE = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE name = 'store_version'",
    "postgresql": "SELECT count(*) FROM information_schema.tables WHERE table_name = 'store_version'"
    " AND table_schema = current_schema()",
}


def version_of(engine: Engine) -> int:
    """The version of the tables; 0 when there are none."""
    if not engine.read(_TABLE_THERE[engine.dialect])[0][0]:
        return 0
    return int(engine.read("SELECT coalesce(max(version), 0) FROM store_version")[0][0] or 0)


def check_version(engine: Engine, steps: Sequence[Step] = STEPS) -> None:
    """Raises StoreVersionError unless the tables are of this version."""
    found, newest = version_of(engine), steps[-1].version
    if found == 0:
        raise StoreError(f"{engine.place}: holds no store; make one with: dragoman init")
    if found > newest:
        raise StoreVersionError(
            f"{engine.place}: written by a newer dragoman (tables of version {found}; this one knows up to {newest}); "
            "upgrade with: pip install --upgrade dragoman"
        )
    if found < newest:
        raise StoreVersionError(
            f"{engine.place}: written by an older dragoman (tables of version {found}, expected {newest}); make a copy "
            f"with dragoman backup, then run: dragoman migrate {engine.place}"
        )


def migrate(engine: Engine, steps: Sequence[Step] = STEPS) -> list[Step]:
    """Takes all steps that are missing, each in one transaction; returns them."""
    found = version_of(engine)
    if found > steps[-1].version:
        check_version(engine, steps)
    missing = [step for step in steps if step.version > found]
    for step in missing:
        _take(engine, step, first=step.version == steps[0].version)
    return missing


def _take(engine: Engine, step: Step, *, first: bool) -> None:
    with engine.transaction(durable=True) as writing:
        for statement in ((_VERSIONS,) if first else ()) + statements_of(step, engine.dialect):
            writing.write(statement)
        if step.search and engine.dialect in step.only:
            rebuild_search(writing, engine.dialect)
        applied = datetime.now(UTC).isoformat(timespec="seconds")
        writing.write("INSERT INTO store_version VALUES (?, ?, ?)", (step.version, step.title, applied))
