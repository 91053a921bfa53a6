import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

from dragoman.cli.app import app
from dragoman.codec import decode_record, encode_coding
from dragoman.store import open_store
from make_store import NEWER, Coder, coded

Run = Callable[..., Result]
OPENED: list[Coder] = []


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command in an empty folder; the coder is the one of make_store."""
    OPENED.clear()

    def open_made(codebook: str, *, kb: str | None, threshold: float | None, learned: None) -> Coder:
        newer = codebook == "newer"
        OPENED.append(Coder(NEWER, {"threatened": "shelled"}) if newer else Coder())
        return OPENED[-1]

    monkeypatch.setitem(sys.modules, "dragoman.coder", SimpleNamespace(Coder=SimpleNamespace(open=open_made)))
    monkeypatch.chdir(tmp_path)
    Path("visit.txt").write_text("Arman visited Armenia on 2024-04-15.\nSona threatened Georgia.\n")

    def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, arguments, input=stdin, catch_exceptions=False)

    return run


@pytest.fixture
def made(run: Run) -> Run:
    """The same in a folder with a store that holds visit.txt."""
    run("init")
    run("ingest", "visit.txt", "--date", "2024-04-16")
    return run


# ---- init and ingest


def test_init_makes_a_store_once(run: Run) -> None:
    assert "caucasus/record.dragoman: made" in run("init", "caucasus").stdout
    assert "is there already, with no documents yet" in run("init", "caucasus").stdout


def test_ingest_without_a_store_says_how_to_make_one(run: Run) -> None:
    result = run("ingest", "visit.txt")
    assert result.exit_code == 1
    assert "no store there; make one with: dragoman init" in result.stderr


def test_ingest_twice_writes_once(run: Run) -> None:
    run("init")
    first, second = run("ingest", "visit.txt"), run("ingest", "visit.txt")
    assert first.stdout.startswith("1 read · 1 new · 2 records · 0 failed   run r-")
    assert second.stdout == "1 read · 0 new · 1 already there   (nothing written)\n"
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert len(json.loads(run("runs", "--json").stdout)) == 1


def test_ingest_does_not_code_what_is_there(made: Run) -> None:
    made("ingest", "visit.txt", "--date", "2024-04-16")
    assert [len(coder.given) for coder in OPENED] == [1, 0]


def test_ingest_knows_content_wherever_it_lies(made: Run) -> None:
    Path("copy.txt").write_bytes(Path("visit.txt").read_bytes())
    assert "1 read · 0 new · 1 already there" in made("ingest", "copy.txt", "--date", "2024-04-16").stdout


def test_ingest_reads_standard_input(made: Run) -> None:
    line = json.dumps({"id": "a1", "text": "Arman visited Georgia."})
    assert "1 read · 1 new" in made("ingest", "-", stdin=line + "\n").stdout


def test_dry_run_says_what_it_would_code_and_writes_nothing(run: Run) -> None:
    run("init")
    result = run("ingest", "visit.txt", "--dry-run")
    assert result.stdout == "would code visit.txt\n1 read · 1 would be coded   (nothing written)\n"
    assert json.loads(run("status", "--json").stdout)["documents"] == 0


def test_every_bad_input_is_named_with_its_line_and_the_rest_is_kept(run: Run) -> None:
    run("init")
    folder = Path("inbox")
    folder.mkdir()
    good = {"id": "g1", "text": "Arman visited Georgia."}
    deep = "[" * 100_000 + "]" * 100_000
    lines = [json.dumps(good), "{broken", json.dumps({"id": "no text"}), f'{{"text": {deep}}}', ""]
    (folder / "a.jsonl").write_text("\n".join(lines))
    (folder / "b.txt").write_text("")
    (folder / "c.txt").write_bytes(b"\x00\x01\x02" * 50)
    (folder / "d.txt").write_bytes("Arman visited Türkiye’s neighbour Georgia.".encode("cp1252"))
    (folder / "e.txt").write_bytes(b"\xff\xfe" + b"A\x00r\x00m\x00")
    (folder / "f.txt.gz").write_bytes(gzip.compress(b"Arman visited Armenia. " * 500)[:40])
    (folder / "g.txt.gz").write_bytes(gzip.compress(b"Sona visited Georgia.\n"))
    (folder / "h.csv").write_text("id,text\n1,Sona visited Armenia.\n")
    (folder / "i.json").write_text('{"text": ')
    (folder / "j.txt").write_text("Arman visited Armenia. It is unreadable.")
    result = run("ingest", "inbox")
    assert result.exit_code == 3
    for said in (
        "inbox/a.jsonl, line 2: not valid JSON",
        "inbox/a.jsonl, line 3: no text: keys are id",
        "inbox/a.jsonl, line 4: not usable JSON: nested too deeply",
        "inbox/b.txt: empty",
        "inbox/c.txt: NUL byte",
        "inbox/f.txt.gz: a broken gzip file",
        "inbox/i.json: not valid JSON",
        "inbox/j.txt: not coded: ValueError: a word that breaks this coder",
    ):
        assert said in result.stderr
    kept = [json.loads(line)["document"] for line in run("query", "--jsonl").stdout.splitlines()]
    assert "g1" in kept
    assert result.stdout.startswith("13 read · 5 new · ")
    failures = json.loads(run("runs", "--json").stdout)[0]["outcome"]["failures"]
    assert len(failures) == 8


@pytest.mark.slow
def test_huge_file_is_refused_without_being_read_whole(run: Run) -> None:
    run("init")
    with Path("huge.txt").open("wb") as stream:
        stream.truncate(200_000_000)
    result = run("ingest", "huge.txt", "visit.txt")
    assert "huge.txt: more than 10,000,000 bytes" in result.stderr
    assert (result.exit_code, "1 new" in result.stdout) == (3, True)


def test_only_failures_exit_with_one(run: Run) -> None:
    run("init")
    result = run("ingest", "nowhere.txt")
    assert (result.exit_code, result.stdout) == (1, "1 read · 0 new · 1 failed   (nothing written)\n")


def test_changed_text_under_a_known_id_is_named(made: Run) -> None:
    Path("a.jsonl").write_text('{"id": "a1", "text": "Arman visited Georgia."}\n')
    Path("b.jsonl").write_text('{"id": "a1", "text": "Arman visited Armenia."}\n')
    made("ingest", "a.jsonl")
    result = made("ingest", "b.jsonl")
    assert result.exit_code == 1
    assert "b.jsonl:1: id 'a1' is kept with another text" in result.stderr


def test_other_versions_are_said_and_recode_makes_a_run_beside(made: Run) -> None:
    again = made("ingest", "visit.txt", "--date", "2024-04-16", "--codebook", "newer")
    assert "1 of them were coded by other versions; --recode codes them again" in again.stderr
    assert "1 coded again" in made("ingest", "--recode", "--codebook", "newer").stdout
    newer, older = (found["id"] for found in json.loads(made("runs", "--json").stdout))
    diff = made("diff", older, newer).stdout
    assert "1 documents in both; 1 added, 0 changed, 1 withdrawn, 1 the same" in diff
    assert "because of: model made 1 → made 2" in diff
    assert "now read as ASSAULT heavy-weapons" in diff


def test_coded_elsewhere_is_loaded_and_bad_lines_named(run: Run) -> None:
    run("init")
    given = coded("Arman visited Armenia.", id="d7")
    shard = [encode_coding(given.coding, given.document), '{"document": {}}', "nonsense"]
    Path("shard.jsonl.gz").write_bytes(gzip.compress("\n".join(shard).encode()))
    result = run("ingest", "--coded", "shard.jsonl.gz")
    assert result.exit_code == 3
    assert result.stdout.startswith("3 read · 1 new · 1 records · 2 failed")
    assert "shard.jsonl.gz, line 2: not a coded document: key 'records' is missing" in result.stderr
    assert "shard.jsonl.gz, line 3: not valid JSON" in result.stderr
    assert OPENED == []


def test_what_code_prints_as_json_can_be_loaded(run: Run) -> None:
    run("init")
    Path("coded.json").write_text(run("code", "visit.txt", "--json", "--quiet").stdout)
    assert run("ingest", "--coded", "coded.json").stdout.startswith("1 read · 1 new · 2 records")


def test_manifest_has_inputs_versions_settings_and_counts(made: Run) -> None:
    (run,) = json.loads(made("runs", "--json").stdout)
    manifest = run["manifest"]
    assert manifest["inputs"][0]["name"] == "visit.txt"
    assert len(manifest["inputs"][0]["sha256"]) == 64
    assert manifest["provenance"] == {"codebook": "plover-2.0", "model": "made 1", "kb": "kb made"}
    assert ["published", "2024-04-16"] in manifest["settings"]
    assert (run["outcome"]["new"], run["outcome"]["records"], run["records"]) == (1, 2, 2)


# ---- query and show


def test_query_prints_a_table_with_the_count_of_happenings(made: Run) -> None:
    lines = made("query", "event", "--source", "KAZ").stdout.splitlines()
    assert lines[0] == "2024-04-15  Arman Seitov (KAZ GOV) CONSULT visit → Armenia (ARM) · 2024-04-15 · Armenia (ARM)"
    assert lines[2] == '            "Arman visited Armenia on 2024-04-15"'
    assert lines[-1] == "1 happening told by 1 report (1 record)"


def test_query_prints_json_lines_that_read_back(made: Run) -> None:
    lines = made("query", "--jsonl", "--type", "THREATEN").stdout.splitlines()
    record, provenance = decode_record(lines[0])
    assert (len(lines), record.sentence, provenance.model) == (1, 1, "made 1")


def test_query_prints_a_json_list_and_csv(made: Run) -> None:
    assert len(json.loads(made("query", "--json").stdout)) == 2
    rows = made("query", "--csv", "--order", "oldest").stdout.splitlines()
    assert rows[0].startswith("kind,id,document,")
    assert (len(rows), "Arman visited Armenia" in rows[1]) == (3, True)


def test_query_that_finds_nothing_exits_with_four_on_demand(made: Run) -> None:
    assert made("query", "--source", "FRA").exit_code == 0
    assert made("query", "--source", "FRA", "--fail-empty").exit_code == 4


def test_query_limit_says_that_there_is_more(made: Run) -> None:
    assert "(2 records); the first 1 are shown" in made("query", "--limit", "1").stdout


def test_query_of_a_wrong_value_says_what_is_right(made: Run) -> None:
    result = made("query", "--status", "maybe")
    assert (result.exit_code, "status 'maybe' is not one of asserted, negated" in result.stderr) == (1, True)


def _id(run: Run, key: str) -> str:
    return str(json.loads(run("query", "--jsonl", "--type", "CONSULT").stdout.splitlines()[0])[key])


def test_show_record_has_quote_in_context_reason_decisions_and_run(made: Run) -> None:
    text = made("show", _id(made, "id")).stdout
    assert '"[Arman visited Armenia on 2024-04-15]. Sona threatened Georgia."   characters 0-35' in text
    for part in (
        "reason       verb visited",
        "category     CONSULT   0.90   its verb (made)",
        "run          r-",
        "told once",
    ):
        assert part in text


def test_show_takes_documents_happenings_and_runs(made: Run) -> None:
    assert "Sona threatened Georgia." in made("show", _id(made, "document")).stdout
    assert "event, 1 records in 1 reports" in made("show", _id(made, "cluster")).stdout
    assert "input        visit.txt   sha256 " in made("show", _id(made, "run")).stdout


def test_show_of_nothing_fails(made: Run) -> None:
    result = made("show", "ev_none")
    assert (result.exit_code, "nothing has the id 'ev_none'" in result.stderr) == (1, True)


# ---- care


def test_status_says_what_is_there_and_that_it_is_sound(made: Run) -> None:
    text = made("status", "--check").stdout
    for part in ("documents    1", "events       2 records of 2 happenings, 2 counted", "runs         1", "sound"):
        assert part in text


def test_status_finds_a_projection_out_of_step_and_rebuild_mends_it(made: Run) -> None:
    with open_store(".") as store, store.engine.transaction(durable=False) as writing:
        writing.write("DELETE FROM entry")
    assert "2 records without an entry; run dragoman rebuild" in made("status", "--check").stderr
    assert made("rebuild").stdout == "record.dragoman: 2 records\n"
    assert made("status", "--check").exit_code == 0


def test_backup_is_a_store_of_its_own(made: Run) -> None:
    assert "copy.dragoman: 1 documents, the copy is sound" in made("backup", "copy.dragoman").stdout
    assert json.loads(made("status", "--json", "--store", "copy.dragoman").stdout)["documents"] == 1
    assert "is there already" in made("backup", "copy.dragoman").stderr


def test_migrate_copies_to_another_place_with_verdicts_and_runs(made: Run) -> None:
    result = made("migrate", "--to", "new.dragoman")
    assert result.stdout == "new.dragoman: 1 documents, 2 records, 0 verdicts\n"
    before, after = (made("query", "--jsonl", "--store", place).stdout for place in ("record.dragoman", "new.dragoman"))
    assert before == after
    assert "not empty" in made("migrate", "--to", "new.dragoman").stderr


def test_migrate_of_a_current_store_changes_nothing(made: Run) -> None:
    assert "of this version already" in made("migrate").stdout


def test_store_of_the_environment_is_used(made: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made("init", "other")
    monkeypatch.setenv("DRAGOMAN_STORE", "other")
    assert json.loads(made("status", "--json").stdout)["place"] == "other/record.dragoman"


def test_doctor_says_that_a_store_is_sound(made: Run) -> None:
    result = made("doctor", ".")
    assert result.exit_code == 0
    assert "texts        sound    1 documents" in result.stdout
    assert result.stdout.endswith("the store is sound\n")


def test_doctor_names_what_is_wrong_and_rebuild_mends_it(made: Run) -> None:
    with open_store(".") as store, store.engine.transaction(durable=False) as writing:
        writing.write("DELETE FROM entry")
    result = made("doctor", ".", "--quick")
    assert result.exit_code == 1
    assert "2 records without an entry; run dragoman rebuild" in result.stderr
    assert "rows         WRONG" in result.stdout
    made("rebuild")
    assert made("doctor", ".").exit_code == 0


def test_doctor_of_no_store_says_so(run: Run) -> None:
    result = run("doctor", "none.dragoman")
    assert (result.exit_code, "no store there" in result.stderr) == (1, True)


def test_ingest_takes_workers_and_refuses_none(made: Run) -> None:
    assert "1 already there" in made("ingest", "visit.txt", "--date", "2024-04-16", "--workers", "2").stdout
    result = made("ingest", "visit.txt", "--workers", "0")
    assert (result.exit_code, "workers 0: expected 1 to 256" in result.stderr) == (2, True)
