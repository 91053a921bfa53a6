"""Counts that pages show beside lists: facets, reports of happenings, partners, the state of the random sample."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.errors import ResourceError
from dragoman.learned import history_file, layer_in_use, say_state
from dragoman.review import Precision, estimate_precision
from dragoman.store import Records, Store
from dragoman.store.filters import facets_index, from_where
from dragoman.store.registry import count_judged_events, count_reviews
from dragoman.web.pulse import Pulse
from dragoman.web.sampling import move_front

CURRENT = "FROM entry e JOIN current c ON c.coding = e.coding"
SAMPLE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value with the number of records, or of happenings where the function says so."""

    value: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The values of one filter, the most frequent first."""

    filter: str
    title: str
    values: tuple[FacetValue, ...]


# Filter, title, column. Years become both ends of a period.
_FACETS = (
    ("kind", "kind", "e.kind"),
    ("type", "category", "e.category"),
    ("status", "status", "e.status"),
    ("place", "country of the place", "e.country"),
    ("attributed_to", "according to", "e.attributed_to"),
    ("review", "reviewed", "e.review"),
    ("year", "year", "substr(e.day, 1, 4)"),
)
# The same columns in the order of the index `entry_facets`, so that SQLite counts without sorting.
_IN_ORDER = "e.kind, e.review, e.status, e.attributed_to, e.category, e.country, substr(e.day, 1, 4)"


def count_facets(store: Store, records: "Records[Any]", *, most: int = 12) -> tuple[Facet, ...]:
    """How the records fall by kind, category and so on: one pass over what fits.

    Records, not happenings: one happening may be told in several categories, and would be in several rows of the pass.
    """
    part = from_where(records.query, store.engine.dialect, index=facets_index(records.query))
    columns = ", ".join(column for _, _, column in _FACETS)
    tallies: list[dict[str, int]] = [{} for _ in _FACETS]
    sql = f"SELECT {columns}, count(*) {part.text} GROUP BY {_IN_ORDER}"
    for row in store.engine.read(sql, part.values):
        for tally, value in zip(tallies, row, strict=False):
            if value not in (None, ""):
                tally[str(value)] = tally.get(str(value), 0) + int(row[-1] or 0)
    return tuple(
        Facet(filter=name, title=title, values=_most_frequent(tally, most))
        for (name, title, _), tally in zip(_FACETS, tallies, strict=True)
        if tally
    )


def _most_frequent(tally: dict[str, int], most: int) -> tuple[FacetValue, ...]:
    order = sorted(tally.items(), key=lambda item: (-item[1], item[0]))[:most]
    return tuple(FacetValue(value=value, number=number) for value, number in order)


def count_reports(store: Store, clusters: Sequence[str]) -> dict[str, int]:
    """How many reports tell of each happening."""
    if not clusters:
        return {}
    marks = ", ".join("?" * len(clusters))
    sql = f"SELECT e.cluster, count(DISTINCT e.document) {CURRENT} WHERE e.cluster IN ({marks}) GROUP BY e.cluster"
    return {str(cluster): int(number or 0) for cluster, number in store.engine.read(sql, list(clusters))}


def count_modes(store: Store, records: "Records[Any]") -> tuple[FacetValue, ...]:
    """Records by mode, which is the stage of an agreement, a project or a membership."""
    part = from_where(records.query, store.engine.dialect)
    sql = f"SELECT e.mode, count(*) {part.text} GROUP BY e.mode"
    rows = store.engine.read(sql, part.values)
    return _most_frequent({str(mode): int(number or 0) for mode, number in rows if mode}, 12)


def categories_by_quad(store: Store, records: "Records[Any]") -> dict[str, tuple[str, ...]]:
    """Which categories of these events fall into which quad class."""
    part = from_where(records.query, store.engine.dialect)
    found: dict[str, tuple[str, ...]] = {}
    for quad, category in store.engine.read(f"SELECT DISTINCT e.quad, e.category {part.text} ORDER BY 2", part.values):
        found[str(quad)] = (*found.get(str(quad), ()), str(category))
    return found


def count_states(store: Store) -> tuple[FacetValue, ...]:
    """Records by state of review, the most frequent first."""
    found: dict[str, int] = {}
    for one in count_reviews(store.engine):
        found[one.review] = found.get(one.review, 0) + one.records
    return _most_frequent(found, len(found))


def sample_ids(store: Store, pulse: Pulse, size: int = SAMPLE) -> list[str]:
    """The front of the random order over all records of the latest codings, rejected ones too."""
    newest, _ = pulse.newest()
    front = pulse.carry(("sample", size), newest, lambda before: move_front(store, before, newest, size))
    return list(front.records[:size])


def read_precision(store: Store, pulse: Pulse) -> Precision:
    """How often records are right, estimated from the random sample."""
    return pulse.recall("precision", lambda: _precision(store, pulse))


def read_learning(store: Store, pulse: Pulse) -> str:
    """What `dragoman learn` has made of the verdicts, or would; why its file cannot be read where that is so."""
    try:
        layer = layer_in_use(history_file(store.place))
    except ResourceError as error:
        return str(error)
    judged = 0 if layer else pulse.recall("judged events", lambda: count_judged_events(store.engine))
    return say_state(layer, judged)


def _precision(store: Store, pulse: Pulse) -> Precision:
    sql = f"SELECT e.id, e.review {CURRENT} WHERE e.review IN ('accepted', 'rejected', 'corrected')"
    decided = {str(id): str(review) for id, review in store.engine.read(sql)}
    if not decided:
        return estimate_precision(())
    return estimate_precision(decided.get(id, "open") for id in sample_ids(store, pulse))
