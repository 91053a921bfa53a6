"""The gazetteer: a read-only SQLite file of countries, divisions, cities, regions and seas with their names.

Compiled by `python -m dragoman.coding.gazetteer_build` from GeoNames (CC BY 4.0) and the hand tables in `data/`.
"""

import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import ResourceError
from dragoman.types.where import PlacePrecision

SCHEMA_VERSION = "1"
DEFAULT_PATH = Path(__file__).resolve().parent.parent / "data" / "gazetteer.sqlite"
_PRECISIONS = tuple(PlacePrecision)
_SCALE = 10_000  # coordinates are kept as whole ten-thousandths of a degree, about 11 m
_AT_ONCE = 400  # keys in one question; SQLite allows 999 variables in old builds
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a",
     "’": "", "'": "", "ʿ": "", "ʾ": "", "`": "", "‘": "", "ʻ": "", "ʼ": "", ".": "", "-": " ", "‐": " ", "–": " ",
     ",": " ", "/": " "}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One gazetteer entry.

    `geonames` is None for entries that are not from GeoNames or have no id in our copy (divisions, hand rows).
    `country` is ISO 3166-1 alpha-3, None for what belongs to several or none. `disputed` are the claimants.
    """

    key: int
    name: str
    geonames: int | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    population: int
    precision: PlacePrecision
    disputed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entry that bears the name asked for; `main` is True when that is its usual name, not a variant."""

    place: Place
    main: bool


def fold_name(name: str) -> str:
    """The spelling under which names are filed: lower case, no accents, hyphens as spaces, no "the".

    >>> fold_name("the São Tomé-Río"), fold_name("N'Djamena")
    ('sao tome rio', 'ndjamena')
    """
    low = name.lower()
    if not low.isascii():
        low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    folded = " ".join(low.translate(_LETTERS).split())
    return folded[4:] if folded.startswith("the ") else folded


class Gazetteer:
    """An opened gazetteer. It holds one connection and must be used from one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, origin: str) -> None:
        self._connection = connection
        self.origin = origin
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        if meta.get("schema") != SCHEMA_VERSION:
            raise ResourceError(
                f"{origin}: gazetteer of schema {meta.get('schema')!r}, expected {SCHEMA_VERSION!r}; "
                "rebuild it with `make gazetteer` or reinstall dragoman"
            )
        self.version = str(meta["version"])
        self.attribution = str(meta["attribution"])
        self._countries: Sequence[str] = [
            code for (code,) in connection.execute("SELECT code FROM countries ORDER BY n")
        ]
        self._claims = dict(connection.execute("SELECT n, claimants FROM claims"))

    @classmethod
    def open(cls, path: Path | None = None) -> "Gazetteer":
        """The gazetteer at `path`, the shipped one by default.

        Raises:
            ResourceError: the file is missing, damaged or of another schema.
        """
        path = path or DEFAULT_PATH
        if not path.is_file():
            raise ResourceError(f"{path}: no gazetteer there; `make gazetteer` builds it, a wheel contains it")
        try:
            connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            connection.execute("PRAGMA cache_size = -4096")
            return cls(connection, str(path))
        except sqlite3.DatabaseError as error:
            raise ResourceError(f"{path}: not a gazetteer file ({error}); reinstall dragoman") from error

    def find(self, name: str) -> tuple[Named, ...]:
        """The entries that bear the name, most populous first."""
        return self.find_many([name]).get(fold_name(name), ())

    def find_many(self, names: Iterable[str]) -> dict[str, tuple[Named, ...]]:
        """The entries for each name by its folded form; names that nobody bears are left out."""
        keys = sorted({fold_name(name) for name in names})
        found: dict[str, list[Named]] = {}
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            for row in self._connection.execute(_FIND.format(",".join("?" * len(part))), part):
                found.setdefault(row[0], []).append(Named(place=self._place(row[2:]), main=bool(row[1])))
        return {key: tuple(sorted(named, key=_order)) for key, named in found.items()}

    def find_country_hints(self, names: Iterable[str]) -> dict[str, str]:
        """Alpha-3 codes of nationality words ("Georgian"), by folded form: hints for choosing, never places."""
        keys = sorted({fold_name(name) for name in names})
        found: dict[str, str] = {}
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            found |= dict(self._connection.execute(_HINTS.format(",".join("?" * len(part))), part))
        return found

    def _place(self, row: tuple[int, str, int, str | None, int | None, int | None, int, int, int]) -> Place:
        key, name, country, admin1, latitude, longitude, population, precision, claim = row
        return Place(
            key=key,
            name=name,
            geonames=key if key > 0 else None,
            country=self._countries[country] or None,
            admin1=admin1,
            latitude=None if latitude is None else latitude / _SCALE,
            longitude=None if longitude is None else longitude / _SCALE,
            population=population,
            precision=_PRECISIONS[precision],
            disputed=tuple(self._claims[claim].split("|")) if claim else (),
        )


def _order(named: Named) -> tuple[int, int]:
    return -named.place.population, named.place.key


_FIND = """SELECT n.name, n.main, p.id, p.name, p.country, a.name, p.latitude, p.longitude, p.population, p.precision,
p.claim FROM names n JOIN places p ON p.id = n.place LEFT JOIN divisions a ON a.n = p.admin1 WHERE n.name IN ({})"""
_HINTS = "SELECT name, country FROM hints WHERE name IN ({})"
