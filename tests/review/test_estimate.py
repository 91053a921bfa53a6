"""Precision from the reviewed front of the random order."""

import pytest

from dragoman.review.estimate import estimate_precision, wilson_interval


def test_share_of_what_was_decided() -> None:
    found = estimate_precision(["accepted"] * 16 + ["rejected", "corrected", "rejected", "accepted"] + ["open"] * 50)
    assert (found.share, found.reviewed, found.corrected, found.open) == (0.85, 20, 1, 0)
    assert found.enough


def test_records_chosen_beyond_the_front_do_not_count() -> None:
    assert estimate_precision(["accepted", "open", "open", "open", "rejected"]).reviewed == 1


def test_a_skipped_record_in_a_long_front_is_told() -> None:
    found = estimate_precision(["accepted"] * 10 + ["open"] + ["accepted"] * 9)
    assert (found.reviewed, found.open) == (19, 1)


def test_nothing_reviewed_says_nothing() -> None:
    found = estimate_precision(["open"] * 5)
    assert (found.low, found.high, found.enough) == (0.0, 1.0, False)


def test_wilson_interval_of_a_known_case() -> None:
    # 81 of 263, from Newcombe's comparison of intervals for one share (Statistics in Medicine 17, 1998).
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
