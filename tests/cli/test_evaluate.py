import json
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

from dragoman.cli.app import app
from dragoman.evaluate import sets
from dragoman.evaluate.metrics import Figure
from dragoman.evaluate.sets import Bench, EvaluationSet

Run = Callable[..., Result]


def read_score(bench: Bench, path: Path) -> Iterable[Figure]:
    yield Figure(name="score", value=float(path.read_text()), cases=5000)


MADE = EvaluationSet(name="made", title="a made set", place="data", file="score.txt", measure=read_score)
OTHER = EvaluationSet(name="other", title="another set", place="lists", file="none.txt", measure=read_score)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    coder = SimpleNamespace(model=SimpleNamespace(version="made-1"), calibration=SimpleNamespace(threshold=0.5))
    monkeypatch.setattr("dragoman.coder.Coder.open", lambda *given, **named: coder)
    monkeypatch.setattr(sets, "SETS", (MADE, OTHER))
    monkeypatch.chdir(tmp_path)
    Path("evaluation").mkdir()
    Path("score.txt").write_text("70")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["evaluate", "--data", ".", *arguments])

    return run


def test_table_says_figures_and_what_was_skipped(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "model made-1"
    assert "score                                  70.00     5000" in result.stdout
    assert "skipped: evaluation/none.txt is not there" in result.stdout


def test_jsonl_prints_nothing_but_figures(run: Run) -> None:
    (line,) = run("--output", "jsonl", "--sets", "made").stdout.splitlines()
    assert json.loads(line)["value"] == 70


def test_sets_can_be_listed(run: Run) -> None:
    assert run("--sets", "help").stdout.splitlines()[0].split() == ["made", "a", "made", "set", "(data:", "score.txt)"]


def test_unknown_set_is_a_usage_error_that_names_the_known(run: Run) -> None:
    result = run("--sets", "made,nope")
    assert result.exit_code == 2
    assert "no set nope; expected some of made, other" in result.stderr


def test_gate_passes_what_was_pinned(run: Run) -> None:
    assert run("--pin").exit_code == 0
    result = run("--gate")
    assert result.exit_code == 0
    assert "1 sets measured, 1 skipped, 0 figures fell" in result.stderr


def test_gate_fails_on_a_drop(run: Run) -> None:
    run("--pin")
    floors = Path("evaluation/floors.json")
    floors.write_text(floors.read_text().replace("70.0", "75.0"))
    result = run("--gate")
    assert result.exit_code == 1
    assert "made: score 70.00 is below its floor 75.00" in result.stderr


def test_gate_without_floors_says_how_to_pin(run: Run) -> None:
    result = run("--gate")
    assert result.exit_code == 1
    assert "dragoman evaluate --pin" in result.stderr


def test_floors_of_one_split_do_not_gate_the_other(run: Run) -> None:
    run("--pin")
    assert run("--gate", "--split", "dev").exit_code == 2
    assert run("--pin", "--split", "dev").exit_code == 2
