"""How sure a row is right: a small logistic model over what the heads said, fitted on the development split."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from pathlib import Path

from dragoman.errors import ResourceError

SIGNALS = (
    "trigger",
    "category",
    "cameo",
    "status",
    "has_source",
    "weakest_source",
    "has_target",
    "weakest_target",
    "doubtful_source",
    "doubtful_target",
    "rule",
    "rule_agrees",
    "quiet_story",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Weights of the signals and a constant; `threshold` is the confidence below which an event is not written.

    `widest` is the lower one at which precision and recall of rows balance best: for questions that are scored, or
    where every answer is looked at. The confidence is the probability that category, source and target of the row are
    all right.
    """

    weights: tuple[float, ...]
    constant: float
    threshold: float
    widest: float

    def of(self, signals: Sequence[float], shift: float = 0.0) -> float:
        """The calibrated confidence in [0, 1] of a row with these signals, in the order of `SIGNALS`.

        `shift` is added to the log odds.
        """
        total = self.constant + shift + sum([w * x for w, x in zip(self.weights, signals, strict=True)])
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))


def logit(share: float) -> float:
    """Log odds, kept within ±7.

    >>> round(logit(0.5), 3), round(logit(1.0), 3)
    (0.0, 7.0)
    """
    if share <= 0.0 or share >= 1.0:
        return 7.0 if share >= 1.0 else -7.0
    return max(-7.0, min(7.0, log(share / (1.0 - share))))


def read_calibration(path: Path) -> Calibration:
    """The calibration of a model folder; without a file, trigger and category alone decide.

    Raises:
        ResourceError: the file is broken or was made for other signals.
    """
    if not path.is_file():
        weights = tuple(0.5 if name in ("trigger", "category") else 0.0 for name in SIGNALS)
        return Calibration(weights=weights, constant=0.0, threshold=0.5, widest=0.5)
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        weights = tuple(float(stored["weights"][name]) for name in SIGNALS)
        return Calibration(
            weights=weights,
            constant=float(stored["constant"]),
            threshold=float(stored["threshold"]),
            widest=float(stored["widest"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ResourceError(
            f"calibration {path}: {error!r}; expected a weight for each of {', '.join(SIGNALS)}; install dragoman again"
        ) from error
