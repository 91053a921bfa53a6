import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from dragoman.cli.app import app
from make_coder import MadeCoder

Run = Callable[..., Result]
CONLLU = "# sent_id = 1\n# text = Arman won't go.\n" + "".join(
    f"{line}\n"
    for line in (
        "1\tArman" + "\t_" * 8,
        "2-3\twon't" + "\t_" * 8,
        "2\two" + "\t_" * 8,
        "3\tn't" + "\t_" * 8,
        "4\tgo" + "\t_" * 7 + "\tSpaceAfter=No",
        "5\t." + "\t_" * 8,
        "",
    )
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    def open_made(codebook: str, *, kb: str | None, threshold: float | None, learned: None) -> MadeCoder:
        return MadeCoder()

    monkeypatch.setitem(sys.modules, "dragoman.coder", SimpleNamespace(Coder=SimpleNamespace(open=open_made)))
    monkeypatch.chdir(tmp_path)
    Path("visit.txt").write_text("Arman visited Armenia.")

    def run(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, arguments, input=stdin, catch_exceptions=False)

    return run


def test_parse_prints_conllu_with_mentions_and_offsets(run: Run) -> None:
    lines = run("parse", "visit.txt").stdout.splitlines()
    assert lines[2] == "# text = Arman visited Armenia."
    assert lines[3].split("\t")[9] == "Entity=(Person)|TokenRange=0:5"
    assert lines[5].split("\t")[9] == "SpaceAfter=No|TokenRange=14:21"


def test_parse_of_pretokenized_keeps_tokens_ranges_and_comments(run: Run) -> None:
    Path("given.conllu").write_text(CONLLU)
    output = run("parse", "--pretokenized", "given.conllu").stdout
    kept = [line.split("\t")[:2] for line in CONLLU.splitlines()]
    assert [line.split("\t")[:2] for line in output.splitlines()] == kept
    assert "\tX\t" in output


def test_parse_of_broken_conllu_names_the_line(run: Run) -> None:
    Path("bad.conllu").write_text("1\tonly\n")
    result = run("parse", "--pretokenized", "bad.conllu")
    assert result.exit_code == 1
    assert "bad.conllu, line 1: 2 columns; CoNLL-U has 10" in result.stderr


def test_parse_of_one_bad_file_among_good_exits_with_three(run: Run) -> None:
    result = run("parse", "nowhere.txt", "visit.txt")
    assert result.exit_code == 3
    assert "visited" in result.stdout


def test_predict_answers_standard_input(run: Run) -> None:
    result = run("predict", "events", stdin='{"id": 7, "text": "Arman visited Armenia."}\n')
    assert result.exit_code == 0
    assert json.loads(result.stdout)["events"][0]["source"] == "Arman"


def test_predict_answers_a_bad_line_too_and_exits_with_three(run: Run) -> None:
    Path("in.jsonl").write_bytes(b'{"id": 7, "text": "Fine."}\n{"id": \0}\n')
    result = run("predict", "events", "in.jsonl")
    assert result.exit_code == 3
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [7, None]


def test_predict_of_an_unknown_task_is_a_usage_error(run: Run) -> None:
    assert run("predict", "rumours").exit_code == 2


def test_predict_of_a_missing_file_fails(run: Run) -> None:
    result = run("predict", "pairs", "nowhere.jsonl")
    assert result.exit_code == 1
    assert result.stderr.startswith("dragoman: nowhere.jsonl: cannot be opened")


def test_explain_shows_tree_mentions_decisions_and_refusals(run: Run) -> None:
    output = run("explain", "visit.txt", "--sentence", "0").stdout
    assert "Arman visited Armenia." in output
    assert "  visited\n    Arman\n" in output
    assert "Arman  [Person 0.90]  → Arman (KAZ)" in output
    assert "category = CONSULT  by rule visit (0.90): verb visit" in output
    assert "not category = ASSAULT  by rule hit (0.10): no victim" in output


def test_explain_of_a_sentence_that_is_not_there_says_which_there_are(run: Run) -> None:
    result = run("explain", "visit.txt", "--sentence", "9")
    assert result.exit_code == 1
    assert "no sentence 9; the report has sentences 0 to 0" in result.stderr


def test_doctor_prints_settings_with_their_origin(run: Run) -> None:
    Path("dragoman.toml").write_text("threshold = 0.5\n")
    output = run("doctor").stdout
    assert "threshold          0.5   (" in output
    assert "codebook           plover   (built in)" in output


def test_doctor_without_a_coder_fails(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dragoman.coder", None)
    result = run("doctor")
    assert result.exit_code == 1
    assert "something is missing" in result.stdout


def test_command_group_that_is_not_installed_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dragoman.cli.kb", None)
    result = run("kb", "show", "ARM")
    assert result.exit_code == 1
    assert result.stderr == "dragoman: the command 'kb' is not part of this installation\n"


def test_command_group_gets_its_arguments_unchanged(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    group = SimpleNamespace(app=lambda args, prog_name: seen.append((args, prog_name)))
    monkeypatch.setitem(sys.modules, "dragoman.cli.kb", group)
    run("kb", "show", "ARM", "--help")
    assert seen == [(["show", "ARM", "--help"], "dragoman kb")]


def test_version_answers_within_three_tenths_of_a_second() -> None:
    def once() -> float:
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", "from dragoman.cli import main; main()", "--version"],
            capture_output=True,
            check=True,
        )
        assert done.stdout.startswith(b"dragoman 0.")
        return time.perf_counter() - started

    # The best of five: a busy machine may slow any one of them.
    assert min(once() for _ in range(5)) < 0.3


def test_help_loads_neither_model_nor_readers() -> None:
    program = (
        "import sys\nfrom dragoman.cli.app import app\n"
        "try:\n    app(['code', '--help'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('numpy', 'onnxruntime', 'trafilatura', 'dragoman.ingest') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_command_and_option_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    missing = []
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        missing += [] if f"## dragoman {name}" in page else [name]
        options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
        section = page.split(f"## dragoman {name}")[-1].split("\n## ")[0]
        missing += [f"{name} {option}" for option in options if f"`{option}" not in section]
    assert missing == []
