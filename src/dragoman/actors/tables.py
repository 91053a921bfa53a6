"""Readable CSV tables into facts, with an error that names file, row and remedy for everything that is not right."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dragoman.actors.facts import (
    INTERNATIONAL,
    KINDS,
    SECTORS,
    ActorFact,
    FormFact,
    NounFact,
    RoleFact,
)
from dragoman.actors.names import normalise
from dragoman.errors import InputError

ACTOR_HEADER = ("name", "kind", "country", "sector", "aliases", "role", "valid_from", "valid_to", "note")
STATE_HEADER = ("code", "name", "aliases", "adjectives", "people", "capitals", "wikidata")
FORM_HEADER = ("form", "country", "use", "note")
NOUN_HEADER = ("term", "sector", "weight")
FORM_USES = ("name", "adjective", "people", "capital", "place", "disputed")
WEIGHTS = ("strong", "weak", "mod")
# States stand in a table of their own, with their forms.
_OWN_KINDS = tuple(kind for kind in KINDS if kind != "state")
_SLACK = {"day": 0, "month": 30, "year": 365}
_DATE = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


def read_rows(path: Path, header: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of a CSV file with their line numbers, every cell stripped.

    Raises:
        InputError: the file is missing, is not UTF-8, has another header, or a row has another number of cells.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"table '{path}': {error.strerror}; give the path of a CSV file") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InputError(
            f"table '{path}', row {line}: byte {error.object[error.start]:#04x} is not UTF-8; save the file as UTF-8"
        ) from None
    rows = _split_cells(path, text)
    _, first = next(rows, (1, []))
    found = tuple(cell.strip() for cell in first)
    if found != header:
        raise InputError(
            f"table '{path}', row 1: header is '{','.join(found)}', expected '{','.join(header)}'; correct the first row"  # noqa: E501
        )
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise InputError(
                f"table '{path}', row {line}: {len(cells)} cells, expected {len(header)}; "
                "quote cells that contain commas"
            )
        yield line, tuple(cell.strip() for cell in cells)


def _split_cells(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise InputError(
            f"table '{path}', row {reader.line_num}: {error}; close every quote, and double quotes inside a cell"
        ) from None


def parse_date(text: str, where: str, *, end: bool = False) -> tuple[date | None, str]:
    """A date written YYYY, YYYY-MM or YYYY-MM-DD and its precision; the last day of the period when `end` is True.

    Raises:
        InputError: it is written another way or is no day of the calendar.
    """
    if not text:
        return None, "day"
    match = _DATE.match(text)
    try:
        if not match:
            raise ValueError
        year, month, day = match.groups()
        if day:
            return date(int(year), int(month), int(day)), "day"
        if month:
            last = _last_day(int(year), int(month))
            return date(int(year), int(month), last if end else 1), "month"
        return (date(int(year), 12, 31) if end else date(int(year), 1, 1)), "year"
    except ValueError:
        raise InputError(f"{where}: date '{text}' is not YYYY, YYYY-MM or YYYY-MM-DD; correct the date") from None


def _last_day(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date.resolution).day


def read_actors(path: Path, codes: frozenset[str], source: str, horizon: date | None = None) -> tuple[ActorFact, ...]:
    """Actors and role terms of a hand-written table; rows of one name and country are one actor.

    `horizon` is the day up to which the table speaks; None for a user's own rows, which are never stale.

    Raises:
        InputError: a kind, country, sector or date is unknown, or two terms of one role overlap.
    """
    facts: list[ActorFact] = []
    terms: dict[tuple[str, str], list[tuple[int, date, date]]] = {}
    for line, cells in read_rows(path, ACTOR_HEADER):
        where = f"table '{path}', row {line}"
        fact = _read_actor(cells, where, codes, source, horizon)
        for role in fact.roles:
            _refuse_overlap(terms.setdefault((fact.id, normalise(role.title)), []), line, role, where)
        facts.append(fact)
    return tuple(facts)


def _read_actor(
    cells: tuple[str, ...], where: str, codes: frozenset[str], source: str, horizon: date | None
) -> ActorFact:
    name, kind, country, sector, aliases, role, start, end, _ = cells
    _check(bool(name), where, "name", name, "a name")
    _check(kind in _OWN_KINDS, where, "kind", kind, ", ".join(_OWN_KINDS))
    _check(
        not country or country in codes or country in INTERNATIONAL,
        where,
        "country",
        country,
        "an ISO code, KOS, IGO, NGO, IMG or MNC",
    )
    _check(not sector or sector in SECTORS, where, "sector", sector, ", ".join(SECTORS))
    valid_from, precision = parse_date(start, where)
    valid_to, _ = parse_date(end, where, end=True)
    if valid_from and valid_to and valid_to < valid_from:
        raise InputError(f"{where}: valid_to {end} is before valid_from {start}; exchange or correct them")
    roles: tuple[RoleFact, ...] = ()
    if role or kind == "person":
        roles = (
            RoleFact(
                title=role or sector or "person", country=country, sector=sector, valid_from=valid_from,
                valid_to=valid_to, precision=precision, open=valid_to is None, source=source,
                horizon=horizon if valid_to is None else None,
            ),
        )  # fmt: skip
    is_term = bool(roles)
    return ActorFact(
        id=make_id(kind, name, country), name=name, kind=kind, country=country,
        sector="" if kind == "person" else sector,
        rank=rank_of_title(role) if kind == "person" else 2,
        aliases=tuple(alias.strip() for alias in aliases.split("|") if alias.strip()),
        valid_from=None if is_term else valid_from, valid_to=None if is_term else valid_to, roles=roles, source=source,
    )  # fmt: skip


def _check(fine: bool, where: str, column: str, found: str, expected: str) -> None:
    if not fine:
        raise InputError(f"{where}, column '{column}': '{found}' is not one of {expected}; correct the cell")


def _refuse_overlap(known: list[tuple[int, date, date]], line: int, role: RoleFact, where: str) -> None:
    """Two terms may share their border: the day, or the year where no more than the year is known."""
    start, end = role.valid_from or date.min, role.valid_to or date.max
    for other, first, last in known:
        shared = (min(end, last) - max(start, first)).days
        if shared > _SLACK[role.precision]:
            raise InputError(
                f"{where}: the term of '{role.title}' overlaps the one in row {other}; correct valid_from or valid_to"
            )
    known.append((line, start, end))


def make_id(kind: str, name: str, country: str) -> str:
    """A stable id from kind, name and country, the same wherever the actor is written.

    >>> make_id("igo", "African Union", "IGO")
    'igo:african-union'
    """
    slug = normalise(name).replace(" ", "-")
    return f"{kind}:{slug}" if country in INTERNATIONAL or not country else f"{kind}:{slug}:{country.lower()}"


_TOP = re.compile(
    r"^(acting |interim |transitional |caretaker )?(co-)?(president|prime minister|king|queen|emir|sultan|chancellor"
    r"|supreme leader|premier|pope|emperor|secretary-general|taoiseach|crown prince)\b(?! of the (senate|national|"
    r"chamber|supreme|parliament|court|council|house|federal council|constitutional|assembly|republic of srpska))"
)
_WIDE = re.compile(
    r"foreign|defen[cs]e|interior|finance|vice president|deputy prime|secretary of state|head|leader|speaker"
    r"|president of the european|commission|opposition|chief of the general staff|minister$"
)


def rank_of_title(title: str) -> int:
    """3 for a head of state or government, 2 for other offices often in the news, else 1."""
    lowered = title.lower()
    if _TOP.match(lowered):
        return 3
    return 2 if _WIDE.search(lowered) else 1


def read_states(path: Path, source: str) -> tuple[tuple[ActorFact, ...], tuple[FormFact, ...]]:
    """States as actors, and every way of writing them."""
    actors: list[ActorFact] = []
    forms: list[FormFact] = []
    for _, (code, name, aliases, adjectives, people, capitals, wikidata) in read_rows(path, STATE_HEADER):
        names = [name, *aliases.split("|")]
        actors.append(
            ActorFact(
                id=wikidata or f"state:{code.lower()}", name=name, kind="state", country=code, rank=3, source=source,
                aliases=tuple(filter(None, names[1:])),
            )
        )  # fmt: skip
        for use, cells in (("name", names), ("adjective", adjectives.split("|")), ("people", people.split("|")),
                           ("capital", capitals.split("|"))):  # fmt: skip
            forms += [FormFact(form=form, country=code, use=use, source=source) for form in cells if form]
    return tuple(actors), tuple(forms)


def read_forms(path: Path, codes: frozenset[str], source: str) -> tuple[FormFact, ...]:
    """Irregular and sub-state forms."""
    forms: list[FormFact] = []
    for line, (form, country, use, _) in read_rows(path, FORM_HEADER):
        where = f"table '{path}', row {line}"
        _check(not country or country in codes, where, "country", country, "the codes of states.csv")
        _check(use in FORM_USES, where, "use", use, ", ".join(FORM_USES))
        forms.append(FormFact(form=form, country=country, use=use, source=source))
    return tuple(forms)


def read_nouns(path: Path, source: str) -> tuple[NounFact, ...]:
    """Role nouns with sector and weight."""
    nouns: list[NounFact] = []
    for line, (term, sector, weight) in read_rows(path, NOUN_HEADER):
        where = f"table '{path}', row {line}"
        _check(sector in (*SECTORS, "", "FORMER"), where, "sector", sector, ", ".join(SECTORS))
        _check(weight in WEIGHTS, where, "weight", weight, ", ".join(WEIGHTS))
        nouns.append(NounFact(term=term, sector=sector, weight=weight, source=source))
    return tuple(nouns)
