"""Answers of the API: tags that tell whether anything changed, pages with links, and three formats."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from dragoman.codec import format_json, parse_json
from dragoman.errors import InputError
from dragoman.export.csv_file import guard_cell
from dragoman.store import Entry
from dragoman.types.record import Record
from dragoman.web.site import site_of

JSON, LINES, CSV = "application/json", "application/x-ndjson", "text/csv; charset=utf-8"
FORMATS = {"json": JSON, "jsonl": LINES, "csv": CSV}
COLUMNS = (
    *("kind", "id", "document", "published", "publisher", "url", "sentence", "day", "category", "mode", "label"),
    *("status", "attributed_to", "speaker", "source", "source_country", "target", "target_country", "time", "place"),
    *("place_country", "latitude", "longitude", "cameo", "quad", "goldstein", "plover_score", "counted", "confidence"),
    *("quote", "cluster", "review", "run", "version"),
)


def tag_of(request: Request) -> str:
    """The strong tag of an answer: the state of the store and the question, without looking at the answer."""
    asked = (
        f"{site_of(request).pulse.mark()}\n{request.url.path}\n{request.url.query}\n{request.headers.get('accept', '')}"
    )
    return '"' + hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:24] + '"'


def answer(request: Request, make: Callable[[], Response]) -> Response:
    """The answer with its tag, or 304 when the asker has it already."""
    tag = tag_of(request)
    known = [given.strip() for given in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(status_code=304, headers={"etag": tag})
    response = make()
    response.headers["etag"] = tag
    response.headers["vary"] = "Accept, Authorization"
    return response


def format_of(request: Request, suffix: str) -> str:
    """json, jsonl or csv, by the suffix of the path, else by what the asker accepts."""
    if suffix:
        return suffix
    accepted = request.headers.get("accept", "")
    return next((name for name, media in FORMATS.items() if media.partition(";")[0] in accepted), "json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page of values: `items` as JSON texts, `after` where the next page begins, None on the last."""

    items: Sequence[str]
    after: str | None


def page_response(request: Request, sheet: Sheet, format: str, rows: Callable[[], Iterable[Sequence[Any]]]) -> Response:
    """A page in the format asked for, with a link to the next one. `rows` gives the table, its header first."""
    following = None if sheet.after is None else next_url(request, sheet.after)
    if format == "csv":
        response = Response(write_table(rows()).encode("utf-8", "replace"), media_type=CSV)
    elif format == "jsonl":
        response = Response(lines_of(sheet.items), media_type=LINES)
    else:
        body = f'{{"items":[{",".join(sheet.items)}],"next":{format_json(following)}}}'
        response = Response(body.encode("utf-8", "replace"), media_type=JSON)
    if following is not None:
        response.headers["link"] = f'<{following}>; rel="next"'
    return response


def next_url(request: Request, after: str) -> str:
    """The address of the next page, on this server."""
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    return f"{request.url.path}?{urlencode([*pairs, ('after', after)])}"


def lines_of(items: Iterable[str]) -> bytes:
    """One JSON value a line."""
    return "".join(item + "\n" for item in items).encode("utf-8", "replace")


def write_table(rows: Iterable[Sequence[Any]]) -> str:
    """CSV by RFC 4180; no cell that a spreadsheet would run."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([guard_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()


def stream_all(entries: Iterator[Entry[Record]], format: str) -> Response:
    """Everything that fits, row by row, for `limit=all`."""
    if format == "json":
        raise InputError("limit all: expected .jsonl or .csv, which can be streamed")
    if format == "csv":
        return StreamingResponse(_csv_stream(entries), media_type=CSV)
    return StreamingResponse(
        ((entry_json(entry) + "\n").encode("utf-8", "replace") for entry in entries), media_type=LINES
    )


def _csv_stream(entries: Iterator[Entry[Record]]) -> Iterator[bytes]:
    yield write_table([COLUMNS]).encode()
    for entry in entries:
        yield write_table([row_of(entry)]).encode("utf-8", "replace")


def entry_json(entry: Entry[Record]) -> str:
    """The record by RECORD.md section 7, with its day, quote, happening and the version that a verdict names."""
    beside = {"day": entry.day or None, "quote": entry.quote, "happening": entry.cluster, "version": entry.version}
    return f"{entry.json[:-1]},{format_json(beside)[1:]}"


def row_of(entry: Entry[Record]) -> tuple[Any, ...]:
    """The record as one row of COLUMNS."""
    value = parse_json(entry.json)
    sources, targets = _sides(value)
    place = value.get("place") or next(iter(value.get("places") or ()), None) or {}
    said = value["attribution"]
    label = next((value[key] for key in ("instrument", "stance", "name", "level", "topic") if key in value), None)
    return (
        *(value["kind"], value["id"], entry.document, entry.published, entry.publisher, entry.url, value["sentence"]),
        *(entry.day, value.get("category"), value.get("mode"), label if isinstance(label, str) else None),
        *(value["status"], said["by"], _names([said["speaker"]])),
        *(_names(sources), _codes(sources), _names(targets), _codes(targets), (value.get("time") or {}).get("edtf")),
        *(place.get("name") or place.get("text"), place.get("country"), place.get("lat"), place.get("lon")),
        *(value.get("cameo"), value.get("quad"), value.get("goldstein"), value.get("plover_score")),
        *(
            value.get("counted"),
            value["confidence"],
            entry.quote,
            entry.cluster,
            entry.review,
            entry.run,
            entry.version,
        ),
    )


def _sides(value: Any) -> tuple[list[Any], list[Any]]:
    """Who stands on the two sides, whatever the kind."""
    if value["kind"] == "event":
        return value["sources"], value["targets"]
    if value["kind"] == "agreement":
        return value["parties"], []
    if value["kind"] == "project":
        return value["proponents"], []
    if value["kind"] == "membership":
        return [value["member"]], [value["organization"]]
    return [value.get("holder") or value.get("speaker")], []


def _names(links: Iterable[Any]) -> str:
    return "; ".join(link["name"] or link["text"] for link in links if link)


def _codes(links: Iterable[Any]) -> str:
    return "; ".join(" ".join(part for part in (link["country"], link["sector"]) if part) for link in links if link)
