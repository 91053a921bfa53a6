"""Foreign events as CSV, JSON Lines or Parquet: the same table for all layers, the layer in the first column."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from dragoman.codec import format_json
from dragoman.errors import ConfigError
from dragoman.export.columns import Cell, CellType, Column, Table, join
from dragoman.export.csv_file import write_rows
from dragoman.export.folder import new_file
from dragoman.export.parquet import Gathered, load_arrow, schema_of, write_parquet_file
from dragoman.types.foreign import ForeignActor, ForeignEvent, ForeignPlace

_S, _I, _N, _D = CellType.STRING, CellType.INTEGER, CellType.NUMBER, CellType.DATE


def _actors(prefix: str, get: Callable[[ForeignEvent], tuple[ForeignActor, ...]]) -> tuple[Column, ...]:
    return (
        Column(f"{prefix}_name", _S, "name in the other set", lambda event: join(actor.name for actor in get(event))),
        Column(f"{prefix}_country", _S, "ISO 3166-1 alpha-3 where known",
               lambda event: join(actor.country for actor in get(event))),
        Column(f"{prefix}_sectors", _S, "the other set's sectors",
               lambda event: join(", ".join(actor.sectors) for actor in get(event))),
    )  # fmt: skip


def _plain(name: str, type: CellType, description: str) -> Column:
    def get(event: ForeignEvent) -> Cell:
        value: Cell = getattr(event, name)
        return str(value) if isinstance(value, StrEnum) else value

    return Column(name, type, description, get)


def _of_place(name: str, type: CellType, get: Callable[[ForeignPlace], str | float | int | None]) -> Column:
    return Column(name, type, "where the other set puts it", lambda event: get(event.place) if event.place else None)


FOREIGN = Table(
    name="foreign",
    title="Events that others coded",
    key=("id",),
    columns=(
        _plain("layer", _S, "gdelt, icews or polecat"),
        _plain("id", _S, "the layer and the other set's id"),
        _plain("day", _D, "day of the event"),
        *_actors("source", lambda event: event.sources),
        *_actors("target", lambda event: event.targets),
        _plain("category", _S, "PLOVER's, from POLECAT"),
        _plain("mode", _S, "PLOVER's, from POLECAT"),
        Column("contexts", _S, "PLOVER's, from POLECAT", lambda event: join(event.contexts)),
        _plain("cameo", _S, "from GDELT and ICEWS"),
        _plain("quad", _S, "verbal or material, cooperation or conflict"),
        _plain("score", _N, "Goldstein weight, or POLECAT's intensity"),
        _of_place("place", _S, lambda place: place.name),
        _of_place("place_country", _S, lambda place: place.country),
        _of_place("latitude", _N, lambda place: place.latitude),
        _of_place("longitude", _N, lambda place: place.longitude),
        _of_place("geonames", _I, lambda place: place.geonames),
        _plain("reports", _I, "articles, where the set gives them"),
        _plain("publisher", _S, "outlet"),
        _plain("published", _D, "day of publication"),
        _plain("url", _S, "address"),
        _plain("file", _S, "file of the row"),
        _plain("line", _I, "line of the row"),
    ),
)


def write_foreign_csv(events: Iterable[ForeignEvent], out: TextIO) -> None:
    """Writes the table, cells guarded against being run as formulas."""
    write_rows(FOREIGN, (FOREIGN.row(event) for event in events), out, raw=False)


def write_foreign_jsonl(events: Iterable[ForeignEvent], out: TextIO) -> None:
    """Writes one event a line, with actors and place as objects."""
    for event in events:
        out.write(format_json(_json(asdict(event))) + "\n")


def _json(value: object) -> object:
    if isinstance(value, dict):
        return {key: _json(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


WRITERS: Mapping[str, Callable[[Iterable[ForeignEvent], TextIO], None]] = {
    "csv": write_foreign_csv,
    "jsonl": write_foreign_jsonl,
}


def write_foreign_parquet(events: Iterable[ForeignEvent], path: Path) -> None:
    """Writes the table as one Parquet file, sorted by id, that appears when it is whole. Needs the extra `arrow`."""
    arrow = load_arrow()
    gathered = Gathered(FOREIGN, schema_of(FOREIGN, arrow), arrow)
    for event in events:
        gathered.add(FOREIGN.row(event))
    with new_file(path) as building:
        write_parquet_file(gathered.finish(), building)


def find_writer(name: str) -> Callable[[Iterable[ForeignEvent], TextIO], None]:
    """The writer of that name. Raises ConfigError naming all when there is none."""
    if name not in WRITERS:
        raise ConfigError(f"--format: {name!r} is no format; expected one of {', '.join(WRITERS)}, parquet")
    return WRITERS[name]
