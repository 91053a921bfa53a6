"""Series, networks and digests as flat rows with named columns: what CSV, data frames and tables on a terminal need."""

from collections.abc import Iterable

from dragoman.analysis.digest import Digest
from dragoman.analysis.networks import Arc
from dragoman.analysis.values import QUADS, Estimate, Score, Series, SeriesRow

Cell = str | int | float | None

_ESTIMATE = ("", "_low", "_high")
SERIES_COLUMNS = (
    *("source", "target", "period", "period_end", "events", "reports", "contested", "published"),
    *(f"expected{end}" for end in _ESTIMATE),
    *QUADS,
    *(f"{quad}_reports" for quad in QUADS),
    *(f"{score}_{what}{end}" for score in ("goldstein", "plover") for what in ("sum", "mean") for end in _ESTIMATE),
)
ARC_COLUMNS = (
    *("source", "target", "events", "reports", "expected", *QUADS),
    *("goldstein_sum", "goldstein_mean", "plover_sum", "plover_mean"),
)


def series_rows(series: Iterable[Series]) -> tuple[tuple[Cell, ...], ...]:
    """One row for each period of each series, in the order of `SERIES_COLUMNS`; no series, no rows."""
    return tuple((one.source, one.target, *_cells(row)) for one in series for row in one.rows)


def arc_rows(arcs: Iterable[Arc]) -> tuple[tuple[Cell, ...], ...]:
    """One row for each arc, in the order of `ARC_COLUMNS`."""
    return tuple(_arc_cells(arc) for arc in arcs)


def _arc_cells(arc: Arc) -> tuple[Cell, ...]:
    counts: tuple[Cell, ...] = (arc.source, arc.target, arc.events, arc.reports, arc.expected, *arc.quads)
    return (*counts, arc.goldstein_sum, arc.goldstein_mean, arc.plover_sum, arc.plover_mean)


def apart_notes(series: Series) -> tuple[str, ...]:
    """What belongs to the series and stands in none of its periods, one phrase for each reason that occurs.

    >>> from dragoman.analysis.series import dyad_series
    >>> apart_notes(dyad_series([], "KAZ", "ARM"))
    ()
    """
    told = (
        (series.apart.coarse, f"dated less exactly than a {series.frequency}"),
        (series.apart.year_unknown, "without a year"),
        (series.apart.undated, "undated"),
        (series.apart.outside, "outside the dates asked for"),
    )
    return tuple(f"{len(ids)} {why}" for ids, why in told if ids)


def digest_lines(found: Digest, title: str) -> tuple[str, ...]:
    """The digest as lines to read."""
    lines = [
        f"{title}: {_many(found.events, 'new event')} from {_many(found.reports, 'report')}"
        f" in {_many(found.documents, 'new document')}; {_many(found.grown, 'known event')} told again",
        *(
            f"  {pair.one} - {pair.other}: {_many(pair.events, 'event')} ({_many(pair.reports, 'report')})"
            for pair in found.dyads
        ),
    ]
    lines += [
        f"left its 12-month band: {one.source} to {one.target} in {one.month:%Y-%m}, PLOVER sum {one.score.value:+.1f}"
        f" [{one.score.low:+.1f}, {one.score.high:+.1f}], band [{one.low:+.1f}, {one.high:+.1f}]"
        for one in found.departures
    ]
    if found.short:
        pairs = ", ".join(f"{source} to {target}" for source, target in found.short)
        lines.append(f"no band, for the record reaches back less than 12 months: {pairs}")
    lines += [_agreement_line(one.agreement.title or one.agreement.description or "unnamed",
                              one.agreement.agreement_status,
                              [party.name or party.text for party in one.agreement.parties],
                              one.documents,
                              bool(one.agreement.may_overlap)) for one in found.agreements]  # fmt: skip
    return tuple(lines)


def _agreement_line(title: str, status: str, parties: list[str], documents: int, overlaps: bool) -> str:
    named = ", ".join(parties) or "parties not named"
    open_question = "; may be the same as another" if overlaps else ""
    told = _many(documents, "report")
    return f"new agreement: {title} · {status.replace('_', ' ')} · {named} ({told}{open_question})"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _cells(row: SeriesRow) -> tuple[Cell, ...]:
    return (
        *(row.first.isoformat(), row.last.isoformat(), row.events, row.reports, row.contested, row.published),
        *_ends(row.expected),
        *(quad.events for quad in row.quads),
        *(quad.reports for quad in row.quads),
        *_score(row.goldstein),
        *_score(row.plover),
    )


def _score(score: Score) -> tuple[Cell, ...]:
    return (*_ends(score.sum), *_ends(score.mean))


def _ends(estimate: Estimate | None) -> tuple[Cell, ...]:
    return (estimate.value, estimate.low, estimate.high) if estimate else (None, None, None)
