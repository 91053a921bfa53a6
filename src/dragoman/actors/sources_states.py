"""Heads, memberships and parties out of the World Factbook, and leaders out of REIGN."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from dragoman.actors.facts import ActorFact, MemberFact, RoleFact
from dragoman.actors.names import fold_spelling, normalise, surname_key, word_set
from dragoman.actors.sources_files import CODES, EXECUTIVES, FACTBOOK_FACTS, LEADERS, dump_rows
from dragoman.actors.tables import make_id, rank_of_title

FACTBOOK = "factbook"
REIGN = "reign"
_EDITION = date(2026, 5, 17)
_EDITION_STATE = date(2026, 1, 22)
_TITLE = (
    r"(?:(?:Acting|Interim|Transitional|Transition|First|Second|Deputy|Co|Senior|Federal|State|Executive|Provisional|"
    r"Presidency|Head of|Chief of|Chairman of the|President of the|Vice|Crown|Prime|Chief|Supreme|Taoiseach) ?-?)*"
    r"(?:President|Minister|King|Queen|Amir|Emir|Sultan|Prince|Chancellor|Premier|Chairman|Chairperson|Pope|Leader|"
    r"Counsellor|Government|State|Captain Regent|Governor|Executive|Taoiseach|Grand Duke|Emperor|Councilor|Council)"
    r"(?: of (?:the )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)?"
)
_HEAD = re.compile(
    rf"({_TITLE}) ((?:[^\W\d_][\w'’.\"“”-]*,? ?){{1,7}}?)\s*\(since ((?:\d{{1,2}} )?(?:[A-Z][a-z]+ )?\d{{4}})\)"
)


@dataclass(slots=True)
class _Seen:
    title: str
    name: str
    country: str
    start: date | None
    precision: str
    last: str


def read_codes(dumps: Path) -> dict[str, str]:
    """GEC (FIPS) code, lower case, to ISO alpha-3."""
    rows = dump_rows(dumps / CODES, ("FIPS", "ISO3166-1-Alpha-3"))
    codes = {row["FIPS"].lower(): row["ISO3166-1-Alpha-3"] for row in rows if row["FIPS"]}
    return codes | {"kv": "KOS"}


def read_alpha2(dumps: Path) -> dict[str, str]:
    """ISO alpha-2 to the country codes used here."""
    rows = dump_rows(dumps / CODES, ("ISO3166-1-Alpha-2", "ISO3166-1-Alpha-3"))
    codes = {row["ISO3166-1-Alpha-2"]: row["ISO3166-1-Alpha-3"] for row in rows}
    return codes | {"XK": "KOS"}


def read_executives(dumps: Path) -> tuple[ActorFact, ...]:
    """Heads of state and government and their deputies from the editions of 2014 to 2026.

    A head no longer named in a later edition left office in or before the month after the last one that named him.
    """
    codes = read_codes(dumps)
    seen: dict[tuple[str, str, str], _Seen] = {}
    for row in dump_rows(dumps / EXECUTIVES, ("gec", "text", "last_seen")):
        country = codes.get(row["gec"])
        for item in _heads(row["text"], country, row["last_seen"]) if country else ():
            _note(seen, item)
    for item in seen.values():
        _end_at_successor(item, seen.values())
    return tuple(_executive(item) for item in seen.values())


def _end_at_successor(item: _Seen, others: Iterable[_Seen]) -> None:
    """The editions have a gap from 2016 to 2020: a term ends no later than the next holder's begins."""
    later = [
        other.start for other in others
        if other.country == item.country and other.title == item.title and other.start and item.start
        and (other.start - item.start).days > 60 and normalise(other.name) != normalise(item.name)
    ]  # fmt: skip
    if later and min(later).isoformat() < item.last:
        item.last = min(later).isoformat()


def _heads(text: str, country: str, last: str) -> Iterator[_Seen]:
    text = text.split("; note")[0].split("represented by")[0] if country != "GBR" else text.split("; note")[0]
    for match in _HEAD.finditer(text):
        title, name = match[1].strip(), _tidy_name(match[2])
        start, precision = _parse_since(match[3])
        if name and not _rules_elsewhere(title, name, country):
            yield _Seen(title, name, country, start, precision, last)


