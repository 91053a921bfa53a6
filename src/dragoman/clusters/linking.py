"""From pair scores to groups: the two groups that are most alike on average are joined, until none are alike enough.

The result depends on the pairs alone: ties are broken by the smallest id of the groups. Pairs that were not compared
count as unlike.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

Pair = tuple[str, str]


def ordered(one: str, other: str) -> Pair:
    """The two ids as a pair, the smaller first."""
    return (one, other) if one < other else (other, one)


def link_groups(
    ids: Iterable[str], scores: Mapping[Pair, float], *, threshold: float, apart: frozenset[Pair] = frozenset()
) -> tuple[tuple[str, ...], ...]:
    """The groups, each sorted, sorted by their first id. Ids in a pair of `apart` never share a group.

    >>> link_groups("abcd", {("a", "b"): 0.9, ("b", "c"): 0.8, ("a", "c"): 0.1}, threshold=0.5)
    (('a', 'b'), ('c',), ('d',))
    """
    groups = {one: [one] for one in ids}
    sums: dict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), score in scores.items():
        sums[one][other] = sums[other][one] = score
    for one, other in apart:
        if one in groups and other in groups:
            sums[one][other] = sums[other][one] = float("-inf")
    heap = [(-score, one, other) for one, near in sums.items() for other, score in near.items() if one < other]
    heapify(heap)
    while heap and -heap[0][0] >= threshold:
        value, one, other = heappop(heap)
        if one in groups and other in groups and -value == _mean(sums, groups, one, other):
            _merge(groups, sums, one, other, heap)
    return tuple(tuple(sorted(group)) for _, group in sorted(groups.items()))


def _mean(sums: Mapping[str, Mapping[str, float]], groups: Mapping[str, list[str]], one: str, other: str) -> float:
    return sums[one][other] / (len(groups[one]) * len(groups[other]))


def _merge(
    groups: dict[str, list[str]],
    sums: dict[str, dict[str, float]],
    one: str,
    other: str,
    heap: list[tuple[float, str, str]],
) -> None:
    """Adds group `other` to group `one`, whose name, its smallest id, stays."""
    groups[one] += groups.pop(other)
    for near, total in sums.pop(other).items():
        del sums[near][other]
        if near != one:
            # Rounded so that the order in which sums are added cannot tip a tie.
            sums[one][near] = sums[near][one] = round(sums[one].get(near, 0.0) + total, 9)
    for near in sums[one]:
        first, second = ordered(one, near)
        heappush(heap, (-_mean(sums, groups, first, second), first, second))
