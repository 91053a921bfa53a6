"""Two countries: two directed series, counts by class, turning points, and the events with their quotes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from dragoman.analysis import find_changes
from dragoman.analysis.values import QUADS
from dragoman.errors import InputError, ResourceError
from dragoman.store import Dyad, DyadMonth, Store
from dragoman.web.asking import filters_of, read_after, read_asked
from dragoman.web.charts import Line, Month, Turn, draw_series
from dragoman.web.counting import categories_by_quad, read_precision
from dragoman.web.flows import country_names, find_flows
from dragoman.web.forms import Form, read_form
from dragoman.web.pages.lists import group
from dragoman.web.site import go_to, keep_session, link, session_of, show, site_of

_FOLLOWED = 20
_LONGEST = 1200  # months
_FIELDS = (("type", "Category", "CONSULT"), ("since", "From", "2024-04"), ("until", "Until", ""), ("q", "Words", ""))


def dyads(request: Request) -> Response:
    """The pairs with most events, and a form to ask for another."""
    one, other = (request.query_params.get(name, "").strip().upper() for name in ("one", "other"))
    if one and other:
        return go_to(f"/dyads/{code_of(one)}/{code_of(other)}")
    site = site_of(request)
    found = site.pulse.recall("dyads", lambda: find_flows(site.store, 200))
    return show(
        request,
        "dyads.html",
        dyads=found,
        names=country_names(),
        precision=read_precision(site.store, site.pulse),
    )


def code_of(written: str) -> str:
    """A code of three capitals."""
    if len(written) != 3 or not written.isascii() or not written.isalpha():
        raise InputError(f"country {written[:40]!r}: expected a code of three letters such as KAZ, or IGO")
    return written.upper()


def dyad(request: Request, one: str, other: str) -> Response:
    """The page of a pair."""
    site, asked = site_of(request), read_asked(request.query_params.multi_items())
    pair = site.store.dyad(code_of(one), code_of(other))
    drawn = site.pulse.recall(("dyad", pair.one, pair.other), lambda: _draw(site.store, pair))
    events = pair.events(**filters_of(asked))
    page = events.page(limit=25, after=read_after(request.query_params.get("after")))
    key = f"{min(pair.one, pair.other)} {max(pair.one, pair.other)}"
    return show(
        request,
        "dyad.html",
        pair=pair,
        names=country_names(),
        drawn=drawn,
        fields=_FIELDS,
        number=site.pulse.recall(("count", events.query), events.count),
        agreements=pair.agreements().count(),
        groups=group(site, page.entries),
        after=page.after,
        asked=asked,
        follows=key in session_of(request).dyads,
        precision=read_precision(site.store, site.pulse),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Turning points, or why none was looked for."""

    found: tuple[Turn, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuadLine:
    """The counted events of one quad class in each direction, with the lists of them."""

    quad: str
    numbers: tuple[int, ...]
    hrefs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The series of both directions, what they turn at, and how they fall by class."""

    lines: tuple[Line, ...]
    turns: Turns
    quads: tuple[QuadLine, ...]
    chart: Markup


def _draw(store: Store, pair: Dyad) -> Drawn:
    months, directions = pair.months(), tuple(dict.fromkeys(((pair.one, pair.other), (pair.other, pair.one))))
    every = list(months_between(months))
    lines = tuple(
        _line(source, target, [one for one in months if (one.source, one.target) == (source, target)], every)
        for source, target in directions
    )
    turns = _turns(lines)
    title = f"{pair.one} and {pair.other}: scores and number of events by month"
    return Drawn(
        lines=lines,
        turns=turns,
        quads=tuple(_quads(store, pair, months, directions)),
        chart=draw_series(lines, turns.found, title=title),
    )


def _quads(
    store: Store, pair: Dyad, months: Sequence[DyadMonth], directions: Sequence[tuple[str, str]]
) -> Iterator[QuadLine]:
    """All four classes, empty ones too: what did not happen is seen as well."""
    codes = categories_by_quad(store, pair.events())
    for quad in QUADS:
        numbers = tuple(
            sum(one.events for one in months if one.quad == quad and (one.source, one.target) == direction)
            for direction in directions
        )
        hrefs = tuple(
            link("/events", source=source, target=target, counted="1", type=codes.get(quad, ()))
            for source, target in directions
        )
        yield QuadLine(quad=quad.replace("_", " "), numbers=numbers, hrefs=hrefs)


def months_between(months: Sequence[DyadMonth]) -> Iterator[str]:
    """Every month from the first to the last, those without events too."""
    known = sorted(one.month for one in months if len(one.month) == 7)
    if not known:
        return
    year, month = int(known[0][:4]), int(known[0][5:])
    for _ in range(_LONGEST):
        yield (name := f"{year:04}-{month:02}")
        if name == known[-1]:
            return
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _line(source: str, target: str, months: Sequence[DyadMonth], every: Sequence[str]) -> Line:
    by_month: dict[str, list[DyadMonth]] = defaultdict(list)
    for one in months:
        by_month[one.month].append(one)
    drawn = tuple(
        Month(
            month=name,
            events=sum(one.events for one in by_month[name]),
            reports=sum(one.reports for one in by_month[name]),
            score=round(sum(one.plover_score for one in by_month[name]), 1),
            href=link("/events", source=source, target=target, since=name, until=name, counted="1"),
        )
        for name in every
    )
    return Line(name=f"{source} → {target}", months=drawn)


def _turns(lines: Sequence[Line]) -> Turns:
    found, reason = [], ""
    for line in lines:
        try:
            changes = find_changes([float(month.events) for month in line.months], counts=True)
        except ResourceError as error:
            return Turns(found=(), reason=str(error))
        reason = reason or changes.reason
        for change in changes.found:
            label = f"{line.name}: {change.before:.1f} to {change.after:.1f} a month"
            found.append(Turn(month=line.months[change.at].month, label=label))
    return Turns(found=tuple(found), reason=reason)


def follow(request: Request, form: Annotated[Form, Depends(read_form)]) -> Response:
    """Puts a pair on the list of this browser, or takes it off."""
    one, other = code_of(form.one("one")), code_of(form.one("other"))
    key, session = f"{min(one, other)} {max(one, other)}", session_of(request)
    kept = tuple(pair for pair in session.dyads if pair != key)
    dyads = kept if form.one("stop") else (*kept, key)[-_FOLLOWED:]
    keep_session(request, replace(session, dyads=dyads))
    return go_to(f"/dyads/{one}/{other}")
