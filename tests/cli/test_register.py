import csv
import io
import json

import pytest
from typer.testing import CliRunner

import make_registers as make
from dragoman.cli import register_run
from dragoman.cli.app import app

PLEDGE = "Kenya pledged to send forty water engineers to Somalia."
SENT = "Kenya sent forty water engineers to Somalia."
TALKS = "Kenya and Somalia are negotiating a treaty on shared fish."
SIGNED = "Kenya and Somalia signed the treaty on shared fish."


def reports():
    words = "treaty on shared fish"
    pledged = make.event("p1", PLEDGE, "Kenya pledged", "AGREE", "Kenya", "Somalia", status=make.Status.PLEDGED)
    inner = make.event("p2", SENT, "Kenya sent", "AID", "Kenya", "Somalia")
    said = make.claim("p2", SENT, "Kenya sent forty", "Chad", about=(inner.id,))
    yield make.report("p1", PLEDGE, pledged, published="2024-01-01")
    yield make.report("p2", SENT, inner, said, published="2024-02-01")
    talks = make.agreement("a1", TALKS, words, "Kenya Somalia", "under_negotiation")
    yield make.report("a1", TALKS, talks, make.position("a1", TALKS, "Kenya", words, "for"), published="2024-03-01")
    signed = make.agreement("a2", SIGNED, words, "Kenya Somalia", "signed")
    road = make.project("a2", SIGNED, words, "agreed")
    belongs = make.membership("a2", SIGNED, "Kenya", "treaty", "member")
    yield make.report("a2", SIGNED, signed, road, belongs, published=None)


@pytest.fixture
def ask(monkeypatch):
    """Runs `dragoman register` over reports written by hand."""
    monkeypatch.setattr(register_run, "code_reports", lambda origins, **asked: reports())
    return lambda *arguments: CliRunner().invoke(app, ["register", *arguments, "reports"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("agreements", "history: signed (undated) > under_negotiation (2024-03-01)"),
        ("claims", "about: Kenya AID asserted Somalia"),
        ("positions", "Kenya is for: treaty on shared fish"),
        ("projects", "(transport): agreed; nobody named"),
        ("memberships", "Kenya in treaty: member, stated"),
        ("promises", "kept? 2024-02-01 p2: \"Kenya sent forty water engineers to Somalia.\""),
    ],
)  # fmt: skip
def test_each_register_is_printed_to_read(ask, name, words):
    answer = ask(name)
    assert answer.exit_code == 0
    assert words in answer.stdout


def test_json_lines_hold_whole_entries(ask):
    (line,) = ask("promises", "--jsonl").stdout.splitlines()
    entry = json.loads(line)
    assert (entry["state"], entry["kept"][0]["day"]) == ("kept?", "2024-02-01")


def test_json_is_a_list(ask):
    assert [entry["status"] for entry in json.loads(ask("agreements", "--json").stdout)] == ["signed"]


def test_csv_has_one_row_an_entry(ask):
    (row,) = csv.DictReader(io.StringIO(ask("agreements", "--csv").stdout))
    assert (row["parties"], row["reports"]) == ("Kenya; Somalia", "2")


def test_an_unknown_register_is_refused(ask):
    assert ask("treaties").exit_code == 2
