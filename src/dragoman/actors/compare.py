"""How well a person of the knowledge base fits a mention on a date, with reasons."""

import re
from dataclasses import dataclass
from datetime import date

from dragoman.actors.candidates import NameMatch
from dragoman.actors.entries import RoleTerm
from dragoman.actors.facts import HAND, INTERNATIONAL, USER
from dragoman.actors.tables import rank_of_title

_NAME_SCORE = {"full": 0.78, "folded": 0.74, "part": 0.66, "surname": 0.30}
_NEAR = 366 * 12
_LIFE = 366 * 45
_LONG_NAME = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the text says of a person: country and sector (None where silent), whether it calls them former, and the
    country is only where they are (`country_is_place`), which refuses nobody."""

    country: str | None = None
    sector: str | None = None
    role: str | None = None
    former: bool = False
    country_is_place: bool = False
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A person's role on the date. `sector` None with `role` set means former or not yet in office."""

    role: str | None
    country: str | None
    sector: str | None
    note: str
    in_office: bool


def role_on(roles: tuple[RoleTerm, ...], day: date | None) -> Standing:
    """The most notable role held on the day; without a day the latest known one, called undated."""
    if not roles:
        return Standing(role=None, country=None, sector=None, note="no role known", in_office=False)
    if day is None:
        best = max(roles, key=lambda role: (rank_of_title(role.title), role.open, role.valid_from or date.min))
        return Standing(role=best.title, country=best.country, sector=best.sector, note="undated", in_office=False)
    held = [role for role in roles if role.holds_on(day)]
    if held:
        best = max(held, key=_notability)
        note = "stale: later than the source" if best.is_stale_on(day) else "in office"
        return Standing(role=best.title, country=best.country, sector=best.sector, note=note, in_office=True)
    past = [role for role in roles if (role.valid_to or role.valid_from or date.max) < day]
    if past:
        best = max(past, key=lambda role: (rank_of_title(role.title), role.valid_to or date.min))
        return Standing(role=f"former {best.title}", country=best.country, sector=None, note="former", in_office=False)
    return Standing(role=None, country=roles[0].country, sector=None, note="not yet in office", in_office=False)


_SECTOR_ORDER = {"GOV": 4, "IGO": 4, "MIL": 3, "REB": 3, "OPP": 3, "JUD": 2, "PTY": 1, "LEG": 1}


def _notability(role: RoleTerm) -> tuple[bool, bool, int, int, date]:
    """The user's rows first, then a rebellion that we wrote down, then the highest office."""
    rebels = role.source == HAND and role.sector == "REB"
    order = _SECTOR_ORDER.get(role.sector or "", 0)
    rank = rank_of_title(role.title)
    return role.source == USER, rebels, rank, order, role.valid_from or date.min


def score_person(match: NameMatch, roles: tuple[RoleTerm, ...], evidence: Evidence) -> tuple[float, str]:
    """Score in [0, 1] and the reasons; 0 refuses."""
    score = _NAME_SCORE[match.by] + 0.07 * (match.entry.rank - 1)
    reasons = [f"name {match.by}"]
    office = office_of(evidence.role)
    countries = {role.country for role in roles} | {match.entry.country}
    for change, reason in (_weigh_country(countries, evidence), _weigh_sector(roles, evidence, match.by),
                           _weigh_date(roles, evidence.as_of), _weigh_office(roles, office, match.by, evidence),
                           _weigh_obscurity(match, roles, evidence)):  # fmt: skip
        if change <= -1:
            return 0.0, f"{reasons[0]}, refused: {reason}"
        score += change
        if reason:
            reasons.append(reason)
    return max(0.0, min(0.99, score)), ", ".join(reasons)


def office_of(title: str | None) -> str | None:
    """The office that a title names, the same for all its wordings; None for a title that names none of these.

    >>> office_of("Minister of Foreign Affairs") == office_of("foreign minister")
    True
    """
    if not title:
        return None
    return next((office for office, pattern in _OFFICES if pattern.search(title)), None)


