"""Armed groups out of UCDP, organizations out of COW, towns out of GeoNames, and persons out of Phoenix."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from dragoman.actors.facts import ActorFact, CityFact, RoleFact
from dragoman.actors.names import normalise
from dragoman.actors.sources_files import CITIES, DIVISIONS, GROUPS, ORGANIZATIONS, PERSONS, dump_rows
from dragoman.actors.tables import make_id

UCDP = "ucdp"
COW = "cow"
GEONAMES = "geonames"
PHOENIX = "phoenix"
_NOT_A_GROUP = re.compile(
    r" - | faction|^Forces of|^Military|^Government|^Supporters|^Students|,|^Christians|^Muslims|^\w+$"
)
_UCDP_PLACES = re.compile(r"\s*\(.*?\)")


def read_groups(dumps: Path, states: dict[str, str]) -> tuple[ActorFact, ...]:
    """Organized armed groups. The country is given only where they fought in one state; elsewhere it stays open."""
    columns = ("Org", "NameOrigFullEng", "NameOrigFull", "NameOrig", "NameData", "Location")
    rows = dump_rows(dumps / GROUPS, columns, encoding="utf-8-sig")
    return tuple(fact for row in rows if row["Org"] == "1" and (fact := _group(row, states)) is not None)


def _group(row: dict[str, str], states: dict[str, str]) -> ActorFact | None:
    name = row["NameOrigFullEng"].strip()
    if not name or name == "n/a" or _NOT_A_GROUP.search(name):
        return None
    places = [_UCDP_PLACES.sub("", place).strip() for place in row["Location"].split(",")]
    country = states.get(normalise(places[0]), "") if len(places) == 1 else ""
    own = {row["NameData"].strip(), row["NameOrigFull"].strip(), row["NameOrig"].strip()}
    aliases = tuple(sorted(alias for alias in own if alias not in ("", "n/a", name) and _is_good_alias(alias)))
    is_crime = re.search(r"cartel|gang\b|mafia|mara ", name, re.IGNORECASE) is not None
    return ActorFact(
        id=make_id("armed_group", name, country), name=name, kind="armed_group", country=country,
        sector="CRM" if is_crime else "REB", rank=1, aliases=aliases, source=UCDP,
    )  # fmt: skip


def _is_good_alias(alias: str) -> bool:
    if re.search(r" - | faction|,", alias):
        return False
    return " " in alias or (alias.isupper() and 4 <= len(alias) <= 8) or ("-" in alias and len(alias) > 5)


def read_organizations(dumps: Path) -> tuple[ActorFact, ...]:
    """Intergovernmental organizations by their long names; abbreviations are left to the hand-written table."""
    facts: list[ActorFact] = []
    for row in dump_rows(dumps / ORGANIZATIONS, ("longorgname", "year")):
        name = re.sub(r"\s*\(.*$", "", row["longorgname"]).strip()
        if len(name.split()) >= 3 and len(name) < 75 and row["year"] >= "1985":
            actor_id = make_id("igo", name, "IGO")
            facts.append(ActorFact(id=actor_id, name=name, kind="igo", country="IGO", sector="IGO", source=COW))
    return tuple(facts)


def read_cities(dumps: Path, codes: dict[str, str]) -> Iterator[CityFact]:
    """Towns of 15,000 and more, other names of towns of 300,000 and more, and first-order divisions.

    `codes` maps ISO alpha-2 to alpha-3.
    """
    for row in dump_rows(dumps / CITIES, ("name", "country", "population", "altnames"), delimiter="\t"):
        population = int(row["population"] or 0)
        country = codes.get(row["country"], "")
        if country and population >= 15_000:
            yield from _city_names(row, country, population)
    divisions = dumps / DIVISIONS
    if divisions.is_file():
        for row in json.loads(divisions.read_text(encoding="utf-8")):
            country = codes.get(row["code"][:2], "")
            if country:
                yield CityFact(name=row["name"], country=country, population=200_000, source=GEONAMES)


def _city_names(row: dict[str, str], country: str, population: int) -> Iterator[CityFact]:
    names = [row["name"]]
    if population >= 300_000:
        names += [name for name in row["altnames"].split("|") if name.isascii() and len(name) > 3 and name[0].isupper()]
    for name in names:
        yield CityFact(name=name, country=country, population=population, source=GEONAMES)


_CODE = re.compile(r"\[([A-Z]{3})(GOV|MIL|JUD|LEG|OPP|REB|COP|SPY)[A-Z]* ?([<>]?\d{6})?(?:-(\d{6}))?\]")
_KEPT = 366 * 2


def read_phoenix(dumps: Path) -> tuple[ActorFact, ...]:
    """Persons with dated codes, most of 2001 to 2013; names of at least two words."""
    path = dumps / PERSONS
    if not path.is_file():
        return ()
    facts: list[ActorFact] = []
    names: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as stream:
        for line in stream:
            if line.startswith("\t"):
                match = _CODE.search(line)
                if match and names and match[3]:
                    facts.append(_phoenix_person(names, match))
            elif line[:1] == "+" and names:
                names.append(_phoenix_name(line[1:]))
            elif line[:1].isalpha():
                names = [_phoenix_name(line)]
    return tuple(fact for fact in facts if len(fact.name.split()) >= 2 and len(fact.name) < 50)


def _phoenix_name(line: str) -> str:
    return " ".join(part.capitalize() for part in line.split("#")[0].split("[")[0].replace("_", " ").split())


def _phoenix_person(names: list[str], match: re.Match[str]) -> ActorFact:
    country, sector = match[1], match[2]
    start = _phoenix_day(match[3].lstrip("<>")) if not match[3].startswith("<") else None
    end = _phoenix_day(match[4]) if match[4] else None
    is_open = match[3].startswith(">")
    role = RoleFact(
        title=f"{sector.lower()} position", country=country, sector=sector, valid_from=start, valid_to=end,
        precision="month", open=is_open, horizon=date(2014, 1, 30) if is_open else None, source=PHOENIX,
    )  # fmt: skip
    return ActorFact(
        id=make_id("person", names[0], country), name=names[0], kind="person", country=country, rank=1,
        aliases=tuple(name for name in names[1:] if len(name.split()) >= 2), roles=(role,), source=PHOENIX,
    )  # fmt: skip


def _phoenix_day(text: str) -> date | None:
    year = int(text[:2])
    try:
        first = date(1900 + year if year > 40 else 2000 + year, int(text[2:4]), 1)
        return first + timedelta(days=min(27, int(text[4:6]) - 1))
    except ValueError:
        return None