# Whose head of state is another state's: told there only, or one person would be many.
_REALMS = word_set(
    "AIA ATG AUS BHS BLZ BMU CAN COK CYM FLK GIB GGY GRD GRL FRO IMN JAM JEY KNA LCA MSR NIU NZL PCN PNG SHN SLB TCA "
    "TUV VCT VGB BRB ABW CUW SXM NFK CXR CCK"
)
_DEPENDENCIES = word_set("ASM GUM MNP PRI VIR ATF BLM MAF NCL PYF SPM WLF HKG MAC")
_SHARED_HEAD = re.compile(r"^(King|Queen|President|Vice President)\b(?! of)")


def _rules_elsewhere(title: str, name: str, country: str) -> bool:
    is_head = _SHARED_HEAD.match(title) is not None
    return is_head and (
        country in _DEPENDENCIES or (country in _REALMS and not title.startswith(("President", "Vice")))
    )


def _note(seen: dict[tuple[str, str, str], _Seen], item: _Seen) -> None:
    key = (item.country, normalise(item.name), item.title)
    known = seen.get(key)
    if known is None:
        seen[key] = item
    else:
        known.last = max(known.last, item.last)
        if item.start and known.start and item.start < known.start:
            known.start, known.precision = item.start, item.precision


def _tidy_name(raw: str) -> str:
    """The name as reports write it: surname in small letters, nickname in quotes left out."""
    text = re.sub(r"[\"“].*?[\"”]", " ", raw).strip(" ,.")
    words = [_tidy_word(word) for word in text.split()]
    return " ".join(words) if words and words[-1][:1].isupper() else ""


def _tidy_word(word: str) -> str:
    letters = [ch for ch in word if ch.isalpha()]
    if len(letters) > 1 and all(ch.isupper() for ch in letters) and word not in ("II", "III", "IV", "VI"):
        return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
    return word


def _parse_since(text: str) -> tuple[date | None, str]:
    for layout, precision in (("%d %B %Y", "day"), ("%B %Y", "month"), ("%Y", "year")):
        try:
            return datetime.strptime(text, layout).date(), precision
        except ValueError:
            continue
    return None, "year"


def _executive(item: _Seen) -> ActorFact:
    last = date.fromisoformat(item.last)
    is_open = last >= _EDITION
    role = RoleFact(
        title=item.title, country=item.country, sector="GOV", valid_from=item.start,
        valid_to=None if is_open else last, precision=item.precision if is_open else "month", open=is_open,
        horizon=_EDITION_STATE if is_open else None, source=FACTBOOK,
    )  # fmt: skip
    return ActorFact(
        id=make_id("person", item.name, item.country), name=item.name, kind="person", country=item.country,
        rank=rank_of_title(item.title), roles=(role,), source=FACTBOOK,
    )  # fmt: skip


_STATUS = {"observer": "observer", "candidate": "candidate", "suspended": "suspended", "associate": "observer",
           "partner": "observer", "dialogue": "observer"}  # fmt: skip
_FACTBOOK_IGOS = {"CE": "council of europe", "Caricom": "caribbean community", "OECD": "oecd", "C": "commonwealth"}


def read_memberships(dumps: Path, organizations: dict[str, str], states: dict[str, str]) -> tuple[MemberFact, ...]:
    """Who belongs to which organization, by the edition of January 2026.

    Args:
        dumps: folder with the sources.
        organizations: normalised name or abbreviation to actor id.
        states: country code to actor id.
    """
    path = dumps / FACTBOOK_FACTS
    if not path.is_file():
        return ()
    codes = read_codes(dumps)
    facts: list[MemberFact] = []
    for gec, entity in sorted(json.loads(path.read_text(encoding="utf-8")).items()):
        state = states.get(codes.get(gec, ""))
        for item in (entity.get("igos") or "").split(","):
            match = re.match(r"\s*([^()]+?)\s*(?:\((.*)\))?$", item)
            organization = organizations.get(normalise(_FACTBOOK_IGOS.get(match[1], match[1]))) if match else None
            if match and state and organization:
                status = next((value for word, value in _STATUS.items() if word in (match[2] or "")), "member")
                facts.append(MemberFact(member=state, organization=organization, status=status, source=FACTBOOK))
    return tuple(facts)


