import pytest

from dragoman.evaluate.metrics import (
    Counts,
    accuracy,
    calibration_bins,
    calibration_error,
    macro_f1,
    multiset_overlap,
)


def test_counts_give_precision_recall_and_f1() -> None:
    counts = Counts(gold=4, found=2, both=1) + Counts(gold=4, found=0, both=0)
    assert (counts.precision, counts.recall, counts.f1) == (50.0, 12.5, 20.0)


def test_nothing_to_find_and_nothing_found_scores_nothing() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (0.0, 0.0, 0.0)


def test_macro_f1_weighs_classes_alike() -> None:
    gold = ["a"] * 8 + ["b"] * 2
    assert macro_f1(gold, ["a"] * 10) == pytest.approx((100 * 16 / 18) / 2)


def test_macro_f1_leaves_out_classes_without_gold() -> None:
    assert macro_f1(["a", "a"], ["a", "c"]) == pytest.approx(100 * 2 / 3)


def test_missing_answer_is_wrong() -> None:
    assert accuracy(["a", "b"], ["a", None]) == 50.0


def test_overlap_counts_repeated_items() -> None:
    assert multiset_overlap(["x", "x", "y"], ["x", "y", "y"]) == 2


def test_calibration_error_is_nought_when_confidence_is_the_share_right() -> None:
    assert calibration_error([0.75] * 4, [True, True, True, False]) == 0.0


def test_calibration_error_weighs_ranges_by_their_rows() -> None:
    assert calibration_error([0.95] * 3 + [0.15], [False] * 3 + [False]) == pytest.approx((3 * 0.95 + 0.15) / 4)


def test_full_confidence_falls_into_the_last_range() -> None:
    (only,) = calibration_bins([1.0, 0.97], [True, False])
    assert (only.rows, only.confidence, only.right) == (2, pytest.approx(0.985), 0.5)
