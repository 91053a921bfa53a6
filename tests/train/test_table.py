"""Vectors in four bits: near the whole ones, and packed again the same."""

import numpy as np
import pytest

from dragoman.train.table import BLOCK, pack_table, round_table, unpack_table

TABLE = np.random.default_rng(3).normal(0.0, 0.05, (40, 384)).astype(np.float32)


def test_each_number_is_at_most_half_a_step_away() -> None:
    packed = pack_table(TABLE)
    assert packed.numbers.shape == (40, 192)
    assert packed.steps.shape == packed.lows.shape == (40, 384 // BLOCK)
    away = np.abs(unpack_table(packed) - TABLE).reshape(40, -1, BLOCK).max(-1)
    assert (away <= 0.52 * packed.steps.astype(np.float32)).all()


def test_the_ends_of_a_block_stay() -> None:
    row = np.linspace(-1.0, 2.0, 128, dtype=np.float32)[None]
    rounded = round_table(row)[0]
    assert rounded[0] == pytest.approx(-1.0, abs=1e-3)
    assert rounded[-1] == pytest.approx(2.0, abs=2e-3)


def test_packing_again_changes_nothing() -> None:
    once = round_table(TABLE)
    np.testing.assert_array_equal(pack_table(once).numbers, pack_table(TABLE).numbers)
    np.testing.assert_allclose(round_table(once), once, atol=1e-6)


def test_a_row_of_one_number_stays_whole() -> None:
    row = np.full((1, 128), 0.25, np.float32)
    np.testing.assert_array_equal(round_table(row), row)
