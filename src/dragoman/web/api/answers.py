"""Answers of the API: tags that tell whether anything changed, pages with links, and their formats."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from dragoman.codec import format_json
from dragoman.errors import InputError
from dragoman.store import Entry, Records
from dragoman.store.questions import LONGEST_PAGE
from dragoman.types.record import Record
from dragoman.web.api.formats import MEDIA, write_csv, write_geojson, write_lines, write_parquet
from dragoman.web.api.rows import COLUMNS, TYPES, entry_json, feature_of, row_of
from dragoman.web.site import site_of


def tag_of(request: Request) -> str:
    """The strong tag of an answer: the state of the store and the question, without looking at the answer."""
    asked = (
        f"{site_of(request).pulse.mark()}\n{request.url.path}\n{request.url.query}\n{request.headers.get('accept', '')}"
    )
    return '"' + hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:24] + '"'


def answer(request: Request, make: Callable[[], Response]) -> Response:
    """The answer with its tag, or 304 when the asker has it already."""
    tag = tag_of(request)
    if has_tag(request, tag):
        return Response(status_code=304, headers={"etag": tag})
    response = make()
    response.headers["etag"] = tag
    response.headers["vary"] = "Accept, Authorization"
    return response


def has_tag(request: Request, tag: str) -> bool:
    """True when the asker says that it has the answer of this tag."""
    known = [given.strip() for given in request.headers.get("if-none-match", "").split(",")]
    return tag in known or "*" in known


def format_of(request: Request, suffix: str, offered: Sequence[str]) -> str:
    """The format by the suffix of the path, else the first that the asker accepts, else JSON."""
    if suffix:
        return suffix
    accepted = request.headers.get("accept", "")
    return next((name for name in offered if MEDIA[name].partition(";")[0] in accepted), "json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page of values: `items` as JSON, `rows` as a table under `header`, `features` for a map, each read when asked.

    `types` are the Arrow types of columns that are no text. `after` is where the next page begins, None on the last.
    """

    header: Sequence[str]
    items: Iterable[str]
    rows: Iterable[Sequence[Any]]
    features: Iterable[str] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    after: str | None = None


def page_response(request: Request, sheet: Sheet, format: str) -> Response:
    """A page in the format asked for, with a link to the next one."""
    following = None if sheet.after is None else next_url(request, sheet.after)
    if format == "json":
        body = f'{{"items":[{",".join(sheet.items)}],"next":{format_json(following)}}}'.encode("utf-8", "replace")
    else:
        body = b"".join(_written(sheet, format, following))
    response = Response(body, media_type=MEDIA[format])
    if following is not None:
        response.headers["link"] = f'<{following}>; rel="next"'
    return response


def _written(sheet: Sheet, format: str, following: str | None) -> Iterator[bytes]:
    if format == "csv":
        return write_csv(sheet.header, sheet.rows)
    if format == "parquet":
        return write_parquet(sheet.header, sheet.rows, sheet.types)
    return write_geojson(sheet.features, following) if format == "geojson" else write_lines(sheet.items)


def next_url(request: Request, after: str) -> str:
    """The address of the next page, on this server."""
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    return f"{request.url.path}?{urlencode([*pairs, ('after', after)])}"


def records_sheet(entries: Iterable[Entry[Record]], after: str | None = None) -> Sheet:
    """Records in every format; each is worked out for the format that is written, and for no other."""
    return Sheet(
        header=COLUMNS,
        items=map(entry_json, entries),
        rows=map(row_of, entries),
        features=map(feature_of, entries),
        types=TYPES,
        after=after,
    )


def stream_all(records: "Records[Record]", format: str) -> Response:
    """Everything that fits, page by page, for `limit=all`."""
    if format == "json":
        raise InputError("limit all: expected .jsonl, .csv, .parquet or .geojson, which can be streamed")
    parts = _written(records_sheet(_every_entry(records)), format, None)
    first = next(parts, b"")  # what cannot be begun is refused before the answer is
    return StreamingResponse(chain((first,), parts), media_type=MEDIA[format])


def _every_entry(records: "Records[Record]") -> Iterator[Entry[Record]]:
    """Page by page: parts of an answer are made in whichever thread is free, and a cursor stays in its own."""
    after = None
    while True:
        page = records.page(limit=LONGEST_PAGE, after=after)
        yield from page.entries
        if (after := page.after) is None:
            return
