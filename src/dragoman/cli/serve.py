"""`serve` and `agree`: the page and API of a store, tokens for them, and how far coders agree."""

import sys
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

from dragoman.cli.guard import DONE, EMPTY, open_coder, read_settings, say
from dragoman.errors import ConfigError, ResourceError

if TYPE_CHECKING:
    from dragoman.web.access import Access

_MISSING = "the page needs the extra web: pip install 'dragoman[web]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeRequest:
    """What `serve` was asked for."""

    store: str
    host: str
    port: int
    names: tuple[str, ...]
    access: str | None
    open: bool
    quiet: bool


def run_serve(request: ServeRequest) -> int:
    """Serves until interrupted. Raises ConfigError for an address beyond this machine without a token."""
    try:
        import uvicorn

        from dragoman.web import WebOptions, create_app
        from dragoman.web.site import Site
    except ImportError as error:
        raise ResourceError(f"{_MISSING} ({error})") from error
    settings = read_settings({})
    options = WebOptions(
        host=request.host,
        names=request.names,
        access=Path(request.access) if request.access else None,
        open_coder=lambda: open_coder(settings, store=request.store),
    )
    app = create_app(request.store, options)
    site: Site = app.state.site
    if not options.local and not site.access.tokens():
        raise ConfigError(
            f"--host {request.host}: others can reach this address, and there is no token that lets them in; make one "
            f"with: dragoman serve {request.store} --new-token NAME"
        )
    address = f"http://{'127.0.0.1' if options.local else request.host}:{request.port}/"
    if not request.quiet:
        say(f"{site.store.place}: {address} (end with Ctrl+C)")
    if request.open:
        Timer(0.8, webbrowser.open, (address,)).start()
    uvicorn.run(
        app,
        host=request.host,
        port=request.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    return DONE


def run_new_token(store: str, access: str | None, name: str, scopes: tuple[str, ...]) -> int:
    """Makes a token and prints it, once."""
    print(_access(store, access).add(name, scopes or ("review",)))
    say("keep it: only its hash is kept here")
    return DONE


def run_withdraw_token(store: str, access: str | None, name: str) -> int:
    """Ends a token."""
    _access(store, access).withdraw(name)
    say(f"the token of {name!r} is valid no longer")
    return DONE


def run_list_tokens(store: str, access: str | None) -> int:
    """Prints names, scopes and days, never tokens."""
    for token in _access(store, access).tokens():
        print(f"{token.name}\t{' '.join(token.scopes)}\t{token.created}")
    return DONE


def _access(store: str, access: str | None) -> "Access":
    try:
        from dragoman.store import open_store
        from dragoman.web.access import Access
        from dragoman.web.app import access_file
    except ImportError as error:
        raise ResourceError(f"{_MISSING} ({error})") from error
    return Access(Path(access) if access else access_file(open_store(store)))


def run_agree(store: str, *, json: bool, fail_empty: bool) -> int:
    """Prints alpha of each field, what was mixed up, and how often the coder is right."""
    try:
        from dragoman.web.pages.agree import all_ratings, as_json
    except ImportError as error:
        raise ResourceError(f"{_MISSING} ({error})") from error
    from dragoman.review import agreement_of
    from dragoman.store import open_store

    with open_store(store) as opened:
        measured = agreement_of(all_ratings(opened))
    if json:
        print(as_json(measured))
        return DONE
    for one in measured.fields:
        alpha = "one value only" if one.alpha is None else f"{one.alpha:.2f}"
        interval = "" if one.low is None else f" [{one.low:.2f}, {one.high:.2f}]"
        print(f"{one.field:20} {alpha}{interval}   {one.same} of {one.records} the same, {one.coders} coders")
    for pair in measured.confusions:
        if pair.one != pair.other:
            print(f"  {pair.field}: {pair.one} and {pair.other}, {pair.times} times")
    if not measured.fields:
        print("no record was judged by two coders or more", file=sys.stderr)
        return EMPTY if fail_empty else DONE
    return DONE
