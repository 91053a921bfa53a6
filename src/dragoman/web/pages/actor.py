"""Actors: names with evidence, roles over time, partners, and everything they take part in."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from dragoman.errors import RecordNotFoundError
from dragoman.store import Count, Store
from dragoman.types.actor import ActorLink
from dragoman.types.record import Agreement, Claim, Event, Membership, Position, Project, Record
from dragoman.web.counting import read_precision
from dragoman.web.pages.lists import TITLES, Group, group
from dragoman.web.site import Site, show, site_of

_LISTED = 100
_ROLES_FROM = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An actor in a list."""

    id: str
    name: str
    country: str
    kind: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as written, with the record that has it."""

    name: str
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role in which reports name the actor, with the first and last day and one record that shows it."""

    role: str
    first: str
    last: str
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Another actor in the same events."""

    id: str
    name: str
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The records of one kind."""

    kind: str
    title: str
    number: Count
    groups: tuple[Group, ...]


def actors(request: Request) -> Response:
    """Actors by a part of the name, else those in most records."""
    site, name = site_of(request), request.query_params.get("name", "").strip()[:200]
    found = [
        Listed(id=one.actor_id, name=one.name, country=one.country or "", kind=one.kind or "", records=one.records)
        for one in (site.store.actors(name.replace("\x00", ""))[:_LISTED] if name else ())
    ]
    if not name:
        found = site.pulse.recall("actors", lambda: _most_named(site.store))
    return show(request, "actors.html", actors=found, name=name)


def _most_named(store: Store) -> list[Listed]:
    """Counted over all codings to find them, then exactly for those shown."""
    sql = "SELECT actor FROM involved WHERE actor <> '' GROUP BY actor ORDER BY count(*) DESC, actor LIMIT ?"
    ids = [str(actor) for (actor,) in store.engine.read(sql, (_LISTED,))]
    if not ids:
        return []
    marks = ", ".join("?" * len(ids))
    exact = (
        "SELECT v.actor, count(DISTINCT v.record) FROM involved v JOIN entry e ON e.record = v.record"
        f" JOIN current c ON c.coding = e.coding WHERE v.actor IN ({marks}) GROUP BY v.actor"
    )
    numbers = {str(actor): int(number or 0) for actor, number in store.engine.read(exact, ids)}
    named = f"SELECT actor, name, country, kind, canonical FROM actor_name WHERE actor IN ({marks}) ORDER BY canonical"
    known = {str(row[0]): row for row in store.engine.read(named, ids)}
    listed = [
        Listed(id=id, name=str(known[id][1]), country=str(known[id][2]), kind=str(known[id][3]), records=numbers[id])
        for id in ids
        if id in known and id in numbers
    ]
    return sorted(listed, key=lambda one: (-one.records, one.name))


def actor(request: Request, id: str) -> Response:
    """The page of one actor."""
    site = site_of(request)
    names = _names(site.store, id)
    if not names:
        raise RecordNotFoundError(f"actor {id!r}: no record names it")
    row = site.store.engine.read(
        "SELECT name, country, kind FROM actor_name WHERE actor = ? ORDER BY canonical DESC LIMIT 1", (id,)
    )[0]
    return show(
        request,
        "actor.html",
        id=id,
        name=str(row[0]),
        country=str(row[1] or ""),
        kind=str(row[2] or "").replace("_", " "),
        names=names,
        roles=_roles(site.store, id),
        partners=site.pulse.recall(("partners", id), lambda: _partners(site.store, id)),
        parts=tuple(_parts(site, id)),
        precision=read_precision(site.store, site.pulse),
    )


def _names(store: Store, id: str) -> tuple[Name, ...]:
    sql = (
        "SELECT a.name, coalesce(b.id, '') FROM actor_name a LEFT JOIN record b ON b.key = a.record"
        " WHERE a.actor = ? ORDER BY a.canonical DESC, a.name LIMIT 200"
    )
    return tuple(Name(name=str(name), record=str(record)) for name, record in store.engine.read(sql, (id,)))


def _parts(site: Site, id: str) -> list[Part]:
    parts = []
    for kind, title in list(TITLES.items())[1:]:
        records = site.store.records(actor=id, kind=kind)
        number = site.pulse.recall(("count", records.query), records.count)
        if number.records:
            parts.append(Part(kind=kind, title=title, number=number, groups=group(site, records.page(limit=8).entries)))
    return parts


def _partners(store: Store, id: str) -> tuple[Partner, ...]:
    sql = (
        "SELECT w.actor, min(w.name), count(DISTINCT e.cluster) FROM involved v JOIN involved w ON w.record = v.record"
        " AND w.actor <> v.actor AND w.actor <> '' JOIN entry e ON e.record = v.record JOIN current c"
        " ON c.coding = e.coding WHERE v.actor = ? AND v.role <> 'speaker' AND w.role <> 'speaker'"
        " AND e.kind = 'event' AND e.review <> 'rejected' GROUP BY w.actor ORDER BY 3 DESC, 1 LIMIT 15"
    )
    return tuple(
        Partner(id=str(actor), name=str(name), events=int(number or 0))
        for actor, name, number in store.engine.read(sql, (id,))
    )


def _roles(store: Store, id: str) -> tuple[Role, ...]:
    """Roles in the newest records; a report's day stands for the time of the role."""
    found: dict[str, Role] = {}
    for entry in store.records(actor=id).page(limit=_ROLES_FROM).entries:
        for one in links_of(entry.record):
            if one.actor_id != id or not one.role:
                continue
            day = one.as_of.isoformat() if one.as_of else entry.day
            known = found.get(one.role)
            found[one.role] = Role(
                role=one.role,
                first=min(day, known.first) if known and known.first else day,
                last=max(day, known.last) if known else day,
                record=entry.record.id,
            )
    return tuple(sorted(found.values(), key=lambda role: (role.first, role.role)))


def links_of(record: Record) -> tuple[ActorLink, ...]:
    """All actors that a record names."""
    said = (record.attribution.speaker,) if record.attribution.speaker else ()
    if isinstance(record, Event):
        return (*record.sources, *record.targets, *said)
    if isinstance(record, Agreement):
        return (*record.parties, *record.signatories, *said)
    if isinstance(record, Position):
        return (record.holder, *said)
    if isinstance(record, Claim):
        return (*((record.speaker,) if record.speaker else ()), *said)
    if isinstance(record, Project):
        return (*record.proponents, *said)
    assert isinstance(record, Membership)
    return (record.member, record.organization, *said)
