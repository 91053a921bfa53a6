import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

from dragoman.cli.app import app
from make_coder import MadeCoder

Run = Callable[..., Result]
REPORT = "Presidents meet in Yerevan\nArman visited Armenia. Doubtful visited Belgium.\nLeave a review\n"
SPANISH = (
    "El presidente se reunió con la ministra en la capital y los dos hablaron de la frontera, pero no firmaron el "
    "acuerdo que las empresas de la región esperan desde hace un año para abrir los mercados."
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `dragoman code` in an empty folder, with the coder that knows one word."""

    def open_made(codebook: str, *, kb: str | None, threshold: float | None, learned: None) -> MadeCoder:
        return MadeCoder()

    monkeypatch.setitem(sys.modules, "dragoman.coder", SimpleNamespace(Coder=SimpleNamespace(open=open_made)))
    monkeypatch.chdir(tmp_path)
    for name in ("COLUMNS", "NO_COLOR", "DRAGOMAN_CODEBOOK", "DRAGOMAN_THRESHOLD", "DRAGOMAN_TIME_LIMIT"):
        monkeypatch.delenv(name, raising=False)
    Path("visit.txt").write_text(REPORT)

    def run(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, ["code", *arguments], input=stdin, catch_exceptions=False)

    return run


def test_table_has_one_row_an_event_with_the_words_that_show_it(run: Run) -> None:
    lines = run("visit.txt").stdout.splitlines()
    row = next(line for line in lines if line.startswith(" 1"))
    columns = ["Arman (KAZ GOV)", "CONSULT visit", "Armenia (ARM)", "XXXX-04-15", "asserted", "the report"]
    assert all(value in row for value in columns)
    assert '      s0 "Arman visited Armenia"' in lines


def test_table_begins_with_title_and_what_is_missing(run: Run) -> None:
    lines = run("visit.txt").stdout.splitlines()
    assert lines[0] == "Presidents meet in Yerevan"
    assert lines[1] == "visit.txt · not given: publication date, publisher, address"
    assert lines[2] == "! no publication date: pass --date"


def test_table_says_what_was_taken_for_furniture(run: Run) -> None:
    assert '  1 line looks like page furniture and was not coded: "Leave a review"\n' in run("visit.txt").stdout


def test_table_joins_rows_of_one_happening_and_counts_it_once(run: Run) -> None:
    output = run("visit.txt").stdout
    assert "← same happening as 1" in output
    assert output.endswith("2 events (1 happening, 1 counted)\n")


def test_table_lists_the_other_kinds_below_the_events(run: Run) -> None:
    Path("all.txt").write_text("Everything said. Arman visited Armenia.")
    output = run("all.txt").stdout
    order = [output.index(word) for word in ("CONSULT", "agreements", "positions", "claims", "projects", "memberships")]
    assert order == sorted(order)
    assert "1 agreement · 1 position · 1 claim · 1 project · 1 membership" in output
    assert "agreements on trade (unnamed) · signed · parties Armenia (ARM) · on trade" in output


def test_report_without_events_says_so(run: Run) -> None:
    Path("match.txt").write_text("The home side won by two goals to one.")
    result = run("match.txt")
    assert result.exit_code == 0
    assert result.stdout.endswith("no events, agreements, positions, claims, projects or memberships found\n")


def test_rows_stay_within_the_width(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, run("visit.txt").stdout.splitlines())) <= 80


def test_output_into_a_pipe_has_no_colour_and_is_the_same_twice(run: Run) -> None:
    first, second = run("visit.txt").stdout, run("visit.txt").stdout
    assert "\033" not in first
    assert first == second


def test_jsonl_has_one_record_a_line(run: Run) -> None:
    rows = [json.loads(line) for line in run("visit.txt", "--jsonl").stdout.splitlines()]
    assert [row["kind"] for row in rows] == ["event", "event"]
    assert rows[0]["evidence"][0]["text"] == "Arman visited Armenia"


def test_jsonl_says_notes_on_standard_error(run: Run) -> None:
    result = run("visit.txt", "--jsonl")
    assert "visit.txt: no publication date: pass --date\n" in result.stderr
    assert "no publication date" not in run("visit.txt", "--jsonl", "--quiet").stderr


def test_json_is_one_list_with_an_object_a_report(run: Run) -> None:
    Path("second.txt").write_text("Nothing here.")
    first, second = json.loads(run("visit.txt", "second.txt", "--json").stdout)
    assert first["document"]["title"] == "Presidents meet in Yerevan"
    assert (len(first["records"]), len(second["records"])) == (2, 0)


def test_json_of_nothing_is_an_empty_list(run: Run) -> None:
    Path("empty.txt").write_text("")
    assert json.loads(run("empty.txt", "--json").stdout) == []


def test_csv_has_one_record_a_row(run: Run) -> None:
    Path("all.txt").write_text("Everything said. Arman visited Armenia.")
    rows = list(csv.DictReader(io.StringIO(run("all.txt", "--csv").stdout)))
    kinds = ["event", "agreement", "position", "claim", "project", "membership"]
    assert [row["kind"] for row in rows] == kinds
    assert (rows[0]["source"], rows[0]["target_country"], rows[0]["quote"]) == ("Arman", "ARM", "Arman visited Armenia")


def test_two_outputs_at_once_are_refused(run: Run) -> None:
    result = run("visit.txt", "--json", "--csv")
    assert result.exit_code == 2
    assert result.stderr == "dragoman: only one of --json, --csv can be printed at a time\n"


def test_values_given_fill_what_the_input_lacks(run: Run) -> None:
    given = ("--date", "2024-04-16", "--publisher", "Daily", "--url", "https://example.org/a")
    lines = run("visit.txt", *given).stdout.splitlines()
    assert lines[1] == "visit.txt · Daily · 2024-04-16 · https://example.org/a"
    assert not any("no publication date" in line for line in lines)


def test_bad_date_is_a_usage_error(run: Run) -> None:
    result = run("visit.txt", "--date", "16.4.2024")
    assert result.exit_code == 2
    assert result.stderr == "dragoman: --date: '16.4.2024' is not a date; expected one like 2024-04-16\n"


def test_records_below_the_threshold_are_left_out_and_said(run: Run) -> None:
    result = run("visit.txt", "--threshold", "0.5")
    assert "Doubtful" not in result.stdout.split("who")[1]
    assert "records below the threshold of 0.5 and not shown: 1" in result.stderr


def test_edition_of_the_codebook_is_checked(run: Run) -> None:
    assert run("visit.txt", "--edition", "2.0").exit_code == 0
    result = run("visit.txt", "--edition", "3.0")
    assert (result.exit_code, result.stdout) == (2, "")


def test_standard_input_is_coded(run: Run) -> None:
    result = run("-", stdin="Arman visited Armenia.")
    assert result.exit_code == 0
    assert "CONSULT visit" in result.stdout


def test_summary_counts_what_was_read_coded_skipped_and_failed(run: Run) -> None:
    Path("es.txt").write_text(SPANISH)
    Path("empty.txt").write_text("")
    Path("picture.png").write_bytes(b"x")
    summary = run(".").stderr.splitlines()[-1]
    assert summary.startswith("3 read, 1 coded, 1 skipped (not coded: the text is in Spanish")
    assert "1 failed (empty.txt), 1 other files passed over" in summary


def test_quiet_says_failures_only(run: Run) -> None:
    Path("empty.txt").write_text("")
    assert run("visit.txt", "--quiet").stderr == ""
    assert run("empty.txt", "--quiet").stderr == "empty.txt: empty: no text to code\n"


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)),
    "nul.txt": b"Arman\0visited Armenia.",
    "unbroken.txt": b"word " * 20_001,
    "huge.txt": b"Arman visited. " * 3_500_000,
    "no_text.jsonl": b'{"id": 1}\n',
    "spanish.txt": SPANISH.encode(),
    "breaks.txt": b"Breaks.",
    "folder/picture.png": b"x",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_and_the_rest_is_coded(run: Run, name: str) -> None:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(BAD[name])
    origin = str(path.parent) if path.parent != Path() else name
    result = run(origin, "visit.txt")
    assert result.exit_code == 3
    assert result.stderr.startswith(origin)
    assert "CONSULT visit" in result.stdout


def test_wrong_encoding_is_coded_and_said(run: Run) -> None:
    Path("old.txt").write_bytes("Arman visited Türkiye.".encode("cp1252"))
    result = run("old.txt")
    assert result.exit_code == 0
    assert "! not valid UTF-8 (byte 16): read as Windows-1252" in result.stdout


def test_everything_failed_exits_with_one(run: Run) -> None:
    result = run("nowhere.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("nowhere.txt: no such file or folder\n")


def test_only_another_language_exits_with_three_and_lang_en_codes_it(run: Run) -> None:
    Path("es.txt").write_text(SPANISH)
    assert run("es.txt").exit_code == 3
    assert run("es.txt", "--lang", "en").exit_code == 0


def test_nothing_found_exits_with_four_only_when_asked(run: Run) -> None:
    Path("match.txt").write_text("The home side won by two goals to one.")
    assert run("match.txt").exit_code == 0
    assert run("match.txt", "--fail-empty").exit_code == 4


def test_time_limit_is_said_and_exits_with_one(run: Run) -> None:
    Path("slow.txt").write_text("Sleeps.")
    result = run("slow.txt", "--time-limit", "0.05")
    assert result.exit_code == 1
    assert "the time limit of 0.05 s was reached" in result.stderr


def test_interrupt_exits_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(self: MadeCoder, documents: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(MadeCoder, "code_many", interrupt)
    result = run("visit.txt")
    assert result.exit_code == 130
    assert "interrupted" in result.stderr


def test_settings_file_in_the_folder_is_used(run: Run) -> None:
    Path("dragoman.toml").write_text("threshold = 0.5\n")
    assert "records below the threshold of 0.5 and not shown: 1" in run("visit.txt").stderr
