"""What people decided: which records stay together, which stay apart."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from dragoman.clusters.linking import Pair, ordered
from dragoman.types.cluster import ClusterDecision, Joining


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """Decisions made free of contradiction. `together` are groups of ids, `apart` pairs of which none is in one group.

    `apart_from` is the same by record, `by_record` gives the ids of the decisions that name a record, and
    `named_first` are the records that joins name and those that a split takes out.
    """

    together: tuple[frozenset[str], ...]
    apart: frozenset[Pair]
    apart_from: dict[str, set[str]]
    by_record: dict[str, tuple[str, ...]]
    named_first: frozenset[str]


def weigh_decisions(decisions: Iterable[ClusterDecision]) -> Rulings:
    """The rulings that follow: the latest decision on a pair wins, also over what follows from earlier joins."""
    latest = sorted(set(decisions), key=lambda one: (one.decided_at, one.id), reverse=True)
    groups: dict[str, set[str]] = {}
    apart: set[Pair] = set()
    for decision in latest:
        for one, other in _pairs_of(decision):
            if decision.joining is Joining.JOIN:
                _join(groups, apart, one, other)
            elif other not in groups.get(one, ()):
                apart.add(ordered(one, other))
    named: dict[str, list[str]] = defaultdict(list)
    for decision in latest:
        for record in decision.records:
            named[record].append(decision.id)
    together = sorted({frozenset(group) for group in groups.values()}, key=min)
    apart_from: dict[str, set[str]] = defaultdict(set)
    for one, other in apart:
        apart_from[one].add(other)
        apart_from[other].add(one)
    return Rulings(
        together=tuple(together),
        apart=frozenset(apart),
        apart_from=dict(apart_from),
        named_first=frozenset(
            record
            for decision in latest
            for record in (decision.records if decision.joining is Joining.JOIN else decision.records[:1])
        ),
        by_record={record: tuple(sorted(found)) for record, found in named.items()},
    )


def _pairs_of(decision: ClusterDecision) -> Sequence[Pair]:
    if decision.joining is Joining.JOIN:
        return sorted({ordered(one, other) for one, other in combinations(decision.records, 2) if one != other})
    first = decision.records[0] if decision.records else ""
    return sorted({(first, other) for other in decision.records[1:] if other != first})


def _join(groups: dict[str, set[str]], apart: set[Pair], one: str, other: str) -> None:
    """Joins the groups of the two, unless a later decision holds two of their records apart."""
    first, second = groups.get(one, {one}), groups.get(other, {other})
    if first is second or any(ordered(a, b) in apart for a in first for b in second):
        return
    joined = first | second
    for record in joined:
        groups[record] = joined


def apply_joins(groups: Sequence[tuple[str, ...]], rulings: Rulings) -> tuple[tuple[str, ...], ...]:
    """The groups with what was decided together in one group; whole groups follow unless a decision forbids it."""
    of = {record: set(group) for group in groups for record in group}
    for wanted in rulings.together:
        here = sorted(record for record in wanted if record in of)
        for one, other in pairwise(here):
            _unite(of, one, other, wanted, rulings.apart)
    found = {tuple(sorted(group)) for group in of.values()}
    return tuple(sorted(found))


def _unite(of: dict[str, set[str]], one: str, other: str, wanted: frozenset[str], apart: frozenset[Pair]) -> None:
    first, second = of[one], of[other]
    if first is second:
        return
    for record in (one, other):
        # Where groups may not meet whole, only the records that were decided about move.
        if any(ordered(a, b) in apart for a in of[one] for b in of[other]):
            moved = of[record] & wanted
            for left in of[record] - moved:
                of[left] = of[record] - moved
            for member in moved:
                of[member] = moved
    joined = of[one] | of[other]
    for record in joined:
        of[record] = joined
