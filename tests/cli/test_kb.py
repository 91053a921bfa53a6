from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import make_actors
from dragoman.cli.app import app

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setattr("dragoman.actors.kb.DEFAULT_PATH", make_actors.write_made(tmp_path / "made.sqlite"))
    monkeypatch.delenv("DRAGOMAN_KB", raising=False)
    monkeypatch.chdir(tmp_path)
    rows = "Davit Harunyan,person,ARM,GOV,,Prime Minister,2018-05-08,2022-01-01,\n"
    Path("actors.csv").write_text(make_actors.HEADER + rows)
    return lambda *arguments: CliRunner().invoke(app, ("kb", *arguments), catch_exceptions=False)


def test_show_prints_the_office_of_the_day(run: Run) -> None:
    assert "Prime Minister, ARM GOV, 2018-05-08 to open" in run("show", "Harunyan", "--as-of", "2019-05-01").stdout


def test_show_of_an_unknown_name_fails_with_a_line(run: Run) -> None:
    done = run("show", "Nobody Known")
    assert (done.exit_code, done.stdout) == (1, "no actor is called 'Nobody Known'\n")


def test_show_names_its_own_option_for_a_wrong_day(run: Run) -> None:
    done = run("show", "Harunyan", "--as-of", "May")
    assert done.exit_code == 2
    assert "--as-of: 'May' is not a date" in done.stderr


def test_sources_prints_what_is_owed(run: Run) -> None:
    assert "Made facts (CC BY, 2024): Made by Nobody" in run("sources").stdout


def test_check_counts_good_rows(run: Run) -> None:
    assert run("check", "actors.csv").stdout == "actors.csv: 1 rows, all in order\n"


def test_check_of_a_file_says_whether_it_is_whole(run: Run) -> None:
    assert run("check", "made.sqlite").stdout.endswith("; whole\n")


def test_check_of_bad_rows_fails_with_the_place(run: Run) -> None:
    Path("actors.csv").write_text(make_actors.HEADER + "A,person,XXX,,,,,,\n")
    done = run("check", "actors.csv")
    assert done.exit_code == 1
    assert "'actors.csv', row 2, column 'country': 'XXX'" in done.stderr


def test_added_rows_are_shown_before_the_shipped_ones(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "kb_user.sqlite: 1 actors; use them with DRAGOMAN_KB=kb_user.sqlite" in run("add", "actors.csv").stdout
    monkeypatch.setenv("DRAGOMAN_KB", "kb_user.sqlite")
    assert "2018-05-08 to 2022-01-01 (day; user)" in run("show", "Harunyan").stdout


def test_users_file_can_be_named_by_option(run: Run) -> None:
    run("add", "actors.csv", "--out", "mine.sqlite")
    assert "(day; user)" in run("show", "Harunyan", "--kb", "mine.sqlite").stdout


def test_older_users_file_is_refused_with_the_remedy(run: Run) -> None:
    Path("old.sqlite").write_bytes(Path("made.sqlite").read_bytes().replace(b"schema2", b"schema1"))
    done = run("show", "Harunyan", "--kb", "old.sqlite")
    assert done.exit_code == 1
    assert "schema version 1, expected 2; make the file again with `dragoman kb add`" in done.stderr


def test_build_prints_the_attribution_owed(run: Run) -> None:
    Path("tables").mkdir()
    for name in ("states", "forms", "nouns"):
        Path(f"tables/{name}.csv").write_bytes((make_actors.DATA / f"{name}.csv").read_bytes())
    done = run("build", "--tables", "tables", "--out", "new.sqlite")
    assert done.stdout.splitlines()[1] == "  dragoman's own tables (Apache-2.0, 2026-11)"


def test_build_refuses_a_folder_that_is_not_there(run: Run) -> None:
    done = run("build", "--from", "none", "--out", "new.sqlite")
    assert (done.exit_code, Path("new.sqlite").exists()) == (1, False)
    assert "dumps 'none': no such folder" in done.stderr
