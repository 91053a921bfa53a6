"""How often the machine is right, judged from the random sample alone.

Records that people chose to look at (the least sure, a dyad of their own) are no picture of all records, so they do not
count here. The sample is the front of the random order; it ends where more than a tenth of what lies before was left
undecided. A record counts as right when it was accepted as it stood: one that had to be corrected in any field was
wrong. The interval is Wilson's (E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
JASA 22, 1927), which stays within 0 and 1 for small samples too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

_UNDECIDED = 0.1
FEWEST = 20  # reviewed records below which no share is worth showing
_RIGHT = frozenset(("accepted",))
_WRONG = frozenset(("rejected", "corrected"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """The share of right records among `reviewed` of the random sample, with its 95 % interval.

    `right` of them were accepted as they stood, `corrected` were right but for a field. `open` of the sample were
    skipped or are disputed. `enough` is False below 20 records: then the share is not worth showing.
    """

    share: float
    low: float
    high: float
    reviewed: int
    right: int
    corrected: int
    open: int

    @property
    def enough(self) -> bool:
        """True when so many were reviewed that the share says something."""
        return self.reviewed >= FEWEST


def wilson_interval(right: int, number: int, level: float = 0.95) -> tuple[float, float]:
    """Both ends of the interval of a share; (0, 1) when nothing was seen.

    >>> wilson_interval(0, 0)
    (0.0, 1.0)
    """
    if number == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, scale = right / number, 1 + z * z / number
    middle = (share + z * z / (2 * number)) / scale
    half = z * sqrt(share * (1 - share) / number + z * z / (4 * number * number)) / scale
    return max(0.0, middle - half), min(1.0, middle + half)


def estimate_precision(reviews: Iterable[str]) -> Precision:
    """The estimate from the states of records in random order, such as accepted, rejected, open.

    >>> estimate_precision(["accepted", "rejected", "open", "open"]).reviewed
    2
    """
    sample = _front(list(reviews))
    right = sum(review in _RIGHT for review in sample)
    decided = sum(review in _RIGHT or review in _WRONG for review in sample)
    low, high = wilson_interval(right, decided)
    return Precision(
        share=right / decided if decided else 0.0,
        low=low,
        high=high,
        reviewed=decided,
        right=right,
        corrected=sum(review == "corrected" for review in sample),
        open=len(sample) - decided,
    )


def _front(reviews: Sequence[str]) -> Sequence[str]:
    """The longest beginning that ends in a decided record and has at most a tenth undecided."""
    longest, undecided = 0, 0
    for number, review in enumerate(reviews, start=1):
        if review in _RIGHT or review in _WRONG:
            if undecided <= _UNDECIDED * number:
                longest = number
        else:
            undecided += 1
    return reviews[:longest]
