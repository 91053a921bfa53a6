"""What may be asked of the store, and the SQL that asks it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TypedDict

from dragoman.errors import InputError
from dragoman.store.engine import Value
from dragoman.store.fold import REVIEWS
from dragoman.store.rows import KINDS
from dragoman.store.search import documents_matching, names_matching
from dragoman.types.record import AttributedTo, Status

Several = str | Sequence[str]
ORDERS = ("newest", "oldest", "least_sure", "text")


class Filters(TypedDict, total=False):
    """Filters by name. Several values of one filter mean "or", several filters "and".

    `source`, `target` and `actor` (either) take a country (`KAZ`), a country with a sector (`KAZ:GOV`), an actor id, or
    a part of a name. `type` is the category; other kinds than events have theirs as CSV shows it (instrument, stance,
    sort). `since` and `until` are days, months or years, both included, and ask whether the time of the record, else
    the day of publication, may lie within. `place` is a country code, a part of the place's name, or coordinates as
    `@40.18,44.51`, `@none` for records without any. `q` is searched in the documents' text. `run` asks the codings of
    that run instead of the latest of each document. `attributed_to` is report, named, unnamed, or a part of the
    speaker's name. `review` is one of `fold.REVIEWS`; rejected records are left out unless asked for. `counted` True
    leaves what series count. `coder` is the name of a reviewer who decided on the record.
    """

    source: Several
    target: Several
    actor: Several
    kind: Several
    type: Several
    mode: Several
    status: Several
    since: str
    until: str
    place: Several
    q: str
    run: Several
    attributed_to: Several
    min_conf: float
    document: Several
    cluster: Several
    review: Several
    counted: bool
    coder: Several


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordQuery:
    """Filters checked and made uniform; see `Filters`. An empty tuple or None asks nothing."""

    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    place: tuple[str, ...] = ()
    q: str | None = None
    run: tuple[str, ...] = ()
    attributed_to: tuple[str, ...] = ()
    min_conf: float | None = None
    document: tuple[str, ...] = ()
    cluster: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    counted: bool | None = None
    coder: tuple[str, ...] = ()
    between: tuple[str, str] | None = None


_SINGLE = ("since", "until", "q", "min_conf", "counted", "between")
_SETS = {"kind": KINDS, "status": tuple(Status), "review": REVIEWS}
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_COUNTRY = re.compile(r"[A-Z]{3}(?::[A-Z]{3})?")
_DEGREES = r"(-?\d{1,3}(?:\.\d{1,17})?(?:e-\d\d)?)"
_POINT = re.compile(f"@{_DEGREES},{_DEGREES}", re.ASCII)
_NOWHERE = "@none"
_ACTOR = re.compile(r"Q\d+|[a-z]+[:_][\w.:-]+")


def make_query(filters: Filters, base: RecordQuery | None = None) -> RecordQuery:
    """The query with these filters added to `base`. Raises InputError for a name or value that is none."""
    known = {field.name for field in fields(RecordQuery)}
    changes: dict[str, object] = {}
    for name, value in filters.items():
        if name not in known:
            raise InputError(f"filter {name!r} is not one of {', '.join(sorted(known))}")
        changes[name] = value if name in _SINGLE or value is None else _several(name, value)
    query = replace(base or RecordQuery(), **{k: v for k, v in changes.items() if v is not None})  # type: ignore[arg-type]  # checked above
    for name in ("since", "until"):
        if (written := getattr(query, name)) and not _DAY.fullmatch(written):
            raise InputError(f"{name} {written!r}: expected a day, month or year such as 2024-04-16, 2024-04 or 2024")
    for place in query.place:
        if place.startswith("@") and place != _NOWHERE and not _POINT.fullmatch(place):
            raise InputError(
                f"place {place[:40]!r}: expected latitude and longitude such as @40.18,44.51, or {_NOWHERE}"
            )
    return query


def _several(name: str, value: object) -> tuple[str, ...]:
    given = (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]  # a sequence by the type
    values = tuple(str(item) for item in given)
    for item in values if name in _SETS else ():
        if item not in _SETS[name]:
            raise InputError(f"{name} {item!r} is not one of {', '.join(_SETS[name])}")
    return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Sql:
    """A part of a statement with the values of its question marks."""

    text: str
    values: tuple[Value, ...] = ()


def from_where(query: RecordQuery, dialect: str, *, index: str | None = None) -> Sql:
    """`FROM … WHERE …` over entries as `e`, with the day to sort by as `d.day` where a dyad is asked for.

    `index` is the one that SQLite shall read the entries by; PostgreSQL plans by its statistics.
    """
    index = index if dialect == "sqlite" else None
    tables, parts = _tables(query, dialect, index)
    parts += _parts(query, dialect, index)
    where = " AND ".join(part.text for part in parts)
    values = (value for part in (tables, *parts) for value in part.values)
    return Sql(text=f"FROM {tables.text}" + (f" WHERE {where}" if where else ""), values=tuple(values))


def latest(dialect: str, index: str) -> str:
    """`FROM` the entries of the latest codings; SQLite reads them by an index alone, in its order."""
    if dialect != "sqlite":
        return "FROM entry e JOIN current c ON c.coding = e.coding"
    return f"FROM entry e INDEXED BY {index} CROSS JOIN current c ON c.coding = e.coding"


def _tables(query: RecordQuery, dialect: str, index: str | None) -> tuple[Sql, list[Sql]]:
    """The entries, driven by the index of dyads where one pair of countries is asked for."""
    # CROSS keeps SQLite from beginning with the list of codings; PostgreSQL plans by its statistics.
    cross = "CROSS JOIN" if dialect == "sqlite" else "JOIN"
    current = "" if query.run else f" {cross} current c ON c.coding = e.coding"
    pairs = _pairs(query)
    if not pairs:
        return Sql(text=f"entry e{f' INDEXED BY {index}' if index else ''}{current}"), []
    if len(pairs) == 1:
        part = Sql(text="d.source = ? AND d.target = ?", values=pairs[0])
        return Sql(text=f"dyad d {cross} entry e ON e.record = d.record{current}"), [part]
    union = " UNION ".join("SELECT day, record FROM dyad WHERE source = ? AND target = ?" for _ in pairs)
    values = tuple(value for pair in pairs for value in pair)
    return Sql(text=f"({union}) d {cross} entry e ON e.record = d.record{current}", values=values), []


def _pairs(query: RecordQuery) -> list[tuple[str, str]]:
    if query.between is not None:
        one, other = query.between
        return [(one, other), (other, one)] if one != other else [(one, other)]
    if len(query.source) != 1 or len(query.target) != 1 or not _only_acts(query):
        return []
    pair = (query.source[0], query.target[0])
    return [pair] if all(_COUNTRY.fullmatch(code) and ":" not in code for code in pair) else []


def _only_acts(query: RecordQuery) -> bool:
    """Dyads are kept for events and agreements."""
    return bool(query.kind) and set(query.kind) <= {"event", "agreement"}


def driven_by_dyads(query: RecordQuery) -> bool:
    """True when `from_where` reads the index of dyads, whose day and record then give the order."""
    return bool(_pairs(query))


# What can be asked of each of the two narrow indexes; everything else needs the row, or is found by something narrower.
_HAPPENING = frozenset(("kind", "type", "status", "review", "counted"))
_FACETS = _HAPPENING | {"mode", "since", "until", "min_conf", "place", "attributed_to"}


def counting_index(query: RecordQuery) -> str | None:
    """The index that alone tells how many happenings and reports fit; None where something leads to the records."""
    return "entry_happening" if _asked(query) <= _HAPPENING else facets_index(query)


def facets_index(query: RecordQuery) -> str | None:
    """The index that alone tells how what fits falls by kind, category and so on; None as above."""
    codes = all(map(_COUNTRY.fullmatch, query.place)) and set(query.attributed_to) <= set(AttributedTo)
    return "entry_facets" if _asked(query) <= _FACETS and codes else None


def page_index(query: RecordQuery, order: str) -> str | None:
    """The index that gives a page in its order, else the one in which everything that fits is soonest looked through.

    Left to itself, SQLite takes a state of review to be rare, and sorts the rows of nearly everything.
    """
    asked = _asked(query)
    if order == "text":
        return None
    if order == "least_sure":
        return "entry_queue" if len(query.review) == 1 and asked <= {"kind", "review"} else facets_index(query)
    if len(query.type) == 1 and asked <= {"kind", "type", "counted"}:
        return "entry_category"
    return "entry_day" if len(query.kind) == 1 and asked <= {"kind", "counted"} else facets_index(query)


def _asked(query: RecordQuery) -> set[str]:
    return {field.name for field in fields(query) if getattr(query, field.name) not in ((), None)}


def _parts(query: RecordQuery, dialect: str, index: str | None) -> list[Sql]:
    # With `+`, SQLite does not take a column to be constant, and sees that the index has the order of the facets.
    plain = "+" if index == "entry_facets" else ""
    parts = [
        _among(f"{plain if column != 'kind' else ''}e.{column}", values) for column, values in _plain(query) if values
    ]
    for role in ("source", "target"):
        if getattr(query, role) and not _pairs(query):
            parts.append(_involves(getattr(query, role), (role,), dialect))
    if query.actor:
        parts.append(_involves(query.actor, ("source", "target", "speaker"), dialect))
    parts += _times(query)
    if query.place:
        parts.append(_places(query.place, dialect))
    if query.q is not None:
        text, values = documents_matching(dialect, query.q)
        parts.append(Sql(text=f"e.document IN ({text})", values=tuple(values)))
    if query.run:
        parts.append(_in_keys("e.run", "run", query.run))
    if query.document:
        parts.append(_in_keys("e.document", "document", query.document))
    if query.coder:
        decided = f"SELECT record FROM verdict WHERE reviewer IN ({', '.join('?' * len(query.coder))})"
        parts.append(Sql(text=f"e.id IN ({decided})", values=query.coder))
    if query.attributed_to:
        parts.append(_any([_attributed(value) for value in query.attributed_to]))
    if query.min_conf is not None:
        parts.append(Sql(text="e.confidence >= ?", values=(query.min_conf,)))
    if query.counted is not None:
        parts.append(Sql(text="e.counted = ?", values=(int(query.counted),)))
    if not query.review:
        parts.append(Sql(text="e.review <> 'rejected'"))
    return parts


def _plain(query: RecordQuery) -> list[tuple[str, tuple[str, ...]]]:
    return [
        *(("kind", query.kind), ("category", query.type), ("mode", query.mode), ("status", query.status)),
        *(("cluster", query.cluster), ("review", query.review)),
    ]


def _among(column: str, values: tuple[str, ...]) -> Sql:
    if len(values) == 1:
        return Sql(text=f"{column} = ?", values=values)
    return Sql(text=f"{column} IN ({', '.join('?' * len(values))})", values=values)


def _any(parts: list[Sql]) -> Sql:
    return Sql(
        text="(" + " OR ".join(part.text for part in parts) + ")",
        values=tuple(value for part in parts for value in part.values),
    )


def _in_keys(column: str, table: str, ids: tuple[str, ...]) -> Sql:
    return Sql(text=f"{column} IN (SELECT key FROM {table} WHERE id IN ({', '.join('?' * len(ids))}))", values=ids)


def _involves(asked: tuple[str, ...], roles: tuple[str, ...], dialect: str) -> Sql:
    """Records in which one of the asked takes one of the roles."""
    role = f"role IN ({', '.join('?' * len(roles))})"
    found = [_who(value, dialect) for value in asked]
    union = " UNION ".join(f"SELECT record FROM involved WHERE {part.text} AND {role}" for part in found)
    return Sql(text=f"e.record IN ({union})", values=tuple(value for part in found for value in (*part.values, *roles)))


def _who(asked: str, dialect: str) -> Sql:
    if _COUNTRY.fullmatch(asked):
        country, _, sector = asked.partition(":")
        if sector:
            return Sql(text="country = ? AND sector = ?", values=(country, sector))
        return Sql(text="country = ?", values=(country,))
    if _ACTOR.fullmatch(asked):
        return Sql(text="actor = ?", values=(asked,))
    text, values = names_matching(dialect, asked)
    named = f"actor IN (SELECT actor FROM actor_name WHERE key IN ({text}))"
    return Sql(text=f"({named} OR (actor = '' AND lower(name) = ?))", values=(*values, asked.lower()))


def _times(query: RecordQuery) -> list[Sql]:
    """The record's days and the asked ones have a day in common; an undated record is in no period."""
    parts = []
    if query.since:
        parts.append(Sql(text="e.last_day >= ?", values=(_first_day(query.since),)))
    if query.until:
        parts.append(Sql(text="e.day <= ? AND e.day <> ''", values=(_last_day(query.until),)))
    return parts


