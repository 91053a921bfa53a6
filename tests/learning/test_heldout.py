from dataclasses import replace

import numpy as np
import pytest

from dragoman.learning.heldout import (
    CATEGORY,
    Reading,
    calibration_error,
    found_of,
    measure_gain,
    precision_of,
    surprise_of,
    typed_of,
)
from dragoman.learning.rows import Row
from make_learned import lesson, read

NAN = float("nan")


def reading(sureness: list[float], right: list[int], typed: list[float] | None = None) -> Reading:
    sure = np.array(sureness)
    return Reading(
        sureness=sure,
        written=(sure >= 0.5).astype(float),
        right=np.array(right, float),
        typed=np.array(typed if typed is not None else right, float),
    )


def rows(count: int, *, added: int = 0) -> list[Row]:
    (row,) = read(lesson())
    (other,) = read(lesson(added=True))
    plain = [replace(row, group=f"d{number}") for number in range(count - added)]
    return plain + [replace(other, group=f"a{number}") for number in range(added)]


def test_figures_of_a_reading() -> None:
    found = reading([0.9, 0.8, 0.6, 0.2], [1, 1, 0, 1], [1, 1, 0, NAN])
    assert precision_of(found) == pytest.approx(2 / 3)
    assert found_of(found) == pytest.approx(0.5)
    assert typed_of(found) == pytest.approx(2 / 3)
    assert surprise_of(reading([0.5, 0.5], [1, 0])) == pytest.approx(np.log(2))


def test_figures_of_nothing_written_and_nothing_typed() -> None:
    found = reading([0.1, 0.2], [1, 0], [NAN, NAN])
    assert (precision_of(found), found_of(found), typed_of(found)) == (0.0, 0.0, 0.0)


def test_calibration_error_is_the_gap_within_bins() -> None:
    assert calibration_error(reading([0.8] * 20, [1] * 16 + [0] * 4)) == pytest.approx(0.0)
    assert calibration_error(reading([0.9] * 20 + [0.1] * 20, [0] * 20 + [1] * 20)) == pytest.approx(0.9)


def test_clear_gain_has_its_interval_on_one_side() -> None:
    before, after = reading([0.9] * 60, [1, 0] * 30), reading([0.95, 0.05] * 30, [1, 0] * 30)
    found = {measure.name: measure for measure in measure_gain(rows(60), before, after)}
    assert found["right among those written"].gains
    assert found["logarithmic loss of confidence"].gains
    assert not found[CATEGORY].gains
    assert not any(measure.loses for measure in found.values())


def test_loss_is_said() -> None:
    before, after = reading([0.95, 0.05] * 30, [1, 0] * 30), reading([0.9] * 60, [1, 0] * 30)
    assert {measure.name for measure in measure_gain(rows(60), before, after) if measure.loses} == {
        "right among those written",
        "calibration error",
        "logarithmic loss of confidence",
    }


def test_same_reading_gains_and_loses_nothing() -> None:
    same = reading([0.9, 0.3] * 30, [1, 0] * 30)
    assert not any(measure.gains or measure.loses for measure in measure_gain(rows(60), same, same))


def test_added_events_count_for_categories_alone() -> None:
    given = rows(40, added=20)
    before = reading([0.9] * 40, [1] * 20 + [0] * 20)
    after = reading([0.9] * 40, [1] * 40)
    found = {measure.name: measure for measure in measure_gain(given, before, after)}
    assert (found[CATEGORY].before, found[CATEGORY].after) == (0.5, 1.0)
    assert (found["right among those written"].before, found["right among those written"].after) == (1.0, 1.0)
