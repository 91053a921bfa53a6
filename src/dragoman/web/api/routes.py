"""Resources of the API under /api/v1; lists also with a suffix for each format."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from starlette.responses import Response

from dragoman.web.api import lists, reports, single, snapshots
from dragoman.web.api.answers import answer, format_of, page_response, records_sheet, stream_all
from dragoman.web.api.formats import MEDIA, TABLES
from dragoman.web.api.known import refuse_unknown
from dragoman.web.api.reviews import add_review
from dragoman.web.api.rows import entry_json
from dragoman.web.asking import find_records, read_after, read_asked, read_limit
from dragoman.web.site import site_of

KINDS = ("event", "agreement", "position", "claim", "project", "membership")
_SEVERAL = "May be given several times, meaning or."
Many = list[str] | None
Handler = Callable[..., Response]
Handlers = Callable[[str], Handler]
PROBLEM = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}
ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"description": "The question cannot be understood", **PROBLEM},
    401: {"description": "A token is needed", **PROBLEM},
    403: {"description": "The token does not allow it", **PROBLEM},
    404: {"description": "No such thing", **PROBLEM},
    409: {"description": "The same is being done for somebody else; ask again", **PROBLEM},
    412: {"description": "Somebody decided in the meantime", **PROBLEM},
    413: {"description": "The body is too large", **PROBLEM},
    415: {"description": "The body is not JSON", **PROBLEM},
    422: {"description": "Nothing could be kept", **PROBLEM},
    429: {"description": "Too many requests", **PROBLEM},
    501: {"description": "This server was installed without what that needs", **PROBLEM},
    503: {"description": "The store cannot be read or written", **PROBLEM},
}
ONE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The thing asked for"},
    304: {"description": "Nothing has changed"},
    **ERRORS,
}
POINTS = (*TABLES, "geojson")


def add_routes(app: FastAPI) -> None:
    """All resources."""
    router = APIRouter(prefix="/api/v1", dependencies=[Depends(refuse_unknown)])
    for kind in ("record", *KINDS):
        summary = f"{kind.capitalize()}s that fit the filters"
        _add_list(router, f"/{kind}s", partial(_register, kind), summary, "records", POINTS)
    _add_one(router, "/records/{id}", one_record, "One record", "records")
    for path, make, summary in (*lists.LISTS, *snapshots.LISTS):
        _add_list(router, path, make, summary, "store", TABLES)
    for path, handler, summary in (*single.RESOURCES, *snapshots.RESOURCES):
        _add_one(router, path, handler, summary, "store")
    _add_write(router, "/reviews", add_review, "Judge a record or one of its fields", "reviews")
    _add_write(router, "/documents", reports.add_reports, "Read, code and keep reports", "store")
    _add_write(router, "/snapshots", snapshots.make_snapshot, "Write a snapshot of all there is", "store")
    app.include_router(router)


def _add_list(router: APIRouter, path: str, make: Handlers, summary: str, tag: str, formats: Sequence[str]) -> None:
    content: dict[str, Any] = {MEDIA[format].partition(";")[0]: {} for format in formats}
    page = {
        **ONE,
        200: {"description": f"A page; with a suffix of the path: .{', .'.join(formats)}", "content": content},
    }
    for suffix in ("", *formats):
        router.add_api_route(
            f"{path}.{suffix}" if suffix else path,
            make(suffix),
            methods=["GET"],
            summary=summary,
            operation_id=f"list_{path[1:].replace('/', '_')}_{suffix or 'any'}",
            tags=[tag],
            responses=page,
            response_model=None,
            include_in_schema=not suffix,
        )


def _add_one(router: APIRouter, path: str, handler: Handler, summary: str, tag: str) -> None:
    media = "application/octet-stream" if path.endswith("/files/{path:path}") else "application/json"
    found = {**ONE, 200: {"description": "The thing asked for", "content": {media: {}}}}
    router.add_api_route(
        path, handler, methods=["GET"], summary=summary, tags=[tag], responses=found, response_model=None
    )


def _add_write(router: APIRouter, path: str, handler: Handler, summary: str, tag: str) -> None:
    router.add_api_route(
        path,
        handler,
        methods=["POST"],
        status_code=201,
        summary=summary,
        tags=[tag],
        responses={200: {"description": "It was there already"}, 201: {"description": "What is there now"}, **ERRORS},
        response_model=None,
    )


def _register(kind: str, suffix: str) -> Handler:
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
        place: Annotated[
            Many, Query(description="Country code, part of a place's name, @40.18,44.51 or @none.")
        ] = None,
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
        coder: Annotated[Many, Query(description="Name of a reviewer who decided on the record.")] = None,
        counted: Annotated[bool | None, Query(description="True: only what series count.")] = None,
        order: Annotated[str, Query(description="newest, oldest or least_sure.")] = "newest",
        limit: Annotated[str, Query(description="1 to 1000; all streams every format but .json.")] = "100",
        after: Annotated[str | None, Query(description="Where the page before ended: `next` gives it.")] = None,
    ) -> Response:
        return answer(request, lambda: _page(request, kind, suffix, order, limit, after))

    return register


def _page(request: Request, kind: str, suffix: str, order: str, limit: str, after: str | None) -> Response:
    store, format = site_of(request).store, format_of(request, suffix, POINTS)
    asked = read_asked(request.query_params.multi_items())
    records = find_records(store, asked, None if kind == "record" else kind).order(order)
    if limit == "all":
        return stream_all(records, format)
    page = records.page(limit=read_limit(limit, 100), after=read_after(after, order))
    return page_response(request, records_sheet(page.entries, page.after), format)


def one_record(request: Request, id: str) -> Response:
    """One record as it stands. Its tag names the version that `If-Match` of a review takes."""
    entry = site_of(request).store.entry(id)
    tag = f'"{entry.run}.{entry.version or "0"}"'
    if request.headers.get("if-none-match", "") == tag:
        return Response(status_code=304, headers={"etag": tag})
    body = entry_json(entry).encode("utf-8", "replace")
    return Response(body, media_type="application/json", headers={"etag": tag})
