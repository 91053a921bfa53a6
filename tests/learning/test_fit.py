import numpy as np
import pytest

from dragoman.learning.fit import Prior, fit_categories, fit_logistic

PRIOR = Prior(scale=0.45, freedom=1.0)
CENTRE, HOLD = np.array([0.5, 1.0]), np.array([4.0, 50.0])


def design(rows: int, *cues: int) -> np.ndarray:
    """A constant, a signal of 1 and a cue that the first `cues[i]` rows have."""
    columns = [np.ones(rows), np.ones(rows), *((np.arange(rows) < count).astype(float) for count in cues)]
    return np.stack(columns, 1)


def test_without_rows_nothing_moves() -> None:
    fitted = fit_logistic(np.zeros((0, 3)), np.zeros(0), CENTRE, HOLD, PRIOR)
    assert fitted.tolist() == [0.5, 1.0, 0.0]


def test_ten_rows_move_little_and_three_hundred_far() -> None:
    few = fit_logistic(design(10), np.arange(10) % 3 > 0, CENTRE, HOLD, PRIOR)
    many = fit_logistic(design(300), np.arange(300) % 3 > 0, CENTRE, HOLD, PRIOR)
    # Six of the ten and two hundred of the three hundred are right.
    assert 0.0 < CENTRE.sum() - few.sum() < 0.4 * (CENTRE.sum() - np.log(6 / 4))
    assert many.sum() == pytest.approx(np.log(2), abs=0.1)


def test_cue_that_is_always_wrong_is_let_go_and_chance_is_held() -> None:
    right = np.ones(200)
    right[:12] = 0.0
    right[12::5] = 0.0
    always, chance = fit_logistic(design(200, 12, 30), right, CENTRE, HOLD, PRIOR)[2:]
    assert always < -2.5
    assert abs(chance) < 0.5


def test_slope_is_zero_where_the_fit_ends() -> None:
    rows = np.concatenate([design(60, 20), np.linspace(-1, 1, 60)[:, None]], 1)
    right = (np.arange(60) % 3 > 0).astype(float)
    weights = fit_logistic(rows, right, CENTRE, HOLD, PRIOR)
    share = 1 / (1 + np.exp(-rows @ weights))
    hold = np.concatenate([HOLD, PRIOR.hold(weights[2:] ** 2)])
    slope = rows.T @ (right - share) - hold * (weights - np.concatenate([CENTRE, np.zeros(2)]))
    assert slope == pytest.approx(np.zeros(4), abs=0.05)


def test_prior_holds_a_large_weight_less_than_a_small_one() -> None:
    small, large = PRIOR.hold(np.array([0.0, 9.0]))
    assert small > 20 * large


def test_category_that_is_always_corrected_becomes_the_likeliest() -> None:
    base = np.log(np.tile([0.8, 0.15, 0.05], (40, 1)))
    cues = np.ones((40, 2))
    cues[20:, 1] = 0.0
    wanted = np.array([1] * 20 + [0] * 20)
    after = base + cues @ fit_categories(base, cues, wanted, PRIOR)
    assert after[0].argmax() == 1
    assert after[39].argmax() == 0


def test_two_corrections_do_not_turn_a_category() -> None:
    base = np.log(np.tile([0.9, 0.05, 0.05], (2, 1)))
    after = base + np.ones((2, 1)) @ fit_categories(base, np.ones((2, 1)), np.array([1, 1]), PRIOR)
    assert after[0].argmax() == 0
