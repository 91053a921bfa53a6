"""Series of a dyad or of one actor: counts and scores by period, with what could not be put in a period set apart."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.analysis.actors import canonical
from dragoman.analysis.estimates import estimate_count, estimate_score
from dragoman.analysis.periods import next_start, periods_between, place_in
from dragoman.analysis.values import (
    QUADS,
    Apart,
    Dated,
    Frequency,
    Happening,
    QuadCount,
    Series,
    SeriesOptions,
    SeriesRow,
    Side,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    """Happenings by start of period, and those that have none."""

    placed: Mapping[date, Sequence[Happening]]
    apart: Apart


def dyad_series(
    happenings: Iterable[Happening], source: str, target: str, options: SeriesOptions | None = None
) -> Series:
    """What `source` did to `target`, by period. Joint acts are in the series of both directions.

    >>> dyad_series([], "KAZ", "ARM").rows
    ()
    """
    ends = canonical(source), canonical(target)
    return _series(_of_dyad(happenings, *ends), *ends, options or SeriesOptions())


def both_ways(
    happenings: Iterable[Happening], one: str, other: str, options: SeriesOptions | None = None
) -> tuple[Series, Series]:
    """The series of both directions over the same periods, so that they can be laid beside each other."""
    options, kept = options or SeriesOptions(), tuple(happenings)
    there, back = dyad_series(kept, one, other, options), dyad_series(kept, other, one, options)
    rows = (*there.rows, *back.rows)
    if not rows:
        return there, back
    span = replace(options, since=min(row.first for row in rows), until=max(row.last for row in rows))
    return tuple(_refill(series, span) for series in (there, back))  # type: ignore[return-value]  # two in, two out


def actor_series(
    happenings: Iterable[Happening], actor: str, side: Side = Side.EITHER, options: SeriesOptions | None = None
) -> Series:
    """What an actor did (`source`), what was done to it (`target`), or both, by period; each happening counts once."""
    actor = canonical(actor)
    own = (_of_part(happening, actor, side) for happening in happenings)
    series = _series((one for one in own if one is not None), actor, None, options or SeriesOptions())
    return replace(series, side=side)


def panel(happenings: Iterable[Happening], options: SeriesOptions | None = None) -> tuple[Series, ...]:
    """The series of every directed dyad that occurs, all over the same periods, sorted by source and target.

    For a million events use `dragoman.analysis.panel_sql` over a snapshot.
    """
    options, grouped = options or SeriesOptions(), by_dyad(happenings)
    placed = [
        start
        for happening in {one.id: one for group in grouped.values() for one in group}.values()
        if (start := place_in(happening.when, options.frequency)) and not _is_outside(happening, start, options)
    ]
    if placed:
        options = replace(
            options,
            since=options.since or min(placed),
            until=options.until or last_day(max(placed), options.frequency),
        )
    return tuple(_series(group, source, target, options) for (source, target), group in sorted(grouped.items()))


def last_day(start: date, frequency: Frequency) -> date:
    """The last day of the period that starts on `start`."""
    return date.fromordinal(next_start(start, frequency).toordinal() - 1)


def by_dyad(happenings: Iterable[Happening]) -> Mapping[tuple[str, str], Sequence[Happening]]:
    """The happenings of each directed dyad, with the confidence that they have for that dyad."""
    grouped: dict[tuple[str, str], list[Happening]] = {}
    for happening in happenings:
        for tie in happening.ties:
            own = replace(happening, confidence=tie.confidence)
            grouped.setdefault((tie.source, tie.target), []).append(own)
    return grouped


def _of_dyad(happenings: Iterable[Happening], source: str, target: str) -> Iterable[Happening]:
    for happening in happenings:
        for tie in happening.ties:
            if (tie.source, tie.target) == (source, target):
                yield replace(happening, confidence=tie.confidence)


def _of_part(happening: Happening, actor: str, side: Side) -> Happening | None:
    sides = (Side.SOURCE, Side.TARGET) if side is Side.EITHER else (side,)
    sure = [part.confidence for part in happening.parts if part.actor == actor and part.side in sides]
    return replace(happening, confidence=max(sure)) if sure else None


def _series(happenings: Iterable[Happening], source: str, target: str | None, options: SeriesOptions) -> Series:
    own = sorted(happenings, key=lambda happening: happening.id)
    found = _sort(own, options)
    return Series(
        source=source,
        target=target,
        frequency=options.frequency,
        level=options.level,
        rows=_rows(found.placed, options),
        apart=found.apart,
        events=len(own),
        reports=len({document for happening in own for document in happening.documents}),
    )


def _sort(happenings: Sequence[Happening], options: SeriesOptions) -> _Sorted:
    placed: dict[date, list[Happening]] = {}
    apart: dict[str, list[str]] = {"coarse": [], "year_unknown": [], "undated": [], "outside": []}
    for happening in happenings:
        start = place_in(happening.when, options.frequency)
        if _is_outside(happening, start, options):
            apart["outside"].append(happening.id)
        elif start is not None:
            placed.setdefault(start, []).append(happening)
        else:
            dated = happening.when.dated
            apart["coarse" if dated is Dated.DATED else dated.value].append(happening.id)
    return _Sorted(placed=placed, apart=Apart(**{key: tuple(ids) for key, ids in apart.items()}))


def _is_outside(happening: Happening, start: date | None, options: SeriesOptions) -> bool:
    """True when the whole time lies outside, or the day lies outside within a period that is cut by a bound."""
    first, last = happening.when.first, happening.when.last
    if start is not None and options.since and first and first < options.since:
        return True
    if start is not None and options.until and last and last > options.until:
        return True
    return bool(
        (options.since and last and last < options.since) or (options.until and first and first > options.until)
    )


def _rows(placed: Mapping[date, Sequence[Happening]], options: SeriesOptions) -> tuple[SeriesRow, ...]:
    first = options.since or min(placed, default=None)
    last = options.until or max(placed, default=None)
    if first is None or last is None:
        return ()
    periods = periods_between(first, last, options.frequency)
    return tuple(_row(*period, placed.get(period[0], ()), options.level) for period in periods)


def _row(first: date, last: date, happenings: Sequence[Happening], level: float) -> SeriesRow:
    sure = [happening.confidence for happening in happenings]
    return SeriesRow(
        first=first,
        last=last,
        events=len(happenings),
        reports=_reports(happenings),
        contested=sum(happening.contested for happening in happenings),
        published=sum(happening.when.published for happening in happenings),
        expected=estimate_count(sure, level),
        quads=tuple(_quad(quad, [one for one in happenings if one.quad == quad]) for quad in QUADS),
        goldstein=estimate_score(sure, [happening.goldstein for happening in happenings], level),
        plover=estimate_score(sure, [happening.plover_score for happening in happenings], level),
        clusters=tuple(happening.id for happening in happenings),
    )


def _quad(quad: str, happenings: Sequence[Happening]) -> QuadCount:
    expected = round(sum(happening.confidence for happening in happenings), 6)
    return QuadCount(quad=quad, events=len(happenings), reports=_reports(happenings), expected=expected)


def _reports(happenings: Sequence[Happening]) -> int:
    return len({document for happening in happenings for document in happening.documents})


def _refill(series: Series, options: SeriesOptions) -> Series:
    """The series with empty periods before and after it, up to the bounds."""
    if options.since is None or options.until is None:
        return series
    known = {row.first: row for row in series.rows}
    periods = periods_between(options.since, options.until, options.frequency)
    rows = tuple(known.get(first) or _row(first, last, (), options.level) for first, last in periods)
    return replace(series, rows=rows)


def values_of(series: Series, read: Callable[[SeriesRow], float]) -> tuple[float, ...]:
    """One number for each period, in order."""
    return tuple(read(row) for row in series.rows)
