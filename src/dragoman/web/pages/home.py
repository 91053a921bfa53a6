"""Home: what the store holds, what is new since the last visit, where to go on."""

import time
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from dragoman.store import Store
from dragoman.web.access import Session
from dragoman.web.counting import count_states, read_precision
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


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What came since the last visit."""

    reports: int
    records: int
    verdicts: int
    first: bool


def home(request: Request) -> Response:
    """The first page."""
    site = site_of(request)
    store, pulse = site.store, site.pulse
    session = _mark_visit(request)
    return show(
        request,
        "home.html",
        status_of=pulse.recall("status", store.status),
        news=_news(store, session),
        precision=read_precision(store, pulse),
        reports=pulse.recall("latest", lambda: latest_reports(store, 10)),
        dyads=pulse.recall("top dyads", lambda: top_dyads(store, 10)),
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


def _news(store: Store, session: Session) -> News:
    marks = session.before.split("-")
    if len(marks) != 2 or not all(mark.isdigit() for mark in marks):
        return News(reports=0, records=0, verdicts=0, first=True)
    coding, verdict = (int(mark[:15]) for mark in marks)
    sql = (
        "SELECT (SELECT count(*) FROM coding WHERE key > ?), (SELECT coalesce(sum(records), 0) FROM coding"
        " WHERE key > ?), (SELECT count(*) FROM verdict WHERE key > ?)"
    )
    reports, records, verdicts = store.engine.read(sql, (coding, coding, verdict))[0]
    return News(reports=int(reports or 0), records=int(records or 0), verdicts=int(verdicts or 0), first=False)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadLine:
    """Two countries with the number of happenings between them."""

    one: str
    other: str
    events: int


def top_dyads(store: Store, most: int) -> tuple[DyadLine, ...]:
    """The pairs with most counted events, both directions together."""
    sql = (
        "SELECT min(source, target), max(source, target), sum(events) FROM dyad_month WHERE source <> target"
        " GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ?"
    )
    if store.engine.dialect != "sqlite":
        sql = sql.replace("min(", "least(").replace("max(", "greatest(")
    rows = store.engine.read(sql, (most,))
    return tuple(DyadLine(one=str(one), other=str(other), events=int(number or 0)) for one, other, number in rows)
