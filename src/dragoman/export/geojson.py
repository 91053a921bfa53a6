"""GeoJSON by RFC 7946: one point for each event that has coordinates, with how exactly the place is known."""

from datetime import date
from typing import TextIO

from dragoman.codec import format_json
from dragoman.export.columns import Cell, Entry
from dragoman.export.options import Dataset, ExportOptions, Written
from dragoman.export.select import select_events
from dragoman.export.tables import EVENTS
from dragoman.types.record import Event

UNPLACED = "events without coordinates"
# What the geometry says already.
_LEFT_OUT = frozenset({"latitude", "longitude"})


def write_geojson(data: Dataset, out: TextIO, options: ExportOptions) -> Written:
    """Writes a FeatureCollection, one feature a line. Coordinates are longitude, latitude in WGS 84."""
    written = Written()
    out.write('{"type":"FeatureCollection","features":[')
    for entry in select_events(data, options, written.left_out, statements=True):
        point = _point(entry.record)
        if point is None:
            written.left_out[UNPLACED] += 1
            continue
        out.write((",\n" if written.rows["features"] else "\n") + format_json(_feature(entry, point)))
        written.rows["features"] += 1
    out.write("\n]}\n")
    return written


def _point(event: Event) -> tuple[float, float] | None:
    place = event.place
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.longitude, place.latitude


def _feature(entry: Entry[Event], point: tuple[float, float]) -> dict[str, object]:
    cells = zip(EVENTS.header, EVENTS.row(entry), strict=True)
    properties = {name: _value(cell) for name, cell in cells if name not in _LEFT_OUT}
    place = entry.record.place
    return {
        "type": "Feature",
        "id": entry.record.id,
        "geometry": {"type": "Point", "coordinates": list(point)},
        "properties": {"precision": place.precision if place else None, **properties},
    }


def _value(cell: Cell) -> Cell:
    return cell.isoformat() if isinstance(cell, date) else cell
