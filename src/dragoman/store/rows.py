"""A record's JSON value as the rows of the projections. Pure.

The value has the shape of RECORD.md section 7, as `codec` writes it; it is the one form in which records are stored, so
that records coded here and those coded elsewhere and loaded from a shard take the same way.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.store.days import bounds_of
from dragoman.store.engine import Value

Json = Any  # whatever JSON can hold; taken apart here and nowhere else in the store

UNKNOWN = ""  # stands for an unknown day, actor or country where a column is part of an index
ENTRY_COLUMNS = (
    *(
        "record",
        "coding",
        "run",
        "document",
        "kind",
        "id",
        "sentence",
        "category",
        "mode",
        "cameo",
        "quad",
        "goldstein",
    ),
    *("plover_score", "status", "counted", "reciprocal", "attributed_to", "speaker", "confidence", "edtf"),
    *("time_basis", "day", "last_day", "place", "country", "latitude", "longitude", "quote", "cluster", "review"),
    "version",
)
_QUOTE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where a record stands: keys of its rows, and the document's publication date for records without a time."""

    record: int
    coding: int
    run: int
    document: int
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One participant of a record: `role` is source, target or speaker. Unknown values are empty texts."""

    role: str
    actor: str
    name: str
    country: str
    sector: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What the projections say of one record, before it has a place: see `project`.

    `days` is None for a record without a time. `pairs` are ordered pairs of countries.
    """

    id: str
    kind: str
    before_days: tuple[Value, ...]
    edtf: str | None
    basis: str | None
    days: tuple[str, str] | None
    after_days: tuple[Value, ...]
    cluster: str
    names: tuple[tuple[str, ...], ...]
    pairs: tuple[tuple[str, str], ...]
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Projected:
    """All rows that one record gives."""

    entry: tuple[Value, ...]
    involved: tuple[tuple[Value, ...], ...]
    dyads: tuple[tuple[str, str, str, int], ...]


def sketch(value: Json) -> Sketch:
    """The sketch of a record. Raises KeyError or TypeError when the value is no record."""
    kind, time = value["kind"], value.get("time")
    place = value.get("place") or next(iter(value.get("places") or ()), None) or {}
    speaker = value["attribution"]["speaker"]
    category, mode = (value[key] if key else None for key in _LABELS[kind])
    parties = tuple(dict.fromkeys(_PARTIES[kind](value)))
    return Sketch(
        id=value["id"],
        kind=kind,
        before_days=(
            *(kind, value["id"], value["sentence"], category, mode, value.get("cameo"), value.get("quad")),
            *(value.get("goldstein"), value.get("plover_score"), value["status"], int(bool(value.get("counted")))),
            *(int(bool(value.get("reciprocal"))), value["attribution"]["by"]),
            *(_name_of(speaker) if speaker else None, value["confidence"]),
        ),
        edtf=time["edtf"] if time else None,
        basis=time["basis"] if time else None,
        days=bounds_of(time["edtf"]) if time else None,
        after_days=(
            *(place.get("name") or place.get("text"), place.get("country"), place.get("lat"), place.get("lon")),
            _quote(value),
        ),
        cluster=value["cluster"] or value["id"],
        names=tuple(dict.fromkeys((p.role, p.actor, p.name, p.country, p.sector) for p in parties)),
        pairs=tuple(_pairs(parties)) if kind in ("event", "agreement") else (),
        parties=parties,
    )


def project(
    drawn: Sketch, where: Where, *, review: str = "open", version: str = "", cluster: str | None = None
) -> Projected:
    """The rows of a sketched record in its place; without a time it takes the day of publication."""
    published = (where.published, where.published) if where.published else None
    first, last = drawn.days or published or (UNKNOWN, UNKNOWN)
    basis = drawn.basis if drawn.days else "published" if published else None
    return Projected(
        entry=(
            *(
                where.record,
                where.coding,
                where.run,
                where.document,
                *drawn.before_days,
                drawn.edtf,
                basis,
                first,
                last,
            ),
            *(*drawn.after_days, cluster or drawn.cluster, review, version),
        ),
        involved=tuple((where.record, *name, first) for name in drawn.names),
        dyads=tuple((source, target, first, where.record) for source, target in drawn.pairs),
    )


# Which of its own fields each kind shows as category and mode, as in the CSV of `dragoman code`.
_LABELS: Mapping[str, tuple[str, str | None]] = {
    "event": ("category", "mode"),
    "agreement": ("instrument", "agreement_status"),
    "position": ("stance", None),
    "claim": ("speaker_kind", None),
    "project": ("sort", "project_status"),
    "membership": ("level", "membership_status"),
}


def _quote(value: Json) -> str:
    words = " … ".join(" ".join(span["text"].split()) for span in value["evidence"])
    return words if len(words) <= _QUOTE else words[: _QUOTE - 1] + "…"


def _event_parties(value: Json) -> Iterator[Party]:
    yield from _as("source", value["sources"])
    yield from _as("target", value["targets"])
    if value["reciprocal"]:
        yield from _as("target", value["sources"])
        yield from _as("source", value["targets"])
    yield from _speaker(value)


def _agreement_parties(value: Json) -> Iterator[Party]:
    for links in (value["parties"], value["signatories"]):
        yield from _as("source", links)
        yield from _as("target", links)
    yield from _speaker(value)


def _claim_parties(value: Json) -> Iterator[Party]:
    yield from _as("source", [value["speaker"]] if value["speaker"] else [])
    yield from _speaker(value)


def _position_parties(value: Json) -> Iterator[Party]:
    yield from _as("source", [value["holder"]])
    yield from _speaker(value)


def _project_parties(value: Json) -> Iterator[Party]:
    yield from _as("source", value["proponents"])
    yield from _speaker(value)


def _membership_parties(value: Json) -> Iterator[Party]:
    yield from _as("source", [value["member"]])
    yield from _as("target", [value["organization"]])
    yield from _speaker(value)


_PARTIES: Mapping[str, Callable[[Json], Iterator[Party]]] = {
    "event": _event_parties,
    "agreement": _agreement_parties,
    "position": _position_parties,
    "claim": _claim_parties,
    "project": _project_parties,
    "membership": _membership_parties,
}
KINDS = tuple(_PARTIES)


def _speaker(value: Json) -> Iterator[Party]:
    speaker = value["attribution"]["speaker"]
    yield from _as("speaker", [speaker] if speaker else [])


def _as(role: str, links: list[Json]) -> Iterator[Party]:
    for link in links:
        yield Party(
            role=role,
            actor=link["actor"] or UNKNOWN,
            name=_name_of(link),
            country=link["country"] or UNKNOWN,
            sector=link["sector"] or UNKNOWN,
            kind=link["kind"] or UNKNOWN,
            text=link["text"],
        )


def _name_of(link: Json) -> str:
    return str(link["name"] or link["text"])


def _pairs(parties: tuple[Party, ...]) -> Iterator[tuple[str, str]]:
    """Ordered pairs of countries: who acts and who is acted upon, never a participant with itself."""
    sources = [party for party in parties if party.role == "source" and party.country]
    targets = [party for party in parties if party.role == "target" and party.country]
    pairs = (
        (source.country, target.country)
        for source in sources
        for target in targets
        # "The two leaders" are two participants in the same words, told apart by their countries.
        if (source.actor, source.text, source.country) != (target.actor, target.text, target.country)
    )
    yield from dict.fromkeys(pairs)
