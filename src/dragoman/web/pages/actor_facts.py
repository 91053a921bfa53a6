"""What records say of an actor beside taking part: names, roles, partners, and claims about it."""

from dataclasses import dataclass

from dragoman.codec import parse_json
from dragoman.store import Store
from dragoman.types.actor import ActorLink
from dragoman.types.record import Agreement, Claim, Event, Membership, Position, Project, Record

_ROLES_FROM = 300
_CLAIMS_FROM = 400
# Events in which two actors take part, neither of them as the one who tells it.
_TOGETHER = (
    "FROM involved v JOIN involved w ON w.record = v.record AND w.actor <> v.actor AND w.actor <> ''"
    " JOIN entry e ON e.record = v.record JOIN current c ON c.coding = e.coding WHERE v.actor = ?"
    " AND v.role <> 'speaker' AND w.role <> 'speaker' AND e.kind = 'event' AND e.review <> 'rejected'"
)


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


def names_of(store: Store, id: str) -> tuple[Name, ...]:
    """All names by which records call it, the canonical one first; none for those who are only cited."""
    sql = (
        "SELECT a.name, coalesce(b.id, '') FROM actor_name a LEFT JOIN record b ON b.key = a.record"
        " WHERE a.actor = ? ORDER BY a.canonical DESC, a.name LIMIT 200"
    )
    return tuple(Name(name=str(name), record=str(record)) for name, record in store.engine.read(sql, (id,)))


def described(store: Store, id: str) -> tuple[str, str, str] | None:
    """Its name, country and kind; None when no record has it. Of those who are only cited the kind is not kept."""
    named = "SELECT name, country, kind FROM actor_name WHERE actor = ? ORDER BY canonical DESC LIMIT 1"
    cited = "SELECT name, country, '' FROM involved WHERE actor = ? ORDER BY record LIMIT 1"
    for sql in (named, cited):
        for name, country, kind in store.engine.read(sql, (id,)):
            return str(name), str(country or ""), str(kind or "")
    return None


def partners_of(store: Store, id: str) -> tuple[Partner, ...]:
    """Those in most events with it."""
    counted = "SELECT w.actor, min(w.name), count(DISTINCT e.cluster)"
    sql = f"{counted} {_TOGETHER} GROUP BY w.actor ORDER BY 3 DESC, 1 LIMIT 15"
    return tuple(
        Partner(id=str(actor), name=str(name), events=int(number or 0))
        for actor, name, number in store.engine.read(sql, (id,))
    )


def events_of_both(store: Store, id: str, other: str, most: int) -> list[str]:
    """Ids of events in which both take part, the newest first."""
    sql = f"SELECT e.id, e.day, e.record {_TOGETHER} AND w.actor = ? GROUP BY 1, 2, 3 ORDER BY 2 DESC, 3 DESC LIMIT ?"
    return [str(event) for event, _, _ in store.engine.read(sql, (id, other, most))]


def claims_about(store: Store, id: str, names: tuple[Name, ...], most: int = 8) -> list[str]:
    """Ids of claims of others that hold a record of the actor or name it, among the newest of the reports it is in."""
    sql = (
        "SELECT e.id, b.body FROM entry e JOIN current c ON c.coding = e.coding JOIN record b ON b.key = e.record"
        " WHERE e.kind = 'claim' AND e.review <> 'rejected' AND e.document IN (SELECT o.document FROM involved v"
        " JOIN entry o ON o.record = v.record WHERE v.actor = ?) ORDER BY e.day DESC, e.record DESC LIMIT ?"
    )
    own = {str(record) for (record,) in store.engine.read(_RECORDS, (id,))}
    found = []
    for claim, body in store.engine.read(sql, (id, _CLAIMS_FROM)):
        value = parse_json(str(body))
        said_by = (value["speaker"] or {}).get("actor")
        told = value["content"]["text"] or ""
        if said_by != id and (own & set(value["about"]) or any(one.name in told for one in names)):
            found.append(str(claim))
    return found[:most]


_RECORDS = (
    "SELECT e.id FROM involved v JOIN entry e ON e.record = v.record JOIN current c ON c.coding = e.coding"
    " WHERE v.actor = ? AND v.role <> 'speaker' LIMIT 5000"
)


def roles_of(store: Store, id: str) -> tuple[Role, ...]:
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
