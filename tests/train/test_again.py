"""Checkpoints, for those who have the `train` extra."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
again = pytest.importorskip("dragoman.train.again")


def test_mean_of_two_checkpoints_takes_the_place_of_the_second(tmp_path: Path) -> None:
    before, after = tmp_path / "before.pt", tmp_path / "after.pt"
    torch.save({"events.a": torch.tensor([1.0, 3.0])}, before)
    torch.save({"events.a": torch.tensor([3.0, 5.0]), "vectors": torch.tensor([7.0])}, after)
    again.average_checkpoints(before, after)
    mean = torch.load(after)
    assert {name: value.tolist() for name, value in mean.items()} == {"events.a": [2.0, 4.0], "vectors": [7.0]}
