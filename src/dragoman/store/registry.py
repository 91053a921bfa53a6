"""Small questions: one entry, the actors, the counts of everything, the health of the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.codec import parse_json
from dragoman.errors import RecordNotFoundError
from dragoman.store.engine import Engine, SqliteEngine, Value
from dragoman.store.filters import latest
from dragoman.store.questions import BESIDE, ENTRY, Entry, read_entry
from dragoman.store.search import names_matching

Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """An actor that records name: `names` as written, its own apart; `records` it takes part in, latest codings."""

    actor_id: str
    name: str
    names: tuple[str, ...]
    country: str | None
    kind: str | None
    records: int


def find_entry(engine: Engine, id: str, *, run: str | None = None) -> Entry[Any] | None:
    """The entry of a record in its latest coding, or in that of a run; None when there is none."""
    clause, values = ("", [id]) if run is None else (" AND r.id = ?", [id, run])
    found = "(SELECT key AS record, coding FROM record WHERE id = ?)"
    sql = f"SELECT {ENTRY} FROM {found} f JOIN entry e ON e.record = f.record{BESIDE} WHERE 1 = 1{clause}"
    rows = engine.read(f"{sql} ORDER BY f.coding DESC LIMIT 1", values)
    return read_entry(rows[0]) if rows else None


def current_value(engine: Engine, id: str) -> Json:
    """The JSON value of a record as it stands. Raises RecordNotFoundError."""
    found = find_entry(engine, id)
    if found is None:
        raise RecordNotFoundError(f"record {id!r}: the store has none of this id")
    return parse_json(found.json)


def list_actors(engine: Engine, *, name: str | None, country: str | None) -> tuple[ActorEntry, ...]:
    """Actors by a part of a name and by country, those in most records first."""
    parts, values = [], list[Value]()
    if name is not None:
        text, found = names_matching(engine.dialect, name)
        parts.append(f"a.actor IN (SELECT actor FROM actor_name WHERE key IN ({text}))")
        values += found
    if country is not None:
        parts.append("a.country = ?")
        values.append(country)
    where = f" WHERE {' AND '.join(parts)}" if parts else ""
    rows = engine.read(
        f"SELECT a.actor, a.name, a.canonical, a.country, a.kind FROM actor_name a{where} ORDER BY a.actor, a.key",
        values,
    )
    by_actor: dict[str, list[Sequence[Value]]] = {}
    for row in rows:
        by_actor.setdefault(str(row[0]), []).append(row)
    entries = [_actor(engine, actor, names) for actor, names in by_actor.items()]
    return tuple(sorted(entries, key=lambda entry: (-entry.records, entry.actor_id)))


def _actor(engine: Engine, actor: str, rows: list[Sequence[Value]]) -> ActorEntry:
    own = next((str(row[1]) for row in rows if row[2]), str(rows[0][1]))
    sql = (
        "SELECT count(DISTINCT v.record) FROM involved v JOIN entry e ON e.record = v.record"
        " JOIN current c ON c.coding = e.coding WHERE v.actor = ?"
    )
    return ActorEntry(
        actor_id=actor,
        name=own,
        names=tuple(str(row[1]) for row in rows if str(row[1]) != own),
        country=str(rows[0][3]) or None,
        kind=str(rows[0][4]) or None,
        records=int(engine.read(sql, (actor,))[0][0] or 0),
    )


def count_all(engine: Engine) -> dict[str, Any]:
    """The values of `book.Status`."""
    happenings, counted = count_happenings(engine)
    seen = count_reviews(engine)
    days = [day for one in seen for day in (one.first_day, one.last_day) if day]
    kinds = sorted({one.kind for one in seen})
    return {
        "place": engine.place,
        "documents": _one(engine, "SELECT count(*) FROM document"),
        "records": tuple((kind, sum(one.records for one in seen if one.kind == kind)) for kind in kinds),
        "events": happenings,
        "counted": counted,
        "runs": _one(engine, "SELECT count(*) FROM run"),
        "broken_runs": _one(engine, "SELECT count(*) FROM run WHERE key NOT IN (SELECT run FROM run_end)"),
        "verdicts": _one(engine, "SELECT count(*) FROM verdict"),
        "reviewed": sum(one.records for one in seen if one.review not in ("open", "stale")),
        "clusters": _one(engine, "SELECT count(*) FROM cluster"),
        "first_day": min(days, default=None),
        "last_day": max(days, default=None),
        "size": _size(engine),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """Records of one kind in one state of review, with the first and last of their days, None when none has one."""

    kind: str
    review: str
    records: int
    first_day: str | None
    last_day: str | None


def count_reviews(engine: Engine) -> tuple[Reviewed, ...]:
    """How the records of the latest codings fall by kind and state of review, in one pass."""
    sql = (
        "SELECT e.kind, e.review, count(*), min(nullif(e.day, '')), max(nullif(e.day, ''))"
        f" {latest(engine.dialect, 'entry_facets')} GROUP BY e.kind, e.review"
    )
    return tuple(
        Reviewed(
            kind=str(kind),
            review=str(review),
            records=int(records or 0),
            first_day=None if first is None else str(first),
            last_day=None if last is None else str(last),
        )
        for kind, review, records, first, last in engine.read(sql)
    )


def count_judged_events(engine: Engine) -> int:
    """On how many events of the latest codings reviewers decided."""
    sql = (
        "SELECT count(*) FROM entry e JOIN current c ON c.coding = e.coding"
        " WHERE e.review IN ('accepted', 'rejected', 'corrected') AND e.kind = 'event'"
    )
    return int(engine.read(sql)[0][0] or 0)


def count_happenings(engine: Engine) -> tuple[int, int]:
    """Happenings of events that nobody rejected, and how many of them series count."""
    sql = (
        "SELECT count(*), sum(counted) FROM (SELECT max(e.counted) AS counted"
        f" {latest(engine.dialect, 'entry_happening')}"
        " WHERE e.kind = 'event' AND e.review <> 'rejected' GROUP BY e.cluster) happening"
    )
    happenings, counted = engine.read(sql)[0]
    return int(happenings or 0), int(counted or 0)


def _one(engine: Engine, sql: str) -> int:
    return int(engine.read(sql)[0][0] or 0)


def _size(engine: Engine) -> int | None:
    if not isinstance(engine, SqliteEngine):
        return None
    files = [engine.path, Path(f"{engine.path}-wal")]
    return sum(file.stat().st_size for file in files if file.exists())
