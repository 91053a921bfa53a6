"""Snapshots through the API: listed, written, described, and their files handed out."""

from collections.abc import Callable
from typing import Any

from fastapi import Request
from starlette.responses import FileResponse, Response

from dragoman.web.api.answers import has_tag
from dragoman.web.api.lists import Handler, sheet
from dragoman.web.api.single import json_response
from dragoman.web.site import site_of
from dragoman.web.snapshots import Snapshot

_COLUMNS = {"id": "string", "name": "string", "files": "int64", "bytes": "int64"}


def snapshots(suffix: str) -> Handler:
    """The snapshots that the server keeps."""

    def handler(request: Request) -> Response:
        found = site_of(request).snapshots.list()
        rows = [{"id": one.id, "name": one.name, "files": len(one.files), "bytes": one.bytes} for one in found]
        return sheet(request, suffix, _COLUMNS, rows, None)

    return handler


def snapshot(request: Request, id: str) -> Response:
    """One snapshot with its files and their hashes."""
    return json_response(_described(site_of(request).snapshots.find(id)))


def snapshot_file(request: Request, id: str, path: str) -> Response:
    """A file of a snapshot. Its tag is its SHA-256, and it never changes."""
    place, file = site_of(request).snapshots.file(id, path)
    headers = {"etag": f'"{file.sha256}"', "cache-control": "private, max-age=31536000, immutable"}
    if has_tag(request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(place, headers=headers, filename=place.name, media_type="application/octet-stream")


def make_snapshot(request: Request) -> Response:
    """Writes a snapshot of the store as it is; 200 when there is one with the same content."""
    site = site_of(request)
    made, new = site.snapshots.make(site.store)
    response = json_response(_described(made), 201 if new else 200)
    response.headers["location"] = f"/api/v1/snapshots/{made.id}"
    return response


def _described(one: Snapshot) -> dict[str, Any]:
    files = [
        {
            "path": file.path,
            "bytes": file.bytes,
            "sha256": file.sha256,
            "href": f"/api/v1/snapshots/{one.id}/files/{file.path}",
        }
        for file in one.files
    ]
    return {"id": one.id, "name": one.name, "bytes": one.bytes, "files": files}


LISTS: tuple[tuple[str, Callable[[str], Handler], str], ...] = (("/snapshots", snapshots, "Snapshots"),)
RESOURCES: tuple[tuple[str, Handler, str], ...] = (
    ("/snapshots/{id}", snapshot, "One snapshot with the hashes of its files"),
    ("/snapshots/{id}/files/{path:path}", snapshot_file, "A file of a snapshot"),
)
