"""Facts into one knowledge-base file, byte for byte the same for the same facts."""

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from dragoman.actors.entries import SourceNote
from dragoman.actors.facts import HAND, ActorFact, CityFact, Facts, FormFact, RoleFact
from dragoman.actors.kb_file import SCHEMA_VERSION
from dragoman.actors.names import fold_spelling, name_parts, normalise, phrase_key, surname_key, word_set
from dragoman.errors import InputError

# What many rows share stands once, in `class`, `office` and `standing`: the file is half as large for it.
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (id TEXT PRIMARY KEY, title TEXT, licence TEXT, state_of TEXT, attribution TEXT) WITHOUT ROWID;
CREATE TABLE class (number INTEGER PRIMARY KEY, kind TEXT, country TEXT, sector TEXT, rank INTEGER, source TEXT);
CREATE TABLE actor (number INTEGER PRIMARY KEY, class INTEGER, name TEXT, id TEXT);
CREATE TABLE alias (actor INTEGER, place INTEGER, form TEXT, PRIMARY KEY (actor, place)) WITHOUT ROWID;
CREATE TABLE full_name (fold TEXT, actor INTEGER, PRIMARY KEY (fold, actor)) WITHOUT ROWID;
CREATE TABLE surname (fold TEXT, actor INTEGER, PRIMARY KEY (fold, actor)) WITHOUT ROWID;
CREATE TABLE phrase (key TEXT, actor INTEGER, "case" TEXT, PRIMARY KEY (key, actor)) WITHOUT ROWID;
CREATE TABLE lifespan (actor INTEGER PRIMARY KEY, valid_from TEXT, valid_to TEXT);
CREATE TABLE office (number INTEGER PRIMARY KEY, title TEXT, country TEXT, sector TEXT);
CREATE TABLE standing (number INTEGER PRIMARY KEY, precision TEXT, open INTEGER, horizon TEXT, source TEXT);
CREATE TABLE role (actor INTEGER, place INTEGER, office INTEGER, valid_from INTEGER, valid_to INTEGER,
  standing INTEGER, PRIMARY KEY (actor, place)) WITHOUT ROWID;
CREATE TABLE member (member INTEGER, organization INTEGER, valid_from TEXT, valid_to TEXT, status TEXT, source TEXT);
CREATE TABLE city (key TEXT, country TEXT, population INTEGER, PRIMARY KEY (key, country)) WITHOUT ROWID;
CREATE TABLE form (key TEXT, form TEXT, country TEXT, use TEXT, "case" TEXT, actor TEXT, source TEXT);
CREATE TABLE noun (term TEXT, sector TEXT, weight TEXT, source TEXT);
CREATE VIEW term AS SELECT actor.name, coalesce(actor.id, 'Q' || actor.number) AS id, office.title, office.country,
  office.sector, role.valid_from, role.valid_to, standing.precision, standing.open, standing.horizon, standing.source
  FROM role JOIN actor ON actor.number = role.actor JOIN office ON office.number = role.office
  JOIN standing ON standing.number = role.standing;
"""
_INDEXES = """
CREATE INDEX actor_id ON actor (id) WHERE id IS NOT NULL;
CREATE INDEX member_organization ON member (organization);
CREATE INDEX member_member ON member (member);
"""


def write_kb(facts: Facts, sources: Iterable[SourceNote], horizon: date, built: str, path: Path) -> int:
    """Write the file and return the number of actors. An existing file is replaced only when all is written.

    Raises:
        InputError: the folder of `path` does not exist or cannot be written to.
    """
    check_folder(path)
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    connection = sqlite3.connect(partial)
    try:
        connection.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;" + _SCHEMA)
        actors = merge_actors(facts.actors)
        numbers = number_actors(actors)
        _write_actors(connection, actors, numbers)
        _write_roles(connection, actors, numbers)
        _write_members(connection, facts, numbers)
        _write_rest(connection, facts, sources, {actor.country: actor.id for actor in actors if actor.kind == "state"})
        meta = (("schema", SCHEMA_VERSION), ("built", built), ("horizon", horizon.isoformat()))
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta)
        connection.commit()
        connection.executescript(_INDEXES + "VACUUM;")
    except BaseException:
        connection.close()
        partial.unlink(missing_ok=True)
        raise
    connection.close()
    partial.replace(path)
    return len(actors)


def check_folder(path: Path) -> None:
    """Make sure that a file can be written at `path`, before minutes of work.

    Raises:
        InputError: its folder does not exist or is closed to us, or `path` is a folder.
    """
    if path.is_dir():
        raise InputError(f"output '{path}': this is a folder; give the path of a file")
    if not path.parent.is_dir():
        raise InputError(f"output '{path}': no folder '{path.parent}'; make it first")
    if not os.access(path.parent, os.W_OK):
        raise InputError(f"output '{path}': folder '{path.parent}' cannot be written to; choose another")


def merge_actors(facts: Iterable[ActorFact]) -> tuple[ActorFact, ...]:
    """One actor for each id: the first fact's fields, all names, all roles, the highest rank."""
    merged: dict[str, ActorFact] = {}
    for fact in facts:
        known = merged.get(fact.id)
        merged[fact.id] = fact if known is None else _join(known, fact)
    return tuple(merged.values())


