"""The score of a pair of tellings: what speaks for one happening against what speaks against it, and the reason.

The weights are those of a logistic regression, rounded. With dates: fitted on pairs of the development part of
`evaluation/clusters.jsonl` (odd groups), drawn towards round values by a quadratic penalty of 2, because the set is
small. Without dates, where only the words are left: fitted on the training part of ECB+; what that set cannot teach
(days without a year, forecasts) is set by hand. Signs were held to what the names say.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from operator import mul

from dragoman.clusters.compare import (
    FEATURES,
    TELLING_FEATURES,
    TEXT_FEATURES,
    features_of,
    telling_features,
    text_features,
)
from dragoman.clusters.telling import Telling

_DATED = {
    "bias": -4.0,
    "same category": 1.45,
    "same kind of act": 1.7,
    "same code": 1.2,
    "other mode": -0.25,
    "same word": 0.2,
    "same countries": 0.2,
    "same names": 1.2,
    "other actor on one side": -1.2,
    "sides swapped": -0.9,
    "third party": -0.45,
    "no actor": -0.35,
    "same day": 1.7,
    "a day apart": -0.65,
    "days apart": -1.85,
    "times overlap": 1.6,
    "published apart": -0.75,
    "same place": 0.45,
    "other place": -1.95,
    "like sentences": 0.85,
    "like reports": 0.6,
    # Set by hand: a plan is counted otherwise than the act, whatever else is alike.
    "other holding": -9.0,
}
_UNDATED = {
    "bias": -4.3,
    "same category": 0.35,
    "same kind of act": 0.35,
    "same code": 0.3,
    "other mode": -0.25,
    "same word": 2.15,
    "same countries": 0.45,
    "same names": 0.4,
    "other actor on one side": -0.5,
    "third party": -1.1,
    "same day": 1.6,
    "days apart": -1.0,
    "same place": 0.1,
    "other place": -0.6,
    "like reports": 2.45,
    "other holding": -0.8,
    "same report": 0.95,
    "joined in the report": 0.8,
    "same word in like reports": 3.6,
}
# Groups are joined while the mean of their pairs' scores is at least this. Chosen on the development part, of four.
THRESHOLD = 0.42
# Pairs below this are as good as unlike and are not kept.
FLOOR = 0.1
# Inside a report the coder's own grouping decides (its figures: docs/explain/clusters.md).
_JOINED, _NOT_JOINED = 0.95, 0.1
_TOLD = 0.2
_IN_REPORT = "joined in the report"


@dataclass(frozen=True, slots=True)
class _Row:
    """Weights in the order of the features. `most` is the most that like texts can add."""

    telling: tuple[float, ...]
    text: tuple[float, ...]
    most: float


def _in_order(weights: Mapping[str, float]) -> _Row:
    text = tuple(weights.get(name, 0.0) for name in TEXT_FEATURES)
    return _Row(tuple(weights.get(name, 0.0) for name in TELLING_FEATURES), text, sum(text))


_DATED_ROW, _UNDATED_ROW = _in_order(_DATED), _in_order(_UNDATED)
_LEAST = math.log(FLOOR / (1 - FLOOR))


def score_pair(one: Telling, other: Telling) -> float:
    """How likely the two tell one happening, 0 to 1; exactly 0 when the score is below `FLOOR`."""
    if _in_one_report(one, other):
        return _JOINED if one.inner == other.inner else _NOT_JOINED
    told = telling_features(one, other)
    if told is None:
        return 0.0
    row = _row_for(one, other)
    total = sum(map(mul, told, row.telling))
    if total + row.most < _LEAST:
        return 0.0
    total += sum(map(mul, text_features(one, other), row.text))
    return round(1 / (1 + math.exp(-total)), 6) if total >= _LEAST else 0.0


def reasons_for(one: Telling, other: Telling) -> tuple[str, ...]:
    """What speaks for the two being one happening, the heaviest first."""
    if _in_one_report(one, other):
        return (_IN_REPORT,) if one.inner == other.inner else ()
    features = features_of(one, other)
    if features is None:
        return ()
    row = _row_for(one, other)
    parts = zip(map(mul, features, (*row.telling, *row.text)), FEATURES, strict=True)
    return tuple(name for part, name in sorted(parts, reverse=True) if part > _TOLD and name != "bias")


def _in_one_report(one: Telling, other: Telling) -> bool:
    return one.document == other.document and one.inner is not None and other.inner is not None


def _row_for(one: Telling, other: Telling) -> _Row:
    return _DATED_ROW if one.window is not None and other.window is not None else _UNDATED_ROW
