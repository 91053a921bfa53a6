"""Series, change points, networks, digests and plots over events and their clusters. Plain values in, plain values out.

    happenings = collect_happenings(events, clusters, documents)      # one for each cluster that counts
    there, back = both_ways(happenings, "KAZ", "ARM")                 # Series: rows by month, and what stands apart
    actor_series(happenings, "KAZ", Side.SOURCE)
    panel(happenings)                                                 # every dyad over the same periods
    find_changes([row.plover.sum.value for row in there.rows])
    write_network(build_network(arcs_of(happenings)), Path("net.graphml"))
    digest(happenings, new=ids_of_new_documents, agreements=agreements)
    plot_series([there, back], Path("out.svg"))

Counts are of clusters; `reports` beside them are documents. Extras: `analysis` (networkx, ruptures) and `plot`
(matplotlib). Formulas and their sources stand in `estimates` and `changes`; the rule for dyads in `actors`.
"""

from dragoman.analysis.changes import Change, Changes, find_changes
from dragoman.analysis.digest import Departure, Digest, Fresh, FreshAgreement, digest
from dragoman.analysis.estimates import estimate_count, estimate_score
from dragoman.analysis.happenings import CountingRule, collect_happenings, events_of
from dragoman.analysis.networks import Arc, arcs_of, build_network, load_network, write_network
from dragoman.analysis.periods import frequency_of
from dragoman.analysis.plots import PlotOptions, plot_series
from dragoman.analysis.series import actor_series, both_ways, dyad_series, panel
from dragoman.analysis.tables import ARC_COLUMNS, SERIES_COLUMNS, arc_rows, series_rows
from dragoman.analysis.values import (
    QUADS,
    Apart,
    By,
    Dated,
    Estimate,
    Frequency,
    Happening,
    Part,
    QuadCount,
    Score,
    Series,
    SeriesOptions,
    SeriesRow,
    Side,
    Tie,
    When,
)

__all__ = [
    "ARC_COLUMNS",
    "QUADS",
    "SERIES_COLUMNS",
    "Apart",
    "Arc",
    "By",
    "Change",
    "Changes",
    "CountingRule",
    "Dated",
    "Departure",
    "Digest",
    "Estimate",
    "Frequency",
    "Fresh",
    "FreshAgreement",
    "Happening",
    "Part",
    "PlotOptions",
    "QuadCount",
    "Score",
    "Series",
    "SeriesOptions",
    "SeriesRow",
    "Side",
    "Tie",
    "When",
    "actor_series",
    "arc_rows",
    "arcs_of",
    "both_ways",
    "build_network",
    "collect_happenings",
    "digest",
    "dyad_series",
    "estimate_count",
    "estimate_score",
    "events_of",
    "find_changes",
    "frequency_of",
    "load_network",
    "panel",
    "plot_series",
    "series_rows",
    "write_network",
]
