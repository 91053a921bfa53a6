from pathlib import Path

import pytest

from dragoman.cli import reports
from dragoman.types.text import Rejected
from make_coder import MadeCoder


def test_reports_are_coded_and_the_others_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("The president of Peru visited Oman on Monday and met the king.", "utf-8")
    (tmp_path / "b.txt").write_text("", "utf-8")
    (tmp_path / "c.bin").write_bytes(b"\x00\x01")
    monkeypatch.setattr(reports, "open_coder", lambda settings: MadeCoder())
    rejected: list[Rejected] = []
    coded = list(reports.code_reports([str(tmp_path)], published=None, rejected=rejected))
    assert [Path(one.document.origin).name for one in coded] == ["a.txt"]
    assert [Path(one.origin).name for one in rejected] == ["b.txt"]
    said = capsys.readouterr().err
    assert said == f"{rejected[0].place}: {rejected[0].reason}\n"
