"""What every handler needs: the store, the options, tokens, the memory of answers, templates and what writes."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dragoman.store import Store
from dragoman.types.text import shorten
from dragoman.web.access import Access, Session, form_token
from dragoman.web.audit import Audit
from dragoman.web.intake import Intake
from dragoman.web.options import WebOptions
from dragoman.web.pulse import Pulse
from dragoman.web.snapshots import Snapshots
from dragoman.web.words import count_words, finish


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The parts that handlers share."""

    store: Store
    options: WebOptions
    access: Access
    audit: Audit
    pulse: Pulse
    snapshots: Snapshots
    intake: Intake
    templates: Environment


@lru_cache(maxsize=1)
def make_templates() -> Environment:
    """The templates of the package; everything written into them is escaped, and unseen characters are shown."""
    environment = Environment(
        loader=FileSystemLoader(str(files("dragoman.web") / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finish,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a package that is brought up to date under a running server does not mix with it
    )
    environment.filters.update(short=shorten, path=path_part, percent=percent, query=query_of, day=day_of)
    environment.globals.update(count=count_words, link=link, safe_url=safe_url)
    return environment


def path_part(text: str) -> str:
    """A value as one part of a path."""
    return quote(str(text), safe="")


def link(path: str, /, **asked: object) -> str:
    """A path of this site with a query; empty values are left out."""
    query = urlencode({key.rstrip("_"): value for key, value in asked.items() if value not in (None, "", (), [])}, True)
    return f"{path}?{query}" if query else path


def query_of(asked: list[tuple[str, str]]) -> str:
    """Pairs as a query."""
    return urlencode(asked)


def safe_url(url: str | None) -> str | None:
    """The address of a report when it may stand in a link: only http and https."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def percent(share: float) -> str:
    """A share of 1 in percent, without decimals."""
    return f"{100 * share:.0f} %"


def day_of(moment: str) -> str:
    """Date and minute of an ISO moment."""
    return moment[:16].replace("T", " ")


def site_of(request: Request) -> Site:
    """The parts of the running application."""
    return cast(Site, request.app.state.site)


def session_of(request: Request) -> Session:
    """The session of the browser, signed by us or new."""
    return cast(Session, request.state.session)


def keep_session(request: Request, session: Session) -> None:
    """Sends the changed session back with the response."""
    request.state.session = session


def show(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """The page of a template. `values` are what it names, beside what every page has."""
    site, session = site_of(request), session_of(request)
    html = site.templates.get_template(template).render(
        request_path=request.url.path,
        session=session,
        form_token=form_token(session, site.access.secret()),
        local=site.options.local,
        here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        **values,
    )
    return HTMLResponse(html.encode("utf-8", "replace"), status_code=status)


def go_to(path: str) -> Response:
    """After a form: look at this page. Only paths of this site."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\"))
    return RedirectResponse(path if inside else "/", status_code=303)
