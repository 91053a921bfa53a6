"""One knowledge-base file: opened read-only, checked, and asked; every fault of the file is told with its remedy."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.actors.entries import ActorEntry, MemberTerm, RoleTerm, SourceNote
from dragoman.actors.lexicon import Sense, plural_keys
from dragoman.errors import ResourceError

SCHEMA_VERSION = "2"
_ACTOR = "actor.number, actor.id, actor.name, class.kind, class.country, class.sector, class.rank, class.source"
_JOINED = "actor JOIN class ON class.number = actor.class"
_WITH_ALIASES = f"{_JOINED} LEFT JOIN alias ON alias.actor = actor.number"
_ROLES = (
    "SELECT office.title, office.country, office.sector, valid_from, valid_to, precision, open, horizon, source "
    "FROM role JOIN office ON office.number = role.office JOIN standing ON standing.number = role.standing "
    "WHERE role.actor = ? ORDER BY role.place"
)
_MEMBER = (
    "SELECT coalesce(one.id, 'Q' || one.number), coalesce(body.id, 'Q' || body.number), member.valid_from, "
    "member.valid_to, status, member.source FROM member JOIN actor AS one ON one.number = member.member "
    "JOIN actor AS body ON body.number = member.organization"
)
_PAGES_AT, _PAGE_SIZE_AT = 28, 16


class KbFile:
    """Questions to one file. Rows come back as values; an unreadable file raises ResourceError, whenever it shows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = _connect(path)
        try:
            self.meta = dict(self._ask("SELECT key, value FROM meta"))
            _check_version(path, self.meta.get("schema"))
        except ResourceError:
            self.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise _unreadable(self.path, str(error)) from None

    def persons(self, table: str, fold: str) -> tuple[ActorEntry, ...]:
        """Persons under a folded key of the table `full_name` or `surname`."""
        # CROSS JOIN keeps the order of look-up: the key first, then the few actors under it.
        sql = (
            f"SELECT {_ACTOR}, alias.form FROM {table} CROSS JOIN actor ON actor.number = {table}.actor "
            "JOIN class ON class.number = actor.class LEFT JOIN alias ON alias.actor = actor.number "
            f"WHERE {table}.fold = ? ORDER BY actor.number < 0, actor.number, alias.place"
        )
        return tuple(sorted(_entries(self._ask(sql, fold)), key=lambda entry: -entry.rank))

    def entry(self, actor_id: str) -> ActorEntry | None:
        """The actor with this id."""
        sql = f"SELECT {_ACTOR}, alias.form FROM {_WITH_ALIASES} WHERE actor.number = ? ORDER BY alias.place"
        number = self._number_of(actor_id)
        return next(iter(_entries(self._ask(sql, number))), None) if number is not None else None

    def _number_of(self, actor_id: str) -> int | None:
        if actor_id[:1] == "Q" and actor_id[1:].isdigit():
            return int(actor_id[1:])
        rows = self._ask("SELECT number FROM actor WHERE id = ?", actor_id)
        return int(rows[0][0]) if rows else None

    def states(self) -> tuple[ActorEntry, ...]:
        """All states."""
        sql = (
            f"SELECT {_ACTOR}, alias.form FROM {_WITH_ALIASES} WHERE class.kind = 'state' ORDER BY actor.number, place"
        )
        return tuple(_entries(self._ask(sql)))

    def roles(self, actor_id: str) -> tuple[RoleTerm, ...]:
        """All terms of an actor, by start."""
        number = self._number_of(actor_id)
        return tuple(_role(row) for row in self._ask(_ROLES, number)) if number is not None else ()

    def memberships(self, side: str, actor_id: str) -> tuple[MemberTerm, ...]:
        """Memberships with the actor on the side `member` or `organization`."""
        rows = self._ask(f"{_MEMBER} WHERE member.{side} = ? ORDER BY 1, 2", self._number_of(actor_id))
        return tuple(_member(row) for row in rows)

    def city_countries(self, key: str) -> tuple[tuple[str, int], ...]:
        """Countries with a place of this name and the population of the largest, largest first."""
        sql = "SELECT country, population FROM city WHERE key = ? ORDER BY population DESC, country"
        return tuple((str(country), int(size)) for country, size in self._ask(sql, key))

    def sources(self) -> tuple[SourceNote, ...]:
        """The sources of the file."""
        sql = "SELECT id, title, licence, state_of, attribution FROM source ORDER BY id"
        return tuple(
            SourceNote(id=row[0], title=row[1], licence=row[2], state_of=row[3], attribution=row[4])
            for row in self._ask(sql)
        )

    def phrase_keys(self) -> frozenset[str]:
        """All keys of organizations in the file."""
        return frozenset(str(key) for (key,) in self._ask("SELECT DISTINCT key FROM phrase"))

    def lexicon_entries(self) -> Iterator[tuple[str, Sense]]:
        """State forms, role nouns and organization names of the file."""
        for key, country, use, case, actor in self._ask('SELECT key, country, use, "case", actor FROM form'):
            yield key, Sense(use, country, case=case, actor_id=actor, kind="state" if use != "place" else "city")
        for term, sector, weight in self._ask("SELECT term, sector, weight FROM noun"):
            for key in plural_keys(term):
                yield key, Sense("role", "", sector, weight)
        sql = (
            f"SELECT {_ACTOR}, key, \"case\", coalesce(valid_from, ''), coalesce(valid_to, '') FROM phrase "
            "CROSS JOIN actor ON actor.number = phrase.actor JOIN class ON class.number = actor.class "
            "LEFT JOIN lifespan ON lifespan.actor = actor.number ORDER BY key, rank DESC, phrase.actor"
        )
        known: tuple[str, int] = ("", 0)
        for number, own_id, name, kind, country, sector, rank, _, key, case, start, end in self._ask(sql):
            if key == known[0] and rank < known[1]:
                continue  # the little-known bearers of a name that a well-known one has
            known = (key, rank)
            yield (
                key,
                Sense("org", country or "", sector or "", "", own_id or f"Q{number}", name, kind, case, start, end),
            )

    def check(self) -> None:
        """Read every page; raises ResourceError with the first fault that SQLite finds."""
        found = str(self._ask("PRAGMA quick_check(1)")[0][0])
        if found != "ok":
            raise _unreadable(self.path, found)


