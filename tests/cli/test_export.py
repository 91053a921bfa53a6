import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from typer.testing import CliRunner, Result

import make_export
from dragoman.cli.app import app
from dragoman.export import FORMATS, FolderFormat
from make_store import Coder

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command in a folder with two reports; the coder is the one of make_store."""

    def open_made(codebook: str, *, kb: str | None, threshold: float | None, learned: None) -> Coder:
        return Coder()

    monkeypatch.setitem(sys.modules, "dragoman.coder", SimpleNamespace(Coder=SimpleNamespace(open=open_made)))
    monkeypatch.chdir(tmp_path)
    Path("visit.txt").write_text("Arman visited Armenia on 2024-04-15.\nSona threatened Georgia.\n")
    Path("late.txt").write_text("It is said that Arman visited Armenia on 2024-04-15.\n")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, arguments, catch_exceptions=False)

    return run


@pytest.fixture
def kept(run: Run) -> Run:
    """The same in a folder with a store that holds both reports."""
    run("init")
    run("ingest", "visit.txt", "late.txt", "--date", "2024-04-16")
    return run


def test_export_of_reports_codes_them_on_the_way(run: Run) -> None:
    result = run("export", "visit.txt", "--format", "polecat", "--date", "2024-04-16")
    assert result.exit_code == 0
    assert [row[2] for row in make_export.rows(result.stdout)] == ["Event Type", "CONSULT", "THREATEN"]
    assert result.stderr == "1 reports · written: 2 events\n"


def test_export_of_a_store_counts_a_happening_once(kept: Run) -> None:
    result = kept("export", "--format", "gdelt")
    visit = make_export.rows(result.stdout)[0]
    assert (visit[1], visit[31], visit[33]) == ("20240415", "2", "2")
    assert result.stderr.startswith("2 reports · written: 2 events")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_from_a_store(name: str, kept: Run) -> None:
    result = kept("export", "--format", name, "--out", "out")
    assert result.exit_code == 0
    assert Path("out").is_dir() == isinstance(FORMATS[name], FolderFormat)
    assert [path.name for path in Path().iterdir() if path.name.endswith(".part")] == []


def test_unknown_format_lists_those_there_are(run: Run) -> None:
    result = run("export", "visit.txt", "--format", "xlsx")
    assert result.exit_code == 2
    assert result.stderr.startswith("dragoman: --format: 'xlsx' is no format; expected one of csv, jsonl, parquet,")


def test_folder_format_asks_for_a_folder(run: Run) -> None:
    result = run("export", "visit.txt", "--format", "package")
    assert result.exit_code == 2
    assert "--out: package is a folder of files; name a new one" in result.stderr


def test_file_that_cannot_be_written_is_named(run: Run) -> None:
    result = run("export", "visit.txt", "--out", "nowhere/out.csv")
    assert result.exit_code == 1
    assert result.stderr.endswith("dragoman: nowhere/out.csv: cannot be written: there is no folder nowhere\n")
    assert run("export", "visit.txt", "--out", ".").stderr.endswith("dragoman: .: a folder; this format is one file\n")


def test_report_that_cannot_be_coded_is_named_and_the_rest_is_exported(run: Run) -> None:
    Path("bad.txt").write_text("")
    result = run("export", "bad.txt", "visit.txt", "--quiet")
    assert result.exit_code == 3
    assert result.stderr.startswith("bad.txt: empty")
    assert len(result.stdout.splitlines()) == 3
    assert run("export", "bad.txt").exit_code == 1


def test_store_that_is_not_there_is_named(run: Run) -> None:
    result = run("export", "--store", "nowhere.dragoman")
    assert result.exit_code == 1
    assert "nowhere.dragoman" in result.stderr


def test_csv_ends_its_lines_as_the_standard_says(run: Run) -> None:
    run("export", "visit.txt", "--out", "out.csv")
    assert Path("out.csv").read_bytes().count(b"\r\n") == 3


def test_snapshot_prints_an_id_that_the_same_store_gives_again(kept: Run) -> None:
    first = kept("snapshot", "--out", "v1")
    again = kept("snapshot", "--out", "v2")
    assert first.stdout.startswith("sn_")
    assert again.stdout == first.stdout
    assert Path("v1/SHA256SUMS").read_text() == Path("v2/SHA256SUMS").read_text()


def test_snapshot_of_a_store_has_its_runs_and_clusters(kept: Run) -> None:
    kept("snapshot", "--out", "v1")
    (manifest,) = Path("v1/runs").iterdir()
    assert json.loads(manifest.read_text())["manifest"]["kind"] == "ingest"
    assert duckdb.sql("SELECT max(reports) FROM 'v1/clusters.parquet'").fetchall() == [(2,)]


def test_snapshot_refuses_a_folder_that_is_there(kept: Run) -> None:
    Path("v1").mkdir()
    result = kept("snapshot", "--out", "v1")
    assert result.exit_code == 1
    assert "v1: already there, and an export never overwrites" in result.stderr
    assert kept("snapshot").exit_code == 2


def test_check_of_a_snapshot_finds_a_change(kept: Run) -> None:
    kept("snapshot", "--out", "v1")
    assert kept("snapshot", "--check", "v1").stdout == "v1: as it was written\n"
    Path("v1/methods.md").chmod(0o644)
    Path("v1/methods.md").write_text("other")
    result = kept("snapshot", "--check", "v1")
    assert (result.exit_code, result.stdout) == (1, "v1: 1 files differ\n")
    assert result.stderr == "v1/methods.md: changed\n"


def test_methods_prints_the_paragraph(kept: Run) -> None:
    text = kept("methods").stdout
    assert "We coded 2 news reports published on 2024-04-16" in text
    assert "2 happenings" in text


def test_import_labels_every_row(run: Run) -> None:
    run("export", "visit.txt", "--format", "icews", "--date", "2024-04-16", "--out", "events.tab")
    result = run("import", "icews", "events.tab")
    assert result.exit_code == 0
    assert [line.split(",")[0] for line in result.stdout.splitlines()] == ["layer", "icews", "icews"]
    assert result.stderr == "2 rows, 2 read, 0 broken\n"


def test_import_names_broken_rows_and_exits_with_three(run: Run) -> None:
    run("export", "visit.txt", "--format", "polecat", "--date", "2024-04-16", "--out", "events.txt")
    with Path("events.txt").open("a") as file:
        file.write("x\ty\n" * 30)
    result = run("import", "polecat", "events.txt", "--format", "jsonl", "--out", "out.jsonl")
    said = result.stderr.splitlines()
    assert result.exit_code == 3
    assert len(Path("out.jsonl").read_text().splitlines()) == 2
    assert said[0] == "events.txt, line 4: 2 columns, expected 40"
    assert said[20:] == ["and 10 more broken rows; --verbose names them", "32 rows, 2 read, 30 broken"]
    assert len(run("import", "polecat", "events.txt", "--verbose", "--quiet").stderr.splitlines()) == 30


def test_import_of_an_unknown_set_or_format_is_a_usage_error(run: Run) -> None:
    assert run("import", "acled", "visit.txt").exit_code == 2
    assert run("import", "gdelt", "visit.txt", "--format", "xml").exit_code == 2


def test_import_without_a_row_that_can_be_read_fails(run: Run) -> None:
    assert run("import", "gdelt", "visit.txt").exit_code == 1


def test_import_to_parquet_lies_beside_the_snapshot(kept: Run) -> None:
    kept("snapshot", "--out", "v1")
    kept("export", "--format", "icews", "--out", "events.tab")
    assert kept("import", "icews", "events.tab", "--format", "parquet", "--out", "icews.parquet").exit_code == 0
    own = "SELECT 'own', count(DISTINCT cluster) FROM 'v1/events/*/*.parquet' WHERE source_country = 'KAZ'"
    foreign = "SELECT layer, count(*) FROM 'icews.parquet' WHERE source_country = 'KAZ' GROUP BY 1"
    assert duckdb.sql(f"{own} UNION ALL {foreign}").fetchall() == [("own", 1), ("icews", 1)]


def test_import_to_parquet_asks_for_a_file(run: Run) -> None:
    assert "name a file" in run("import", "gdelt", "visit.txt", "--format", "parquet").stderr
    run("export", "visit.txt", "--format", "icews", "--date", "2024-04-16", "--out", "events.tab")
    result = run("import", "icews", "events.tab", "--format", "parquet", "--out", "visit.txt/x")
    assert result.exit_code == 1
    assert result.stderr.endswith("visit.txt/x: cannot be written: there is no folder visit.txt\n")
