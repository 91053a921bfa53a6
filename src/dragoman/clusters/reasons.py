"""Why records are one cluster, in a line."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from dragoman.clusters.score import reasons_for, score_pair
from dragoman.clusters.telling import Telling

_MOST_REASONS = 4
# Of a large cluster the first records speak for all.
_MOST_ASKED = 12


def find_reason(told: Sequence[Telling], *, copies: Iterable[int], decisions: Iterable[str]) -> str:
    """Which likenesses carried how many pairs, how many near-copies there are, and which decisions joined them.

    `told` are sorted by id, `copies` the numbers of reports of each story.
    """
    if len(told) == 1:
        return "told once"
    parts = [*_likenesses(told[:_MOST_ASKED])]
    parts += [f"{count} near-copies" for count in sorted(copies, reverse=True) if count > 1]
    return "; ".join([*parts, *(f"decision {one}" for one in sorted(decisions))]) or "joined"


def _likenesses(told: Sequence[Telling]) -> list[str]:
    pairs = [reasons_for(one, other) for one, other in combinations(told, 2) if score_pair(one, other)]
    counts = Counter(reason for pair in pairs for reason in pair)
    ranks = Counter(dict.fromkeys(counts, 0))
    for pair in pairs:
        ranks.update({name: rank for rank, name in enumerate(pair)})
    best = sorted(counts, key=lambda name: (-counts[name], ranks[name], name))[:_MOST_REASONS]
    return [f"{counts[name]} of {len(told) * (len(told) - 1) // 2} pairs: {name}" for name in best]
