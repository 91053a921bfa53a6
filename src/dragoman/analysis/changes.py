"""Change points: periods from which a series has another mean than before.

The search is PELT (R. Killick, P. Fearnhead, I. A. Eckley, "Optimal detection of changepoints with a linear
computational cost", JASA 107, 2012) with squared error, as the library ruptures does it. The penalty of one more change
point is `strength` · σ² · log n, with σ² from the differences of neighbouring values, which a change of level hardly
touches. Counts are first made of even variance by 2·√(x + 3/8) (F. J. Anscombe, Biometrika 35, 1948).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import ResourceError

SHORTEST = 12  # periods; below, no change point is looked for
_SEGMENT = 4  # periods between two change points at least: three could be a single burst
_STRENGTH = 3.0  # chosen on simulated Poisson series: benchmarks/analysis.py prints false alarms and finds
_ANSCOMBE = 0.375


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From period number `at` (0 is the first) the mean is `after`; before, it was `before`, in the series' units."""

    at: int
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The change points, and why none was looked for where that is so (`reason` is empty when the search was made)."""

    found: tuple[Change, ...]
    reason: str = ""


def find_changes(values: Sequence[float], *, counts: bool = False, strength: float = _STRENGTH) -> Changes:
    """The change points of a series without gaps; `counts` says that the values are counts of events.

    Raises ResourceError when the extra `analysis` is not installed.

    >>> find_changes([1.0, 2.0]).reason
    'too short: 2 periods, and change points are looked for from 12 on'
    """
    if len(values) < SHORTEST:
        number = f"{len(values)} period{'' if len(values) == 1 else 's'}"
        return Changes(found=(), reason=f"too short: {number}, and change points are looked for from {SHORTEST} on")
    given = np.asarray(values, dtype=float)
    signal = 2 * np.sqrt(np.maximum(given, 0) + _ANSCOMBE) if counts else given
    if np.ptp(signal) == 0:
        return Changes(found=(), reason="constant: every period has the same value")
    ends = _search(signal, strength * _noise(signal, counts=counts) * log(len(signal)))
    return Changes(found=_describe(given, ends))


def _noise(signal: NDArray[np.float64], *, counts: bool) -> float:
    """Variance within a level. Counts have 1 by construction, more when they come in bursts."""
    steps = np.diff(signal)
    variance = float(np.mean(steps**2)) / 2
    # A series that is empty but for a few periods has small steps; the whole variance guards against seeing bursts.
    return max(variance, 1.0) if counts else max(variance, float(np.var(signal)) / sqrt(len(signal)))


def _search(signal: NDArray[np.float64], penalty: float) -> tuple[int, ...]:
    try:
        from ruptures import KernelCPD
    except ImportError as error:
        raise ResourceError("change points need ruptures: pip install 'dragoman[analysis]'") from error
    # With the linear kernel this is PELT for squared error, in C.
    search = KernelCPD(kernel="linear", min_size=_SEGMENT).fit(signal.reshape(-1, 1))
    return tuple(int(end) for end in search.predict(pen=penalty))[:-1]


def _describe(values: NDArray[np.float64], ends: Sequence[int]) -> tuple[Change, ...]:
    edges = (0, *ends, len(values))
    means = [round(float(values[a:b].mean()), 6) for a, b in pairwise(edges)]
    return tuple(
        Change(at=at, before=before, after=after) for at, (before, after) in zip(ends, pairwise(means), strict=True)
    )