def _first_day(written: str) -> str:
    return (written + "-01-01")[:10] if len(written) == 4 else (written + "-01")[:10]


def _last_day(written: str) -> str:
    return written + {4: "-12-31", 7: "-31"}.get(len(written), "")


def _places(asked: tuple[str, ...], dialect: str) -> Sql:
    """Records at one of the places. SQLite finds points in the one index that has them, else it reads every row."""
    points = [point for value in asked if (point := _POINT.fullmatch(value))]
    found = [_place(value) for value in asked if not _POINT.fullmatch(value)]
    if points:
        here = " OR ".join(["latitude = ? AND longitude = ?"] * len(points))
        index = " INDEXED BY entry_place" if dialect == "sqlite" else ""
        rows = f"SELECT record FROM entry{index} WHERE latitude IS NOT NULL AND ({here})"
        values = tuple(float(degree) for point in points for degree in point.groups())
        found.append(Sql(text=f"e.record IN ({rows})", values=values))
    return _any(found)


def _place(asked: str) -> Sql:
    if _COUNTRY.fullmatch(asked):
        return Sql(text="e.country = ?", values=(asked,))
    if asked == _NOWHERE:
        return Sql(text="e.latitude IS NULL")
    return Sql(text="lower(e.place) LIKE ?", values=(f"%{asked.lower()}%",))


def _attributed(asked: str) -> Sql:
    if asked in tuple(AttributedTo):
        return Sql(text="e.attributed_to = ?", values=(asked,))
    return Sql(text="lower(e.speaker) LIKE ?", values=(f"%{asked.lower()}%",))
