"""The knowledge base: a read-only SQLite file of actors, names, roles with dates, and memberships.

Every question takes `as_of`; without a date, roles are answered undated. The file's horizon says how far its sources
speak: a role that was open at the horizon is called stale when asked for a later day.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

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
            row[3]: _entry(row)
            for row in connections[-1].execute(
                "SELECT id, name, kind, country, sector, rank, source FROM actor WHERE kind = 'state'"
            )
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

    def persons_named(self, key: str) -> tuple[ActorEntry, ...]:
        """Persons with exactly this name key."""
        return self._entries("name.key = ? AND name.use = 'full'", key)

    def persons_spelled_like(self, key: str) -> tuple[ActorEntry, ...]:
        """Persons whose full name has the same folded spelling."""
        return self._entries("name.fold = ? AND name.use = 'full'", fold_spelling(key.replace(" ", "")))

    def persons_surnamed(self, surname: str) -> tuple[ActorEntry, ...]:
        """Persons whose surname has this folded spelling."""
        return self._entries("name.fold = ? AND name.use = 'last'", fold_spelling(surname))

    def _entries(self, where: str, value: str) -> tuple[ActorEntry, ...]:
        sql = (
            "SELECT DISTINCT actor.id, actor.name, actor.kind, actor.country, actor.sector, actor.rank, actor.source "
            f"FROM name JOIN actor ON actor.rowid = name.actor WHERE {where} ORDER BY actor.rank DESC, actor.id"
        )
        found: dict[str, ActorEntry] = {}
        for connection in self._connections:
            for row in connection.execute(sql, (value,)):
                found.setdefault(row[0], _entry(row))
        return tuple(found.values())

    def entry(self, actor_id: str) -> ActorEntry | None:
        """The actor with this id."""
        sql = "SELECT id, name, kind, country, sector, rank, source FROM actor WHERE id = ?"
        for connection in self._connections:
            row = connection.execute(sql, (actor_id,)).fetchone()
            if row:
                return _entry(row)
        return None

    def state(self, country: str) -> ActorEntry | None:
        """The state with this country code."""
        return self._states.get(country)

    def names_of(self, actor_id: str) -> tuple[str, ...]:
        """All names written for the actor, in the order of the file."""
        sql = (
            "SELECT DISTINCT coalesce(name.form, name.key) FROM name JOIN actor ON actor.rowid = name.actor "
            "WHERE actor.id = ? AND name.use <> 'last'"
        )
        return tuple(row[0] for connection in self._connections for row in connection.execute(sql, (actor_id,)))

    def roles(self, actor_id: str) -> tuple[RoleTerm, ...]:
        """All terms of an actor; the user's rows come first, then by start."""
        sql = (
            "SELECT title.text, role.country, role.sector, valid_from, valid_to, precision, open, horizon, role.source "
            "FROM role JOIN actor ON actor.rowid = role.actor JOIN title ON title.id = role.title "
            "WHERE actor.id = ? ORDER BY valid_from"
        )
        return tuple(_role(row) for connection in self._connections for row in connection.execute(sql, (actor_id,)))

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
        sql = "SELECT country, max(population) AS size FROM city WHERE key = ? GROUP BY country ORDER BY size DESC"
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
        """Actors of any kind whose name has this key or folded spelling, best rank first."""
        key = normalise(text)
        found = {entry.id: entry for entry in self._entries("name.key = ?", key)}
        for entry in (*self.persons_spelled_like(key), *self.persons_surnamed(key)):
            found.setdefault(entry.id, entry)
        return tuple(sorted(found.values(), key=lambda entry: (-entry.rank, entry.id)))


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
        "SELECT name.key, coalesce(actor.country, ''), coalesce(actor.sector, ''), actor.id, actor.name, actor.kind, "
        'name."case", coalesce(actor.valid_from, \'\'), coalesce(actor.valid_to, \'\') '
        "FROM name JOIN actor ON actor.rowid = name.actor WHERE name.use = 'org'"
    )
    for key, country, sector, actor, name, kind, case, start, end in connection.execute(sql):
        yield key, Sense("org", country, sector, "", actor, name, kind, case, start, end)


def _entry(row: tuple[str, str, str, str | None, str | None, int, str]) -> ActorEntry:
    return ActorEntry(
        id=row[0], name=row[1], kind=row[2], country=row[3], sector=row[4] or None, rank=row[5], source=row[6]
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _role(row: tuple[str, str | None, str | None, str | None, str | None, str, int, str | None, str]) -> RoleTerm:
    return RoleTerm(
        title=row[0],
        country=row[1],
        sector=row[2],
        valid_from=_day(row[3]),
        valid_to=_day(row[4]),
        precision=row[5],
        open=bool(row[6]),
        horizon=_day(row[7]),
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
