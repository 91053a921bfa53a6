"""The smaller resources: documents, actors, series, verdicts, runs, codebooks, happenings."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Query, Request
from starlette.responses import Response

from dragoman._codec_out import document_json
from dragoman.codec import format_json
from dragoman.coding.codebook import load_codebook
from dragoman.errors import CodebookError, InputError, RecordNotFoundError
from dragoman.store.verdicts import COLUMNS as VERDICT
from dragoman.store.verdicts import verdict_of
from dragoman.types.review import Verdict
from dragoman.web.api.answers import Sheet, answer, format_of, page_response
from dragoman.web.asking import read_limit
from dragoman.web.counting import read_precision
from dragoman.web.pages.dyad import code_of
from dragoman.web.site import site_of

Handler = Callable[..., Response]
LIMIT = Query(description="1 to 1000.")
AFTER = Query(description="Where the page before ended: `next` gives it.")
_DOCUMENT = "key, id, origin, title, published, publisher, url, language"


def _json(value: Any) -> Response:
    return Response(format_json(value).encode("utf-8", "replace"), media_type="application/json")


def _sheet(request: Request, suffix: str, values: list[dict[str, Any]], after: str | None) -> Response:
    header = tuple(values[0]) if values else ()
    return page_response(
        request,
        Sheet(items=[format_json(value) for value in values], after=after),
        format_of(request, suffix),
        lambda: (header, *(tuple(_cell(cell) for cell in value.values()) for value in values)),
    )


def _cell(cell: Any) -> Any:
    return format_json(cell) if isinstance(cell, list | dict | tuple) else cell


def _place(after: str | None) -> int:
    """The key after which a page begins."""
    if after is None:
        return 0
    if not after.isascii() or not after.isdigit() or len(after) > 18:
        raise InputError(f"after {after[:40]!r}: expected what the page before gave")
    return int(after)


def documents(suffix: str) -> Handler:
    """Reports, in the order in which they came; their text is asked for one by one."""

    def handler(
        request: Request,
        q: Annotated[str | None, Query(description="Words in the text.")] = None,
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
    sql = f"SELECT {_DOCUMENT} FROM document WHERE key > ?{clause} ORDER BY key LIMIT ?"
    rows = engine.read(sql, [after, *values, limit + 1])
    names = _DOCUMENT.split(", ")[1:]
    found = [dict(zip(names, row[1:], strict=True)) for row in rows[:limit]]
    return _sheet(request, suffix, found, str(rows[limit - 1][0]) if len(rows) > limit else None)


def document(suffix: str) -> Handler:
    """One report with its text."""

    def handler(request: Request, id: str) -> Response:
        return answer(request, lambda: _json(document_json(site_of(request).store.document(id))))

    return handler


def actors(suffix: str) -> Handler:
    """Actors by a part of the name or by country, those in most records first."""

    def handler(
        request: Request,
        name: Annotated[str | None, Query(description="Part of one of the names.", min_length=2)] = None,
        country: Annotated[str | None, Query(description="Country code.")] = None,
        limit: Annotated[str, LIMIT] = "100",
    ) -> Response:
        return answer(request, lambda: _actors(request, suffix, name, country, read_limit(limit, 100)))

    return handler


def _actors(request: Request, suffix: str, name: str | None, country: str | None, limit: int) -> Response:
    if name is None and country is None:
        raise InputError("actors: expected name or country")
    found = site_of(request).store.actors(name.replace("\x00", " ") if name else None, country=country)
    return _sheet(request, suffix, [asdict(one) for one in found[:limit]], None)


def series(suffix: str) -> Handler:
    """Counts and scores of two countries by month, direction and quad class."""

    def handler(request: Request, a: str, b: str) -> Response:
        def make() -> Response:
            months = site_of(request).store.dyad(code_of(a), code_of(b)).months()
            return _sheet(request, suffix, [asdict(month) for month in months], None)

        return answer(request, make)

    return handler


def reviews(suffix: str) -> Handler:
    """Verdicts in the order in which they came."""

    def handler(
        request: Request,
        record: Annotated[str | None, Query(description="Id of a record.")] = None,
        coder: Annotated[str | None, Query(description="Name of a reviewer.")] = None,
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
    return _sheet(request, suffix, found, str(rows[limit - 1][0]) if len(rows) > limit else None)


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict as the API writes it."""
    return {**asdict(verdict), "judgement": verdict.judgement.value}


def runs(suffix: str) -> Handler:
    """Runs, the newest first."""

    def handler(request: Request) -> Response:
        return answer(request, lambda: _sheet(request, suffix, list(map(asdict, site_of(request).store.runs())), None))

    return handler


def run(suffix: str) -> Handler:
    """One run with its manifest."""

    def handler(request: Request, id: str) -> Response:
        return answer(request, lambda: _json(asdict(site_of(request).store.run(id))))

    return handler


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
    return _sheet(request, suffix, rows, None)


def happening(suffix: str) -> Handler:
    """One happening: its records, its reports, why they were joined."""

    def handler(request: Request, id: str) -> Response:
        return answer(request, lambda: _json(asdict(site_of(request).store.cluster(id))))

    return handler


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
    return _sheet(request, suffix, [value], None)


RESOURCES: tuple[tuple[str, Callable[[str], Handler], str], ...] = (
    ("/documents", documents, "Reports"),
    ("/documents/{id:path}", document, "One report with its text"),
    ("/actors", actors, "Actors by name or country"),
    ("/dyads/{a}/{b}/series", series, "Two countries by month"),
    ("/reviews", reviews, "Verdicts"),
    ("/runs", runs, "Runs"),
    ("/runs/{id}", run, "One run"),
    ("/codebook", codebook, "Categories of a codebook"),
    ("/happenings/{id}", happening, "One happening"),
    ("/status", status, "What the store holds"),
)
