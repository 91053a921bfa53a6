"""Tokens and cookies: who may do what. Tokens are kept as hashes in a file beside the store, one JSON line each.

The file is only appended to: a token is withdrawn by a later line. It also holds the secret that signs cookies, and is
readable by its owner alone. A token has 256 random bits, so that a plain SHA-256 of it cannot be turned back.
"""

import hashlib
import hmac
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dragoman.codec import format_json, hash_text, parse_json
from dragoman.errors import InputError, StoreError

SCOPES = ("read", "review", "ingest", "admin")
_PREFIX = "dg_"
_LONGEST_COOKIE = 4000
Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What is known of a token: whose it is and what it allows. `hash` is the SHA-256 of its text."""

    name: str
    scopes: tuple[str, ...]
    hash: str
    created: str

    def allows(self, scope: str) -> bool:
        """True when the token has the scope; `admin` has all, and `review` may read."""
        return scope in self.scopes or "admin" in self.scopes or (scope == "read" and "review" in self.scopes)


class Access:
    """The file of tokens. Read anew whenever it has changed, so that a withdrawn token stops at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, int] | None = None
        self._tokens: dict[str, Token] = {}
        self._secret = b""

    def tokens(self) -> tuple[Token, ...]:
        """Tokens that are valid now."""
        self._refresh()
        return tuple(self._tokens.values())

    def find(self, text: str) -> Token | None:
        """The token of this text, None when there is none."""
        self._refresh()
        return self._tokens.get(hash_text(text))

    def secret(self) -> bytes:
        """The key that signs cookies; made on first use."""
        self._refresh()
        if not self._secret:
            self._append({"secret": secrets.token_hex(32)})
            self._refresh()
        return self._secret

    def add(self, name: str, scopes: tuple[str, ...]) -> str:
        """Makes a token; returns its text, which is kept nowhere. Raises InputError for a scope that is none."""
        for scope in scopes:
            if scope not in SCOPES:
                raise InputError(f"scope {scope!r} is not one of {', '.join(SCOPES)}")
        if not name.strip() or len(name) > 80 or not name.isprintable():
            raise InputError(f"name {name!r}: expected 1 to 80 printable characters; verdicts are signed with it")
        if any(token.name == name for token in self.tokens()):
            raise InputError(f"name {name!r}: has a token already; withdraw it first")
        text = _PREFIX + secrets.token_urlsafe(32)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        self._append({"name": name, "scopes": list(scopes), "hash": hash_text(text), "created": created})
        return text

    def withdraw(self, name: str) -> None:
        """Ends the token of this name. Raises InputError when there is none."""
        found = [token for token in self.tokens() if token.name == name]
        if not found:
            raise InputError(f"name {name!r}: has no token; there are: {', '.join(t.name for t in self.tokens())}")
        self._append({"withdrawn": found[0].hash})

    def _append(self, line: Json) -> None:
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "a", encoding="utf-8") as stream:
                stream.write(format_json(line) + "\n")
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be written: {error.strerror}") from error

    def _refresh(self) -> None:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            self._stamp, self._tokens, self._secret = None, {}, b""
            return
        stamp = (found.st_mtime_ns, found.st_size)
        if stamp != self._stamp:
            self._read()
            self._stamp = stamp

    def _read(self) -> None:
        tokens: dict[str, Token] = {}
        for number, line in enumerate(self.path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                value = parse_json(line)
                if "secret" in value:
                    self._secret = self._secret or bytes.fromhex(value["secret"])
                elif "withdrawn" in value:
                    tokens.pop(value["withdrawn"], None)
                else:
                    tokens[value["hash"]] = Token(**{**value, "scopes": tuple(value["scopes"])})
            except (InputError, KeyError, TypeError, ValueError) as error:
                raise StoreError(
                    f"{self.path}:{number}: not a line of this file: {error}; move the file away"
                ) from error
        self._tokens = tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What a browser keeps, signed: who reviews, with which token, which dyads are followed, what was seen last.

    `seen` and `before` are marks of the store: at this visit and at the one before. `token` is a token's hash.
    `training` is the progress of a round of training, as `dragoman.web.training` writes it.
    """

    id: str
    reviewer: str = ""
    token: str = ""
    dyads: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    seen: str = ""
    before: str = ""
    visited: int = 0
    training: str = ""


def new_session() -> Session:
    """A session of nobody."""
    return Session(id=secrets.token_urlsafe(18))


def write_session(session: Session, secret: bytes) -> str:
    """The session as the text of a cookie."""
    fields = (session.id, session.reviewer, session.token, list(session.dyads), list(session.skipped))
    marks = (session.seen, session.before, session.visited, session.training)
    body = urlsafe_b64encode(format_json([*fields, *marks]).encode()).decode()
    return f"{body}.{_sign(body, secret)}"


def read_session(cookie: str, secret: bytes) -> Session | None:
    """The session of a cookie; None when it was not signed with this secret."""
    body, _, signature = cookie.rpartition(".")
    if len(cookie) > _LONGEST_COOKIE or not hmac.compare_digest(_sign(body, secret).encode(), signature.encode()):
        return None
    try:
        id, reviewer, token, dyads, skipped, seen, before, visited, *later = parse_json(
            urlsafe_b64decode(body).decode()
        )
    except (Base64Error, InputError, ValueError):
        return None
    return Session(
        id=id,
        reviewer=reviewer,
        token=token,
        dyads=tuple(dyads),
        skipped=tuple(skipped),
        seen=seen,
        before=before,
        visited=visited,
        training=later[0] if later else "",  # cookies of older versions have none
    )


def form_token(session: Session, secret: bytes) -> str:
    """What a form of this session must send back, so that no other site can post in its name."""
    return _sign(f"form:{session.id}", secret)


def is_form_token(given: str, session: Session, secret: bytes) -> bool:
    """True when a form was written for this session."""
    return hmac.compare_digest(form_token(session, secret).encode(), given.encode("utf-8", "surrogatepass"))


def _sign(text: str, secret: bytes) -> str:
    return hmac.new(secret, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
