"""Who is asking: a reviewer's name on one's own machine, a token elsewhere."""

from dataclasses import replace
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from dragoman.errors import InputError
from dragoman.web.access import new_session
from dragoman.web.forms import Form, read_form
from dragoman.web.site import go_to, keep_session, session_of, show, site_of

_LONGEST = 80


def form(request: Request) -> Response:
    """The page that asks for a token, and on one's own machine for a name."""
    return show(request, "login.html", then=request.query_params.get("then", "/"), wrong=False)


def name(request: Request, form: Annotated[Form, Depends(read_form)]) -> Response:
    """Keeps the name under which this browser reviews. With tokens, the token's name is the one."""
    site, given = site_of(request), " ".join(form.one("reviewer").split())
    if not site.options.local:
        raise InputError("name: verdicts on this server are signed with the name of the token")
    if not 1 <= len(given) <= _LONGEST or not given.isprintable():
        raise InputError(f"name {given[:80]!r}: expected 1 to {_LONGEST} printable characters")
    if any(token.name == given for token in site.access.tokens()):
        raise InputError(f"name {given!r}: belongs to a token; enter the token instead")
    keep_session(request, replace(session_of(request), reviewer=given, skipped=()))
    return go_to(form.one("then", "/review"))


def enter(request: Request, form: Annotated[Form, Depends(read_form)]) -> Response:
    """Takes a token for this browser."""
    token = site_of(request).access.find(form.one("token"))
    if token is None or not token.allows("read"):
        return show(request, "login.html", status=403, then=form.one("then", "/"), wrong=True)
    # A new id: what was known of the session before the token says nothing about the one after it.
    known = session_of(request)
    keep_session(request, replace(known, id=new_session().id, token=token.hash, reviewer=token.name))
    return go_to(form.one("then", "/"))


def leave(request: Request, form: Annotated[Form, Depends(read_form)]) -> Response:
    """Forgets token and name."""
    keep_session(request, new_session())
    return go_to("/")
