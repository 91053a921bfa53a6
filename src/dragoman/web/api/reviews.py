"""Writing through the API: verdicts only, against the version that the reviewer saw."""

from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_hex
from typing import Annotated, Any

from fastapi import Header, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from dragoman.codec import parse_json
from dragoman.coding.codebook import load_codebook
from dragoman.errors import CodebookError, InputError
from dragoman.store import Entry
from dragoman.types.record import Event, Record
from dragoman.types.review import Judgement, Verdict
from dragoman.web.api.bodies import need_json
from dragoman.web.api.rows import entry_json
from dragoman.web.site import site_of


class Review(BaseModel):
    """A decision. `field` empty judges the whole record; `value` is the right value of a correction."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    record: str = Field(max_length=200, description="Id of the record.")
    judgement: Judgement
    reviewer: str | None = Field(default=None, max_length=80, description="Your name; with a token, that of the token.")
    field: str | None = Field(default=None, max_length=60)
    judged: str | None = Field(default=None, max_length=20_000, description="The value of the field as you saw it.")
    value: str | None = Field(default=None, max_length=20_000)
    undoes: str | None = Field(default=None, max_length=60, description="Id of the verdict that is taken back.")
    note: str = Field(default="", max_length=2000)
    blind: bool = Field(default=False, description="True when you did not see what others decided.")


def add_review(
    request: Request,
    review: Review,
    if_match: Annotated[
        str | None, Header(description="The tag of the record as you saw it; then nobody is overwritten.")
    ] = None,
    idempotency_key: Annotated[
        str | None, Header(max_length=200, description="A text of your own: the same one decides only once.")
    ] = None,
) -> Response:
    """Keeps the verdict; answers with the record as it stands then."""
    need_json(request)
    store, name = site_of(request).store, _reviewer(request, review)
    entry = store.entry(review.record)
    if review.judgement is Judgement.CORRECT:
        _check_category(entry, review)
    verdict = Verdict(
        id=_id(name, review, idempotency_key),
        record=review.record,
        document=entry.document,
        reviewer=name,
        decided_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        judgement=review.judgement,
        field=review.field,
        judged=review.judged,
        value=review.value,
        undoes=review.undoes,
        note=review.note,
    )
    entry = store.add_verdict(verdict, seen=_seen(if_match), blind=review.blind)
    headers = {"etag": f'"{entry.run}.{entry.version or "0"}"', "location": f"/api/v1/records/{review.record}"}
    return Response(entry_json(entry).encode("utf-8", "replace"), 201, headers, "application/json")


def _check_category(entry: Entry[Record], review: Review) -> None:
    """Raises InputError for a category that the codebook of the record does not have.

    A codebook of one's own is not at hand here. The store checks the other fields: it reads the corrected record anew.
    """
    changed: Any = review.value
    if review.field is None:
        changed = parse_json(review.value or "{}")
        changed = changed.get("category") if isinstance(changed, dict) else None
    elif review.field != "category":
        return
    if changed is None or not isinstance(entry.record, Event):
        return
    name = entry.provenance.codebook
    try:
        book = load_codebook(name.rpartition("-")[0] or name)
    except CodebookError:
        return
    if changed not in book.categories:
        raise InputError(f"category {str(changed)[:40]!r} is not one of {', '.join(sorted(book.categories))}")


def _reviewer(request: Request, review: Review) -> str:
    token = request.state.token
    if token is not None:
        return str(token.name)
    if not review.reviewer or not review.reviewer.isprintable():
        raise InputError("reviewer: expected a name, as no token says who you are")
    return review.reviewer


def _id(name: str, review: Review, key: str | None) -> str:
    if key is None:
        return "v-" + token_hex(8)
    return "v-" + sha256(f"{name}\x1f{review.record}\x1f{key}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _seen(if_match: str | None) -> str | None:
    """The version in a tag such as "r-1234.abcd"; `*` and nothing ask for no comparison."""
    if if_match is None or if_match.strip() == "*":
        return None
    version = if_match.strip().strip('"').rpartition(".")[2]
    return "" if version == "0" else version
