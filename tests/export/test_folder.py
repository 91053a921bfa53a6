from pathlib import Path

import pytest

from dragoman.errors import OriginError
from dragoman.export.folder import new_file, new_folder


def test_file_has_its_old_content_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with new_file(path) as building:
        building.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"


def test_broken_off_file_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), new_file(tmp_path / "out.csv") as building:
        building.write_text(str(1 / 0))
    assert list(tmp_path.iterdir()) == []


def test_full_disk_is_said(tmp_path: Path) -> None:
    message = r"out\.csv: cannot be written: No space left on device"
    (tmp_path / ".out.csv.part").symlink_to("/dev/full")
    with pytest.raises(OriginError, match=message), new_file(tmp_path / "out.csv") as building:
        building.write_text("x")


def test_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    with new_folder(tmp_path / "a" / "b") as building:
        (building / "x").write_text("")
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["x"]


def test_what_a_broken_off_run_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".v1.part").mkdir()
    (tmp_path / ".v1.part" / "old").write_text("")
    with new_folder(tmp_path / "v1"):
        pass
    assert list((tmp_path / "v1").iterdir()) == []
