"""How well a person of the knowledge base fits a mention on a date, with reasons."""

from dataclasses import dataclass
from datetime import date

from dragoman.actors.candidates import NameMatch
from dragoman.actors.entries import RoleTerm
from dragoman.actors.facts import INTERNATIONAL, USER
from dragoman.actors.tables import rank_of_title

_NAME_SCORE = {"full": 0.78, "folded": 0.74, "part": 0.66, "surname": 0.30}
_NEAR = 366 * 12
_LIFE = 366 * 45


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


def _notability(role: RoleTerm) -> tuple[bool, int, int, date]:
    return (
        role.source == USER,
        rank_of_title(role.title),
        _SECTOR_ORDER.get(role.sector or "", 0),
        role.valid_from or date.min,
    )


def score_person(match: NameMatch, roles: tuple[RoleTerm, ...], evidence: Evidence) -> tuple[float, str]:
    """Score in [0, 1] and the reasons; 0 refuses."""
    score = _NAME_SCORE[match.by] + 0.04 * (match.entry.rank - 1)
    reasons = [f"name {match.by}"]
    countries = {role.country for role in roles} | {match.entry.country}
    for change, reason in (_weigh_country(countries, evidence), _weigh_sector(roles, evidence, match.by),
                           _weigh_date(roles, evidence.as_of)):  # fmt: skip
        if change <= -1:
            return 0.0, f"{reasons[0]}, refused: {reason}"
        score += change
        if reason:
            reasons.append(reason)
    return max(0.0, min(0.99, score)), ", ".join(reasons)


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
