"""Officeholders, legislators and cabinets out of downloaded Wikidata extracts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dragoman.actors.facts import ActorFact, RoleFact
from dragoman.actors.sources_files import CABINETS, LEGISLATORS, OFFICEHOLDERS, dump_rows
from dragoman.actors.tables import make_id, parse_date, rank_of_title
from dragoman.errors import InputError

SOURCE = "wikidata"
_OFFICEHOLDER = ("iso3", "country_slug", "position", "person", "qid", "start", "end", "dod", "enwiki", "snapshot")
_LEGISLATOR = ("iso3", "position", "person", "qid", "start", "end")
_CABINET = ("country_slug", "position", "person", "qid", "in_office_since", "last_seen")
_CABINETS_STATE = date(2025, 1, 31)
_LEGISLATORS_STATE = date(2023, 3, 1)
# De facto authorities and parts of states: their offices carry the name, so that "President" is never the state's.
_TERRITORIES = {
    "abkhazia": "Abkhazia", "south-ossetia": "South Ossetia", "artsakh": "Artsakh", "donetsk": "the Donetsk People's "
    "Republic", "luhansk": "the Luhansk People's Republic", "somaliland": "Somaliland", "transnistria": "Transnistria",
    "northern-cyprus": "Northern Cyprus",
}  # fmt: skip
_SLUGS = {
    "abkhazia": "GEO", "south-ossetia": "GEO", "artsakh": "AZE", "donetsk": "UKR", "luhansk": "UKR",
    "somaliland": "SOM", "transnistria": "MDA", "northern-cyprus": "CYP", "bosnia-herzegovina": "BIH",
    "british-virgin-islands": "VGB", "caymans": "CYM", "congo-brazzaville": "COG", "congo-kinshasa": "COD",
    "cabo-verde": "CPV", "cook-islands": "COK", "czechia": "CZE", "eswatini": "SWZ", "faroes": "FRO",
    "ivory-coast": "CIV", "micronesia": "FSM", "north-macedonia": "MKD", "st-kitts-and-nevis": "KNA",
    "sint-maarten": "SXM", "timor-leste": "TLS", "turks-and-caicos": "TCA", "european-union": "IGO", "world": "IGO",
    "scotland": "GBR", "wales": "GBR", "northern-ireland": "GBR", "quebec": "CAN", "ontario": "CAN",
}  # fmt: skip
_SECTORS: tuple[tuple[str, str], ...] = (
    (r"member of the (presidency|cabinet|council of ministers|federal council|government|state council|politburo|"
     r"executive|european commission|state administration)", "GOV"),
    (r"^leader of (?!the (opposition|house|senate))"
     r"|^(chair\w*|president|(general )?secretary(-general)?) of (the )?.*\b(party|movement|front|league|alliance)$",
     "PTY"),
    (r"ambassador|consul|permanent representative|envoy|chargé", "GOV"),
    (r"chief of (the )?(general|defen|army|naval|air)|chief of staff of the|commander|armed forces|general staff", "MIL"),  # noqa: E501
    (r"minister|secretary of (state|defen|the treasury)", "GOV"),
    (r"justice of|chief justice|judge|prosecutor|attorney[ -]general|solicitor|supreme court|constitutional court|"
     r"court of|procurator", "JUD"),
    (r"leader of the opposition|opposition leader|shadow", "OPP"),
    (r"member of|speaker|president of the (senate|national assembly|chamber|parliament|house|assembly|national council|"
     r"legislative|riigikogu|federal council)|senator|deputy of|representative$|parliament$", "LEG"),
    (r"police|gendarmerie|carabinieri", "COP"),
    (r"intelligence|security service|state security", "SPY"),
    (r"bishop|patriarch|mufti|pope", "REL"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), sector) for pattern, sector in _SECTORS)


def _read_day(text: str, *, end: bool = False) -> tuple[date | None, str]:
    """A date of the extracts; one that is no day of the calendar ("2023-03-39", "2014s") is cut to its year."""
    try:
        return parse_date(text, "", end=end)
    except InputError:
        return parse_date(text[:4], "extract", end=end)


@dataclass(frozen=True, slots=True)
class _Term:
    start: date | None
    end: date | None
    precision: str
    is_open: bool
    horizon: date | None


def sector_of_title(title: str) -> str:
    """The sector of an office by its title; government where nothing else is said.

    >>> sector_of_title("Chief of the General Staff"), sector_of_title("Minister of Health")
    ('MIL', 'GOV')
    """
    return next((sector for pattern, sector in _COMPILED if pattern.search(title)), "GOV")


def read_officeholders(dumps: Path) -> tuple[ActorFact, ...]:
    """Ministers, heads, ambassadors and comparable offices; an open term ends when the next holder's begins."""
    found = dump_rows(dumps / OFFICEHOLDERS, _OFFICEHOLDER)
    rows = [row for row in found if row["person"] and row["start"]]
    successors = _starts_by_seat(rows)
    return tuple(_officeholder(row, successors) for row in rows)


def _starts_by_seat(rows: Iterable[dict[str, str]]) -> dict[tuple[str, str], list[str]]:
    starts: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        starts.setdefault((row["country_slug"], row["position"]), []).append(row["start"])
    return {seat: sorted(days) for seat, days in starts.items()}


