"""What learning gains on reports that it did not see: cross-validation by story, before and after, with intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.coder import Coder
from dragoman.learning.heads import Heads, Teaching, learn_layer, taught
from dragoman.learning.rows import Row

Floats = NDArray[np.float64]
_DRAWS, _SEED = 1000, 20240415
_ROWS_OF_A_BIN, _BINS = 20, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure before and after, on held-out reports.

    `low` and `high` bound the difference: 95 %, by drawing stories anew. `better` is 1 when more is better, else -1.
    """

    name: str
    before: float
    after: float
    low: float
    high: float
    better: int

    @property
    def gains(self) -> bool:
        """True when the whole interval lies on the better side."""
        return self.low > 0 if self.better > 0 else self.high < 0

    @property
    def loses(self) -> bool:
        """True when the whole interval lies on the worse side."""
        return self.high < 0 if self.better > 0 else self.low > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a coder reads the rows, one number a row: confidence, whether it writes it, and whether it is right.

    `typed` is 1 where the category is right, NaN where nobody said which is.
    """

    sureness: Floats
    written: Floats
    right: Floats
    typed: Floats


def read_with(coder: Coder, rows: Sequence[Row]) -> Reading:
    """The rows as the coder reads them."""
    events = [row.read_by(coder) for row in rows]
    sureness = np.array([event.confidence for event in events])
    return Reading(
        sureness=sureness,
        written=(sureness >= coder.calibration.threshold).astype(float),
        right=np.array([float(row.is_right(event)) for row, event in zip(rows, events, strict=True)]),
        typed=np.array(
            [
                np.nan if row.lesson.category is None else float(event.category == row.lesson.category)
                for row, event in zip(rows, events, strict=True)
            ]
        ),
    )


def hold_out(teaching: Teaching, heads: Heads) -> tuple[Reading, Reading]:
    """The rows as the shipped coder reads them, and each as read by one that learned from the other parts alone."""
    rows, coder = teaching.rows, teaching.coder
    before = read_with(coder, rows)
    after = Reading(**{name: np.zeros(len(rows)) for name in ("sureness", "written", "right", "typed")})
    for part, numbers in enumerate(teaching.parts):
        layer = learn_layer(teaching, heads, frozenset({part}))
        found = read_with(taught(coder, layer), [rows[number] for number in numbers])
        for name in ("sureness", "written", "right", "typed"):
            getattr(after, name)[numbers] = getattr(found, name)
    return before, after


def measure_gain(rows: Sequence[Row], before: Reading, after: Reading) -> tuple[Measure, ...]:
    """The figures of both readings, with the interval of their difference over stories drawn anew.

    Added records say nothing about confidence, as nobody judged what else was not written; they count for categories.
    """
    judged = np.array([not row.lesson.added for row in rows])
    numbers = _numbers_by_group(rows)
    draws = _draw(numbers)
    return tuple(
        _compare(name, better, figure, before, after, judged, draws) for name, (better, figure) in FIGURES.items()
    )


def precision_of(reading: Reading) -> float:
    """The share of right rows among those that are written; 0 when none is."""
    return float((reading.right * reading.written).sum() / max(1.0, reading.written.sum()))


def found_of(reading: Reading) -> float:
    """The share of all judged rows that are right and written."""
    return float((reading.right * reading.written).mean())


def calibration_error(reading: Reading) -> float:
    """The mean distance of confidence and share right, over bins of as many rows each."""
    bins = max(1, min(_BINS, len(reading.right) // _ROWS_OF_A_BIN))
    order = np.argsort(reading.sureness, kind="stable")
    gaps = [abs(float((reading.sureness[part] - reading.right[part]).sum())) for part in np.array_split(order, bins)]
    return sum(gaps) / max(1, len(order))


def surprise_of(reading: Reading) -> float:
    """The mean logarithmic loss of the confidence: small where sure rows are right and doubtful ones wrong."""
    sure = np.clip(reading.sureness, 1e-3, 1 - 1e-3)
    return float(-(reading.right * np.log(sure) + (1 - reading.right) * np.log(1 - sure)).mean())


def typed_of(reading: Reading) -> float:
    """The share of right categories among the rows whose right category somebody said; 0 when there is none."""
    known = ~np.isnan(reading.typed)
    return float(reading.typed[known].mean()) if known.any() else 0.0


CATEGORY, SURPRISE = "category right", "logarithmic loss of confidence"
FIGURES: dict[str, tuple[int, Callable[[Reading], float]]] = {
    "right among those written": (1, precision_of),
    "judged rows right and written": (1, found_of),
    CATEGORY: (1, typed_of),
    "calibration error": (-1, calibration_error),
    SURPRISE: (-1, surprise_of),
}


def _compare(
    name: str,
    better: int,
    figure: Callable[[Reading], float],
    before: Reading,
    after: Reading,
    judged: NDArray[np.bool_],
    draws: Sequence[NDArray[np.int64]],
) -> Measure:
    counted = np.ones_like(judged) if name == CATEGORY else judged

    def value(reading: Reading, numbers: NDArray[np.int64]) -> float:
        return figure(_take(reading, numbers[counted[numbers]]))

    whole = np.arange(len(judged))
    differences = np.array([value(after, numbers) - value(before, numbers) for numbers in draws])
    low, high = (float(edge) for edge in np.quantile(differences, (0.025, 0.975)))
    return Measure(name=name, before=value(before, whole), after=value(after, whole), low=low, high=high, better=better)


def _take(reading: Reading, numbers: NDArray[np.int64]) -> Reading:
    return Reading(
        sureness=reading.sureness[numbers],
        written=reading.written[numbers],
        right=reading.right[numbers],
        typed=reading.typed[numbers],
    )


def _numbers_by_group(rows: Sequence[Row]) -> list[NDArray[np.int64]]:
    found: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        found.setdefault(row.group, []).append(number)
    return [np.array(numbers, np.int64) for numbers in found.values()]


def _draw(groups: Sequence[NDArray[np.int64]]) -> list[NDArray[np.int64]]:
    """The numbers of the rows of as many stories, drawn with replacement, again and again from a fixed seed."""
    chance = np.random.default_rng(_SEED)
    return [
        np.concatenate([groups[number] for number in chance.integers(0, len(groups), len(groups))])
        for _ in range(_DRAWS)
    ]
