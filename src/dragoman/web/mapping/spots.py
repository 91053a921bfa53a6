"""The places of events, with their numbers and the filter that opens exactly their records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.codec import parse_json
from dragoman.store import Records, Store
from dragoman.store.filters import RecordQuery, from_where
from dragoman.web.site import query_of

_PLAIN = RecordQuery(kind=("event",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Events at one point. `precision` says how exactly it is known, empty when nothing says it.

    `disputed` are the codes of the states that claim it, `country` is what the gazetteer files it under, empty for
    none. `filter` is the value of `place` that finds these events and no others.
    """

    name: str
    latitude: float
    longitude: float
    events: int
    precision: str
    country: str
    disputed: tuple[str, ...]

    @property
    def filter(self) -> str:
        """The point as a value of the filter `place`."""
        return f"@{self.latitude!r},{self.longitude!r}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots:
    """The places with most events, how many places there are in all, and how many events have no coordinates."""

    shown: tuple[Spot, ...]
    places: int
    unplaced: int


def events_at(spots: Iterable[Spot], asked: Sequence[tuple[str, str]] = ()) -> str:
    """The list of the events at these places, narrowed as `asked` says."""
    return f"/events?{query_of([*asked, *(('place', spot.filter) for spot in spots)])}"


def find_spots(store: Store, events: "Records[Any]", most: int) -> Spots:
    """Where the events happened. Precision and claimants are read off one of the records of each place."""
    engine, query = store.engine, events.query
    part = from_where(query, engine.dialect, index="entry_place" if query == _PLAIN else None)
    rows = engine.read(
        f"SELECT e.place, e.latitude, e.longitude, count(DISTINCT e.cluster), max(e.record) {part.text}"
        " AND e.latitude IS NOT NULL GROUP BY e.place, e.latitude, e.longitude ORDER BY 4 DESC, 1, 2, 3",
        part.values,
    )
    bodies = _places_of(store, [row[4] for row in rows[:most]])
    shown = tuple(
        _spot(str(name or ""), float(latitude or 0), float(longitude or 0), int(number or 0), bodies.get(record) or {})
        for name, latitude, longitude, number, record in rows[:most]
    )
    return Spots(shown=shown, places=len(rows), unplaced=_unplaced(store, events))


def _spot(name: str, latitude: float, longitude: float, events: int, place: Any) -> Spot:
    return Spot(
        name=name,
        latitude=latitude,
        longitude=longitude,
        events=events,
        precision=str(place.get("precision") or ""),
        country=str(place.get("country") or ""),
        disputed=tuple(str(one) for one in place.get("disputed") or ()),
    )


def _places_of(store: Store, records: Sequence[Any]) -> dict[Any, Any]:
    """The place of each record by its key, as JSON, corrections folded in."""
    if not records:
        return {}
    rows = store.engine.read(
        "SELECT b.key, coalesce(x.body, b.body) FROM record b LEFT JOIN corrected x ON x.record = b.key"
        f" WHERE b.key IN ({', '.join('?' * len(records))})",
        records,
    )
    return {key: parse_json(str(body)).get("place") for key, body in rows}


def _unplaced(store: Store, events: "Records[Any]") -> int:
    part = from_where(events.query, store.engine.dialect)
    sql = f"SELECT count(DISTINCT e.cluster) {part.text} AND e.latitude IS NULL"
    return int(store.engine.read(sql, part.values)[0][0] or 0)
