import csv
import io
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

import make_analysis as make
from dragoman.analysis import load_network
from dragoman.cli.app import app
from dragoman.codec import encode_record
from dragoman.pipeline import Coded
from dragoman.store import open_store
from dragoman.types.record import Coding, Provenance, Record
from dragoman.types.text import Document
from make_coder import MadeCoder

Run = Callable[..., Result]
BY = Provenance(codebook="plover-2.0", model="m", kb="k")
REPORT = "Presidents meet in Yerevan\nArman visited Armenia.\n"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `dragoman` in an empty folder, with the coder that knows one word."""

    def open_made(codebook: str, *, kb: str | None, threshold: float | None, learned: None) -> MadeCoder:
        return MadeCoder()

    monkeypatch.setitem(sys.modules, "dragoman.coder", SimpleNamespace(Coder=SimpleNamespace(open=open_made)))
    monkeypatch.chdir(tmp_path)
    for name in ("DRAGOMAN_STORE", "DRAGOMAN_CODEBOOK", "DRAGOMAN_THRESHOLD", "DRAGOMAN_TIME_LIMIT"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, list(arguments), input=stdin, catch_exceptions=False)

    return run


def write(name: str, records: Sequence[Record]) -> str:
    Path(name).write_text("".join(encode_record(record, text="x", provenance=BY) + "\n" for record in records))
    return name


def two_months() -> list[Record]:
    return [make.event("a", confidence=1.0), make.event("b", when="2024-06-01", confidence=0.5, document="d2")]


def fill_store(records: Sequence[Record]) -> None:
    with open_store(".", create=True) as store:
        for id in sorted({record.document for record in records}):
            own = tuple(record for record in records if record.document == id)
            document = Document(id=id, text=f"x {id}", origin=id, published=date(2024, 4, 16), language="en")
            store.add(Coded(document=document, coding=Coding(document=id, records=own, issues=(), provenance=BY)))


def test_series_of_records_is_printed_as_a_table(run: Run) -> None:
    result = run("series", "dyad", "KAZ", "ARM", write("r.jsonl", two_months()))
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[0] == "KAZ → ARM by month: 2 events from 2 reports"
    assert " ".join(lines[2].split()) == "2024-04 1 (1) 1.0 [1.0, 1.0] 1/0 0/0 +4.0 [+4.0, +4.0], +4.0"
    assert lines[4] == "  1 period without events between"


def test_csv_has_empty_periods_and_both_directions(run: Run) -> None:
    result = run("series", "dyad", "kaz", "arm", write("r.jsonl", two_months()), "--csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["source"], row["period"], row["events"]) for row in rows] == [
        *(("KAZ", "2024-04-01", "1"), ("KAZ", "2024-05-01", "0"), ("KAZ", "2024-06-01", "1")),
        *(("ARM", "2024-04-01", "0"), ("ARM", "2024-05-01", "0"), ("ARM", "2024-06-01", "0")),
    ]


def test_json_lines_name_the_clusters_behind_a_number(run: Run) -> None:
    result = run("series", "actor", "KAZ", write("r.jsonl", two_months()), "--jsonl", "--side", "source")
    assert [json.loads(line)["clusters"] for line in result.stdout.splitlines()] == [["a"], [], ["b"]]


def test_records_are_read_from_standard_input(run: Run) -> None:
    text = Path(write("r.jsonl", two_months())).read_text()
    result = run("series", "panel", "-", "--csv", stdin=text)
    assert len(result.stdout.splitlines()) == 4


def test_same_records_twice_count_once(run: Run) -> None:
    one = write("r.jsonl", two_months())
    other = write("s.jsonl", two_months())
    assert "2 events from 2 reports" in run("series", "dyad", "KAZ", "ARM", one, other).stdout


def test_broken_line_is_named_and_the_rest_used(run: Run) -> None:
    path = Path(write("r.jsonl", two_months()))
    path.write_text(path.read_text() + '{"kind": "event"}\n')
    result = run("series", "dyad", "KAZ", "ARM", "r.jsonl")
    assert result.exit_code == 3
    assert "r.jsonl, line 3: not a dragoman record" in result.stderr
    assert "2 events" in result.stdout


def test_publication_date_is_read_from_the_actors_of_records_without_a_time(run: Run) -> None:
    event = make.event("a", when=None)
    event = replace(event, sources=tuple(replace(link, as_of=date(2024, 4, 16)) for link in event.sources))
    path = write("r.jsonl", [event])
    assert "1 by publication" in run("series", "dyad", "KAZ", "ARM", path).stdout
    assert "in no period: 1 undated" in run("series", "dyad", "KAZ", "ARM", path, "--no-publication").stdout


def test_nothing_found_is_said_and_is_no_failure(run: Run) -> None:
    result = run("series", "dyad", "GEO", "ARM", write("r.jsonl", two_months()))
    assert result.exit_code == 0
    assert "GEO ARM: no events that count in r.jsonl" in result.stderr


def test_nothing_found_can_be_a_failure(run: Run) -> None:
    assert run("series", "dyad", "GEO", "ARM", write("r.jsonl", []), "--fail-empty").exit_code == 4


def test_empty_file_gives_a_header_alone(run: Run) -> None:
    result = run("series", "panel", write("r.jsonl", two_months()[:0]), "-", "--csv", stdin="")
    assert len(result.stdout.splitlines()) == 1


def test_reports_are_coded(run: Run) -> None:
    Path("visit.txt").write_text(REPORT)
    result = run("series", "dyad", "KAZ", "ARM", "visit.txt", "--date", "2024-04-16")
    assert "KAZ → ARM by month: 1 event from 1 report" in result.stdout


def test_store_is_read_where_no_files_are_given(run: Run) -> None:
    fill_store(two_months())
    assert "KAZ → ARM by month: 2 events from 2 reports" in run("series", "dyad", "KAZ", "ARM").stdout
    assert "KAZ by year: 2 events from 2 reports" in run("series", "actor", "KAZ", "--freq", "year").stdout


def test_joint_act_of_two_named_in_the_same_words_is_in_the_store_too(run: Run) -> None:
    leaders = tuple(replace(make.link(name), actor_id=None, name=None, text="the two") for name in ("KAZ", "ARM"))
    fill_store([replace(make.event("a", reciprocal=True), sources=leaders, targets=())])
    lines = run("series", "dyad", "KAZ", "ARM").stdout.splitlines()
    assert [line for line in lines if "→" in line] == [
        "KAZ → ARM by month: 1 event from 1 report",
        "ARM → KAZ by month: 1 event from 1 report",
    ]


def test_missing_store_says_how_to_make_one(run: Run) -> None:
    result = run("series", "dyad", "KAZ", "ARM")
    assert result.exit_code == 1
    assert "make one with: dragoman init" in result.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--since", "soon"], "--since: 'soon' is not a date"),
        (["--since", "2024-05-01", "--until", "2024-04-01"], "lies before --since"),
        (["--status", "rumoured"], "--status: 'rumoured' is not one of asserted"),
        (["--csv", "--jsonl"], "only one of"),
    ],
)
def test_wrong_option_is_a_usage_error(run: Run, options: list[str], message: str) -> None:
    result = run("series", "dyad", "KAZ", "ARM", write("r.jsonl", two_months()), *options)
    assert result.exit_code == 2
    assert message in result.stderr


def test_plot_is_written_and_counted(run: Run) -> None:
    result = run("plot", "dyad", "KAZ", "ARM", write("r.jsonl", two_months()), "-o", "out.svg")
    assert "KAZ → ARM: 2 events from 2 reports" in result.stderr
    assert Path("out.svg").read_bytes().startswith(b"<?xml")


def test_plot_of_an_actor_of_the_store_is_written(run: Run) -> None:
    fill_store(two_months())
    assert run("plot", "actor", "KAZ", "-o", "out.png", "--score", "goldstein").exit_code == 0
    assert Path("out.png").read_bytes().startswith(b"\x89PNG")


def test_network_is_written_with_names_of_actors(run: Run) -> None:
    result = run("network", write("r.jsonl", two_months()), "-o", "net.graphml", "--by", "actor")
    assert "2 actors, 1 arc → net.graphml" in result.stderr
    assert load_network(Path("net.graphml")).nodes["id-KAZ"]["label"] == "KAZ"


def test_network_without_a_file_is_printed_within_its_bounds(run: Run) -> None:
    result = run("network", write("r.jsonl", two_months()), "--since", "2024-05-01")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert (row["source"], row["target"], row["events"]) == ("KAZ", "ARM", "1")


def test_digest_compares_with_what_was_known(run: Run) -> None:
    old = write("old.jsonl", two_months()[:1])
    new = write("new.jsonl", [*two_months(), make.agreement("g", "Pact", document="d2")])
    lines = run("digest", new, "--before", old).stdout.splitlines()
    assert lines[0] == "new beside old.jsonl: 1 new event from 1 report in 1 new document; 0 known events told again"
    assert lines[-1] == "new agreement: Pact · signed · KAZ, ARM (1 report)"


def test_digest_of_the_store_tells_what_came_since(run: Run) -> None:
    fill_store(two_months())
    assert run("digest", "--since", "2000-01-01").stdout.startswith("new since 2000-01-01: 2 new events from 2 reports")
    assert run("digest", "--since", "2999-01-01").stdout.startswith("new since 2999-01-01: 0 new events")


def test_digest_of_reports_goes_by_their_publication(run: Run) -> None:
    Path("visit.txt").write_text(REPORT)
    result = run("digest", "visit.txt", "--date", "2024-04-16", "--since", "2024-04-16")
    assert result.stdout.startswith("new since 2024-04-16: 1 new event from 1 report in 1 new document")


def test_digest_needs_to_know_what_is_new(run: Run) -> None:
    result = run("digest", write("r.jsonl", two_months()))
    assert result.exit_code == 2
    assert "either --since DAY or --before FILE" in result.stderr