def _join(known: ActorFact, more: ActorFact) -> ActorFact:
    names = dict.fromkeys((*known.aliases, more.name, *more.aliases))
    names.pop(known.name, None)
    return replace(
        known,
        aliases=tuple(names),
        roles=_join_roles(known.roles, more.roles),
        rank=max(known.rank, more.rank),
        country=known.country or more.country,
        sector=known.sector or more.sector,
    )


def _join_roles(known: tuple[RoleFact, ...], more: tuple[RoleFact, ...]) -> tuple[RoleFact, ...]:
    """Roles of both; a role that repeats a known one of the same sector and start is dropped, its end is kept."""
    roles = list(known)
    for role in more:
        twin = next((index for index, old in enumerate(roles) if _are_one_term(old, role)), None)
        if twin is None:
            roles.append(role)
        elif roles[twin].source == HAND:
            continue
        elif roles[twin].valid_to is None and role.valid_to is not None and roles[twin].open:
            roles[twin] = replace(roles[twin], valid_to=role.valid_to, open=False)
        elif roles[twin].open and role.open and (role.horizon or date.max) > (roles[twin].horizon or date.max):
            roles[twin] = replace(roles[twin], horizon=role.horizon)
    return tuple(roles)


def _are_one_term(old: RoleFact, new: RoleFact) -> bool:
    if old.sector != new.sector or old.country != new.country or old.valid_from is None or new.valid_from is None:
        return old == new
    if old.valid_to is not None and old.valid_to <= new.valid_from:
        return False  # a second term that follows a short first one
    same_start = abs((old.valid_from - new.valid_from).days) <= 40
    return same_start and (normalise(old.title) == normalise(new.title) or old.source != new.source)


class _Shared:
    """Numbers for rows that many others share, in order of first use."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[object, ...], int] = {}

    def number(self, *row: object) -> int:
        """The number of the row, a new one where it was not met before."""
        return self._numbers.setdefault(row, len(self._numbers) + 1)

    def rows(self) -> list[tuple[object, ...]]:
        """All rows with their numbers before them."""
        return [(number, *row) for row, number in self._numbers.items()]


def number_actors(actors: Iterable[ActorFact]) -> dict[str, int]:
    """A number for each id: Wikidata's own, and numbers below zero for all others."""
    own = sorted(actor.id for actor in actors if not is_wikidata_id(actor.id))
    numbers = {actor_id: place - len(own) for place, actor_id in enumerate(own)}
    return numbers | {actor.id: int(actor.id[1:]) for actor in actors if is_wikidata_id(actor.id)}


def _write_actors(connection: sqlite3.Connection, actors: tuple[ActorFact, ...], numbers: dict[str, int]) -> None:
    classes, keys = _Shared(), _Keys()
    for actor in sorted(actors, key=lambda actor: actor.id):
        number = numbers[actor.id]
        shared = classes.number(actor.kind, actor.country or None, actor.sector or None, actor.rank, actor.source)
        own_id = None if number >= 0 else actor.id
        connection.execute("INSERT INTO actor VALUES (?, ?, ?, ?)", (number, shared, actor.name, own_id))
        if actor.valid_from or actor.valid_to:
            span = (number, _iso(actor.valid_from), _iso(actor.valid_to))
            connection.execute("INSERT INTO lifespan VALUES (?, ?, ?)", span)
        aliases = [form for form in dict.fromkeys(actor.aliases) if form != actor.name and normalise(form)]
        connection.executemany("INSERT INTO alias VALUES (?, ?, ?)", [(number, *item) for item in enumerate(aliases)])
        keys.add(number, actor)
    connection.executemany("INSERT INTO class VALUES (?, ?, ?, ?, ?, ?)", classes.rows())
    keys.write(connection)


def is_wikidata_id(text: str) -> bool:
    """True for "Q7035479"."""
    return text[:1] == "Q" and text[1:].isdigit()


def _write_roles(connection: sqlite3.Connection, actors: tuple[ActorFact, ...], numbers: dict[str, int]) -> None:
    offices, standings = _Shared(), _Shared()
    for actor in sorted(actors, key=lambda actor: actor.id):
        for place, role in enumerate(sorted(actor.roles, key=lambda role: role.valid_from or date.min)):
            office = offices.number(role.title, role.country or None, role.sector or None)
            standing = standings.number(role.precision, int(role.open), _iso(role.horizon), role.source)
            row = (numbers[actor.id], place, office, _number(role.valid_from), _number(role.valid_to), standing)
            connection.execute("INSERT INTO role VALUES (?, ?, ?, ?, ?, ?)", row)
    connection.executemany("INSERT INTO office VALUES (?, ?, ?, ?)", offices.rows())
    connection.executemany("INSERT INTO standing VALUES (?, ?, ?, ?, ?)", standings.rows())


