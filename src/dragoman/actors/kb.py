"""The knowledge base: a read-only SQLite file of actors, names, roles with dates, and memberships.

Every question takes `as_of`; without a date, roles are answered undated. The file's horizon says how far its sources
speak: a role that was open at the horizon is called stale when asked for a later day.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.actors.lexicon import Lexicon, Sense, plural_keys
from dragoman.actors.names import fold_spelling, normalise
from dragoman.errors import ResourceError

SCHEMA_VERSION = "1"
DEFAULT_PATH = Path(__file__).resolve().parent.parent / "data" / "kb.sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """One actor. `country` and `sector` are None where the sources give none; `rank` orders namesakes (3 = head of
    state or government, 2 = other widely reported office, 1 = the rest)."""

    id: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    rank: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTerm:
    """An office or sector held for a time. `valid_from` None means unknown; `valid_to` None means unknown or open.

    `open` is True when the source said on its `horizon` that the term went on. `precision` is day, month or year.
    """

    title: str
    country: str | None
    sector: str | None
    valid_from: date | None
    valid_to: date | None
    precision: str
    open: bool
    horizon: date | None
    source: str

    def holds_on(self, day: date) -> bool:
        """True when the term is known to cover the day, with a month's grace for terms known to the year."""
        slack = {"day": 0, "month": 31, "year": 366}.get(self.precision, 0)
        if self.valid_from is not None and (self.valid_from - day).days > slack:
            return False
        if self.valid_to is not None:
            return (day - self.valid_to).days <= slack
        return self.open or (self.valid_from is not None and (day - self.valid_from).days < 366 * 6)

    def is_stale_on(self, day: date) -> bool:
        """True when the term is open and the day lies past what the source knew."""
        return self.open and self.valid_to is None and self.horizon is not None and day > self.horizon


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTerm:
    """Membership of an actor in an organization; dates are None where unknown."""

    member: str
    organization: str
    valid_from: date | None
    valid_to: date | None
    status: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """Where facts come from, under which licence, of what date, and the attribution owed."""

    id: str
    title: str
    licence: str
    state_of: str
    attribution: str


class KnowledgeBase:
    """Lookups in one knowledge-base file, with an optional file of the user's own rows that outrank it."""

    def __init__(self, connections: tuple[sqlite3.Connection, ...], path: Path) -> None:
        self._connections = connections
        self.path = path
        self.meta = dict(connections[-1].execute("SELECT key, value FROM meta").fetchall())
        self._states = {
            row[4]: _entry(row) for row in connections[-1].execute(f"SELECT {_COLUMNS} FROM actor WHERE kind = 'state'")
        }
        self.lexicon = Lexicon(entry for connection in connections for entry in _lexicon_entries(connection))

    @property
    def version(self) -> str:
        """Name and build mark of the file, for provenance."""
        return f"kb {self.meta['built']}"

    @property
    def horizon(self) -> date:
        """The day up to which the newest source speaks."""
        return date.fromisoformat(self.meta["horizon"])

    def close(self) -> None:
        """Close the files."""
        for connection in self._connections:
            connection.close()

    def persons_spelled(self, key: str) -> tuple[ActorEntry, ...]:
        """Persons whose full name has the folded spelling of this key."""
        return self._persons(fold_spelling(key.replace(" ", "")), "full")

    def persons_surnamed(self, surname: str) -> tuple[ActorEntry, ...]:
        """Persons whose surname has this folded spelling."""
        return self._persons(fold_spelling(surname), "last")

    def _persons(self, fold: str, use: str) -> tuple[ActorEntry, ...]:
        sql = (
            f"SELECT DISTINCT {_COLUMNS} FROM name JOIN actor ON actor.number = name.actor "
            "WHERE name.fold = ? AND name.use = ? ORDER BY actor.rank DESC, actor.number"
        )
        found: dict[str, ActorEntry] = {}
        for connection in self._connections:
            for row in connection.execute(sql, (fold, use)):
                entry = _entry(row)
                found.setdefault(entry.id, entry)
        return tuple(found.values())

    def entry(self, actor_id: str) -> ActorEntry | None:
        """The actor with this id."""
        for connection in self._connections:
            number = _number_of(connection, actor_id)
            sql = f"SELECT {_COLUMNS} FROM actor WHERE number = ?"
            row = connection.execute(sql, (number,)).fetchone() if number is not None else None
            if row:
                return _entry(row)
        return None

    def state(self, country: str) -> ActorEntry | None:
        """The state with this country code."""
        return self._states.get(country)

    def state_codes(self) -> tuple[str, ...]:
        """The country codes of all states."""
        return tuple(sorted(self._states))

    def names_of(self, actor_id: str) -> tuple[str, ...]:
        """All names written for the actor, its own first."""
        entry = self.entry(actor_id)
        names = [entry.name] if entry else []
        for connection in self._connections:
            number = _number_of(connection, actor_id)
            sql = "SELECT form FROM name WHERE actor = ? AND form <> '' UNION SELECT form FROM phrase WHERE actor = ?1"
            names += [row[0] for row in connection.execute(sql, (number,)) if row[0]]
        return tuple(dict.fromkeys(names))

    def roles(self, actor_id: str) -> tuple[RoleTerm, ...]:
        """All terms of an actor; the user's rows come first, then by start."""
        sql = (
            "SELECT title.text, role.country, role.sector, role.valid_from, role.valid_to, precision, open, horizon, "
            "role.source FROM role JOIN title ON title.id = role.title WHERE role.actor = ? ORDER BY role.place"
        )
        found: list[RoleTerm] = []
        for connection in self._connections:
            found += [_role(row) for row in connection.execute(sql, (_number_of(connection, actor_id),))]
        return tuple(found)

    def members_of(self, organization: str, as_of: date | None = None) -> tuple[MemberTerm, ...]:
        """Memberships in an organization: facts of the knowledge base, never of a report."""
        return self._memberships("organization", organization, as_of)

    def memberships_of(self, member: str, as_of: date | None = None) -> tuple[MemberTerm, ...]:
        """Organizations that an actor belongs to."""
        return self._memberships("member", member, as_of)

    def _memberships(self, column: str, value: str, as_of: date | None) -> tuple[MemberTerm, ...]:
        sql = f"SELECT member, organization, valid_from, valid_to, status, source FROM member WHERE {column} = ?"
        rows = [row for connection in self._connections for row in connection.execute(sql, (value,))]
        terms = tuple(_member(row) for row in rows)
        return tuple(term for term in terms if as_of is None or _covers(term.valid_from, term.valid_to, as_of))

    def city_countries(self, key: str) -> tuple[tuple[str, int], ...]:
        """Countries that have a town or division with this name, with the population of the largest, largest first."""
        sql = "SELECT country, population FROM city WHERE key = ? ORDER BY population DESC, country"
        return tuple(self._connections[-1].execute(sql, (key,)).fetchall())

    def sources(self) -> tuple[SourceNote, ...]:
        """All sources of the file with licence and attribution."""
        sql = "SELECT id, title, licence, state_of, attribution FROM source ORDER BY id"
        return tuple(
            SourceNote(id=row[0], title=row[1], licence=row[2], state_of=row[3], attribution=row[4])
            for connection in self._connections
            for row in connection.execute(sql)
        )

    def search(self, text: str) -> tuple[ActorEntry, ...]:
        """Actors of any kind with this name, for looking into the file: organizations first, then persons by rank."""
        key = normalise(text)
        ids = dict.fromkeys(sense.actor_id for sense in self.lexicon.senses(text) if sense.actor_id)
        found = {actor_id: entry for actor_id in ids if (entry := self.entry(actor_id)) is not None}
        for entry in (*self.persons_spelled(key), *self.persons_surnamed(key)):
            found.setdefault(entry.id, entry)
        return tuple(found.values())