def _officeholder(row: dict[str, str], successors: dict[tuple[str, str], list[str]]) -> ActorFact:
    country = "KOS" if row["iso3"] == "XKX" else row["iso3"] or "IGO"
    sector = "IGO" if country == "IGO" else sector_of_title(row["position"])
    term = _term(row, successors)
    role = RoleFact(
        title=_title(row["position"], row["country_slug"].removesuffix("-ministers").removesuffix("-cabinet")),
        country=country, sector=sector, source=SOURCE, valid_from=term.start, valid_to=term.end,
        precision=term.precision, open=term.is_open, horizon=term.horizon,
    )  # fmt: skip
    name = row["person"]
    aliases = (row["enwiki"].split(" (")[0],) if row["enwiki"] else ()
    return ActorFact(
        id=row["qid"] or make_id("person", name, country), name=name, kind="person", country=country,
        rank=rank_of_title(role.title), aliases=aliases, roles=(role,), source=SOURCE,
    )  # fmt: skip


def _title(position: str, slug: str) -> str:
    name = position[:1].upper() + position[1:]
    return f"{name} of {_TERRITORIES[slug]}" if slug in _TERRITORIES else name


def _term(row: dict[str, str], successors: dict[tuple[str, str], list[str]]) -> _Term:
    """Start and end of a row; without an end, the next holder's start, the death, or open at the snapshot."""
    start, precision = _read_day(row["start"])
    end, end_precision = _read_day(row["end"], end=True)
    horizon, _ = _read_day(row["snapshot"])
    if end is None:
        starts = successors[row["country_slug"], row["position"]]
        single = not row["position"].lower().startswith(("minister of state", "justice", "deputy", "ambassador"))
        later = next((day for day in starts if day > row["start"]), None) if single and len(set(starts)) > 1 else None
        end, end_precision = _read_day(later or row["dod"])
    if end_precision == "year" or precision == "year":
        precision = "year"
    if start and end and end < start:
        end = None
    return _Term(start, end, precision, end is None, horizon if end is None else None)


def read_legislators(dumps: Path) -> tuple[ActorFact, ...]:
    """Members of parliaments, the terms of one person in one house joined into one."""
    terms: dict[tuple[str, str], _Seat] = {}
    for row in dump_rows(dumps / LEGISLATORS, _LEGISLATOR):
        if not (row["person"] and row["qid"] and row["start"]):
            continue
        key = (row["qid"], row["iso3"])
        seat = terms.get(key)
        terms[key] = _Seat(row) if seat is None else seat.joined(row)
    return tuple(seat.fact() for seat in terms.values() if seat.end >= "1996")


class _Seat:
    """The seats of one legislator, from the first start to the last end."""

    __slots__ = ("country", "end", "name", "position", "qid", "start")

    def __init__(self, row: dict[str, str]) -> None:
        self.qid, self.name, self.position = row["qid"], row["person"], row["position"]
        self.country = "KOS" if row["iso3"] == "XKX" else row["iso3"]
        self.start, self.end = row["start"], row["end"] or _LEGISLATORS_STATE.isoformat() + "+"

    def joined(self, row: dict[str, str]) -> "_Seat":
        """The same seat with another term added."""
        self.start = min(self.start, row["start"])
        self.end = max(self.end, row["end"] or _LEGISLATORS_STATE.isoformat() + "+")
        return self

    def fact(self) -> ActorFact:
        """The seat as an actor with one role."""
        is_open = self.end.endswith("+")
        start, _ = _read_day(self.start)
        end, _ = (None, "") if is_open else _read_day(self.end, end=True)
        title = self.position[:1].upper() + self.position[1:]
        role = RoleFact(
            title=title, country=self.country, sector="LEG", valid_from=start, valid_to=end, precision="year",
            open=is_open, horizon=_LEGISLATORS_STATE if is_open else None, source=SOURCE,
        )  # fmt: skip
        return ActorFact(
            id=self.qid, name=self.name, kind="person", country=self.country, rank=1, roles=(role,), source=SOURCE
        )


def read_cabinets(dumps: Path, countries: dict[str, str]) -> tuple[ActorFact, ...]:
    """Cabinet seats of 2021 to 2025. `countries` maps normalised state names to codes."""
    rows = list(dump_rows(dumps / CABINETS, _CABINET))
    names = {row["qid"]: row["person"] for row in rows if row["qid"] and row["person"]}
    facts: list[ActorFact] = []
    for row in rows:
        code = _SLUGS.get(row["country_slug"]) or countries.get(row["country_slug"].replace("-", " "))
        name = row["person"] or names.get(row["qid"], "")
        if code and name and row["in_office_since"]:
            facts.append(_cabinet_member(row, _CEREMONIAL.sub("", name), code))
    return tuple(facts)


_CEREMONIAL = re.compile(r"^(Crown Prince|King|Queen|Prince|Princess|Sultan|Sheikh) (?=\w+ \w)")
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]+ (?:of|for|to|Minister)\b)")


def _cabinet_member(row: dict[str, str], name: str, code: str) -> ActorFact:
    start, precision = _read_day(row["in_office_since"])
    last, _ = _read_day(row["last_seen"])
    is_open = last == _CABINETS_STATE
    titles = [part for part in _JOINED.split(row["position"]) if part]
    title = _title(titles[0], row["country_slug"])
    sector = "IGO" if code == "IGO" else sector_of_title(title)
    if row["country_slug"] in ("victoria", "bihar") or (code == "GBR" and row["country_slug"] == "scotland"):
        title = f"{title} ({row['country_slug'].title()})"
    role = RoleFact(
        title=title, country=code, sector=sector, valid_from=start, valid_to=None if is_open else last,
        precision=precision if is_open else "month", open=is_open, horizon=_CABINETS_STATE if is_open else None,
        source=SOURCE,
    )  # fmt: skip
    return ActorFact(
        id=row["qid"] or make_id("person", name, code), name=name, kind="person", country=code,
        rank=rank_of_title(title), roles=(role,), source=SOURCE,
    )  # fmt: skip
