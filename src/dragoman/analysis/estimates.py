"""Counts, sums and means of happenings that are each real with a known probability.

Happening i counts with probability p_i, the calibrated confidence of its best record, independently of the others. So

- the count is Poisson-binomial: mean Σp, variance Σp(1-p), here with its exact distribution by convolution
  (Y. Hong, "On computing the distribution function for the Poisson binomial distribution", Computational Statistics &
  Data Analysis 59, 2013);
- a sum of scores s is a sum of independent s_i·Bernoulli(p_i): mean Σps, variance Σs²p(1-p), with the same convolution
  on a grid of tenths, on which all Goldstein and PLOVER scores lie;
- a mean is the ratio of that sum to that count: r = Σps/Σp, with the linearised variance Σp(1-p)(s-r)²/(Σp)² of a
  ratio estimator (W. G. Cochran, Sampling Techniques, 3rd ed. 1977, section 6.4).

Long series of happenings use the normal law with the same mean and variance. All of this says how far mistaken records
may have moved a number. It says nothing of happenings that no report told or that the coder missed.
"""

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from dragoman.analysis.values import Estimate, Score

_EXACT = 400  # Convolving 400 scores of up to 10 takes some 20 ms; beyond it the two laws differ by less than a tenth.
_STEPS = 10  # Scores are written to one decimal.

NOTHING = Estimate(value=0.0, low=0.0, high=0.0)


def estimate_count(confidences: Sequence[float], level: float = 0.95) -> Estimate:
    """The number of happenings that are real, with its interval at the level.

    >>> estimate_count([0.9, 0.5])
    Estimate(value=1.4, low=0.0, high=2.0)
    """
    return _sum(np.ones(len(confidences)), np.asarray(confidences, dtype=float), level, steps=1)


def estimate_score(confidences: Sequence[float], scores: Sequence[float | None], level: float = 0.95) -> Score:
    """Sum and mean of the scores over the happenings that have one."""
    pairs = [(p, s) for p, s in zip(confidences, scores, strict=True) if s is not None]
    p = np.array([pair[0] for pair in pairs], dtype=float)
    s = np.array([pair[1] for pair in pairs], dtype=float)
    return Score(scored=len(pairs), sum=_sum(s, p, level, steps=_STEPS), mean=_mean(s, p, level))


def _sum(s: NDArray[np.float64], p: NDArray[np.float64], level: float, *, steps: int) -> Estimate:
    if not len(s):
        return NOTHING
    value, variance = float(p @ s), float((s * s * p * (1 - p)).sum())
    units = np.rint(s * steps).astype(int)
    if len(s) <= _EXACT and np.allclose(units, s * steps, atol=1e-6):
        ends = _quantiles(units, p, level)
        return _estimate(value, ends[0] / steps, ends[1] / steps)
    low, high = _normal(value, variance, level)
    return _estimate(value, max(low, float(s[s < 0].sum())), min(high, float(s[s > 0].sum())))


def _mean(s: NDArray[np.float64], p: NDArray[np.float64], level: float) -> Estimate | None:
    total = float(p.sum())
    if total <= 0:
        return None
    value = float(p @ s) / total
    variance = float((p * (1 - p) * (s - value) ** 2).sum()) / total**2
    low, high = _normal(value, variance, level)
    return _estimate(value, max(low, float(s.min())), min(high, float(s.max())))


def _quantiles(units: NDArray[np.int_], p: NDArray[np.float64], level: float) -> tuple[int, int]:
    """Both ends of the central interval of Σ units·Bernoulli(p), from its exact distribution."""
    floor = int(units[units < 0].sum())
    mass = np.zeros(int(np.abs(units).sum()) + 1)
    mass[0] = 1.0
    for unit, probability in zip(units, p, strict=True):
        # In a shifted frame a negative score is a positive one that is there with probability 1 - p.
        there, size = (probability, unit) if unit >= 0 else (1 - probability, -unit)
        moved = mass * there
        mass *= 1 - there
        mass[size:] += moved[: len(mass) - size]
    reached = np.cumsum(mass)
    tail = (1 - level) / 2
    last = len(mass) - 1
    low, high = (min(int(np.searchsorted(reached, edge - 1e-12)), last) for edge in (tail, 1 - tail))
    return floor + low, floor + high


def _normal(value: float, variance: float, level: float) -> tuple[float, float]:
    half = NormalDist().inv_cdf((1 + level) / 2) * sqrt(max(variance, 0.0))
    return value - half, value + half


def _estimate(value: float, low: float, high: float) -> Estimate:
    """Rounded, so that the order of summing does not show in the output; adding 0.0 turns -0.0 into 0.0."""
    return Estimate(value=round(value, 6) + 0.0, low=round(low, 6) + 0.0, high=round(high, 6) + 0.0)
