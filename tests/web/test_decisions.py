"""Keys and orders of review as a whole: one key for each decision, every order answers, disagreements are settled."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from dragoman.learned import Switch, append_switch, history_file
from dragoman.review import Order
from dragoman.store import Store
from dragoman.types.record import Event
from make_learned import learned
from make_store import coded
from make_web import Browser, event_of, text_of


def keys_of(page: str) -> Counter[str]:
    return Counter(re.findall(r'data-key="([^"]+)"', page))


def test_every_decision_on_an_event_has_one_key_of_its_own_and_it_is_printed(ada: Browser, store: Store) -> None:
    other, id = event_of(store, "d3", "ASSAULT"), event_of(store)
    ada.open(f"/review/{other}")
    ada.decide(other, "accept")
    page = ada.open(f"/review/{id}")
    keys = keys_of(page[page.index("<main") :])
    numbered = [str(number) for number in range(1, 10) if str(number) in keys]
    assert len(numbered) >= 2
    for key in ("a", "x", " ", "o", "e", "u", "m", "s", "j", "n", *numbered):
        assert keys[key] == 1, key
        assert f"<kbd>{'space' if key == ' ' else key}</kbd>" in page, key
    assert keys_of(page)["/"] == 1


@pytest.mark.parametrize("order", Order)
def test_every_order_is_offered_and_shows_a_card_or_says_that_nothing_waits(ada: Browser, order: Order) -> None:
    page = ada.open(f"/review?order={order.value}&document=d1")
    assert re.search(rf'href="[^"]*order={order.value}[^"]*" aria-current="true">{order.label}<', page)
    assert ("Nothing waits" in page) == (order in (Order.DYADS, Order.DISAGREEMENT))
    assert ("Nothing waits" in page) or order.reason in text_of(page)


def test_blind_coders_who_differ_in_one_field_come_to_the_disagreement_queue_and_are_settled(
    ada: Browser, ben: Browser, store: Store
) -> None:
    id = event_of(store)
    before = store.entry(id).record.status
    for coder, decision in ((ada, "correct"), (ben, "accept")):
        coder.open(f"/review/{id}?order=blind")
        coder.decide(id, decision, status="negated")
    assert (store.entry(id).review, store.entry(id).record.status) == ("disputed", before)
    assert "To be settled" in (page := text_of(ada.open("/agree")))
    assert page.index("ada says negated") > page.index("To be settled")
    assert "settled by" not in page
    page = text_of(ada.open("/review?order=disagreement"))
    assert "ada: correct" in page
    assert "ben: accept" in page
    ada.decide(id, "correct", status="planned")
    assert (store.entry(id).review, store.entry(id).record.status) == ("corrected", "planned")
    assert [verdict.reviewer for verdict in store.verdicts(id)] == ["ada", "ben", "ada"]
    page = text_of(ada.open("/agree"))
    assert "Nothing is disputed." in page
    assert "ada says negated; ben says asserted. record · settled by ada" in page
    assert page.index("ada says negated") > page.index("Settled") > page.index("Nothing is disputed.")


def test_record_that_was_judged_openly_twice_is_no_double_coding(ada: Browser, ben: Browser, store: Store) -> None:
    id = event_of(store)
    for coder in (ada, ben):
        coder.open(f"/review/{id}")
        coder.decide(id, "accept")
    assert "No record was judged by two coders yet" in ada.open("/agree")


def test_review_says_what_learning_needs_or_has_made_of_the_verdicts(ada: Browser, store: Store) -> None:
    assert "dragoman learn teaches the coder from 60 judged events on: 0 so far" in text_of(ada.open("/review"))
    id = event_of(store)
    ada.open(f"/review/{id}")
    ada.decide(id, "accept")
    assert "60 judged events on: 1 so far" in text_of(ada.page)
    append_switch(history_file(store.place), Switch(at="2026-01-01T00:00:00+00:00", layer=learned(version="ab12")))
    assert "learned.ab12 from reviewers is in use" in text_of(ada.open("/review"))
    history_file(store.place).write_text("broken\n", encoding="utf-8")
    assert "line 1" in text_of(ada.open("/review"))


@pytest.mark.parametrize(
    "path", ["/events", "/records", "/dyads", "/dyads/ARM/KAZ", "/actors", "/map", "/network", "/"]
)
def test_pages_that_count_say_how_often_the_coder_is_right(ada: Browser, path: str) -> None:
    assert "of the random sample reviewed, 20 needed" in text_of(ada.open(path))


def test_report_coded_anew_brings_back_what_a_blind_coder_judged(ada: Browser, store: Store) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}?order=blind")
    ada.decide(id, "accept")
    again = coded(store.document("d1").text, id="d1")
    changed = tuple(
        replace(record, reciprocal=True) if isinstance(record, Event) and record.id == id else record
        for record in again.coding.records
    )
    store.add(replace(again, coding=replace(again.coding, records=changed)), recode=True)
    assert store.entry(id).review == "stale"


def test_rejected_record_leads_to_no_happening_that_is_gone(ada: Browser, store: Store) -> None:
    id = event_of(store, category="THREATEN")
    happening = f'href="/happenings/{store.entry(id).cluster}"'
    assert happening in ada.open(f"/records/{id}")
    assert happening in ada.open("/articles/d1")
    ada.open(f"/review/{id}")
    ada.decide(id, "reject")
    assert happening not in ada.open(f"/records/{id}")
    assert happening not in ada.open("/articles/d1")
    assert "all its records were rejected" in text_of(ada.open(f"/happenings/{store.entry(id).cluster}", status=404))
