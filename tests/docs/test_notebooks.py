"""The notebooks run from top to bottom, and show what their words say. Their stored outputs are those of one model."""

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "notebooks"
Names = dict[str, Any]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Names]:
    """Runs the cells of a notebook in its own folder; the names that they leave."""
    monkeypatch.chdir(FOLDER)

    def run(name: str) -> Names:
        names: Names = {"__name__": "notebook"}
        for number, cell in enumerate(cells_of(name)):
            if cell["cell_type"] == "code":
                source = "".join(cell["source"])
                exec(compile(ast.parse(source), f"{name}, cell {number}", "exec"), names)
        return names

    return run


def cells_of(name: str) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads((FOLDER / name).read_text(encoding="utf-8"))["cells"]
    return cells


def test_there_are_three_notebooks() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.ipynb")) == [
        "agreements.ipynb",
        "dyad_panel.ipynb",
        "first_report.ipynb",
    ]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem)
def test_stored_outputs_hold_no_error(path: Path) -> None:
    outputs = [output for cell in cells_of(path.name) for output in cell.get("outputs", [])]
    assert outputs
    assert [output for output in outputs if output["output_type"] == "error"] == []


@pytest.mark.model
def test_first_report_refuses_the_year_and_keeps_furniture_out(
    run: Callable[[str], Names], capsys: pytest.CaptureFixture[str]
) -> None:
    names = run("first_report.ipynb")
    printed = capsys.readouterr().out
    assert "{'XXXX-04-15'}" in printed
    assert "['Leave a review']" in printed
    assert len(names["happenings"]) < len(names["events"])
    signed = [event for event in names["events"] if event.counted and event.category == "SUPPORT"]
    assert not any({"ARM", "AZE"} <= {link.country for link in event.sources} for event in signed)


@pytest.mark.model
def test_dyad_panel_has_every_month_and_finds_the_change(run: Callable[[str], Names]) -> None:
    names = run("dyad_panel.ipynb")
    there, back = names["there"], names["back"]
    assert len(there.rows) == len(back.rows) >= 22
    assert there.events == sum(row.events for row in there.rows) > 0
    warm, cold = there.rows[:12], there.rows[12:]
    assert sum(row.plover.sum.value for row in warm) > 0 > sum(row.plover.sum.value for row in cold)
    assert "<svg" in names["picture"].svg


@pytest.mark.model
def test_agreements_are_not_signed_by_being_discussed(
    run: Callable[[str], Names], capsys: pytest.CaptureFixture[str]
) -> None:
    names = run("agreements.ipynb")
    assert "0 events count between Armenia and Azerbaijan" in capsys.readouterr().out
    treaty = [one for one in names["agreements"] if one.instrument == "treaty"]
    assert [one.agreement_status for one in treaty] == ["under_negotiation"]
    assert any(one.agreement_status == "signed" for one in names["agreements"])