_COLUMNS = "actor.number, actor.id, actor.name, actor.kind, actor.country, actor.sector, actor.rank, actor.source"


def _number_of(connection: sqlite3.Connection, actor_id: str) -> int | None:
    if actor_id[:1] == "Q" and actor_id[1:].isdigit():
        return int(actor_id[1:])
    row = connection.execute("SELECT number FROM actor WHERE id = ?", (actor_id,)).fetchone()
    return int(row[0]) if row else None


def open_kb(path: Path | None = None, user: Path | None = None) -> KnowledgeBase:
    """Open a knowledge-base file read-only, the shipped one by default, with the user's own rows before it.

    Raises:
        ResourceError: the file is missing, is no knowledge base, or has another schema version.
    """
    path = path or DEFAULT_PATH
    files = [user] if user is not None else []
    return KnowledgeBase(tuple(_connect(file) for file in [*files, path]), path)


def _connect(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise ResourceError(f"knowledge base '{path}': no such file; run `dragoman kb build` or reinstall the package")
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        raise ResourceError(
            f"knowledge base '{path}': not a dragoman knowledge base ({error}); run `dragoman kb build` again"
        ) from None
    found = row[0] if row else "none"
    if found != SCHEMA_VERSION:
        connection.close()
        raise ResourceError(
            f"knowledge base '{path}': schema version {found}, expected {SCHEMA_VERSION}; run `dragoman kb build` again"
        )
    return connection


def _lexicon_entries(connection: sqlite3.Connection) -> Iterator[tuple[str, Sense]]:
    """State forms, role nouns and organization names of one file."""
    for key, country, use, case, actor in connection.execute('SELECT key, country, use, "case", actor FROM form'):
        yield key, Sense(use, country, case=case, actor_id=actor, kind="state" if use != "place" else "city")
    for term, sector, weight in connection.execute("SELECT term, sector, weight FROM noun"):
        for key in plural_keys(term):
            yield key, Sense("role", "", sector, weight)
    sql = (
        f"SELECT {_COLUMNS}, key, \"case\", coalesce(valid_from, ''), coalesce(valid_to, '') "
        "FROM phrase JOIN actor ON actor.number = phrase.actor"
    )
    for *row, key, case, start, end in connection.execute(sql):
        entry = _entry(tuple(row))
        yield key, Sense("org", entry.country or "", entry.sector or "", "", entry.id, entry.name, entry.kind, case,
                         start, end)  # fmt: skip


def _entry(row: tuple[Any, ...]) -> ActorEntry:
    number, own_id, name, kind, country, sector, rank, source = row
    return ActorEntry(
        id=own_id or f"Q{number}", name=name, kind=kind, country=country, sector=sector, rank=rank, source=source
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _date(number: int | None) -> date | None:
    return date(number // 10000, number // 100 % 100, number % 100) if number else None


def _role(row: tuple[Any, ...]) -> RoleTerm:
    return RoleTerm(
        title=row[0],
        country=row[1],
        sector=row[2],
        valid_from=_date(row[3]),
        valid_to=_date(row[4]),
        precision=("day", "month", "year")[row[5]],
        open=bool(row[6]),
        horizon=_date(row[7]),
        source=row[8],
    )


def _member(row: tuple[str, str, str | None, str | None, str, str]) -> MemberTerm:
    return MemberTerm(
        member=row[0],
        organization=row[1],
        valid_from=_day(row[2]),
        valid_to=_day(row[3]),
        status=row[4],
        source=row[5],
    )


def _covers(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)
