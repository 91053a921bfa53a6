"""One thing by its id: a report with its text, a run with its manifest, a happening with its reports."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from fastapi import Request
from starlette.responses import Response

from dragoman._codec_out import document_json
from dragoman.codec import format_json
from dragoman.web.api.answers import answer
from dragoman.web.site import site_of


def json_response(value: Any, status: int = 200) -> Response:
    """A value as JSON."""
    return Response(format_json(value).encode("utf-8", "replace"), status, media_type="application/json")


def document(request: Request, id: str) -> Response:
    """One report with its text."""
    return answer(request, lambda: json_response(document_json(site_of(request).store.document(id))))


def run(request: Request, id: str) -> Response:
    """One run with its manifest."""
    return answer(request, lambda: json_response(asdict(site_of(request).store.run(id))))


def happening(request: Request, id: str) -> Response:
    """One happening: its records, its reports, why they were joined."""
    return answer(request, lambda: json_response(asdict(site_of(request).store.cluster(id))))


RESOURCES: tuple[tuple[str, Callable[..., Response], str], ...] = (
    ("/documents/{id:path}", document, "One report with its text"),
    ("/runs/{id}", run, "One run"),
    ("/happenings/{id}", happening, "One happening"),
)
