"""Bodies of requests: JSON alone, which no other site can send without asking."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

_JSON = "application/json"


def need_json(request: Request) -> None:
    """Refuses a body of another type (415)."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _JSON:
        raise HTTPException(415, f"content type {kind[:60]!r}: expected {_JSON}")
