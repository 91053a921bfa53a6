"""The smaller lists: documents, actors, dyads, series, verdicts, runs, codebooks, and what the store holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Annotated, Any

from fastapi import Query, Request
from starlette.responses import Response

from dragoman.codec import format_json
from dragoman.coding.codebook import load_codebook
from dragoman.errors import CodebookError, InputError, RecordNotFoundError
from dragoman.store import ActorEntry, DyadMonth, RunInfo
from dragoman.store.verdicts import COLUMNS as VERDICT
from dragoman.store.verdicts import verdict_of
from dragoman.types.review import Verdict
from dragoman.web.api.answers import Sheet, answer, format_of, page_response
from dragoman.web.api.formats import TABLES
from dragoman.web.asking import read_limit
from dragoman.web.counting import read_precision
from dragoman.web.pages.dyad import code_of
from dragoman.web.site import site_of

Handler = Callable[..., Response]
LIMIT = Query(description="1 to 1000.")
AFTER = Query(description="Where the page before ended: `next` gives it.")
_DOCUMENT = "id, origin, title, published, publisher, url, language"
_ARROW: dict[Any, str] = {int: "int64", float: "float64", bool: "bool_"}


def sheet(
    request: Request, suffix: str, columns: Mapping[str, str], values: Sequence[Any], after: str | None
) -> Response:
    """A page of values under `columns`, which name the Arrow type of each; what is no text there becomes JSON."""
    return page_response(
        request,
        Sheet(
            header=tuple(columns),
            items=map(format_json, values),
            rows=(tuple(_cell(value[name], kind) for name, kind in columns.items()) for value in values),
            types=columns,
            after=after,
        ),
        format_of(request, suffix, TABLES),
    )


def _cell(cell: Any, kind: str) -> Any:
    return format_json(cell) if kind == "string" and cell is not None and not isinstance(cell, str) else cell


def _columns(kind: Any, *left_out: str) -> dict[str, str]:
    """The fields of a dataclass with their Arrow types."""
    return {one.name: _ARROW.get(one.type, "string") for one in fields(kind) if one.name not in left_out}


def _texts(names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(", "), "string")


def _place(after: str | None) -> int:
    """The key after which a page begins."""
    if after is None:
        return 0
    if not after.isascii() or not after.isdigit() or len(after) > 18:
        raise _no_place(after)
    return int(after)


def _no_place(after: str) -> InputError:
    return InputError(f"after {after[:40]!r}: expected what the page before gave")


def _cut(values: Sequence[dict[str, Any]], name: str, limit: int, after: str | None) -> tuple[Any, str | None]:
    """The page of values that come after the one so named, and the name of its last one when more follow."""
    start = 0
    if after is not None:
        start = 1 + next((number for number, value in enumerate(values) if value[name] == after), -1)
        if not start:
            raise _no_place(after)
    page = values[start : start + limit]
    return page, str(page[-1][name]) if len(values) > start + limit else None


def documents(suffix: str) -> Handler:
    """Reports, in the order in which they came; their text is asked for one by one."""

    def handler(
        request: Request,
        q: Annotated[str | None, Query(description="Words in the text.", max_length=500)] = None,
        limit: Annotated[str, LIMIT] = "100",
        after: Annotated[str | None, AFTER] = None,
    ) -> Response:
        return answer(request, lambda: _documents(request, suffix, q, read_limit(limit, 100), _place(after)))

    return handler


def _documents(request: Request, suffix: str, q: str | None, limit: int, after: int) -> Response:
    from dragoman.store.search import documents_matching

    engine = site_of(request).store.engine
    clause, values = "", list[Any]()
    if q:
        text, values = documents_matching(engine.dialect, q.replace("\x00", " "))
        clause = f" AND key IN ({text})"
    sql = f"SELECT key, {_DOCUMENT} FROM document WHERE key > ?{clause} ORDER BY key LIMIT ?"
    rows = engine.read(sql, [after, *values, limit + 1])
    found = [dict(zip(_DOCUMENT.split(", "), row[1:], strict=True)) for row in rows[:limit]]
    return sheet(request, suffix, _texts(_DOCUMENT), found, _last(rows, limit))


def _last(rows: Sequence[Sequence[Any]], limit: int) -> str | None:
    return str(rows[limit - 1][0]) if len(rows) > limit else None


def actors(suffix: str) -> Handler:
    """Actors by a part of the name or by country, those in most records first."""

    def handler(
        request: Request,
        name: Annotated[
            str | None, Query(description="Part of one of the names.", min_length=2, max_length=500)
        ] = None,
        country: Annotated[str | None, Query(description="Country code.", max_length=20)] = None,
        limit: Annotated[str, LIMIT] = "100",
        after: Annotated[str | None, AFTER] = None,
    ) -> Response:
        return answer(request, lambda: _actors(request, suffix, name, country, read_limit(limit, 100), after))

    return handler


def _actors(
    request: Request, suffix: str, name: str | None, country: str | None, limit: int, after: str | None
) -> Response:
    if name is None and country is None:
        raise InputError("actors: expected name or country")
    name, country = (text.replace("\x00", " ") if text else None for text in (name, country))
    found = [asdict(one) for one in site_of(request).store.actors(name, country=country)]
    return sheet(request, suffix, _columns(ActorEntry), *_cut(found, "actor_id", limit, after))


def dyads(suffix: str) -> Handler:
    """Directed pairs of countries with the number and scores of their counted events, by code."""

    def handler(
        request: Request,
        limit: Annotated[str, LIMIT] = "100",
        after: Annotated[str | None, AFTER] = None,
    ) -> Response:
        return answer(request, lambda: _dyads(request, suffix, read_limit(limit, 100), after))

    return handler


def _dyads(request: Request, suffix: str, limit: int, after: str | None) -> Response:
    source, middle, target = (after or "~").partition("~")
    if not middle:
        raise _no_place(after or "")
    sql = (
        "SELECT source, target, sum(events), sum(goldstein), sum(plover_score), min(month), max(month) FROM dyad_month"
        " WHERE (source, target) > (?, ?) GROUP BY source, target ORDER BY source, target LIMIT ?"
    )
    columns = {
        **_texts("source, target"),
        "events": "int64",
        "goldstein": "float64",
        "plover_score": "float64",
        **_texts("first_month, last_month"),
    }
    rows = site_of(request).store.engine.read(
        sql, (source.replace("\x00", " "), target.replace("\x00", " "), limit + 1)
    )
    found = [dict(zip(columns, row, strict=True)) for row in rows[:limit]]
    return sheet(
        request, suffix, columns, found, f"{found[-1]['source']}~{found[-1]['target']}" if len(rows) > limit else None
    )


def series(suffix: str) -> Handler:
    """Counts and scores of two countries by month, direction and quad class."""

    def handler(request: Request, a: str, b: str) -> Response:
        def make() -> Response:
            months = site_of(request).store.dyad(code_of(a), code_of(b)).months()
            return sheet(request, suffix, _columns(DyadMonth), [asdict(month) for month in months], None)

        return answer(request, make)

    return handler


def reviews(suffix: str) -> Handler:
    """Verdicts in the order in which they came."""

    def handler(
        request: Request,
        record: Annotated[str | None, Query(description="Id of a record.", max_length=200)] = None,
        coder: Annotated[str | None, Query(description="Name of a reviewer.", max_length=200)] = None,
        limit: Annotated[str, LIMIT] = "100",
        after: Annotated[str | None, AFTER] = None,
    ) -> Response:
        return answer(request, lambda: _reviews(request, suffix, record, coder, read_limit(limit, 100), _place(after)))

    return handler


def _reviews(request: Request, suffix: str, record: str | None, coder: str | None, limit: int, after: int) -> Response:
    clauses, values = ["key > ?"], list[Any]([after])
    for column, value in (("record", record), ("reviewer", coder)):
        if value is not None:
            clauses.append(f"{column} = ?")
            values.append(value.replace("\x00", " "))
    sql = f"SELECT key, {VERDICT} FROM verdict WHERE {' AND '.join(clauses)} ORDER BY key LIMIT ?"
    rows = site_of(request).store.engine.read(sql, [*values, limit + 1])
    found = [verdict_json(verdict_of(row[1:])) for row in rows[:limit]]
    return sheet(request, suffix, _columns(Verdict), found, _last(rows, limit))


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict as the API writes it."""
    return {**asdict(verdict), "judgement": verdict.judgement.value}


