"""What came since the last visit of this browser: reports, happenings that no earlier report told, and decisions."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from dragoman.store import Store
from dragoman.types.review import Judgement
from dragoman.web.access import Session
from dragoman.web.counting import read_precision
from dragoman.web.pages.lists import TITLES, Group, group
from dragoman.web.site import Site, session_of, show, site_of

_LISTED, _REPORTS, _VERDICTS = 15, 50, 50
# Reports that no coding up to the mark has read; an old report that was coded again is not new.
_NEW = " NOT EXISTS (SELECT 1 FROM coding k WHERE k.document = {}.document AND k.key <= ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Numbers of what came. `first` is True when this browser was never here before: then nothing is new."""

    first: bool
    reports: int = 0
    verdicts: int = 0
    happenings: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """A report that came."""

    id: str
    title: str
    published: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVerdict:
    """A decision that was made."""

    record: str
    reviewer: str
    judgement: str
    at: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """New happenings of one kind, those that most reports tell first."""

    kind: str
    title: str
    number: int
    groups: tuple[Group, ...]


def news(request: Request) -> Response:
    """The page."""
    site, session = site_of(request), session_of(request)
    found = read_news(site, session)
    marks = _marks(session)
    coding, verdict = marks or (0, 0)
    return show(
        request,
        "news.html",
        news=found,
        parts=[_part(site, kind, number, coding) for kind, number in found.happenings],
        reports=_reports(site.store, coding) if marks else (),
        verdicts=_verdicts(site.store, verdict) if marks else (),
        precision=read_precision(site.store, site.pulse),
    )


def read_news(site: Site, session: Session) -> News:
    """The numbers, counted once for each state of the store and each mark."""
    marks = _marks(session)
    if marks is None:
        return News(first=True)
    return site.pulse.recall(("news", marks), lambda: _count(site.store, *marks))


def _marks(session: Session) -> tuple[int, int] | None:
    """The newest coding and verdict at the visit before; None on the first one."""
    marks = session.before.split("-")
    if len(marks) != 2 or not all(mark.isdigit() for mark in marks):
        return None
    return int(marks[0][:15]), int(marks[1][:15])


def _count(store: Store, coding: int, verdict: int) -> News:
    sql = (
        f"SELECT (SELECT count(DISTINCT n.document) FROM coding n WHERE n.key > ? AND{_NEW.format('n')}),"
        " (SELECT count(*) FROM verdict WHERE key > ?)"
    )
    reports, verdicts = store.engine.read(sql, (coding, coding, verdict))[0]
    happenings = {kind: len(_new_happenings(store, kind, coding)) for kind in list(TITLES)[1:]} if reports else {}
    return News(
        first=False,
        reports=int(reports or 0),
        verdicts=int(verdicts or 0),
        happenings=tuple((kind, number) for kind, number in happenings.items() if number),
    )


def _new_happenings(store: Store, kind: str, coding: int) -> Sequence[str]:
    """Clusters of the kind that new reports tell and no other does, those in most reports first."""
    sql = (
        "SELECT e.cluster FROM entry e JOIN current c ON c.coding = e.coding WHERE e.kind = ? AND e.coding > ?"
        f" AND e.review <> 'rejected' AND{_NEW.format('e')} AND NOT EXISTS (SELECT 1 FROM entry o JOIN current oc"
        " ON oc.coding = o.coding JOIN coding ok ON ok.document = o.document AND ok.key <= ?"
        " WHERE o.cluster = e.cluster AND o.kind = e.kind AND o.review <> 'rejected')"
        " GROUP BY e.cluster ORDER BY count(DISTINCT e.document) DESC, max(e.confidence) DESC, e.cluster"
    )
    return [str(cluster) for (cluster,) in store.engine.read(sql, (kind, coding, coding, coding))]


def _part(site: Site, kind: str, number: int, coding: int) -> Part:
    clusters = _new_happenings(site.store, kind, coding)[:_LISTED]
    entries = list(site.store.records(cluster=clusters, kind=kind).entries())
    groups = {one.cluster: one for one in group(site, entries)}
    return Part(
        kind=kind, title=TITLES[kind], number=number, groups=tuple(groups[id] for id in clusters if id in groups)
    )


def _reports(store: Store, coding: int) -> tuple[NewReport, ...]:
    sql = (
        "SELECT o.id, coalesce(o.title, o.origin), coalesce(o.published, ''), n.records FROM coding n"
        " JOIN current c ON c.coding = n.key JOIN document o ON o.key = n.document"
        f" WHERE n.key > ? AND{_NEW.format('n')}"
        " ORDER BY n.key DESC LIMIT ?"
    )
    return tuple(
        NewReport(id=str(id), title=str(title), published=str(published), records=int(records or 0))
        for id, title, published, records in store.engine.read(sql, (coding, coding, _REPORTS))
    )


def _verdicts(store: Store, verdict: int) -> tuple[NewVerdict, ...]:
    sql = (
        "SELECT v.record, v.reviewer, v.judgement, v.decided_at, coalesce((SELECT max(e.quote) FROM record b"
        " JOIN entry e ON e.record = b.key WHERE b.id = v.record), '') FROM verdict v"
        " WHERE v.key > ? AND v.judgement <> ? ORDER BY v.key DESC LIMIT ?"
    )
    return tuple(
        NewVerdict(record=str(record), reviewer=str(who), judgement=str(what), at=str(at), quote=str(quote))
        for record, who, what, at, quote in store.engine.read(sql, (verdict, Judgement.UNDO.value, _VERDICTS))
    )
