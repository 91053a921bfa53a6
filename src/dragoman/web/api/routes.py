"""Resources of the API under /api/v1, each also with the suffixes .json, .jsonl and .csv."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request
from starlette.responses import Response

from dragoman.web.api import small
from dragoman.web.api.answers import (
    COLUMNS,
    Sheet,
    answer,
    entry_json,
    format_of,
    page_response,
    row_of,
    stream_all,
)
from dragoman.web.api.reviews import add_review
from dragoman.web.asking import find_records, read_after, read_asked, read_limit
from dragoman.web.site import site_of

KINDS = ("event", "agreement", "position", "claim", "project", "membership")
_SEVERAL = "May be given several times, meaning or."
Many = list[str] | None
PROBLEM = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}
ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"description": "The question cannot be understood", **PROBLEM},
    401: {"description": "A token is needed", **PROBLEM},
    403: {"description": "The token does not allow it", **PROBLEM},
    404: {"description": "No such thing", **PROBLEM},
    412: {"description": "Somebody decided in the meantime", **PROBLEM},
    413: {"description": "The body is too large", **PROBLEM},
    429: {"description": "Too many requests", **PROBLEM},
    503: {"description": "The store cannot be read or written", **PROBLEM},
}
PAGE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A page",
        "content": {"application/json": {}, "application/x-ndjson": {}, "text/csv": {}},
    },
    304: {"description": "Nothing has changed"},
    **ERRORS,
}
ONE: dict[int | str, dict[str, Any]] = {200: {"description": "The thing asked for"}, 304: PAGE[304], **ERRORS}


def add_routes(app: FastAPI) -> None:
    """All resources."""
    router = APIRouter(prefix="/api/v1")
    for kind in ("record", *KINDS):
        for suffix in ("", ".json", ".jsonl", ".csv"):
            router.add_api_route(
                f"/{kind}s{suffix}",
                _register(kind, suffix[1:]),
                methods=["GET"],
                summary=f"{kind.capitalize()}s that fit the filters",
                operation_id=f"list_{kind}s_{suffix[1:] or 'any'}",
                tags=["records"],
                responses=PAGE,
                response_model=None,
                include_in_schema=not suffix,
            )
    router.add_api_route(
        "/records/{id}",
        one_record,
        methods=["GET"],
        summary="One record",
        tags=["records"],
        responses=ONE,
        response_model=None,
    )
    for path, handler, summary in small.RESOURCES:
        page = "{" not in path or path.endswith("series")
        for suffix in ("", ".json", ".jsonl", ".csv") if page else ("",):
            router.add_api_route(
                f"{path}{suffix}",
                handler(suffix[1:]),
                methods=["GET"],
                summary=summary,
                operation_id=f"{handler.__name__}_{suffix[1:] or 'any'}",
                tags=["store"],
                responses=PAGE if page else ONE,
                response_model=None,
                include_in_schema=not suffix,
            )
    router.add_api_route(
        "/reviews",
        add_review,
        methods=["POST"],
        status_code=201,
        summary="Judge a record or one of its fields",
        tags=["reviews"],
        responses={201: {"description": "The record as it stands now"}, **ERRORS},
        response_model=None,
    )
    app.include_router(router)


def _register(kind: str, suffix: str) -> Callable[..., Response]:
    def register(
        request: Request,
        source: Annotated[
            Many, Query(description=f"Who acts: KAZ, KAZ:GOV, an actor id, part of a name. {_SEVERAL}")
        ] = None,
        target: Annotated[Many, Query(description="Who is acted upon.")] = None,
        actor: Annotated[Many, Query(description="Either, or the speaker.")] = None,
        type: Annotated[Many, Query(description="Category, such as CONSULT.")] = None,
        mode: Annotated[Many, Query(description="Mode, such as visit.")] = None,
        status: Annotated[Many, Query(description="asserted, planned, alleged and so on.")] = None,
        since: Annotated[str | None, Query(description="First day, month or year.")] = None,
        until: Annotated[str | None, Query(description="Last day, month or year.")] = None,
        place: Annotated[Many, Query(description="Country code or part of a place's name.")] = None,
        q: Annotated[str | None, Query(description="Words in the text of the report.")] = None,
        run: Annotated[Many, Query(description="The codings of this run instead of the latest.")] = None,
        attributed_to: Annotated[
            Many, Query(description="report, named, unnamed, or part of a speaker's name.")
        ] = None,
        min_conf: Annotated[float | None, Query(description="Lowest confidence, 0 to 1.")] = None,
        document: Annotated[Many, Query(description="Id of a report.")] = None,
        cluster: Annotated[Many, Query(description="Id of a happening.")] = None,
        review: Annotated[
            Many, Query(description="open, accepted, rejected, corrected, unsure, disputed, stale.")
        ] = None,
        counted: Annotated[bool | None, Query(description="True: only what series count.")] = None,
        order: Annotated[str, Query(description="newest, oldest or least_sure.")] = "newest",
        limit: Annotated[str, Query(description="1 to 1000; all streams .jsonl or .csv.")] = "100",
        after: Annotated[str | None, Query(description="Where the page before ended: `next` gives it.")] = None,
    ) -> Response:
        return answer(request, lambda: _page(request, kind, suffix, order, limit, after))

    return register


def _page(request: Request, kind: str, suffix: str, order: str, limit: str, after: str | None) -> Response:
    store, format = site_of(request).store, format_of(request, suffix)
    asked = read_asked(request.query_params.multi_items())
    records = find_records(store, asked, None if kind == "record" else kind).order(order)
    if limit == "all":
        return stream_all(records.entries(), format)
    page = records.page(limit=read_limit(limit, 100), after=read_after(after, order))
    items = () if format == "csv" else tuple(map(entry_json, page.entries))
    return page_response(
        request, Sheet(items=items, after=page.after), format, lambda: (COLUMNS, *map(row_of, page.entries))
    )


def one_record(request: Request, id: str) -> Response:
    """One record as it stands. Its tag names the version that `If-Match` of a review takes."""
    entry = site_of(request).store.entry(id)
    tag = f'"{entry.run}.{entry.version or "0"}"'
    if request.headers.get("if-none-match", "") == tag:
        return Response(status_code=304, headers={"etag": tag})
    body = entry_json(entry).encode("utf-8", "replace")
    return Response(body, media_type="application/json", headers={"etag": tag})
