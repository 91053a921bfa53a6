"""Codings of one report side by side: two runs and two people, differences said and marked."""

import re
from dataclasses import replace

import pytest

from dragoman.store import Store
from dragoman.types.record import Event, Status
from make_added import addition, missed
from make_store import NEWER, coded
from make_web import VISIT, Browser, event_of, text_of


@pytest.fixture
def runs(store: Store) -> list[str]:
    """The newer run, which reads the visit as planned and does not see the threat, and the older one."""
    newer = coded(VISIT, id="d1", publisher="The Herald", provenance=NEWER)
    events = [one for one in newer.coding.records if isinstance(one, Event) and one.category == "CONSULT"]
    planned = tuple(replace(one, status=Status.PLANNED) for one in events)
    store.add(replace(newer, coding=replace(newer.coding, records=planned)))
    return [run.id for run in store.runs()]


def rows_of(page: str) -> dict[str, str]:
    """What is said of each row, by its words."""
    found = re.findall(r'<h2><q dir="auto">([^<]*)</q>.*?<span class="badge[^"]*">([^<]*)</span>', page)
    return dict(found)


def test_runs_stand_side_by_side_with_what_differs(ada: Browser, store: Store, runs: list[str]) -> None:
    rows = rows_of(ada.open("/codings/d1"))
    assert rows == {"visited": "differs in status", "threatened": f"only in run {runs[1]}"}
    assert len(re.findall(r'<dd dir="auto" class="differs">(?:planned|asserted)', ada.page)) == 2
    assert '<p class="differs">not here</p>' in ada.page


def test_people_stand_beside_runs_with_what_each_made_of_it(
    ada: Browser, ben: Browser, store: Store, runs: list[str]
) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}?order=blind")
    ada.decide(id, "correct", status="negated")
    ben.open(f"/review/{id}?order=blind")
    ben.decide(id, "reject")
    page = ada.open("/codings/d1")
    assert rows_of(page)["visited"] == "rejected by ben; differs in status"
    assert re.search(r"<h3>ada</h3>.*?negated.*?<h3>ben</h3>\s*<p class=\"differs\">rejected", page, re.DOTALL)
    assert "not judged" in text_of(page)


def test_what_a_person_added_is_no_finding_of_a_run(ada: Browser, store: Store, runs: list[str]) -> None:
    event = missed(store.document("d1"), "Leave", "ACCUSE")
    store.add_verdict(addition(event, VISIT))
    assert rows_of(ada.open("/codings/d1"))["Leave"] == "only in ada"


def test_codings_are_chosen_and_agreement_can_be_left_out(ada: Browser, store: Store, runs: list[str]) -> None:
    page = ada.open(f"/codings/d1?coding=run:{runs[1]}")
    assert rows_of(page)["visited"] == f"in run {runs[1]} alone"
    both = f"coding=run:{runs[0]}&coding=run:{runs[1]}"
    store.add(coded(VISIT, id="d1", publisher="The Herald"), recode=True)
    same = f"coding=run:{store.runs()[0].id}&coding=run:{runs[1]}"
    assert rows_of(ada.open(f"/codings/d1?{same}")) == {"visited": "the same", "threatened": "the same"}
    assert rows_of(ada.open(f"/codings/d1?{same}&only=differences")) == {}
    assert "Nothing differs" in text_of(ada.page)
    assert len(rows_of(ada.open(f"/codings/d1?{both}&only=differences"))) == 2


def test_article_leads_there_once_there_is_something_to_compare(ada: Browser, store: Store) -> None:
    assert "side by side" not in ada.open("/articles/d1")
    id = event_of(store)
    ada.open(f"/review/{id}")
    ada.decide(id, "accept")
    assert 'href="/codings/d1"' in ada.open("/articles/d1")
    assert "record as it stands" in ada.open("/codings/d1?coding=stands")


def test_undone_decisions_make_no_coding(ada: Browser, store: Store) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}")
    ada.decide(id, "accept")
    ada.send("/undo", record=id, verdict=store.verdicts(id)[0].id)
    assert "side by side" not in ada.open("/articles/d1")


def test_coding_that_is_not_there_is_named(ada: Browser) -> None:
    assert "this report has run:" in text_of(ada.open("/codings/d1?coding=run:r-none", 400))
    ada.open("/codings/nothing", 404)
