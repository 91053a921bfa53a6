"""Questions: lazy, typed, asked anew each time they are read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, Unpack, cast

from dragoman._codec_in import read_provenance, read_record
from dragoman.codec import format_json, parse_json
from dragoman.errors import InputError
from dragoman.store.engine import Engine, Row, Value
from dragoman.store.filters import (
    ORDERS,
    Filters,
    RecordQuery,
    counting_index,
    driven_by_dyads,
    from_where,
    make_query,
    page_index,
)
from dragoman.store.frames import stream_capsule, to_pandas, to_polars, to_table
from dragoman.types.record import Provenance, Record

T = TypeVar("T", bound=Record)
LONGEST_PAGE = 1000
# What a cursor consists of: a day or none, or a confidence; and the key of a row.
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)?", re.ASCII)
_SURENESS = re.compile(r"\d+(\.\d+)?(e-\d{1,3})?", re.ASCII)
_KEY = re.compile(r"\d{1,18}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Generic[T]):
    """A record with what stands around it in the store, verdicts folded in.

    `day` is the first day of its time, else the day of publication, else empty. `cluster` is the happening, `review`
    one of `fold.REVIEWS`, `version` what a verdict should name as seen. `key` is the row, and of use only for order.
    `json` is the record by RECORD.md section 7, with `run` and `review` added.
    """

    record: T
    provenance: Provenance
    key: int
    run: str
    day: str
    quote: str
    cluster: str
    review: str
    version: str
    document: str
    origin: str
    title: str | None
    published: str | None
    publisher: str | None
    url: str | None
    json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How much was found. Happenings are clusters: what several reports tell counts once."""

    happenings: int
    reports: int
    records: int

    def __str__(self) -> str:
        return (
            f"{_number(self.happenings, 'happening')} told by {_number(self.reports, 'report')} "
            f"({_number(self.records, 'record')})"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """Some entries, and where the next page begins; `after` is None on the last one."""

    entries: tuple[Entry[T], ...]
    after: str | None


ENTRY = (
    "e.record, r.id, e.day, e.quote, e.cluster, e.review, e.version, coalesce(x.body, b.body), o.id, o.origin, o.title,"
    " o.published, o.publisher, o.url, e.confidence"
)
BESIDE = (
    " JOIN record b ON b.key = f.record LEFT JOIN corrected x ON x.record = f.record"
    " JOIN document o ON o.key = e.document JOIN run r ON r.key = e.run"
)


class Records(Generic[T]):
    """Records that fit the filters. Iterating gives records; `entries` gives them with document, run and review.

    Nothing is read before it is asked for. `len()` is the number of records, `count()` that of happenings and reports.
    """

    def __init__(self, engine: Engine, query: RecordQuery, *, order: str = "newest", limit: int | None = None) -> None:
        if order not in ORDERS:
            raise InputError(f"order {order!r} is not one of {', '.join(ORDERS)}")
        self._engine = engine
        self.query = query
        self._order = order
        self._limit = limit

    @property
    def dialect(self) -> str:
        """The SQL that is spoken: sqlite or postgresql."""
        return self._engine.dialect

    def where(self, **filters: Unpack[Filters]) -> "Records[T]":
        """The same question with more filters."""
        return Records(self._engine, make_query(filters, self.query), order=self._order, limit=self._limit)

    def order(self, name: str) -> "Records[T]":
        """The same in another order: newest, oldest, least_sure, or text (by document and sentence)."""
        return Records(self._engine, self.query, order=name, limit=self._limit)

    def limit(self, most: int) -> "Records[T]":
        """Not more than so many."""
        return Records(self._engine, self.query, order=self._order, limit=most)

    def __iter__(self) -> Iterator[T]:
        return (entry.record for entry in self.entries())

    def __len__(self) -> int:
        sql, values = self._selecting("count(*)")
        found = int(self._engine.read(sql, values)[0][0] or 0)
        return found if self._limit is None else min(found, self._limit)

    def __bool__(self) -> bool:
        return next(iter(self.limit(1).entries()), None) is not None

    def count(self) -> Count:
        """Happenings, reports and records, the limit aside."""
        sql, values = self._selecting("count(DISTINCT e.cluster), count(DISTINCT e.document), count(*)")
        happenings, reports, records = self._engine.read(sql, values)[0]
        return Count(happenings=int(happenings or 0), reports=int(reports or 0), records=int(records or 0))

    def first(self) -> T | None:
        """The first one, None when there is none."""
        return next(iter(self.limit(1)), None)

    def entries(self) -> Iterator[Entry[T]]:
        """Each record with document, run and review."""
        sql, values = self._statement(ENTRY, BESIDE, None, self._limit)
        return (read_entry(row) for row in self._engine.stream(sql, values))

    def page(self, *, limit: int = 50, after: str | None = None) -> Page[T]:
        """Up to `limit` entries that come after the place that the page before gave."""
        if not 1 <= limit <= LONGEST_PAGE:
            raise InputError(f"limit {limit}: expected a number from 1 to {LONGEST_PAGE}")
        sql, values = self._statement(ENTRY, BESIDE, after, limit + 1)
        rows = self._engine.read(sql, values)
        more = len(rows) > limit
        last = rows[limit - 1] if more else None
        return Page(
            entries=tuple(read_entry(row) for row in rows[:limit]), after=_cursor(last, self._order) if last else None
        )

    @property
    def sql(self) -> str:
        """The statement as it could be typed into a database shell."""
        sql, values = self._statement(ENTRY, BESIDE, None, self._limit)
        parts = sql.split("?")
        written = [_literal(value) for value in values]
        return "".join(part + value for part, value in zip(parts, [*written, ""], strict=True))

    def rows(self, columns: Sequence[str]) -> Iterator[Row]:
        """Rows of these SQL columns over `e` (entry), `o` (document), `r` (run) and `b` (record)."""
        sql, values = self._statement(", ".join(columns), BESIDE, None, self._limit)
        return self._engine.stream(sql, values)

    def to_arrow(self) -> Any:
        """One row a record as an Arrow table; needs the extra `arrow`."""
        return to_table(self)

    def to_polars(self) -> Any:
        """The same for polars; needs the extra `polars`."""
        return to_polars(self)

    def to_pandas(self) -> Any:
        """The same for pandas; needs the extra `pandas`."""
        return to_pandas(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return stream_capsule(self, requested_schema)

    def _selecting(self, columns: str) -> tuple[str, Sequence[Value]]:
        part = from_where(self.query, self._engine.dialect, index=counting_index(self.query))
        return f"SELECT {columns} {part.text}", part.values

    def _statement(self, columns: str, beside: str, after: str | None, limit: int | None) -> tuple[str, list[Value]]:
        """Entries are found and cut off first, and only then joined with their text: a page reads no more bodies."""
        index = None if limit is None else page_index(self.query, self._order)
        part = from_where(self.query, self._engine.dialect, index=index)
        keys, order = _order(self._order, driven=driven_by_dyads(self.query))
        found, values = f"SELECT {keys} {part.text}", list(part.values)
        if after is not None:
            text, more = _after(after, self._order, driven=driven_by_dyads(self.query))
            found += (" AND " if " WHERE " in part.text else " WHERE ") + text
            values += more
        found += f" ORDER BY {order}" + ("" if limit is None else " LIMIT ?")
        values += [] if limit is None else [limit]
        outer = _OUTER[self._order]
        return f"SELECT {columns} FROM ({found}) f JOIN entry e ON e.record = f.record{beside} ORDER BY {outer}", values


_OUTER = {
    "newest": "f.day DESC, f.record DESC",
    "oldest": "f.day, f.record",
    "least_sure": "f.confidence, f.record",
    "text": "f.document, f.sentence, f.record",
}


def _order(name: str, *, driven: bool) -> tuple[str, str]:
    day, record = ("d.day", "d.record") if driven else ("e.day", "e.record")
    dated = f"{record} AS record, {day} AS day"
    return {
        "newest": (dated, f"{day} DESC, {record} DESC"),
        "oldest": (dated, f"{day}, {record}"),
        "least_sure": (f"{record} AS record, e.confidence AS confidence", f"e.confidence, {record}"),
        "text": (
            f"{record} AS record, e.document AS document, e.sentence AS sentence",
            f"e.document, e.sentence, {record}",
        ),
    }[name]


def _after(cursor: str, order: str, *, driven: bool) -> tuple[str, list[Value]]:
    value, _, key = cursor.rpartition("~")
    place = {"least_sure": _SURENESS, "text": None}.get(order, _DAY)
    if place is None or not place.fullmatch(value) or not _KEY.fullmatch(key):
        raise InputError(
            f"after {cursor[:60]!r}: expected what the page before gave in the same order ({order}), which is not text"
        )
    day, record = ("d.day", "d.record") if driven else ("e.day", "e.record")
    if order == "least_sure":
        return f"(e.confidence, {record}) > (?, ?)", [float(value), int(key)]
    return f"({day}, {record}) {'<' if order == 'newest' else '>'} (?, ?)", [value, int(key)]


def _cursor(row: Row, order: str) -> str:
    return f"{row[14]!r}~{row[0]}" if order == "least_sure" else f"{row[2]}~{row[0]}"


def read_entry(row: Row) -> Entry[Any]:
    """The entry that a row of ENTRY holds."""
    key, run, day, quote, cluster, review, version, body, document, origin, title, published, publisher, url, _ = row
    value = {**parse_json(str(body)), "cluster": cluster, "run": run, "review": review}
    return Entry(
        record=cast(Any, read_record(value)),
        provenance=read_provenance(value),
        key=int(key or 0),
        run=str(run),
        day=str(day),
        quote=str(quote),
        cluster=str(cluster),
        review=str(review),
        version=str(version),
        document=str(document),
        origin=str(origin),
        title=_text(title),
        published=_text(published),
        publisher=_text(publisher),
        url=_text(url),
        json=format_json(value),
    )


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _literal(value: Value) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int | float) else "'" + value.replace("'", "''") + "'"


def _number(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"
