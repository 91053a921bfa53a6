import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.confidence import SIGNALS, Calibration, logit, read_calibration
from dragoman.errors import ResourceError

GOOD = {"weights": dict.fromkeys(SIGNALS, 0.25), "constant": -1.0, "threshold": 0.4, "widest": 0.2}


def write(folder: Path, stored: object) -> Path:
    path = folder / "calibration.json"
    path.write_text(json.dumps(stored))
    return path


def test_stored_calibration_is_read(tmp_path: Path) -> None:
    read = read_calibration(write(tmp_path, GOOD))
    assert read == Calibration(weights=(0.25,) * len(SIGNALS), constant=-1.0, threshold=0.4, widest=0.2)


def test_without_a_file_trigger_and_category_decide(tmp_path: Path) -> None:
    read = read_calibration(tmp_path / "none.json")
    used = [name for name, weight in zip(SIGNALS, read.weights, strict=True) if weight]
    assert used == ["trigger", "category"]
    assert read.of([0.0] * len(SIGNALS)) == 0.5


@pytest.mark.parametrize(
    "stored",
    [
        [],
        {},
        GOOD | {"weights": {"trigger": 1.0}},
        GOOD | {"weights": None},
        GOOD | {"constant": "much"},
        GOOD | {"threshold": None},
    ],
)
def test_broken_file_names_place_and_remedy(tmp_path: Path, stored: object) -> None:
    with pytest.raises(ResourceError, match=r"calibration\.json: .*expected a weight .*install dragoman again"):
        read_calibration(write(tmp_path, stored))


def test_surer_signals_give_more_confidence() -> None:
    calibration = Calibration(weights=(1.0, 0.0), constant=0.0, threshold=0.5, widest=0.5)
    assert calibration.of((-2.0, 9.0)) < 0.5 < calibration.of((2.0, -9.0))


def test_missing_signal_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Calibration(weights=(1.0, 0.0), constant=0.0, threshold=0.5, widest=0.5).of((1.0,))


@given(signals=st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3))
def test_confidence_is_a_probability(signals: list[float]) -> None:
    assert 0.0 < Calibration(weights=(3.0, -2.0, 1e3), constant=5.0, threshold=0.5, widest=0.5).of(signals) < 1.0


@given(share=st.floats(-1.0, 2.0))
def test_log_odds_are_bounded_and_have_the_sign_of_the_share(share: float) -> None:
    assert -7.0 <= logit(share) <= 7.0
    assert (logit(share) >= 0.0) is (share >= 0.5)
