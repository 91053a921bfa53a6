import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import dragoman.coder
from dragoman.cli.app import app
from dragoman.coder import Coder
from dragoman.coding.learned import Learned
from dragoman.learning.heads import taught
from dragoman.store import Store, open_store
from dragoman.types.review import Judgement
from make_learned import fake_coder, fill, judge

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command in a folder with an empty store; the coder is the one of make_learned."""

    def open_fake(
        codebook: str = "plover",
        *,
        kb: str | None = None,
        threshold: float | None = None,
        learned: Learned | None = None,
    ) -> Coder:
        return taught(fake_coder(), learned) if learned else fake_coder()

    monkeypatch.setattr(dragoman.coder.Coder, "open", open_fake)
    monkeypatch.chdir(tmp_path)
    open_store(".", create=True).close()

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, arguments, catch_exceptions=False)

    return run


def judge_all(store: Store, count: int = 30) -> None:
    for event in fill(store, count):
        judge(store, event, Judgement.REJECT if event.trigger_text == "visited" else Judgement.ACCEPT)


@pytest.fixture
def judged(run: Run) -> Run:
    """The same where a reviewer rejected all visits of 30 reports."""
    with open_store(".") as store:
        judge_all(store)
    return run


def models(run: Run) -> list[str]:
    return [found["manifest"]["provenance"]["model"] for found in json.loads(run("runs", "--json").stdout)]


def test_learn_shows_the_gain_and_switches_nothing(judged: Run) -> None:
    result = judged("learn")
    assert result.exit_code == 0
    assert "60 verdicts on events of 30 reports" in result.stdout
    assert "right among those written             0.500    1.000   +0.500 (+0.500 to +0.500)  better" in result.stdout
    assert "less sure (" in result.stdout
    assert "in use: the shipped heads are" in result.stdout
    assert "nothing is switched yet: dragoman learn --apply" in result.stderr
    assert not Path("record.dragoman.learned").exists()


def test_switched_layer_codes_from_then_on_and_is_named(judged: Run) -> None:
    assert judged("learn", "--apply", "--quiet").exit_code == 0
    Path("new.txt").write_text("Wekesa visited Mali. Kenya attacked Chad.\n")
    version = json.loads(judged("learn", "--status", "--json").stdout)["in_use"]
    coded = judged("code", "new.txt", "--lang", "en", "--json").stdout
    assert f'"model":"fake-1+learned.{version}"' in coded
    assert [record["category"] for record in json.loads(coded)[0]["records"]] == ["ASSAULT"]
    judged("ingest", "new.txt", "--lang", "en")
    assert models(judged)[0] == f"fake-1+learned.{version}"


def test_off_codes_with_the_shipped_heads(judged: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    judged("learn", "--apply")
    Path("new.txt").write_text("Wekesa visited Mali.\n")
    monkeypatch.setenv("DRAGOMAN_LEARNED", "off")
    assert '"model":"fake-1"' in judged("code", "new.txt", "--lang", "en", "--json").stdout


def test_layer_holds_for_its_store_alone(judged: Run) -> None:
    judged("learn", "--apply")
    judged("init", "other")
    Path("new.txt").write_text("Wekesa visited Mali.\n")
    judged("ingest", "new.txt", "--lang", "en", "--store", "other")
    assert (
        json.loads(judged("runs", "--json", "--store", "other").stdout)[0]["manifest"]["provenance"]["model"]
        == "fake-1"
    )


def test_store_in_python_uses_its_layer(judged: Run) -> None:
    judged("learn", "--apply")
    with open_store(".") as store:
        store.recode()
    assert "+learned." in models(judged)[0]


def test_undo_brings_back_the_same_bytes(judged: Run) -> None:
    Path("new.txt").write_text("Wekesa visited Mali. Kenya attacked Chad.\n")

    def code() -> bytes:
        return judged("code", "new.txt", "--lang", "en", "--json").stdout_bytes

    before = code()
    judged("learn", "--apply")
    learned = code()
    assert learned not in (before, b"")
    judged("learn", "--undo")
    assert code() == before
    judged("learn", "--apply")
    assert code() == learned


def test_run_after_undo_codes_as_the_first_run_did(judged: Run) -> None:
    def coded() -> list[str]:
        with open_store(".") as store:
            values = [json.loads(entry.json) for entry in store.records().order("text").entries()]
        return [json.dumps({name: found for name, found in value.items() if name != "run"}) for value in values]

    before = coded()
    judged("learn", "--apply")
    judged("ingest", "--recode")
    assert coded() != before
    judged("learn", "--undo")
    judged("ingest", "--recode")
    assert coded() == before


def test_status_says_what_verdicts_would_teach_and_what_is_in_use(judged: Run) -> None:
    assert "learning     dragoman learn shows what 60 judged events would teach the coder" in judged("status").stdout
    assert json.loads(judged("status", "--json").stdout)["learned"] is None
    judged("learn", "--apply")
    version = json.loads(judged("status", "--json").stdout)["learned"]
    assert f"learned.{version} from reviewers is in use: dragoman learn --status" in judged("status").stdout


def test_backup_and_migration_take_along_what_was_learned(judged: Run) -> None:
    judged("learn", "--apply")
    version = json.loads(judged("status", "--json").stdout)["learned"]
    assert "copy.dragoman.learned: what was learned" in judged("backup", "copy.dragoman").stdout
    judged("migrate", "--to", "new.dragoman")
    for place in ("copy.dragoman", "new.dragoman"):
        assert json.loads(judged("status", "--json", "--store", place).stdout)["learned"] == version


def test_undo_goes_back(judged: Run) -> None:
    judged("learn", "--apply")
    assert "the shipped heads are in use again" in judged("learn", "--undo").stdout
    status = judged("learn", "--status").stdout.splitlines()
    assert status[0] == "in use: the shipped heads are"
    assert [line.split("  ")[2].split(" ")[0].split(".")[0] for line in status[1:]] == ["learned", "undone"]
    again = judged("learn", "--undo")
    assert (again.exit_code, "no learned layer to undo" in again.stderr) == (1, True)


def test_same_verdicts_are_not_switched_to_twice(judged: Run) -> None:
    judged("learn", "--apply")
    again = judged("learn", "--apply")
    assert again.exit_code == 0
    assert "in use already" in again.stderr
    assert len(Path("record.dragoman.learned").read_text().splitlines()) == 1


def test_too_few_verdicts_are_refused_and_force_switches(run: Run) -> None:
    with open_store(".") as store:
        judge_all(store, 5)
    refused = run("learn", "--apply")
    assert refused.exit_code == 1
    assert "10 usable verdicts on events of 5 reports; at least 60 on 10 reports are needed" in refused.stdout
    assert not Path("record.dragoman.learned").exists()
    assert run("learn", "--apply", "--force").exit_code == 0
    assert Path("record.dragoman.learned").exists()


def test_no_gain_is_refused(run: Run) -> None:
    with open_store(".") as store:
        for number, event in enumerate(fill(store, 40)):
            judge(store, event, Judgement.REJECT if number * 7919 % 31 < 6 else Judgement.ACCEPT)
    result = run("learn", "--apply")
    assert (result.exit_code, "nothing to switch to" in result.stderr) == (1, True)
    assert "left as shipped: confidence: no gain on held-out reports" in result.stdout


def test_json_has_every_figure(judged: Run) -> None:
    found = json.loads(judged("learn", "--json").stdout)
    assert (found["verdicts"], found["reports"], found["in_use"]) == (60, 30, None)
    assert {measure["name"] for measure in found["measures"] if measure["gains"]} >= {"calibration error"}
    assert found["heads"] == {"typing": False, "confidence": True}


def test_two_actions_at_once_are_refused(run: Run) -> None:
    result = run("learn", "--apply", "--undo")
    assert (result.exit_code, "only one of --apply, --undo, --status" in result.stderr) == (2, True)


def test_several_stores_in_a_folder_ask_for_a_name(judged: Run) -> None:
    judged("learn", "--apply")
    Path("record.dragoman").rename("a.dragoman")
    Path("record.dragoman.learned").rename("a.dragoman.learned")
    judged("init", "b.dragoman")
    Path("new.txt").write_text("Wekesa visited Mali.\n")
    result = judged("code", "new.txt", "--lang", "en")
    assert (result.exit_code, "name one of the files, with DRAGOMAN_STORE" in result.stderr) == (2, True)


def test_named_file_that_is_missing_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_LEARNED", "nowhere.learned")
    Path("new.txt").write_text("Wekesa visited Mali.\n")
    result = run("code", "new.txt", "--lang", "en")
    assert (result.exit_code, "no file 'nowhere.learned'" in result.stderr) == (2, True)
