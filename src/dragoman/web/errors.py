"""One shape of error: problem+json (RFC 9457) for the API, a page with the same words for people."""

import logging
from html import escape
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response

from dragoman.codec import format_json
from dragoman.errors import (
    BusyError,
    ConflictError,
    DragomanError,
    InputError,
    RecordNotFoundError,
    ResourceError,
    StoreError,
)
from dragoman.web.words import reveal

_logger = logging.getLogger(__name__)
_PATIENCE = 10  # seconds after which what is busy may be asked for again
# The first class that fits decides.
_STATUS: tuple[tuple[type[DragomanError], int], ...] = (
    (ConflictError, 412),
    (BusyError, 409),
    (RecordNotFoundError, 404),
    (InputError, 400),
    (StoreError, 503),
    (ResourceError, 501),  # an extra or a model that this server was installed without
    (DragomanError, 500),
)


def status_of(error: DragomanError) -> int:
    """The HTTP status of an error."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def refuse(connection: HTTPConnection, status: int, detail: str) -> Response:
    """The answer that says why not: JSON to programs, a page to people."""
    title = HTTPStatus(status).phrase
    detail = reveal(detail[:600])
    if connection.url.path.startswith("/api/"):
        body = format_json({"type": "about:blank", "title": title, "status": status, "detail": detail})
        return Response(body.encode("utf-8", "replace"), status, media_type="application/problem+json")
    state = connection.scope.get("app")
    if state is not None and hasattr(connection.state, "session"):
        from dragoman.web.site import show

        request = Request(connection.scope)
        return show(request, "error.html", status=status, title=title, detail=detail, code=status)
    page = f"<!doctype html><html lang=en><title>{title}</title><h1>{title}</h1><p>{escape(detail)}</p></html>"
    return HTMLResponse(page.encode("utf-8", "replace"), status)


def add_handlers(app: FastAPI) -> None:
    """Every error that reaches the application is answered in that shape."""

    @app.exception_handler(DragomanError)
    async def on_purpose(request: Request, error: DragomanError) -> Response:
        response = refuse(request, status_of(error), str(error))
        if isinstance(error, BusyError):
            response.headers["retry-after"] = str(_PATIENCE)
        return response

    @app.exception_handler(HTTPException)
    async def by_protocol(request: Request, error: HTTPException) -> Response:
        response = refuse(request, error.status_code, str(error.detail))
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(RequestValidationError)
    async def by_schema(request: Request, error: RequestValidationError) -> Response:
        return refuse(request, 400, "; ".join(_said(found) for found in error.errors()[:5]))

    @app.exception_handler(Exception)
    async def by_mistake(request: Request, error: Exception) -> Response:
        _logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return refuse(request, 500, "an error of dragoman's own; what the server printed says more")


def _said(found: Any) -> str:
    place = ".".join(str(part) for part in found["loc"] if part not in ("query", "body", "path"))
    return f"{place or 'body'}: {found['msg']}"
