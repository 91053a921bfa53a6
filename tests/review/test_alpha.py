"""Agreement of coders, against values worked out by hand and the textbook example."""

import pytest

from dragoman.review.alpha import Rating, agreement_of, interval_of, measure_alpha

# Two coders, ten units, two values: the smallest example of Krippendorff's text, alpha 0.095.
_A = "0100000000"
_B = "1110010100"


def test_textbook_example() -> None:
    assert measure_alpha([list(pair) for pair in zip(_A, _B, strict=True)]) == pytest.approx(0.095, abs=5e-4)


def test_missing_ratings_of_four_coders() -> None:
    rows = ["1 2 3 3 2 1 4 1 2 - - -", "1 2 3 3 2 2 4 1 2 5 - 3", "- 3 3 3 2 3 4 2 2 5 1 -", "1 2 3 3 2 4 4 1 2 5 1 -"]
    columns = zip(*(row.split() for row in rows), strict=True)
    units = [[value for value in column if value != "-"] for column in columns]
    assert measure_alpha(units) == pytest.approx(0.743, abs=5e-4)


def test_one_value_only_has_no_alpha() -> None:
    assert measure_alpha([["a", "a"], ["a", "a"]]) is None


def test_single_ratings_add_nothing() -> None:
    units = [["a", "b"], ["b", "b"], ["a", "a"]]
    assert measure_alpha([*units, ["a"], ["c"]]) == measure_alpha(units)


def test_interval_holds_alpha_and_is_the_same_each_time() -> None:
    units = [["a", "a"], ["b", "b"], ["a", "b"], ["b", "b"], ["a", "a"], ["c", "c"], ["c", "a"], ["b", "b"]]
    low, high = interval_of(units) or (1.0, 0.0)
    assert low <= measure_alpha(units) <= high
    assert interval_of(units) == (low, high)


def test_no_interval_for_four_records() -> None:
    assert interval_of([["a", "b"]] * 4) is None


def test_agreement_lists_disputed_records_and_what_was_mixed_up() -> None:
    ratings = [
        Rating(record=record, field="category", coder=coder, value=value)
        for record, values in (("r1", "AB"), ("r2", "BB"), ("r3", "AB"))
        for coder, value in zip(("ada", "ben"), values, strict=True)
    ]
    found = agreement_of(ratings)
    assert found.disputed == (("r1", "category"), ("r3", "category"))
    assert (found.confusions[0].one, found.confusions[0].other, found.confusions[0].times) == ("A", "B", 2)
    assert (found.fields[0].records, found.fields[0].same, found.fields[0].coders) == (3, 1, 2)
