"""Compiles the gazetteer: `python -m dragoman.train.gazetteer GEONAMES_FOLDER DATA_FOLDER OUT`.

GEONAMES_FOLDER holds `geonames_cities5000.tsv.gz` and `geonames_admin1.json` (GeoNames, CC BY 4.0) and
`country-codes.csv` (PDDL); DATA_FOLDER is `data/` of the repository with the hand tables `places_*.csv` and
`states.csv`. The output is the same byte for byte for the same input.
"""

import csv
import gzip
import json
import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from dragoman.coding.gazetteer import SCHEMA_VERSION, fold_name
from dragoman.errors import InputError
from dragoman.types.where import PlacePrecision

VERSION = "2026-07"
ATTRIBUTION = "Contains data from GeoNames (https://www.geonames.org), CC BY 4.0"
KOSOVO = "KOS"  # as in the actor tables; ISO 3166-1 has no code of its own
_PRECISIONS = tuple(PlacePrecision)
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][A-Za-z'’`‘ .\-À-ɏḀ-ỿə]*")
_SUFFIX = re.compile(
    r" (?:oblast'?|province|region|state|governorate|district|republic|krai|kray|county|prefecture|department|city"
    r"|municipality|rayon|territory|division|sahari|area|capital region|voivodeship|canton)$",
    re.I,
)
_COLUMNS = {
    "places_regions.csv": ("name", "aliases", "precision", "country", "latitude", "longitude", "note"),
    "places_aliases.csv": ("alias", "name", "country"),
    "places_hints.csv": ("word", "country"),
    "places_disputed.csv": (
        *(
            "name",
            "aliases",
            "precision",
            "country",
            "latitude",
            "longitude",
            "claimants",
            "divisions",
            "cities",
            "note",
        ),
    ),
}
# Variants of small places are mostly other languages' spellings; English reports use those of larger ones.
_VARIANTS_FROM = 30_000
_MOST_VARIANTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place before it is written; `id` is negative for what has no GeoNames id. `names` are variants."""

    id: int
    name: str
    country: str
    admin1: str | None
    latitude: float | None
    longitude: float | None
    population: int
    precision: PlacePrecision
    code: str = ""
    claim: str = ""
    names: tuple[str, ...] = field(default=())


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a hand table.

    Raises:
        InputError: the header is not the one expected, or a row is too short, with file and row.
    """
    wanted = _COLUMNS[path.name]
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if tuple(rows.fieldnames or ()) != wanted:
            raise InputError(f"{path}: header {rows.fieldnames}, expected {','.join(wanted)}")
        for number, row in enumerate(rows, 2):
            if None in row.values() or None in row:
                raise InputError(f"{path}, row {number}: {len(wanted)} cells expected; check commas")
            if row.get("precision", "city") not in tuple(PlacePrecision):
                raise InputError(
                    f"{path}, row {number}: precision {row['precision']!r}, expected one of {', '.join(PlacePrecision)}"
                )
            yield row


def collect(geonames: Path, tables: Path) -> list[Entry]:
    """All entries: cities, divisions, countries, hand rows, with claimants filled in."""
    codes = _read_codes(geonames / "country-codes.csv")
    divisions = {row["code"]: row["name"] for row in json.loads((geonames / "geonames_admin1.json").read_text("utf-8"))}
    cities = list(_read_cities(geonames / "geonames_cities5000.tsv.gz", codes, divisions))
    disputed = list(read_rows(tables / "places_disputed.csv"))
    hand = [*read_rows(tables / "places_regions.csv"), *disputed]
    taken = {(fold_name(row["name"]), row["country"]) for row in hand if row["precision"] != "city"}
    entries = cities + [
        entry
        for entry in (*_make_divisions(cities, divisions, codes), *_make_countries(cities, geonames, tables, codes))
        if (fold_name(entry.name), entry.country) not in taken or entry.precision is PlacePrecision.COUNTRY
    ]
    entries = _drop_nationalities(entries, frozenset(read_hints(tables)))
    entries = _add_aliases(entries, list(read_rows(tables / "places_aliases.csv")))
    entries = _add_claims(entries, disputed)
    names = {(fold_name(entry.name), entry.precision) for entry in entries if entry.claim}
    return entries + [
        entry for entry in _make_hand(hand) if (fold_name(entry.name), entry.precision) not in names or not entry.claim
    ]


def _read_codes(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return {row["ISO3166-1-Alpha-2"]: row["ISO3166-1-Alpha-3"] for row in rows} | {"XK": KOSOVO}


def _read_cities(path: Path, codes: dict[str, str], divisions: dict[str, str]) -> Iterator[Entry]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            code = f"{row['country']}.{row['admin1']}"
            yield Entry(
                id=int(row["geonameid"]),
                name=row["name"],
                country=codes.get(row["country"], ""),
                admin1=divisions.get(code),
                latitude=float(row["lat"]),
                longitude=float(row["lon"]),
                population=int(row["population"]),
                precision=PlacePrecision.CITY,
                code=code,
                names=_choose_variants(row["name"], row["altnames"].split("|"), int(row["population"])),
            )


def _choose_variants(name: str, variants: list[str], population: int) -> tuple[str, ...]:
    key, found = fold_name(name), dict[str, str]()
    for variant in variants:
        folded = fold_name(variant)
        if _LATIN.fullmatch(variant) and folded != key and len(folded) > 2:
            found.setdefault(folded, variant)
    if population >= _VARIANTS_FROM:
        return tuple(found.values())
    # Of a small place, spellings close to the name: transliterations, not translations.
    close = [variant for folded, variant in found.items() if folded[:2] == key[:2] and abs(len(folded) - len(key)) < 3]
    return tuple(close[:_MOST_VARIANTS])


def _centre(cities: Iterable[Entry]) -> tuple[float | None, float | None, int]:
    """The mean coordinates of cities weighted by population, and the population."""
    rows = [(c.latitude or 0.0, c.longitude or 0.0, c.population or 1) for c in cities]
    total = sum(weight for *_, weight in rows)
    if not rows:
        return None, None, 0
    latitude = sum(lat * weight for lat, _, weight in rows) / total
    longitude = sum(lon * weight for _, lon, weight in rows) / total
    return round(latitude, 2), round(longitude, 2), total


def _make_divisions(cities: list[Entry], divisions: dict[str, str], codes: dict[str, str]) -> Iterator[Entry]:
    members = defaultdict(list)
    for city in cities:
        members[city.code].append(city)
    for number, (code, name) in enumerate(sorted(divisions.items()), 1):
        latitude, longitude, population = _centre(members[code])
        short = _SUFFIX.sub("", name)
        yield Entry(
            id=-number,
            name=name,
            country=codes.get(code[:2], ""),
            admin1=name,
            latitude=latitude,
            longitude=longitude,
            population=population,
            precision=PlacePrecision.PROVINCE,
            code=code,
            names=(short, *(f"{short} {kind}" for kind in ("Province", "Region", "Oblast"))) if short != name else (),
        )


def _make_countries(cities: list[Entry], geonames: Path, tables: Path, codes: dict[str, str]) -> Iterator[Entry]:
    members = defaultdict(list)
    for city in cities:
        members[city.country].append(city)
    states = {row["code"]: row for row in _read_states(tables / "states.csv")}
    with (geonames / "country-codes.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in sorted(rows, key=lambda row: row["ISO3166-1-Alpha-3"]):
        code = row["ISO3166-1-Alpha-3"]
        state = states.get(code, {})
        latitude, longitude, population = _centre(members[code])
        main = state.get("name") or row["CLDR display name"]
        more = [
            row["CLDR display name"],
            row["UNTERM English Short"],
            row["official_name_en"],
            row["UNTERM English Formal"],
        ]
        more += (state.get("aliases") or "").split("|")
        yield Entry(
            id=int(row["Geoname ID"]),
            name=main,
            country=code,
            admin1=None,
            latitude=latitude,
            longitude=longitude,
            population=population,
            precision=PlacePrecision.COUNTRY,
            names=tuple(sorted({re.sub(r" ?\(.*?\)", "", name) for name in more if name and name != main})),
        )


def _read_states(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _drop_nationalities(entries: list[Entry], hints: frozenset[str]) -> list[Entry]:
    """Without city variants that are nationality words: "Kazakh" is no name of Petropavl in English reports."""
    return [
        replace(entry, names=tuple(name for name in entry.names if fold_name(name) not in hints))
        if entry.precision is PlacePrecision.CITY
        else entry
        for entry in entries
    ]


def _add_aliases(entries: list[Entry], rows: list[dict[str, str]]) -> list[Entry]:
    """Each alias goes to the most populous city of that name in that country."""
    by_name: dict[tuple[str, str], int] = {}
    for number, entry in enumerate(entries):
        if entry.precision is not PlacePrecision.CITY:
            continue
        for name in (entry.name, *entry.names):
            key = fold_name(name), entry.country
            best = by_name.get(key)
            if best is None or entries[best].population < entry.population:
                by_name[key] = number
    changed = list(entries)
    for row in rows:
        place = by_name.get((fold_name(row["name"]), row["country"]))
        if place is None:
            raise InputError(f"places_aliases.csv: {row['name']!r} in {row['country']} is not in the gazetteer")
        changed[place] = replace(changed[place], names=(*changed[place].names, row["alias"]))
    return changed


def _add_claims(entries: list[Entry], rows: list[dict[str, str]]) -> list[Entry]:
    """Claimants of the cities, divisions and countries that lie in a disputed area."""
    by_code: dict[str, str] = {}
    by_city: dict[tuple[str, str], str] = {}
    for row in rows:
        by_code |= dict.fromkeys(filter(None, row["divisions"].split("|")), row["claimants"])
        claimants = row["claimants"].split("|")
        cities = [fold_name(name) for name in row["cities"].split("|") if name]
        by_city |= {(name, code): row["claimants"] for name in cities for code in claimants}
    return [replace(entry, claim=_claim_of(entry, by_code, by_city)) for entry in entries]


def _claim_of(entry: Entry, by_code: dict[str, str], by_city: dict[tuple[str, str], str]) -> str:
    if entry.precision is PlacePrecision.COUNTRY:
        return {"ESH": "MAR|ESH", "TWN": "TWN|CHN", "FLK": "GBR|ARG", "GIB": "GBR|ESP"}.get(entry.country, "")
    found = by_code.get(entry.code) or by_code.get(f"{entry.code[:2]}.*")
    if found or entry.precision is not PlacePrecision.CITY:
        return found or ""
    names = (fold_name(name) for name in (entry.name, *entry.names))
    return next((by_city[name, entry.country] for name in names if (name, entry.country) in by_city), "")


def _make_hand(rows: list[dict[str, str]]) -> Iterator[Entry]:
    for number, row in enumerate(rows, 1):
        yield Entry(
            id=-100_000 - number,
            name=row["name"],
            country=row["country"],
            admin1=None,
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            population=0,
            precision=PlacePrecision(row["precision"]),
            claim=row.get("claimants", ""),
            names=tuple(filter(None, row["aliases"].split("|"))),
        )


def write(entries: list[Entry], hints: dict[str, str], out: Path) -> None:
    """The gazetteer file at `out`, replacing what was there."""
    out.unlink(missing_ok=True)
    connection = sqlite3.connect(out)
    connection.executescript(_SCHEMA)
    countries = {code: n for n, code in enumerate(sorted({entry.country for entry in entries}))}
    divisions = {name: n for n, name in enumerate(sorted({entry.admin1 for entry in entries if entry.admin1}), 1)}
    claims = {claim: n for n, claim in enumerate(sorted({entry.claim for entry in entries if entry.claim}), 1)}
    meta = {"schema": SCHEMA_VERSION, "version": VERSION, "attribution": ATTRIBUTION}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    connection.executemany("INSERT INTO countries VALUES (?, ?)", ((n, code) for code, n in countries.items()))
    connection.executemany("INSERT INTO divisions VALUES (?, ?)", ((n, name) for name, n in divisions.items()))
    connection.executemany("INSERT INTO claims VALUES (?, ?)", ((n, claim) for claim, n in claims.items()))
    connection.executemany("INSERT INTO hints VALUES (?, ?)", sorted(hints.items()))
    connection.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (_row(entry, countries, divisions, claims) for entry in sorted(entries, key=lambda entry: entry.id)),
    )
    connection.executemany("INSERT INTO names VALUES (?, ?, ?)", sorted(_names(entries)))
    connection.commit()
    connection.execute("VACUUM")
    connection.close()


def _row(
    entry: Entry, countries: dict[str, int], divisions: dict[str, int], claims: dict[str, int]
) -> tuple[object, ...]:
    return (
        entry.id,
        entry.name,
        countries[entry.country],
        divisions.get(entry.admin1 or ""),
        None if entry.latitude is None else round(entry.latitude * 10_000),
        None if entry.longitude is None else round(entry.longitude * 10_000),
        entry.population,
        _PRECISIONS.index(entry.precision),
        claims.get(entry.claim, 0),
    )


def _names(entries: list[Entry]) -> Iterator[tuple[str, int, int]]:
    for entry in entries:
        main = fold_name(entry.name)
        yield main, entry.id, 1
        yield from ((name, entry.id, 0) for name in {fold_name(name) for name in entry.names} if name and name != main)


def read_hints(tables: Path) -> dict[str, str]:
    """Words that speak for one country only: nationalities from the table of states, peoples from the hand table."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in read_rows(tables / "places_hints.csv"):
        found[fold_name(row["word"])].add(row["country"])
    for row in _read_states(tables / "states.csv"):
        for word in (*row["adjectives"].split("|"), *row["people"].split("|")):
            found[fold_name(word)].add(row["code"])
    return {word: min(codes) for word, codes in found.items() if word and len(codes) == 1}


_SCHEMA = """
PRAGMA page_size = 4096;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE countries (n INTEGER PRIMARY KEY, code TEXT);
CREATE TABLE divisions (n INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE claims (n INTEGER PRIMARY KEY, claimants TEXT);
CREATE TABLE hints (name TEXT PRIMARY KEY, country TEXT) WITHOUT ROWID;
CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT, country INTEGER, admin1 INTEGER, latitude INTEGER,
    longitude INTEGER, population INTEGER, precision INTEGER, claim INTEGER);
CREATE TABLE names (name TEXT, place INTEGER, main INTEGER, PRIMARY KEY (name, place)) WITHOUT ROWID;
"""


def main(arguments: list[str]) -> None:
    """Compiles the file named by the third argument."""
    geonames, tables, out = map(Path, arguments)
    entries = collect(geonames, tables)
    write(entries, read_hints(tables), out)


if __name__ == "__main__":
    main(sys.argv[1:])