_PARTY_CUT = re.compile(r"\s+or\s+[A-Z0-9].*$|\s*\(.*?\)|\s+\[.*?\]|\bnote\b.*$", re.DOTALL)
_PARTY_SHORT = re.compile(r"\bor ([A-Z][A-Za-z0-9/-]{2,9})\b")


def read_parties(dumps: Path) -> tuple[ActorFact, ...]:
    """Parties with at least two words in their name, by the edition of January 2026."""
    path = dumps / FACTBOOK_FACTS
    if not path.is_file():
        return ()
    codes = read_codes(dumps)
    facts: list[ActorFact] = []
    for gec, entity in sorted(json.loads(path.read_text(encoding="utf-8")).items()):
        country = codes.get(gec)
        for item in re.split(r"\s*;\s*", entity.get("parties") or ""):
            name = _PARTY_CUT.sub("", item).strip(" .,:*-")
            if country and len(name.split()) >= 2 and len(name) < 60 and name[0].isupper() and ":" not in name:
                facts.append(_party(name, country))
    return tuple(facts)


def _party(name: str, country: str) -> ActorFact:
    return ActorFact(
        id=make_id("party", name, country), name=name, kind="party", country=country, sector="PTY", source=FACTBOOK
    )


_COW = {
    "UKG": "GBR", "GMY": "DEU", "GFR": "DEU", "GDR": "DEU", "SPN": "ESP", "SWZ": "CHE", "SWD": "SWE", "DEN": "DNK",
    "ICE": "ISL", "POR": "PRT", "NTH": "NLD", "CZR": "CZE", "SLO": "SVK", "SLV": "SVN", "CRO": "HRV", "YUG": "SRB",
    "BOS": "BIH", "MAC": "MKD", "ROM": "ROU", "BUL": "BGR", "MLD": "MDA", "LAT": "LVA", "LIT": "LTU", "GRG": "GEO",
    "KZK": "KAZ", "KYR": "KGZ", "TAJ": "TJK", "MON": "MNG", "ROK": "KOR", "TAW": "TWN", "MYA": "MMR", "SRI": "LKA",
    "MAD": "MDV", "NEP": "NPL", "BHU": "BTN", "BNG": "BGD", "THI": "THA", "CAM": "KHM", "DRV": "VNM", "RVN": "VNM",
    "MAL": "MYS", "SIN": "SGP", "BRU": "BRN", "PHI": "PHL", "INS": "IDN", "ETM": "TLS", "AUL": "AUS", "NEW": "NZL",
    "SOL": "SLB", "VAN": "VUT", "FIJ": "FJI", "SAF": "ZAF", "ZIM": "ZWE", "ZAM": "ZMB", "MAW": "MWI", "MZM": "MOZ",
    "TAZ": "TZA", "UGA": "UGA", "BUI": "BDI", "CON": "COG", "DRC": "COD", "CEN": "CAF", "CHA": "TCD", "CAO": "CMR",
    "NIG": "NGA", "NIR": "NER", "CDI": "CIV", "GUI": "GIN", "LIB": "LBY", "SIE": "SLE", "TOG": "TGO", "GAM": "GMB",
    "MAA": "MRT", "MOR": "MAR", "ALG": "DZA", "SUD": "SDN", "SSD": "SSD", "EQG": "GNQ", "ANG": "AGO", "BOT": "BWA",
    "LES": "LSO", "SWA": "SWZ", "MAG": "MDG", "MAS": "MUS", "SEY": "SYC", "LEB": "LBN", "KUW": "KWT", "BAH": "BHR",
    "UAE": "ARE", "OMA": "OMN", "YAR": "YEM", "YPR": "YEM", "HAI": "HTI", "BHM": "BHS", "TRI": "TTO", "BAR": "BRB",
    "GRN": "GRD", "SLU": "LCA", "SVG": "VCT", "AAB": "ATG", "SKN": "KNA", "GUA": "GTM", "HON": "HND", "SAL": "SLV",
    "COS": "CRI", "PAR": "PRY", "URU": "URY", "AUS": "AUT", "SNM": "SMR", "MNC": "MCO", "AND": "AND", "EST": "EST",
    "KOS": "KOS", "MNG": "MNE", "BFO": "BFA", "BEN": "BEN", "CAP": "CPV", "STP": "STP", "GNB": "GNB", "CZE": "CZE",
    "TKM": "TKM", "UZB": "UZB", "FRN": "FRA", "IRE": "IRL", "MSI": "MHL", "NAU": "NRU", "PAL": "PLW", "PRK": "PRK", "ERI": "ERI", "DJI": "DJI", "WSM": "WSM",  # noqa: E501
}  # fmt: skip


