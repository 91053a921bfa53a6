from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.analysis.estimates import NOTHING, estimate_count, estimate_score
from dragoman.analysis.values import Estimate

CONFIDENCES = st.lists(st.floats(0.01, 1.0), max_size=30)
SCORES = st.integers(-100, 100).map(lambda tenths: tenths / 10)


def test_nothing_counts_as_nothing() -> None:
    assert estimate_count([]) == NOTHING


def test_certain_events_have_no_interval() -> None:
    assert estimate_count([1.0, 1.0, 1.0]) == Estimate(value=3.0, low=3.0, high=3.0)


def test_count_by_hand() -> None:
    # P(0) = .1 * .5 * .8 = .04; P(3) = .9 * .5 * .2 = .09: at 90 % the interval leaves out less than 5 % on each side.
    assert estimate_count([0.9, 0.5, 0.2], level=0.9) == Estimate(value=1.6, low=1.0, high=3.0)


def test_two_doubtful_events_may_both_be_mistakes() -> None:
    assert estimate_count([0.8, 0.8]).low == 0.0  # .2 * .2 = .04 > .025


def test_three_events_are_not_all_mistakes() -> None:
    assert estimate_count([0.8, 0.8, 0.8]).low == 1.0  # .008 < .025


def test_sum_by_hand() -> None:
    # +4 with .9, -5 with .5: -5 .05, -1 .45, 0 .05, 4 .45
    score = estimate_score([0.9, 0.5], [4.0, -5.0], level=0.8)
    assert score.sum == Estimate(value=1.1, low=-1.0, high=4.0)


def test_mean_by_hand() -> None:
    score = estimate_score([0.5, 0.5], [2.0, 4.0])
    # r = 3, variance = (.25 * 1 + .25 * 1) / 1, half width 1.96 * sqrt(.5) = 1.39: cut at the scores themselves
    assert score.mean == Estimate(value=3.0, low=2.0, high=4.0)


def test_mean_of_many_by_hand() -> None:
    score = estimate_score([0.8] * 100, [1.0, 3.0] * 50)
    half = 1.959964 * sqrt(100 * 0.16 * 1) / 80
    assert score.mean is not None
    assert (score.mean.low, score.mean.high) == (pytest.approx(2 - half), pytest.approx(2 + half))


def test_events_without_a_score_are_not_scored_as_zero() -> None:
    score = estimate_score([0.9, 0.9], [None, 4.0])
    assert (score.scored, score.mean) == (1, Estimate(value=4.0, low=4.0, high=4.0))


def test_no_score_has_no_mean() -> None:
    assert estimate_score([0.9], [None]).mean is None


@given(CONFIDENCES)
def test_interval_of_a_count_lies_within_the_count(confidences: list[float]) -> None:
    estimate = estimate_count(confidences)
    assert 0 <= estimate.low <= estimate.high <= len(confidences)
    assert estimate.value == pytest.approx(sum(confidences), abs=1e-5)


@given(st.lists(st.tuples(st.floats(0.01, 1.0), SCORES), min_size=1, max_size=12))
def test_interval_of_a_sum_holds_the_share_it_promises(pairs: list[tuple[float, float]]) -> None:
    estimate = estimate_score([p for p, _ in pairs], [s for _, s in pairs]).sum
    outcomes = {0: 1.0}  # in tenths
    for p, s in pairs:
        step: dict[int, float] = {}
        for total, mass in outcomes.items():
            step[total] = step.get(total, 0.0) + mass * (1 - p)
            step[total + round(s * 10)] = step.get(total + round(s * 10), 0.0) + mass * p
        outcomes = step
    low, high = round(estimate.low * 10), round(estimate.high * 10)
    assert sum(mass for total, mass in outcomes.items() if low <= total <= high) >= 0.95 - 1e-9
    assert sum(mass for total, mass in outcomes.items() if total < low) <= 0.025 + 1e-9
    assert sum(mass for total, mass in outcomes.items() if total > high) <= 0.025 + 1e-9


def test_exact_and_normal_law_agree_for_long_series() -> None:
    generator = np.random.default_rng(5)
    sure, scores = generator.uniform(0.3, 1.0, 400), generator.choice([-5.0, -2.0, 2.5, 4.0], 400)
    exact = estimate_score(list(sure), list(scores)).sum
    normal = estimate_score([*sure, 1.0], [*scores, 0.0]).sum  # one more than the exact law is used for
    assert abs(exact.low - normal.low) < 0.5
    assert abs(exact.high - normal.high) < 0.5


def test_means_of_drawn_worlds_lie_in_the_interval_as_often_as_promised() -> None:
    generator = np.random.default_rng(11)
    sure, scores = generator.uniform(0.4, 0.95, 60), generator.choice([-6.0, -2.0, 2.5, 5.0], 60)
    mean = estimate_score(list(sure), list(scores)).mean
    assert mean is not None
    worlds = generator.random((4000, 60)) < sure
    means = (worlds @ scores) / worlds.sum(axis=1)
    assert 0.93 < float(np.mean((means >= mean.low) & (means <= mean.high))) < 0.97


def test_scores_off_the_grid_are_summed_too() -> None:
    score = estimate_score([0.5, 0.5], [1.23456, 1.0]).sum
    assert score.low == 0.0
    assert score.high == pytest.approx(2.23456)