_PARTS = (
    r"(senate|national assembly|chamber|parliament|house|court|supreme|council|presidium|board|bureau|assembly|academy|"
    r"association|union|bank|euro|board|general assembly|state council|basque|generalitat|regional|federation of)"
)
_OFFICES = tuple(
    (office, re.compile(pattern, re.IGNORECASE))
    for office, pattern in (
        ("deputy", r"\b(vice|deputy|assistant|under-?secretary|junior|shadow|minister of state)\b"),
        ("foreign", r"foreign (affairs )?(minister|secretary)|minister (of|for) (foreign|external)"
                    r"|external affairs minister|secretary of state$|secretary of state for foreign"),
        ("defence", r"defen[cs]e (minister|secretary|chief)|(minister|secretary) (of|for|of state for) defen[cs]e"),
        ("interior", r"(interior|home) (minister|secretary)|minister of (the )?interior|internal affairs"),
        ("finance", r"finance (minister|secretary)|minister (of|for) (the )?(finance|economy and finance)|treasur"
                    r"|chancellor of the exchequer"),
        ("premier", r"\b(prime minister|premier|taoiseach|chancellor|head of government)\b"),
        ("monarch", r"\b(king|queen|emir|amir|sultan|emperor|grand duke|monarch)\b"),
        ("pope", r"\b(pope|pontiff)\b"),
        ("president", rf"\bpresident\b(?! of the {_PARTS})|head of state"),
        ("general", r"\b(general|gen|lt|col|maj|adm|commander|colonel|marshal|admiral"
                    r"|chief of (the )?(general|defen[cs]e|army))\b"),
    )
)  # fmt: skip


def _weigh_office(roles: tuple[RoleTerm, ...], office: str | None, by: str, evidence: Evidence) -> tuple[float, str]:
    """A title beside the name must be one that the person bears on the date: it decides among namesakes."""
    if office is None:
        return 0.0, ""
    day = evidence.as_of
    held = [role for role in roles if day is None or role.holds_on(day) or (evidence.former and _ended(role, day))]
    offices = {office_of(role.title) for role in held}
    if office in offices:
        return (0.30 if by == "surname" else 0.05), f"is {evidence.role}"
    if by == "surname" and office in {office_of(role.title) for role in roles if day and _is_near(role, day)}:
        return 0.15, f"was or becomes {evidence.role}"
    known = offices - {None, "deputy"}
    return (-0.15, f"text says {evidence.role}") if known and by == "surname" else (0.0, "")


def _is_near(role: RoleTerm, day: date) -> bool:
    """True for a term over for less than three years, or to begin within four months ("president-elect")."""
    after = (day - role.valid_to).days if role.valid_to else -1
    before = (role.valid_from - day).days if role.valid_from else -1
    return 0 < after < 3 * 366 or 0 < before < 120


def _ended(role: RoleTerm, day: date) -> bool:
    return role.valid_to is not None and role.valid_to < day


def _weigh_obscurity(match: NameMatch, roles: tuple[RoleTerm, ...], evidence: Evidence) -> tuple[float, str]:
    """A little-known person out of office may always be a namesake, where the text gives neither country nor office."""
    told = evidence.country is not None or (evidence.sector is not None and evidence.sector != "")
    day = evidence.as_of
    if told or match.entry.rank > 1 or day is None or not roles or any(role.holds_on(day) for role in roles):
        return 0.0, ""
    common = len(match.entry.name) < _LONG_NAME
    return (-0.20, "may be a namesake") if common else (0.0, "")


def _weigh_country(countries: set[str | None], evidence: Evidence) -> tuple[float, str]:
    if evidence.country is None:
        return 0.0, ""
    if evidence.country in countries:
        return 0.16, "country agrees"
    if evidence.country_is_place or evidence.country in INTERNATIONAL:
        return -0.05, ""
    return -1.0, f"text says {evidence.country}"


def _weigh_sector(roles: tuple[RoleTerm, ...], evidence: Evidence, by: str) -> tuple[float, str]:
    if evidence.sector is None:
        return 0.0, ""
    if any(role.sector == evidence.sector for role in roles):
        return 0.10, "sector agrees"
    return (-1.0 if by == "surname" else -0.12), f"text says {evidence.sector}"


def _weigh_date(roles: tuple[RoleTerm, ...], day: date | None) -> tuple[float, str]:
    if day is None or not roles:
        return 0.0, ""
    gap = min(_gap(role, day) for role in roles)
    if gap == 0:
        return 0.10, "in office on the date"
    if gap > _LIFE:
        return -1.0, "another generation"
    return (0.0, "") if gap <= _NEAR else (-0.10, "long out of office")


def _gap(role: RoleTerm, day: date) -> int:
    """Days between the day and the term, 0 inside it."""
    if role.holds_on(day):
        return 0
    ends = [abs((end - day).days) for end in (role.valid_from, role.valid_to) if end is not None]
    return min(ends, default=_NEAR)
