"""Home: what the store holds, what is new since the last visit, where to go on."""

import time
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from dragoman.store import Store
from dragoman.web.access import Session
from dragoman.web.counting import count_states, read_precision
from dragoman.web.flows import country_names, find_flows
from dragoman.web.pages.news import read_news
from dragoman.web.site import keep_session, session_of, show, site_of

_VISIT = 1800  # seconds without a request to home after which the next one is another visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report in a list."""

    id: str
    title: str
    published: str
    publisher: str
    records: int


def home(request: Request) -> Response:
    """The first page."""
    site = site_of(request)
    store, pulse = site.store, site.pulse
    session = _mark_visit(request)
    return show(
        request,
        "home.html",
        status_of=pulse.recall("status", store.status),
        news=read_news(site, session),
        precision=read_precision(store, pulse),
        reports=pulse.recall("latest", lambda: latest_reports(store, 10)),
        names=country_names(),
        dyads=pulse.recall("top dyads", lambda: find_flows(store, 10)),
        waiting=pulse.recall("waiting", lambda: count_states(store)),
    )


def _mark_visit(request: Request) -> Session:
    """Keeps what the store held now and at the visit before."""
    site, session, now = site_of(request), session_of(request), int(time.time())
    newest = "-".join(str(number) for number in site.pulse.newest())
    if not session.seen:
        session = replace(session, seen=newest, before="", visited=now)
    elif now - session.visited > _VISIT:
        session = replace(session, before=session.seen, seen=newest, visited=now)
    else:
        session = replace(session, visited=now)
    keep_session(request, session)
    return session


def latest_reports(store: Store, most: int) -> tuple[Report, ...]:
    """The reports that came last."""
    sql = (
        "SELECT o.id, coalesce(o.title, o.origin), coalesce(o.published, ''), coalesce(o.publisher, ''), k.records"
        " FROM document o JOIN current c ON c.document = o.key JOIN coding k ON k.key = c.coding"
        " ORDER BY o.key DESC LIMIT ?"
    )
    return tuple(
        Report(id=str(id), title=str(title), published=str(day), publisher=str(by), records=int(records or 0))
        for id, title, day, by, records in store.engine.read(sql, (most,))
    )