def read_leaders(dumps: Path, persons: Sequence[ActorFact]) -> tuple[ActorFact, ...]:
    """Effective leaders since 1985. One told by surname only is joined to the one person of that surname and country
    who held an office at the time, and is left out where there is none or several."""
    known = _by_surname(persons)
    heads = {(fold_spelling(normalise(fact.name).replace(" ", "")), fact.country) for fact in persons if fact.rank == 3}
    rows = dump_rows(dumps / LEADERS, ("stateabb", "leader", "syear", "eyear"), encoding="latin-1")
    terms = [_leader(row) for row in rows if row["stateabb"] and int(row["eyear"] or 2021) >= 1985]
    found = [fact for term in terms if (fact := _complete(term, known)) is not None]
    return tuple(fact for fact in found if not _is_occupier(fact, heads))


def _is_occupier(fact: ActorFact, heads: set[tuple[str, str]]) -> bool:
    """True for the head of another state who held this one ("Saddam Hussein" in Kuwait)."""
    key = fold_spelling(normalise(fact.name).replace(" ", ""))
    return (key, fact.country) not in heads and any(known == key for known, _ in heads)


def _by_surname(persons: Iterable[ActorFact]) -> dict[tuple[str, str], dict[str, ActorFact]]:
    known: dict[tuple[str, str], dict[str, ActorFact]] = {}
    for fact in persons:
        for name in (fact.name, *fact.aliases):
            key = (fold_spelling(surname_key(normalise(name))), fact.country)
            known.setdefault(key, {}).setdefault(fact.id + fact.source, fact)
    return known


def _complete(leader: ActorFact, known: dict[tuple[str, str], dict[str, ActorFact]]) -> ActorFact | None:
    if " " in leader.name:
        return leader
    key = (fold_spelling(surname_key(normalise(leader.name))), leader.country)
    term = leader.roles[0]
    matches = {
        fact.id: fact for fact in known.get(key, {}).values() if any(_overlap(role, term) for role in fact.roles)
    }
    if len(matches) != 1:
        return None
    (fact,) = matches.values()
    return replace(leader, id=fact.id, name=fact.name)


def _overlap(role: RoleFact, term: RoleFact) -> bool:
    """True when a government office and a leader's term share time or touch within a year."""
    if role.sector != "GOV" or role.valid_from is None or term.valid_from is None:
        return False
    role_end = role.valid_to or (date(2026, 1, 1) if role.open else role.valid_from)
    term_end = term.valid_to or date(2021, 3, 1)
    return (role.valid_from - term_end).days < 90 and (term.valid_from - role_end).days < 90


def _leader(row: dict[str, str]) -> ActorFact:
    country = _COW.get(row["stateabb"], row["stateabb"])
    start = date(int(row["syear"]), int(row["smonth"] or 1), min(int(row["sdate"] or 1), 28))
    end = date(int(row["eyear"]), int(row["emonth"] or 12), 28) if row["eyear"] else None
    role = RoleFact(
        title="Head of state or government", country=country, sector="GOV", valid_from=start, valid_to=end,
        precision="month", open=end is None, horizon=date(2021, 3, 1) if end is None else None, source=REIGN,
    )  # fmt: skip
    name = row["leader"].strip()
    return ActorFact(
        id=make_id("person", name, country), name=name, kind="person", country=country, rank=3, roles=(role,),
        source=REIGN,
    )  # fmt: skip
