"""Facts into one knowledge-base file, byte for byte the same for the same facts."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from dragoman.actors.facts import ActorFact, CityFact, Facts, FormFact, RoleFact
from dragoman.actors.kb import SCHEMA_VERSION, SourceNote
from dragoman.actors.names import fold_spelling, normalise, surname_key

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (id TEXT PRIMARY KEY, title TEXT, licence TEXT, state_of TEXT, attribution TEXT) WITHOUT ROWID;
CREATE TABLE actor (number INTEGER PRIMARY KEY, id TEXT, name TEXT, kind TEXT, country TEXT, sector TEXT, rank INTEGER,
  valid_from TEXT, valid_to TEXT, source TEXT);
CREATE TABLE name (fold TEXT, use TEXT, actor INTEGER, form TEXT, PRIMARY KEY (fold, use, actor, form)) WITHOUT ROWID;
CREATE TABLE phrase (key TEXT, actor INTEGER, form TEXT, "case" TEXT, PRIMARY KEY (key, actor)) WITHOUT ROWID;
CREATE TABLE title (id INTEGER PRIMARY KEY, text TEXT);
CREATE TABLE role (actor INTEGER, place INTEGER, title INTEGER, country TEXT, sector TEXT, valid_from INTEGER,
  valid_to INTEGER, precision INTEGER, open INTEGER, horizon INTEGER, source TEXT, PRIMARY KEY (actor, place)) WITHOUT ROWID;
CREATE TABLE member (member TEXT, organization TEXT, valid_from TEXT, valid_to TEXT, status TEXT, source TEXT);
CREATE TABLE city (key TEXT, country TEXT, population INTEGER, PRIMARY KEY (key, country)) WITHOUT ROWID;
CREATE TABLE form (key TEXT, form TEXT, country TEXT, use TEXT, "case" TEXT, actor TEXT, source TEXT);
CREATE TABLE noun (term TEXT, sector TEXT, weight TEXT, source TEXT);
"""  # noqa: E501
_INDEXES = """
CREATE INDEX actor_id ON actor (id) WHERE id IS NOT NULL;
CREATE INDEX name_actor ON name (actor);
CREATE INDEX member_organization ON member (organization);
CREATE INDEX member_member ON member (member);
"""
_OWN_NUMBERS = 10_000_000_000
PRECISIONS = ("day", "month", "year")


def write_kb(facts: Facts, sources: Iterable[SourceNote], horizon: date, built: str, path: Path) -> int:
    """Write the file and return the number of actors. An existing file is replaced only when all is written."""
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    connection = sqlite3.connect(partial)
    try:
        connection.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;" + _SCHEMA)
        actors = merge_actors(facts.actors)
        _write_actors(connection, actors)
        _write_rest(connection, facts, sources, {actor.country: actor.id for actor in actors if actor.kind == "state"})
        meta = (("schema", SCHEMA_VERSION), ("built", built), ("horizon", horizon.isoformat()))
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta)
        connection.commit()
        connection.executescript(_INDEXES + "ANALYZE; VACUUM;")
    finally:
        connection.close()
    partial.replace(path)
    return len(actors)


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
        elif roles[twin].valid_to is None and role.valid_to is not None and roles[twin].open:
            roles[twin] = replace(roles[twin], valid_to=role.valid_to, open=False)
        elif roles[twin].open and role.open and (role.horizon or date.max) > (roles[twin].horizon or date.max):
            roles[twin] = replace(roles[twin], horizon=role.horizon)
    return tuple(roles)


def _are_one_term(old: RoleFact, new: RoleFact) -> bool:
    if old.sector != new.sector or old.country != new.country or old.valid_from is None or new.valid_from is None:
        return old == new
    same_start = abs((old.valid_from - new.valid_from).days) <= 40
    return same_start and (normalise(old.title) == normalise(new.title) or old.source != new.source)


def _write_actors(connection: sqlite3.Connection, actors: tuple[ActorFact, ...]) -> None:
    titles: dict[str, int] = {}
    names: set[tuple[str, str, int, str]] = set()
    phrases: dict[tuple[str, int], tuple[str, str]] = {}
    own = _OWN_NUMBERS
    for actor in sorted(actors, key=lambda actor: actor.id):
        number = int(actor.id[1:]) if is_wikidata_id(actor.id) else own
        own += number == own
        connection.execute(
            "INSERT INTO actor VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, None if number < _OWN_NUMBERS else actor.id, actor.name, actor.kind, actor.country or None,
             actor.sector or None, actor.rank, _iso(actor.valid_from), _iso(actor.valid_to), actor.source),
        )  # fmt: skip
        _add_names(names, phrases, number, actor)
        _write_roles(connection, number, actor, titles)
    connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?)", sorted(names))
    rows = [(key, number, form, case) for (key, number), (form, case) in sorted(phrases.items())]
    connection.executemany("INSERT INTO phrase VALUES (?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO title VALUES (?, ?)", [(number, text) for text, number in titles.items()])


def is_wikidata_id(text: str) -> bool:
    """True for "Q7035479"."""
    return text[:1] == "Q" and text[1:].isdigit()


def _write_roles(connection: sqlite3.Connection, number: int, actor: ActorFact, titles: dict[str, int]) -> None:
    ordered = sorted(actor.roles, key=lambda role: role.valid_from or date.min)
    for place, role in enumerate(ordered):
        title = titles.setdefault(role.title, len(titles) + 1)
        connection.execute(
            "INSERT INTO role VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, place, title, role.country or None, role.sector or None, _number(role.valid_from),
             _number(role.valid_to), PRECISIONS.index(role.precision), int(role.open), _number(role.horizon),
             role.source),
        )  # fmt: skip


def _add_names(
    names: set[tuple[str, str, int, str]],
    phrases: dict[tuple[str, int], tuple[str, str]],
    number: int,
    actor: ActorFact,
) -> None:
    """Persons are found by folded name and surname on disk; all others by phrase, in memory."""
    if actor.kind == "state":
        return
    for form in dict.fromkeys((actor.name, *actor.aliases)):
        key = normalise(form)
        if not key:
            continue
        if actor.kind != "person":
            phrases.setdefault((key, number), (form if form != actor.name else "", case_of(form)))
            continue
        names.add((fold_spelling(key.replace(" ", "")), "full", number, form if form != actor.name else ""))
        if " " in key:
            names.add((fold_spelling(surname_key(key)), "last", number, ""))


def case_of(form: str) -> str:
    """How a form must be written to count: upper for short capital words, cap for names, any for plain nouns.

    >>> case_of("WHO"), case_of("Kremlin"), case_of("west african bloc")
    ('upper', 'cap', 'any')
    """
    letters = "".join(ch for ch in form if ch.isalpha())
    if letters.isupper() and len(letters) <= 6:
        return "upper"
    return "cap" if any(ch.isupper() for ch in form) else "any"


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
    members = dict.fromkeys(
        (term.member, term.organization, _iso(term.valid_from), _iso(term.valid_to), term.status, term.source)
        for term in facts.members
    )
    connection.executemany("INSERT INTO member VALUES (?, ?, ?, ?, ?, ?)", list(members))
    connection.executemany("INSERT INTO city VALUES (?, ?, ?)", _city_rows(facts.cities))


def _form_rows(
    forms: Iterable[FormFact], states: dict[str, str]
) -> list[tuple[str, str, str, str, str, str | None, str]]:
    rows = []
    for fact in forms:
        form = fact.form.removeprefix("the ")
        rows.append(
            (normalise(form), form, fact.country, fact.use, case_of(form), states.get(fact.country), fact.source)
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
