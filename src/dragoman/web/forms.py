"""Forms: read, limited, and taken only from pages of this session."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from dragoman.errors import InputError
from dragoman.web.access import is_form_token
from dragoman.web.site import session_of, site_of

_FIELDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The fields of a form in the order in which they came."""

    fields: tuple[tuple[str, str], ...]

    def one(self, name: str, default: str = "") -> str:
        """The first value of a field, without blanks around it."""
        return next((value.strip() for key, value in self.fields if key == name), default)

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a field that are not empty."""
        return tuple(value.strip() for key, value in self.fields if key == name and value.strip())

    def has(self, name: str) -> bool:
        """True when the form has the field."""
        return any(key == name for key, _ in self.fields)


async def read_form(request: Request) -> Form:
    """The form that was posted. Refuses one that no page of this session sent (403)."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise InputError(f"content type {kind!r}: expected application/x-www-form-urlencoded")
    try:
        pairs = parse_qsl((await request.body()).decode("latin-1"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError as error:
        raise InputError(f"form: {error}") from error
    form = Form(fields=tuple((key, value.replace("\r\n", "\n")) for key, value in pairs))
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "this form was sent from another site")
    if not is_form_token(form.one("form_token"), session_of(request), site_of(request).access.secret()):
        raise HTTPException(403, "this form is too old or not from this browser: load the page again")
    return form
