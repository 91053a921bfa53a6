"""What changed: new happenings by dyad, dyads whose month left the band of the year before, new agreements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt
from statistics import fmean

from dragoman.analysis.happenings import select
from dragoman.analysis.periods import place_in
from dragoman.analysis.series import by_dyad, dyad_series, last_day
from dragoman.analysis.values import Estimate, Frequency, Happening, SeriesOptions, SeriesRow
from dragoman.types.cluster import Cluster
from dragoman.types.record import Agreement

MONTHS = 12
_WIDTH = 2.0  # standard deviations: Shewhart's warning limits, which one month in twenty leaves by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """New happenings of one pair of actors, in whichever direction; `one` comes before `other` in the alphabet."""

    one: str
    other: str
    events: int
    reports: int
    clusters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A directed dyad whose score in `month` lies outside the band of the twelve months before, interval and all."""

    source: str
    target: str
    month: date
    score: Estimate
    low: float
    high: float
    clusters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshAgreement:
    """One new agreement: its surest record, and how many records and documents tell of it."""

    agreement: Agreement
    records: int
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What came with the new documents. `events` and `reports` count new happenings and the documents telling them.

    `grown` are happenings known before that new documents tell again. `short` are the dyads with new happenings whose
    history is shorter than twelve months, so that no band could be drawn.
    """

    documents: int
    events: int
    reports: int
    grown: int
    dyads: tuple[Fresh, ...]
    departures: tuple[Departure, ...]
    short: tuple[tuple[str, str], ...]
    agreements: tuple[FreshAgreement, ...]


def digest(
    happenings: Iterable[Happening],
    new: Collection[str],
    agreements: Iterable[Agreement] = (),
    clusters: Iterable[Cluster] = (),
    options: SeriesOptions | None = None,
) -> Digest:
    """What the documents with the ids `new` added to the record.

    Args:
        happenings: all of them, old and new: the bands need the past.
        new: ids of the documents that came since the last look.
        agreements: records of agreements, old and new.
        clusters: what joins the agreements; without one, each record is an agreement.
        options: `level` of the intervals; the band is always of months.
    """
    known, ids = tuple(happenings), frozenset(new)
    fresh = select(known, ids)
    departures, short = _departures(known, fresh, options or SeriesOptions())
    return Digest(
        documents=len(ids),
        events=len(fresh),
        reports=len({document for one in fresh for document in one.documents}),
        grown=sum(not ids.isdisjoint(one.documents) for one in known) - len(fresh),
        dyads=_by_pair(fresh),
        departures=departures,
        short=short,
        agreements=_new_agreements(agreements, clusters, ids),
    )


def _by_pair(fresh: Sequence[Happening]) -> tuple[Fresh, ...]:
    grouped: dict[tuple[str, str], dict[str, Happening]] = {}
    for happening in fresh:
        for tie in happening.ties:
            one, other = sorted((tie.source, tie.target))
            grouped.setdefault((one, other), {})[happening.id] = happening
    pairs = (
        Fresh(
            one=one,
            other=other,
            events=len(told),
            reports=len({document for happening in told.values() for document in happening.documents}),
            clusters=tuple(sorted(told)),
        )
        for (one, other), told in grouped.items()
    )
    return tuple(sorted(pairs, key=lambda pair: (-pair.events, -pair.reports, pair.one, pair.other)))


def _departures(
    known: Sequence[Happening], fresh: Sequence[Happening], options: SeriesOptions
) -> tuple[tuple[Departure, ...], tuple[tuple[str, str], ...]]:
    found: list[Departure] = []
    short: list[tuple[str, str]] = []
    latest, grouped, begin = _latest_months(fresh), by_dyad(known), _first_month(known)
    for (source, target), month in sorted(latest.items()):
        since = _months_before(month, MONTHS)
        if begin is None or since is None or since < begin:
            short.append((source, target))
            continue
        year = replace(options, frequency=Frequency.MONTH, since=since, until=last_day(month, Frequency.MONTH))
        rows = dyad_series(grouped[source, target], source, target, year).rows
        if (departure := _departure(source, target, rows[-1], rows[:-1])) is not None:
            found.append(departure)
    return tuple(found), tuple(short)


def _latest_months(fresh: Sequence[Happening]) -> Mapping[tuple[str, str], date]:
    """For each directed dyad the last month that a new happening lies in."""
    latest: dict[tuple[str, str], date] = {}
    for happening in fresh:
        month = place_in(happening.when, Frequency.MONTH)
        for tie in happening.ties if month else ():
            ends = (tie.source, tie.target)
            latest[ends] = max(latest.get(ends, date.min), month or date.min)
    return latest


def _first_month(known: Sequence[Happening]) -> date | None:
    """The first month of the whole record: a dyad silent for a year before has a band of zeros, not none."""
    return min((month for one in known if (month := place_in(one.when, Frequency.MONTH))), default=None)


def _months_before(month: date, count: int) -> date | None:
    months = month.year * 12 + month.month - 1 - count
    return date(months // 12, months % 12 + 1, 1) if months >= 12 else None


def _departure(source: str, target: str, row: SeriesRow, year: Sequence[SeriesRow]) -> Departure | None:
    """The band is mean ± two standard deviations of the twelve sums, and never narrower than the year's own range."""
    sums = [month.plover.sum.value for month in year]
    centre = fmean(sums)
    half = _WIDTH * sqrt(sum((value - centre) ** 2 for value in sums) / (len(sums) - 1))
    low, high = min(centre - half, *sums), max(centre + half, *sums)
    score = row.plover.sum
    if score.low <= high and score.high >= low:
        return None
    return Departure(
        source=source, target=target, month=row.first, score=score, low=round(low, 6), high=round(high, 6),
        clusters=row.clusters,
    )  # fmt: skip


def _new_agreements(
    agreements: Iterable[Agreement], clusters: Iterable[Cluster], new: Collection[str]
) -> tuple[FreshAgreement, ...]:
    joined = {record: cluster.id for cluster in clusters for record in cluster.records}
    grouped: dict[str, list[Agreement]] = {}
    for agreement in agreements:
        grouped.setdefault(joined.get(agreement.id) or agreement.cluster or agreement.id, []).append(agreement)
    fresh = (told for _, told in sorted(grouped.items()) if all(one.document in new for one in told))
    return tuple(
        FreshAgreement(
            agreement=min(told, key=lambda one: (-one.confidence, one.id)),
            records=len(told),
            documents=len({one.document for one in told}),
        )
        for told in fresh
    )
