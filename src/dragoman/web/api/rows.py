"""A record as the API writes it: as JSON, as a row of a table, as a feature of a map."""

from collections.abc import Iterable
from typing import Any

from dragoman.codec import format_json, parse_json
from dragoman.store import Entry
from dragoman.types.record import Record

COLUMNS = (
    *("kind", "id", "document", "published", "publisher", "url", "sentence", "day", "category", "mode", "label"),
    *("status", "attributed_to", "speaker", "source", "source_country", "target", "target_country", "time", "place"),
    *("place_country", "latitude", "longitude", "cameo", "quad", "goldstein", "plover_score", "counted", "confidence"),
    *("quote", "cluster", "review", "run", "version"),
)
# Types of the columns that are no text, by their names in Arrow: a column without any value keeps its type.
TYPES = {
    "sentence": "int64",
    "counted": "bool_",
    **dict.fromkeys(("latitude", "longitude", "goldstein", "plover_score", "confidence"), "float64"),
}
_ON_THE_MAP = frozenset(("latitude", "longitude"))  # what the geometry says already


def entry_json(entry: Entry[Record]) -> str:
    """The record by RECORD.md section 7, with its day, quote, happening and the version that a verdict names."""
    beside = {"day": entry.day or None, "quote": entry.quote, "happening": entry.cluster, "version": entry.version}
    return f"{entry.json[:-1]},{format_json(beside)[1:]}"


def row_of(entry: Entry[Record]) -> tuple[Any, ...]:
    """The record as one row of COLUMNS."""
    value = parse_json(entry.json)
    sources, targets = _sides(value)
    place, said = place_of(value), value["attribution"]
    label = next((value[key] for key in ("instrument", "stance", "name", "level", "topic") if key in value), None)
    return (
        *(value["kind"], value["id"], entry.document, entry.published, entry.publisher, entry.url, value["sentence"]),
        *(entry.day, value.get("category"), value.get("mode"), label if isinstance(label, str) else None),
        *(value["status"], said["by"], _names([said["speaker"]])),
        *(_names(sources), _codes(sources), _names(targets), _codes(targets), (value.get("time") or {}).get("edtf")),
        *(place.get("name") or place.get("text"), place.get("country"), place.get("lat"), place.get("lon")),
        *(value.get("cameo"), value.get("quad"), value.get("goldstein"), value.get("plover_score")),
        *(value.get("counted"), value["confidence"], entry.quote, entry.cluster, entry.review, entry.run),
        entry.version,
    )


def feature_of(entry: Entry[Record]) -> str:
    """The record as a GeoJSON feature (RFC 7946), with how exactly its place is known.

    Without coordinates the geometry is null, so that a page on the map has as many records as one in a table.
    """
    row = dict(zip(COLUMNS, row_of(entry), strict=True))
    point = None
    if row["longitude"] is not None and row["latitude"] is not None:
        point = {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
    precision = place_of(parse_json(entry.json)).get("precision")
    said = {name: value for name, value in row.items() if name not in _ON_THE_MAP}
    properties = {"precision": precision, **said}
    return format_json({"type": "Feature", "id": row["id"], "geometry": point, "properties": properties})


def place_of(value: Any) -> Any:
    """The place of a record as JSON, the first one where there are several, empty without one."""
    return value.get("place") or next(iter(value.get("places") or ()), None) or {}


def _sides(value: Any) -> tuple[list[Any], list[Any]]:
    """Who stands on the two sides, whatever the kind."""
    if value["kind"] == "event":
        return value["sources"], value["targets"]
    if value["kind"] == "agreement":
        return value["parties"], []
    if value["kind"] == "project":
        return value["proponents"], []
    if value["kind"] == "membership":
        return [value["member"]], [value["organization"]]
    return [value.get("holder") or value.get("speaker")], []


def _names(links: Iterable[Any]) -> str:
    return "; ".join(link["name"] or link["text"] for link in links if link)


def _codes(links: Iterable[Any]) -> str:
    return "; ".join(" ".join(part for part in (link["country"], link["sector"]) if part) for link in links if link)