def runs(suffix: str) -> Handler:
    """Runs, the newest first."""

    def handler(
        request: Request,
        limit: Annotated[str, LIMIT] = "100",
        after: Annotated[str | None, AFTER] = None,
    ) -> Response:
        return answer(request, lambda: _runs(request, suffix, read_limit(limit, 100), after))

    return handler


def _runs(request: Request, suffix: str, limit: int, after: str | None) -> Response:
    found = [asdict(run) for run in site_of(request).store.runs()]
    return sheet(request, suffix, _columns(RunInfo), *_cut(found, "id", limit, after))


def codebook(suffix: str) -> Handler:
    """The categories of a shipped codebook: `plover` unless another name is given."""

    def handler(
        request: Request, name: Annotated[str, Query(description="A shipped codebook.")] = "plover"
    ) -> Response:
        return answer(request, lambda: _codebook(request, suffix, name))

    return handler


def _codebook(request: Request, suffix: str, name: str) -> Response:
    try:
        if not name.isidentifier():
            raise CodebookError("not a name")
        book = load_codebook(name)
    except CodebookError as error:
        raise RecordNotFoundError(f"codebook {name[:60]!r}: not one of the shipped ones") from error
    columns = {**_texts("category, title, quad"), "score": "float64", **_texts("modes, description, codebook, digest")}
    rows = [
        {
            "category": category.code,
            "title": category.title,
            "quad": category.quad,
            "score": category.score,
            "modes": list(category.modes),
            "description": category.description,
            "codebook": f"{book.name}-{book.edition}",
            "digest": book.digest,
        }
        for category in book.categories.values()
    ]
    return sheet(request, suffix, columns, rows, None)


def status(suffix: str) -> Handler:
    """What the store holds, and how often its records are right."""

    def handler(request: Request) -> Response:
        return answer(request, lambda: _status(request, suffix))

    return handler


def _status(request: Request, suffix: str) -> Response:
    site = site_of(request)
    held = site.pulse.recall("status", site.store.status)
    found = read_precision(site.store, site.pulse)
    value = {**asdict(held), "records": dict(held.records), "precision": asdict(found)}
    value.pop("place")  # where the file lies on this machine is nobody's business
    columns = {**_columns(type(held), "place"), "precision": "string"}
    return sheet(request, suffix, columns, [value], None)


LISTS: tuple[tuple[str, Callable[[str], Handler], str], ...] = (
    ("/documents", documents, "Reports"),
    ("/actors", actors, "Actors by name or country"),
    ("/dyads", dyads, "Directed pairs of countries"),
    ("/dyads/{a}/{b}/series", series, "Two countries by month"),
    ("/reviews", reviews, "Verdicts"),
    ("/runs", runs, "Runs"),
    ("/codebook", codebook, "Categories of a codebook"),
    ("/status", status, "What the store holds"),
)
