"""The command: who may be let in, tokens, agreement."""

from pathlib import Path

from typer.testing import CliRunner

from dragoman.cli.app import app
from dragoman.store import Store


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.stdout, done.stderr


def test_other_addresses_are_refused_without_a_token(store: Store) -> None:
    code, _, said = run("serve", store.place, "--host", "0.0.0.0")
    assert code == 2
    assert "--new-token" in said


def test_token_is_printed_once_listed_by_name_and_withdrawn(store: Store) -> None:
    code, token, _ = run("serve", store.place, "--new-token", "ada", "--scope", "read")
    assert code == 0
    assert token.startswith("dg_")
    _, listed, _ = run("serve", store.place, "--tokens")
    assert listed.startswith("ada\tread\t")
    assert token.strip() not in listed
    assert run("serve", store.place, "--withdraw-token", "ada")[0] == 0
    assert run("serve", store.place, "--tokens")[1] == ""


def test_store_that_is_not_there_is_said(tmp_path: Path) -> None:
    code, _, said = run("serve", str(tmp_path / "none.dragoman"))
    assert code == 1
    assert "no store there" in said


def test_agree_says_when_nobody_coded_twice(store: Store) -> None:
    code, out, _ = run("agree", "--store", store.place, "--fail-empty")
    assert (code, out) == (4, "")


def test_agree_prints_alpha_as_json(ada, ben, store: Store) -> None:
    from dragoman.codec import parse_json

    for id in [record.id for record in store.records()]:
        for browser in (ada, ben):
            browser.open(f"/review/{id}?order=blind")
            browser.decide(id, "accept")
    code, out, _ = run("agree", "--store", store.place, "--json")
    fields = {one["field"]: one for one in parse_json(out)["fields"]}
    assert code == 0
    assert fields["category"]["alpha"] == 1.0
    assert fields["category"]["same"] == fields["category"]["records"] == 5
