"""What stands before every handler: host names, rates, sizes, who is asking; and the headers of every answer."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from math import ceil
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response

from dragoman.web.access import Session, Token, new_session, read_session, write_session
from dragoman.web.audit import Attempt
from dragoman.web.errors import refuse
from dragoman.web.options import LOOPBACK
from dragoman.web.rate import RateLimit
from dragoman.web.site import Site, path_part

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "dragoman"
_OPEN = ("/static/", "/login", "/favicon.ico")
_SAFE = ("GET", "HEAD", "OPTIONS")
# What a token must allow: to write this much; everything else that writes is a review.
_SCOPES = {"/api/v1/documents": "ingest", "/api/v1/snapshots": "admin"}
_LONGEST_PATH = 300  # characters of a path that are written down
_MONTH = 30 * 24 * 3600
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """The middleware around the application."""

    def __init__(self, app: App, *, site: Site) -> None:
        self._app = app
        self._site = site
        self._reads = RateLimit(site.options.reads)
        self._writes = RateLimit(site.options.writes)
        names = {site.options.host, *site.options.names, *(LOOPBACK if site.options.local else ())}
        self._names = frozenset(name.lower().strip("[]") for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or hands on with `state.session` and `state.token` set."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        token, session, fresh = self._who(connection)
        scope.setdefault("state", {}).update(session=session, token=token)
        sending = self._sending(scope, send, session if not fresh else None)
        if scope["method"] == "HEAD" and connection.url.path.startswith("/api/"):
            scope = {**scope, "method": "GET"}  # the server below sends no body
        refusal = self._refusal(connection, token, session)
        if refusal is not None:
            await refusal(scope, receive, sending)
            return
        await self._app(scope, self._limited(receive), sending)

    def _who(self, connection: HTTPConnection) -> tuple[Token | None, Session, bool]:
        """The token of the header or of the session, and the session; True when that is new."""
        access, cookie = self._site.access, connection.cookies.get(COOKIE)
        found = read_session(cookie, access.secret()) if cookie else None
        session = found or new_session()
        kind, _, text = connection.headers.get("authorization", "").partition(" ")
        token = access.find(text.strip()) if kind.lower() == "bearer" else None
        if token is None and session.token and not connection.url.path.startswith("/api/"):
            token = next((one for one in access.tokens() if one.hash == session.token), None)
        return token, session, found is None

    def _refusal(self, connection: HTTPConnection, token: Token | None, session: Session) -> Response | None:
        headers, method, path = connection.headers, connection.scope["method"], connection.url.path
        if not self._knows_host(headers):
            return refuse(connection, 400, f"host {headers.get('host', '')[:80]!r}: this server goes by another name")
        if (wait := self._wait(connection, token, method)) > 0:
            response = refuse(connection, 429, f"too many requests: try again in {ceil(wait)} s")
            response.headers["retry-after"] = str(ceil(wait))
            return response
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length[:20]) > self._site.options.largest_body:
            return self._too_large(connection)
        return None if path.startswith(_OPEN) else self._who_may(connection, token, method)

    def _who_may(self, connection: HTTPConnection, token: Token | None, method: str) -> Response | None:
        api = connection.url.path.startswith("/api/")
        if api and "authorization" in connection.headers and token is None:
            return _unknown(connection)
        writes = method not in _SAFE
        needed = _SCOPES.get(connection.url.path.rstrip("/"), "review") if writes else "read"
        must_have = not self._site.options.local or (api and writes and bool(self._site.access.tokens()))
        if token is not None and not token.allows(needed):
            return refuse(connection, 403, f"the token of {token.name!r} does not allow {needed!r}")
        if token is None and must_have:
            return (
                _unknown(connection) if api else RedirectResponse(f"/login?then={path_part(connection.url.path)}", 303)
            )
        return None

    def _knows_host(self, headers: Headers) -> bool:
        """Other names are refused, so that no web site can reach a server on this machine through a name of its own."""
        given = headers.get("host", "").lower()
        host = re.sub(r":\d+$", "", given).strip("[]")
        return host in self._names or "0.0.0.0" in self._names or "::" in self._names

    def _wait(self, connection: HTTPConnection, token: Token | None, method: str) -> float:
        if connection.url.path.startswith("/static/"):
            return 0.0
        client = token.name if token else connection.client.host if connection.client else "?"
        limit = self._reads if method in _SAFE else self._writes
        return limit.wait_of(client)

    def _too_large(self, connection: HTTPConnection) -> Response:
        return refuse(connection, 413, f"body: expected at most {self._site.options.largest_body:,} bytes")

    def _limited(self, receive: Receive) -> Receive:
        most, seen = self._site.options.largest_body, 0

        async def read() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise HTTPException(413, f"body: expected at most {most:,} bytes")
            return message

        return read

    def _sending(self, scope: Scope, send: Send, known: Session | None) -> Send:
        async def write(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-cache")
                session = scope["state"]["session"]
                html = headers.get("content-type", "").startswith("text/html") or message["status"] == 303
                if session != known and html:
                    headers.append("set-cookie", self._cookie(session, secure=scope["scheme"] == "https"))
                if scope["method"] not in _SAFE:
                    self._site.audit.add(_attempt(scope, message["status"]))
            await send(message)

        return write

    def _cookie(self, session: Session, *, secure: bool) -> str:
        value = write_session(session, self._site.access.secret())
        return f"{COOKIE}={value}; Path=/; Max-Age={_MONTH}; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}"


def _attempt(scope: Scope, status: int) -> Attempt:
    token, session, client = scope["state"]["token"], scope["state"]["session"], scope.get("client")
    return Attempt(
        who=token.name if token else session.reviewer or None,
        token=token is not None,
        client=client[0] if client else None,
        method=scope["method"],
        path=scope["path"][:_LONGEST_PATH],
        status=status,
    )


def _unknown(connection: HTTPConnection) -> Response:
    response = refuse(connection, 401, "expected a valid token: Authorization: Bearer dg_…")
    response.headers["www-authenticate"] = 'Bearer realm="dragoman"'
    return response
