"""Actors: a list, the page of one, and what two of them do together."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from dragoman.errors import RecordNotFoundError
from dragoman.store import Count, Store
from dragoman.web.counting import read_precision
from dragoman.web.flows import Flow, country_names, find_flows
from dragoman.web.pages.actor_facts import (
    Name,
    claims_about,
    described,
    events_of_both,
    names_of,
    partners_of,
    roles_of,
)
from dragoman.web.pages.lists import TITLES, Group, group
from dragoman.web.site import Site, show, site_of

_LISTED = 100
_TOGETHER = 100  # events of two actors on one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An actor in a list."""

    id: str
    name: str
    country: str
    kind: str
    records: int


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
    precision = read_precision(site.store, site.pulse)
    return show(request, "actors.html", actors=found, name=name, precision=precision)


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
    found = described(site.store, id)
    if found is None:
        raise RecordNotFoundError(f"actor {id!r}: no record names it")
    (name, country, kind), names = found, names_of(site.store, id)
    return show(
        request,
        "actor.html",
        id=id,
        name=name,
        country=country,
        kind=kind.replace("_", " "),
        names=names,
        roles=roles_of(site.store, id),
        partners=site.pulse.recall(("partners", id), lambda: partners_of(site.store, id)),
        dyads=_dyads(site, country),
        country_names=country_names(),
        parts=tuple(_parts(site, id)),
        about=_about(site, id, names),
        precision=read_precision(site.store, site.pulse),
    )


def _dyads(site: Site, country: str) -> tuple[Flow, ...]:
    """The pairs of its country with most events."""
    return site.pulse.recall(("dyads", country), lambda: find_flows(site.store, 10, country)) if country else ()


def _about(site: Site, id: str, names: tuple[Name, ...]) -> tuple[Group, ...]:
    """What others claim about it."""
    claims = site.pulse.recall(("claims about", id), lambda: claims_about(site.store, id, names))
    return group(site, [site.store.entry(one) for one in claims])


def together(request: Request, id: str, other: str) -> Response:
    """The events in which two actors take part."""
    site = site_of(request)
    named = [names_of(site.store, one) for one in (id, other)]
    if not all(named):
        raise RecordNotFoundError(f"actors {id!r} and {other!r}: no record names both")
    events = events_of_both(site.store, id, other, _TOGETHER)
    return show(
        request,
        "together.html",
        ids=(id, other),
        names=tuple(one[0].name for one in named),
        groups=group(site, [site.store.entry(event) for event in events]),
        most=_TOGETHER if len(events) == _TOGETHER else 0,
        precision=read_precision(site.store, site.pulse),
    )


def _parts(site: Site, id: str) -> list[Part]:
    parts = []
    for kind, title in list(TITLES.items())[1:]:
        records = site.store.records(actor=id, kind=kind)
        number = site.pulse.recall(("count", records.query), records.count)
        if number.records:
            parts.append(Part(kind=kind, title=title, number=number, groups=group(site, records.page(limit=8).entries)))
    return parts
