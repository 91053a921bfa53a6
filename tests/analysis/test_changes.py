import numpy as np
import pytest

from dragoman.analysis import find_changes


def test_step_is_found_where_it_is() -> None:
    changes = find_changes([1.0, 2.0] * 10 + [9.0, 8.0] * 10)
    assert [(change.at, change.before, change.after) for change in changes.found] == [(20, 1.5, 8.5)]


def test_two_steps_are_found() -> None:
    generator = np.random.default_rng(1)
    values = np.concatenate([generator.normal(mean, 1, 30) for mean in (0, 8, -4)])
    assert [change.at for change in find_changes(list(values)).found] == [30, 60]


def test_step_of_counts_is_found_in_their_own_units() -> None:
    generator = np.random.default_rng(2)
    counts = [float(value) for rate in (2, 12) for value in generator.poisson(rate, 24)]
    (change,) = find_changes(counts, counts=True).found
    assert abs(change.at - 24) <= 1
    assert (change.before, change.after) == (pytest.approx(2, abs=1), pytest.approx(12, abs=2))


@pytest.mark.parametrize("length", [0, 1, 11])
def test_short_series_is_not_searched_and_says_so(length: int) -> None:
    changes = find_changes([float(value) for value in range(length)])
    assert changes.found == ()
    assert changes.reason.startswith(f"too short: {length} period{'' if length == 1 else 's'},")


def test_constant_series_says_so() -> None:
    assert find_changes([0.0] * 30).reason == "constant: every period has the same value"


def test_single_burst_is_no_change_of_the_mean() -> None:
    assert find_changes([0.0] * 20 + [40.0] + [0.0] * 20).found == ()


def test_chance_alone_is_seldom_a_change() -> None:
    generator = np.random.default_rng(3)
    alarms = sum(bool(find_changes(list(generator.poisson(3, 60)), counts=True).found) for _ in range(200))
    assert alarms <= 10  # one in twenty


def test_same_series_gives_the_same_changes() -> None:
    values = list(np.random.default_rng(4).normal(0, 1, 40)) + list(np.random.default_rng(5).normal(5, 1, 40))
    assert find_changes(values) == find_changes(values)
