import json
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.evaluate.agreements import AgreementScore, figures, load_cases, score_agreements
from dragoman.evaluate.metrics import Counts
from dragoman.types.actor import ActorLink
from dragoman.types.record import Agreement, AttributedTo, Attribution, Status
from dragoman.types.text import Span

TEXT = "Chad and Mali signed a treaty on wool. They denied a pact."
LIST = Path(__file__).parents[2] / "evaluation" / "agreements_test.jsonl"


def place(words: str) -> dict[str, object]:
    return {"text": words, "start": TEXT.index(words)}


def row(**changes: object) -> dict[str, object]:
    entry = {
        "name": place("treaty on wool"),
        "titled": False,
        "instrument": ["treaty"],
        "status": ["signed"],
        "parties": [place("Chad"), place("Mali")],
        "signatories": [],
        "subjects": [place("wool")],
        "time": None,
        "number": None,
    }
    optional = [{"name": place("pact"), "status": ["proposed"]}]
    return {
        "id": "x",
        "split": "dev",
        "text": TEXT,
        "date": None,
        "agreements": [entry],
        "optional": optional,
        **changes,
    }


@pytest.fixture
def case(tmp_path: Path):
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(row()) + "\n")
    (only,) = load_cases(path)
    return only


def record(words: str, status: str = "signed", parties: tuple[str, ...] = ("Chad", "Mali")) -> Agreement:
    def at(one: str) -> Span:
        return Span(TEXT.index(one), TEXT.index(one) + len(one))

    return Agreement(
        id=words,
        document="x",
        sentence=0,
        evidence=(at(words),),
        title=None,
        description=words,
        instrument="treaty",
        parties=tuple(ActorLink(text=name, span=at(name)) for name in parties),
        signatories=(),
        subjects=("wool",),
        agreement_status=status,
        status=Status.ASSERTED,
        attribution=Attribution(by=AttributedTo.REPORT),
        time=None,
        number_stated=None,
        may_overlap=(),
        confidence=0.8,
        reason="",
    )


def slots(score: AgreementScore) -> dict[str, Counts]:
    return dict(score.slots)


def test_everything_right(case):
    score = score_agreements([case], [[record("treaty on wool")]])
    assert score.entries == Counts(gold=1, found=1, both=1)
    assert all(count.both == count.gold == count.found for count in slots(score).values())


def test_each_slot_is_counted_on_its_own(case):
    score = score_agreements([case], [[record("treaty on wool", "agreed", ("Chad",))]])
    assert slots(score)["status"] == Counts(gold=1, found=1, both=0)
    assert slots(score)["parties"] == Counts(gold=2, found=1, both=1)


def test_a_missed_and_an_invented_entry(case):
    score = score_agreements([case], [[record("They denied")]])
    assert score.entries == Counts(gold=1, found=1, both=0)


def test_an_optional_entry_is_neither_right_nor_wrong(case):
    score = score_agreements([case], [[record("treaty on wool"), record("pact", "proposed")]])
    assert score.entries == Counts(gold=1, found=1, both=1)


def test_an_optional_entry_told_as_made_is_wrong(case):
    score = score_agreements([case], [[record("treaty on wool"), record("pact", "signed")]])
    assert score.entries.found == 2


def test_made_agreements_are_counted_where_the_text_has_none(case):
    unmade = replace(case, agreements=())
    score = score_agreements([unmade, unmade], [[record("pact", "signed")], [record("pact", "proposed")]])
    assert (score.unmade, score.invented) == (2, 1)
    assert [figure.value for figure in figures(score) if figure.falls] == [50.0]


@pytest.mark.parametrize(
    "broken", ["{", json.dumps(row(agreements=[{}])), json.dumps(row(optional=[{"name": {"text": "no", "start": 0}}]))]
)
def test_a_broken_line_is_named(tmp_path: Path, broken: str):
    path = tmp_path / "cases.jsonl"
    path.write_text(broken + "\n")
    with pytest.raises(InputError, match="line 1: not an agreement case"):
        list(load_cases(path))


def test_the_list_has_both_splits_and_a_third_without_a_made_agreement():
    cases = list(load_cases(LIST))
    assert {case.split for case in cases} == {"dev", "test"}
    assert len(cases) >= 150
    assert sum(not case.has_made for case in cases) * 3 >= len(cases)
