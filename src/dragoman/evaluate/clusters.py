"""How well predicted clusters match gold ones: pairs, MUC, B3, CEAF-e and their mean, the CoNLL F1.

MUC counts links (Vilain et al. 1995), B3 averages over mentions (Bagga and Baldwin 1998), CEAF-e aligns clusters one
to one with the similarity 2|A & B| / (|A| + |B|) (Luo 2005); the mean of the three F1 is the score of the CoNLL shared
tasks (Pradhan et al. 2012). Both sides must hold the same mentions; clusters of one mention count, as is usual on ECB+.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.errors import InputError
from dragoman.evaluate.metrics import percent

Key = Mapping[str, str]
"""Which cluster each mention is in: mention id → cluster id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Precision, recall and F1 in percent."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean; 0 when both are 0."""
        return percent(2 * self.precision * self.recall, 100 * (self.precision + self.recall))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterScores:
    """All measures of one clustering. `mentions` is the number of mentions they rest on."""

    pairs: Agreement
    muc: Agreement
    b3: Agreement
    ceafe: Agreement
    mentions: int

    @property
    def conll(self) -> float:
        """Mean F1 of MUC, B3 and CEAF-e, in percent."""
        return (self.muc.f1 + self.b3.f1 + self.ceafe.f1) / 3


def score_clusters(gold: Key, predicted: Key) -> ClusterScores:
    """The measures of a predicted clustering.

    >>> scores = score_clusters({"a": "1", "b": "1", "c": "2"}, {"a": "x", "b": "y", "c": "y"})
    >>> round(scores.b3.precision, 1), round(scores.b3.recall, 1), scores.muc.f1
    (66.7, 66.7, 0.0)

    Raises:
        InputError: the two do not hold the same mentions.
    """
    if gold.keys() != predicted.keys():
        odd = sorted(gold.keys() ^ predicted.keys())[0]
        raise InputError(f"mention {odd!r} is in one clustering only; both must hold the same mentions")
    return ClusterScores(
        pairs=_score_pairs(gold, predicted),
        muc=Agreement(precision=_muc(predicted, gold), recall=_muc(gold, predicted)),
        b3=Agreement(precision=_b3(predicted, gold), recall=_b3(gold, predicted)),
        ceafe=_ceafe(gold, predicted),
        mentions=len(gold),
    )


def _sizes(labels: Iterable[object]) -> Counter[object]:
    return Counter(labels)


def _score_pairs(gold: Key, predicted: Key) -> Agreement:
    both = _pairs(_sizes((gold[name], predicted[name]) for name in gold))
    return Agreement(
        precision=percent(both, _pairs(_sizes(predicted.values()))), recall=percent(both, _pairs(_sizes(gold.values())))
    )


def _pairs(sizes: Counter[object]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _muc(key: Key, response: Key) -> float:
    """Share of the key's links that the response keeps: |K| minus its parts, over |K| minus one, summed."""
    parts: dict[str, set[str]] = defaultdict(set)
    for name, cluster in key.items():
        parts[cluster].add(response[name])
    sizes = _sizes(key.values())
    kept = sum(sizes[cluster] - len(found) for cluster, found in parts.items())
    return percent(kept, sum(size - 1 for size in sizes.values()))


def _b3(key: Key, response: Key) -> float:
    """Mean over the mentions of the share of their key cluster that their response cluster holds."""
    overlaps = _sizes((key[name], response[name]) for name in key)
    sizes = _sizes(key.values())
    total = sum(overlaps[key[name], response[name]] / sizes[key[name]] for name in key)
    return percent(total, len(key))


def _ceafe(gold: Key, predicted: Key) -> Agreement:
    overlaps = Counter((gold[name], predicted[name]) for name in gold)
    gold_sizes, predicted_sizes = _sizes(gold.values()), _sizes(predicted.values())
    alike = {(g, p): 2 * n / (gold_sizes[g] + predicted_sizes[p]) for (g, p), n in overlaps.items()}
    best = sum(_best_alignment(part) for part in _connected(alike))
    return Agreement(precision=percent(best, len(predicted_sizes)), recall=percent(best, len(gold_sizes)))


_Alike = dict[tuple[str, str], float]


def _connected(alike: _Alike) -> list[_Alike]:
    """The pairs, parted into groups that share no cluster: alignments of the groups are independent."""
    group: dict[tuple[int, str], int] = {}
    members: dict[int, list[tuple[str, str]]] = {}
    for number, pair in enumerate(alike):
        old = {group[end] for end in ((0, pair[0]), (1, pair[1])) if end in group}
        members[number] = [pair]
        for one in old:
            members[number] += members.pop(one)
        for g, p in members[number]:
            group[0, g] = group[1, p] = number
    return [{pair: alike[pair] for pair in pairs} for pairs in members.values()]


def _best_alignment(alike: _Alike) -> float:
    """The largest sum of similarities of a one-to-one alignment."""
    if len(alike) == 1:
        return next(iter(alike.values()))
    rows, columns = sorted({g for g, _ in alike}), sorted({p for _, p in alike})
    if len(rows) > len(columns):
        return _best_alignment({(p, g): value for (g, p), value in alike.items()})
    costs = [[-alike.get((g, p), 0.0) for p in columns] for g in rows]
    return -sum(costs[row][column] for row, column in enumerate(assign(costs)))


def assign(costs: Sequence[Sequence[float]]) -> list[int]:
    """The column of each row in the cheapest one-to-one assignment; no more rows than columns.

    The Hungarian method with potentials, one row added at a time (Kuhn 1955, Munkres 1957).

    >>> assign([[4, 1, 3], [2, 0, 5], [3, 2, 2]])
    [1, 0, 2]
    """
    width = len(costs[0])
    row_price, column_price = [0.0] * (len(costs) + 1), [0.0] * (width + 1)
    row_of = [0] * (width + 1)
    for row in range(1, len(costs) + 1):
        row_of[0] = row
        _augment(costs, row_price, column_price, row_of)
    columns = {row_of[column] - 1: column - 1 for column in range(1, width + 1) if row_of[column]}
    return [columns[row] for row in range(len(costs))]


def _augment(
    costs: Sequence[Sequence[float]], row_price: list[float], column_price: list[float], row_of: list[int]
) -> None:
    """Finds the cheapest path from the new row (at column 0) to a free column, and shifts the rows along it."""
    width = len(column_price)
    cheapest, came_from, seen = [float("inf")] * width, [0] * width, [False] * width
    column = 0
    while row_of[column]:
        seen[column] = True
        row = row_of[column]
        for other in range(1, width):
            price = costs[row - 1][other - 1] - row_price[row] - column_price[other]
            if not seen[other] and price < cheapest[other]:
                cheapest[other], came_from[other] = price, column
        following = min((other for other in range(1, width) if not seen[other]), key=cheapest.__getitem__)
        step = cheapest[following]
        for other in range(width):
            if seen[other]:
                row_price[row_of[other]] += step
                column_price[other] -= step
            else:
                cheapest[other] -= step
        column = following
    while column:
        row_of[column] = row_of[came_from[column]]
        column = came_from[column]
