"""Two small fits in numpy, a logistic and a multinomial regression: weights stay near known ones unless rows pull.

Weights of cues have Student's t for a prior: most words mean nothing in particular and their weights are held near
zero, while the few that reviewers always treat in one way are let go. It is fitted as a normal prior whose precision is
set anew from the weights, step by step.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_STEPS, _CLOSE = 15, 1e-5
_ROUNDS, _STILL = 40, 1e-3
_RESETS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """Student's t around zero: `scale` is the size of a usual weight; the smaller `freedom`, the freer a large one."""

    scale: float
    freedom: float

    def hold(self, squares: Floats, *, together: int = 1) -> Floats:
        """The precision of a normal prior that pulls weights of these squares as the t does; `together` share one."""
        found: Floats = (self.freedom + together) / (self.freedom * self.scale**2 + squares)
        return found


def fit_logistic(design: Floats, right: Floats, centre: Floats, hold: Floats, prior: Prior) -> Floats:
    """The likeliest weights of columns of `design` (rows, weights), for `right` (rows,) of 0 and 1.

    The first weights, as many as `hold` has, come from normal distributions around `centre` with precision `hold`; the
    others from `prior`. Without rows, `centre` and zeros come back.
    """
    free = design.shape[1] - len(hold)
    middle = np.concatenate([centre, np.zeros(free)])
    weights: Floats = middle
    for _ in range(_STEPS):
        held = np.concatenate([hold, prior.hold(weights[len(hold) :] ** 2)])
        step = _newton_step(design, right, middle, held, weights)
        weights = weights + step
        if np.abs(step).max(initial=0.0) < _CLOSE:
            break
    return weights


def _newton_step(design: Floats, right: Floats, centre: Floats, hold: Floats, weights: Floats) -> Floats:
    """One Newton step under a normal prior, halved until the fit gets better."""
    share = 1.0 / (1.0 + np.exp(-np.clip(design @ weights, -30.0, 30.0)))
    slope = design.T @ (right - share) - hold * (weights - centre)
    curve = (design * (share * (1.0 - share))[:, None]).T @ design + np.diag(hold)
    step = np.asarray(np.linalg.solve(curve, slope), dtype=np.float64)
    value = _loss(weights, design, right, centre, hold)
    while np.abs(step).max(initial=0.0) >= _CLOSE and _loss(weights + step, design, right, centre, hold) > value + 1e-9:
        step = step / 2.0
    return step


def _loss(weights: Floats, design: Floats, right: Floats, centre: Floats, hold: Floats) -> float:
    total = design @ weights
    return float(np.logaddexp(0.0, total).sum() - right @ total + 0.5 * (hold * (weights - centre) ** 2).sum())


def fit_categories(base: Floats, cues: Floats, wanted: NDArray[np.int64], prior: Prior) -> Floats:
    """(cues, categories): what each cue adds to the log odds of each category; the weights of a cue share their hold.

    `base` (rows, categories) are the log shares before, `cues` (rows, cues) of 0 and 1, `wanted` (rows,) the right
    category by number.
    """
    weights = np.zeros((cues.shape[1], base.shape[1]))
    aim = np.zeros_like(base)
    aim[np.arange(len(wanted)), wanted] = 1.0
    for _ in range(_RESETS):
        hold = prior.hold((weights**2).sum(1), together=2)
        weights = _fit_multinomial(base, cues, aim, hold, weights)
    return weights


def _fit_multinomial(base: Floats, cues: Floats, aim: Floats, hold: Floats, start: Floats) -> Floats:
    """Downhill by steps that one matrix serves, because it bounds the curvature of the multinomial.

    The bound is half the curvature of the cues: D. Böhning, "Multinomial logistic regression algorithm", AISM 44, 1992.
    """
    weights = start.copy()
    inverse = np.linalg.inv(0.5 * cues.T @ cues + np.diag(hold))
    for _ in range(_ROUNDS):
        total = base + cues @ weights
        share = np.exp(total - total.max(1, keepdims=True))
        share /= share.sum(1, keepdims=True)
        step = inverse @ (cues.T @ (aim - share) - hold[:, None] * weights)
        weights += step
        if np.abs(step).max(initial=0.0) < _STILL:
            break
    return weights