def _connect(path: Path) -> sqlite3.Connection:
    """The file opened read-only, after a look at its header: a file cut short would fail at some later question."""
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(100)
    except IsADirectoryError:
        raise ResourceError(f"knowledge base '{path}': this is a folder; give the path of a file") from None
    except OSError as error:
        raise ResourceError(
            f"knowledge base '{path}': {error.strerror}; give the file that `dragoman kb add` or `dragoman kb build` "
            "wrote, or install the package again"
        ) from None
    if not head.startswith(b"SQLite format 3\0"):
        raise _unreadable(path, f"not a knowledge base, it begins with {head[:16]!r}")
    page = int.from_bytes(head[_PAGE_SIZE_AT : _PAGE_SIZE_AT + 2], "big")
    told = int.from_bytes(head[_PAGES_AT : _PAGES_AT + 4], "big") * (65536 if page == 1 else page)
    if told != size:
        raise _unreadable(path, f"{size:,} bytes, expected {told:,}: the file is cut short or was changed")
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _unreadable(path: Path, why: str) -> ResourceError:
    return ResourceError(
        f"knowledge base '{path}': {why}; make it again with `dragoman kb add` or `dragoman kb build`, or install the "
        "package again"
    )


def _check_version(path: Path, found: str | None) -> None:
    if found == SCHEMA_VERSION:
        return
    newer = (found or "").isdigit() and int(found or 0) > int(SCHEMA_VERSION)
    remedy = "install a newer dragoman, or make" if newer else "make"
    raise ResourceError(
        f"knowledge base '{path}': schema version {found or 'none'}, expected {SCHEMA_VERSION}; {remedy} the file "
        "again with `dragoman kb add` or `dragoman kb build`"
    )


def _entries(rows: list[tuple[Any, ...]]) -> Iterator[ActorEntry]:
    """One entry for each actor; its rows stand together and differ in the alias only."""
    at = 0
    while at < len(rows):
        number, own_id, name, kind, country, sector, rank, source, _ = rows[at]
        end = at
        while end < len(rows) and rows[end][0] == number:
            end += 1
        aliases = tuple(row[-1] for row in rows[at:end] if row[-1] is not None)
        yield ActorEntry(id=own_id or f"Q{number}", name=name, kind=kind, country=country, sector=sector, rank=rank,
                         source=source, aliases=aliases)  # fmt: skip
        at = end


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _date(number: int | None) -> date | None:
    return date(number // 10000, number // 100 % 100, number % 100) if number else None


def _role(row: tuple[Any, ...]) -> RoleTerm:
    return RoleTerm(
        title=row[0], country=row[1], sector=row[2], valid_from=_date(row[3]), valid_to=_date(row[4]), precision=row[5],
        open=bool(row[6]), horizon=_day(row[7]), source=row[8],
    )  # fmt: skip


def _member(row: tuple[Any, ...]) -> MemberTerm:
    return MemberTerm(
        member=row[0], organization=row[1], valid_from=_day(row[2]), valid_to=_day(row[3]), status=row[4], source=row[5]
    )
