"""Registers: lists of records of one kind with filters, grouped by happening."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dragoman.store import Entry, Records, Store
from dragoman.web.asking import Asked, find_records, read_after, read_asked
from dragoman.web.cards import Card, make_card
from dragoman.web.counting import Facet, count_facets, count_modes, count_reports, read_precision
from dragoman.web.site import Site, show, site_of

TITLES = {
    "record": "Records",
    "event": "Events",
    "agreement": "Agreements",
    "claim": "Claims",
    "position": "Positions",
    "project": "Projects",
    "membership": "Memberships",
}
_ABOUT = {
    "record": "Everything that fits, of every kind.",
    "event": "What somebody did to somebody, as reports tell it. What several reports tell is one event.",
    "agreement": "What was or may be signed. Each line says how far it had come: announced is not signed.",
    "claim": "What somebody says is so. A claim is never counted as an event.",
    "position": "Where somebody stands on a topic. A position is never counted as an event.",
    "project": "Named or described undertakings, by the words of the report.",
    "membership": "Who belongs to what. Implied memberships are marked so and asserted by no report.",
}
_PAGE = 30
_WHEN = (("since", "From", "2024-04"), ("until", "Until", "2024-05-31"))
_WORDS = ("q", "Words of the report", "")
_ACTS = (
    *(("source", "Who acts", "KAZ, KAZ:GOV, a name"), ("target", "To whom", ""), ("actor", "Either", "")),
    *(("type", "Category", "CONSULT"), *_WHEN, ("place", "Place", ""), _WORDS),
)
# The fields of a register's form: filter, what it is called there, an example.
FIELDS = {
    "record": _ACTS,
    "event": _ACTS,
    "agreement": (
        *(("source", "Party", "KAZ or a name"), ("target", "Another party", ""), ("type", "Kind", "treaty")),
        *(("mode", "Stage", "announced"), *_WHEN, _WORDS),
    ),
    "claim": (("source", "Speaker", "KAZ or a name"), *_WHEN, _WORDS),
    "position": (("source", "Holder", "KAZ or a name"), ("type", "Stance", "against"), *_WHEN, _WORDS),
    "project": (
        *(("source", "Of whom", "KAZ or a name"), ("type", "Sort", "transport"), ("mode", "Stage", "proposed")),
        *(("place", "Place", ""), _WORDS),
    ),
    "membership": (("source", "Member", "KAZ or a name"), ("target", "Organisation", ""), _WORDS),
}
# What the filters `type` and `mode` are called where they are no category and mode.
_TITLES = {
    "agreement": {"type": "kind", "mode": "stage"},
    "claim": {"type": "speaker"},
    "position": {"type": "stance"},
    "project": {"type": "sort", "mode": "stage"},
    "membership": {"type": "level", "mode": "stage"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Records of one happening on this page: the surest first, with the number of reports in the whole store."""

    cluster: str
    first: Card
    others: tuple[Card, ...]
    reports: int


def page_of(kind: str) -> Callable[[Request], Response]:
    """The handler of one register."""

    def register(request: Request) -> Response:
        site, asked = site_of(request), read_asked(request.query_params.multi_items())
        records = find_records(site.store, asked, None if kind == "record" else kind)
        page = records.page(limit=_PAGE, after=read_after(request.query_params.get("after")))
        counted = site.pulse.recall(("count", records.query), records.count)
        facets = site.pulse.recall(("facets", records.query, kind), lambda: _facets(site.store, records, kind))
        return show(
            request,
            "list.html",
            kind=kind,
            title=TITLES[kind],
            about=_ABOUT[kind],
            asked=asked,
            fields=FIELDS[kind],
            number=counted,
            facets=facets,
            groups=group(site, page.entries),
            after=page.after,
            precision=read_precision(site.store, site.pulse),
            facet_link=facet_link,
        )

    register.__name__ = f"list_{kind}s"
    return register


def _facets(store: Store, records: "Records[Any]", kind: str) -> tuple[Facet, ...]:
    """Facets by the names of the register; a register of one kind has no facet of kinds, but one of stages."""
    titles = _TITLES.get(kind, {})
    found = [replace(one, title=titles.get(one.filter, one.title)) for one in count_facets(store, records)]
    if kind != "record":
        found = [one for one in found if one.filter != "kind"]
    if "mode" in titles and (stages := count_modes(store, records)):
        found.insert(1, Facet(filter="mode", title=titles["mode"], values=stages))
    return tuple(found)


def group(site: Site, entries: Sequence[Entry[Any]]) -> tuple[Group, ...]:
    """Entries of one happening together, in the order of the first of each."""
    by_cluster: dict[str, list[Card]] = {}
    for entry in entries:
        by_cluster.setdefault(entry.cluster, []).append(make_card(entry))
    reports = count_reports(site.store, list(by_cluster))
    groups = []
    for cluster, cards in by_cluster.items():
        first, *others = sorted(cards, key=lambda card: -card.confidence)
        groups.append(Group(cluster=cluster, first=first, others=tuple(others), reports=reports.get(cluster, 1)))
    return tuple(groups)


def facet_link(asked: Asked, filter: str, value: str) -> list[tuple[str, str]]:
    """The same list narrowed to one value of a facet, or widened again when it is chosen already."""
    if filter == "year":
        chosen = asked.one("since") == value and asked.one("until") == value
        rest = list(asked.without("since", "until"))
        return rest if chosen else [*rest, ("since", value), ("until", value)]
    return list(asked.without(filter)) if asked.all(filter) == (value,) else asked.narrowed(filter, value)
