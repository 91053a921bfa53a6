"""Counts and figures: precision, recall, macro-F1, accuracy, calibration error. Pure functions; percent throughout."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Numbers of things: in the gold, in the prediction, in both."""

    gold: int = 0
    found: int = 0
    both: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(gold=self.gold + other.gold, found=self.found + other.found, both=self.both + other.both)

    @property
    def precision(self) -> float:
        """Share of the prediction that is right, in percent; 0 when nothing was predicted."""
        return percent(self.both, self.found)

    @property
    def recall(self) -> float:
        """Share of the gold that was found, in percent; 0 when there is no gold."""
        return percent(self.both, self.gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in percent; 0 when there is neither gold nor prediction."""
        return percent(2 * self.both, self.gold + self.found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured number. `cases` is how many items it rests on; `falls` is True where lower is better.

    `pinned` is False for what has no floor: points of reference, and the halves of an F1 that may trade places.
    """

    name: str
    value: float
    cases: int
    falls: bool = False
    pinned: bool = True


def percent(part: float, whole: float) -> float:
    """`part` of `whole` in percent; 0 when `whole` is 0.

    >>> percent(1, 4), percent(0, 0)
    (25.0, 0.0)
    """
    return 100.0 * part / whole if whole else 0.0


def accuracy(gold: Sequence[Hashable], predicted: Sequence[Hashable]) -> float:
    """Share of equal answers, in percent."""
    return percent(sum(g == p for g, p in zip(gold, predicted, strict=True)), len(gold))


def macro_f1(gold: Sequence[Hashable], predicted: Sequence[Hashable]) -> float:
    """Mean F1 of the classes that the gold has, in percent; an answer of another class is wrong for its gold class.

    >>> macro_f1(["a", "a", "b"], ["a", "c", "b"])
    83.33333333333333
    """
    scores = []
    for label in set(gold):
        pairs = list(zip(gold, predicted, strict=True))
        hits = sum(g == p == label for g, p in pairs)
        wrong = sum((g == label) != (p == label) for g, p in pairs)
        scores.append(percent(2 * hits, 2 * hits + wrong))
    return sum(scores) / len(scores) if scores else 0.0


def multiset_overlap(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """How many items the two have in common, repeated ones counted.

    >>> multiset_overlap([1, 1, 2], [1, 1, 1])
    2
    """
    return sum((Counter(one) & Counter(other)).values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Rows whose confidence lies in one range: their number, mean confidence and share right (0 to 1)."""

    rows: int
    confidence: float
    right: float


def calibration_bins(confidences: Sequence[float], right: Sequence[bool], *, bins: int = 10) -> tuple[Bin, ...]:
    """The rows in `bins` equal ranges of confidence, empty ranges left out."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, good in zip(confidences, right, strict=True):
        groups.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, good))
    return tuple(
        Bin(
            rows=len(rows),
            confidence=sum(confidence for confidence, _ in rows) / len(rows),
            right=sum(good for _, good in rows) / len(rows),
        )
        for _, rows in sorted(groups.items())
    )


def calibration_error(confidences: Sequence[float], right: Sequence[bool], *, bins: int = 10) -> float:
    """Expected calibration error: mean distance of confidence and share right over `calibration_bins`, 0 to 1.

    >>> calibration_error([0.9, 0.9, 0.1, 0.1], [True, False, False, False])
    0.25
    """
    if not confidences:
        return 0.0
    found = calibration_bins(confidences, right, bins=bins)
    return round(sum(one.rows * abs(one.confidence - one.right) for one in found) / len(confidences), 6)