_SURNAME_FIRST = frozenset(("CHN", "HKG", "HUN", "KHM", "KOR", "PRK", "SGP", "TWN", "VNM"))
# A second surname or the name of the house follows the name that reports use.
_TWO_SURNAMES = word_set(
    "ARG BOL CHL COL CRI CUB DOM ECU ESP GTM HND MEX NIC PAN PER PRY SLV URY VEN PHL GNQ SAU ARE QAT KWT BHR OMN YEM "
    "JOR"
)
_CASES = ("any", "cap", "upper")  # from loose to strict: the loosest of the forms of one key counts


class _Keys:
    """Look-up keys: persons are found by folded name and surname on disk, all others by phrase, in memory."""

    def __init__(self) -> None:
        self._full: set[tuple[str, int]] = set()
        self._last: set[tuple[str, int]] = set()
        self._phrases: dict[tuple[str, int], str] = {}

    def add(self, number: int, actor: ActorFact) -> None:
        """Keys of all names of the actor; states have theirs in the table of forms."""
        if actor.kind == "state":
            return
        for form in dict.fromkeys((actor.name, *actor.aliases)):
            key = normalise(form)
            if key and actor.kind != "person":
                known = self._phrases.setdefault((phrase_key(form), number), case_of(form))
                self._phrases[phrase_key(form), number] = min(known, case_of(form), key=_CASES.index)
            elif key:
                self._full.add((fold_spelling(key.replace(" ", "")), number))
                if " " in key:
                    self._last.add((fold_spelling(surname_key(key)), number))
                    if actor.country in _SURNAME_FIRST:
                        self._last.add((fold_spelling(key.split()[0]), number))
                    parts = name_parts(key)
                    if len(parts) > 2 and actor.country in _TWO_SURNAMES:
                        self._last.add((fold_spelling(parts[-2]), number))

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the three tables of keys."""
        connection.executemany("INSERT INTO full_name VALUES (?, ?)", sorted(self._full))
        connection.executemany("INSERT INTO surname VALUES (?, ?)", sorted(self._last))
        rows = [(key, number, case) for (key, number), case in sorted(self._phrases.items())]
        connection.executemany("INSERT INTO phrase VALUES (?, ?, ?)", rows)


def case_of(form: str) -> str:
    """How a form must be written to count: upper for short capital words, cap for names, any for plain nouns.

    >>> case_of("WHO"), case_of("Kremlin"), case_of("west african bloc")
    ('upper', 'cap', 'any')
    """
    letters = "".join(ch for ch in form if ch.isalpha())
    if letters.isupper() and len(letters) <= 6:
        return "upper"
    return "cap" if any(ch.isupper() for ch in form) else "any"


def _write_members(connection: sqlite3.Connection, facts: Facts, numbers: dict[str, int]) -> None:
    rows = dict.fromkeys(
        (numbers[term.member], numbers[term.organization], _iso(term.valid_from), _iso(term.valid_to), term.status,
         term.source)
        for term in facts.members if term.member in numbers and term.organization in numbers
    )  # fmt: skip
    connection.executemany("INSERT INTO member VALUES (?, ?, ?, ?, ?, ?)", list(rows))


def _write_rest(
    connection: sqlite3.Connection, facts: Facts, sources: Iterable[SourceNote], states: dict[str, str]
) -> None:
    connection.executemany(
        "INSERT INTO source VALUES (?, ?, ?, ?, ?)",
        [(note.id, note.title, note.licence, note.state_of, note.attribution) for note in sources],
    )
    connection.executemany("INSERT INTO form VALUES (?, ?, ?, ?, ?, ?, ?)", _form_rows(facts.forms, states))
    nouns = dict.fromkeys((noun.term, noun.sector, noun.weight, noun.source) for noun in facts.nouns)
    connection.executemany("INSERT INTO noun VALUES (?, ?, ?, ?)", list(nouns))
    connection.executemany("INSERT INTO city VALUES (?, ?, ?)", _city_rows(facts.cities))


def _form_rows(
    forms: Iterable[FormFact], states: dict[str, str]
) -> list[tuple[str, str, str, str, str, str | None, str]]:
    rows = []
    for fact in forms:
        form = fact.form.removeprefix("the ")
        rows.append(
            (phrase_key(form), form, fact.country, fact.use, case_of(form), states.get(fact.country), fact.source)
        )
    return list(dict.fromkeys(rows))


def _city_rows(cities: Iterable[CityFact]) -> list[tuple[str, str, int]]:
    largest: dict[tuple[str, str], int] = {}
    for city in cities:
        key = (normalise(city.name), city.country)
        if key[0]:
            largest[key] = max(city.population, largest.get(key, -1))
    return [(key, country, size) for (key, country), size in sorted(largest.items())]


def _number(day: date | None) -> int | None:
    """A day as the number yyyymmdd, which takes four bytes in the file."""
    return day.year * 10000 + day.month * 100 + day.day if day else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
