"""Review: decisions are signed, appended, taken back; a second reviewer sees what the first one did."""

import re

import pytest

from dragoman.store import Store, open_store
from dragoman.types.review import Judgement
from make_web import Browser, event_of, text_of


def shown(browser: Browser) -> str:
    """The record on the card."""
    return re.search(r'action="/review/([^"?]+)" data-swap', browser.page)[1]


def test_nobody_reviews_without_a_name(client) -> None:
    assert "Under which name" in client.get("/review").text


def test_accepting_keeps_a_signed_verdict_and_shows_the_next(ada: Browser, store: Store) -> None:
    ada.open("/review")
    first = shown(ada)
    ada.decide(first, "accept", note="clear")
    (verdict,) = store.verdicts(first)
    assert (verdict.reviewer, verdict.judgement, verdict.note) == ("ada", Judgement.ACCEPT, "clear")
    assert store.entry(first).review == "accepted"
    assert shown(ada) != first


def test_rejected_records_leave_the_lists(ada: Browser, store: Store) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}")
    ada.decide(id, "reject")
    assert id not in ada.open("/events")
    assert f"c-{id}" in ada.open("/articles/d1")


def test_least_sure_comes_first(ada: Browser, store: Store) -> None:
    ada.open("/review?order=least_sure")
    assert shown(ada) == min(store.records(), key=lambda record: (record.confidence, record.id)).id


def test_skipped_record_comes_again_at_the_end(ada: Browser, store: Store) -> None:
    ada.open("/review?order=report&document=d1")
    first = shown(ada)
    ada.decide(first, "skip")
    second = shown(ada)
    assert second != first
    ada.decide(second, "accept")
    assert shown(ada) == first
    assert store.verdicts(first) == ()


def test_report_order_ends_with_the_report(ada: Browser, store: Store) -> None:
    ada.open("/review?order=report&document=d1")
    for _ in store.records(document="d1"):
        ada.decide(shown(ada), "accept")
    assert "Nothing waits" in ada.page


def test_a_key_changes_the_category_with_what_follows(ada: Browser, store: Store) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}")
    ada.decide(id, "", category_key="THREATEN")
    event = store.entry(id).record
    assert (event.category, event.quad, store.entry(id).review) == ("THREATEN", "verbal_conflict", "corrected")


def test_swap_exchanges_the_sides(ada: Browser, store: Store) -> None:
    id = event_of(store)
    before = store.entry(id).record
    ada.open(f"/review/{id}")
    ada.decide(id, "swap")
    after = store.entry(id).record
    assert (after.sources[0].text, after.targets[0].text) == (before.targets[0].text, before.sources[0].text)


def test_edit_changes_status_and_target(ada: Browser, store: Store) -> None:
    id = event_of(store)
    page = ada.open(f"/review/{id}")
    georgia = re.search(r'id="p-targets-(\w+)"[^>]*> <label[^>]*>Georgia', page)[1]
    ada.decide(id, "correct", status="planned", targets=georgia, targets_shown="1")
    event = store.entry(id).record
    assert (event.status, event.targets[0].name, event.counted) == ("planned", "Georgia", False)


def test_edit_takes_an_actor_that_the_report_does_not_name(ada: Browser, store: Store) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}")
    ada.decide(id, "correct", sources_shown="1", sources_added="Ministry of Roads (ARM GOV)")
    source = store.entry(id).record.sources[0]
    assert (source.text, source.country, source.sector) == ("Ministry of Roads", "ARM", "GOV")


def test_correction_without_a_change_is_refused(ada: Browser, store: Store) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}")
    assert "nothing was changed" in ada.decide(id, "correct", expect=400)


def test_undo_takes_back_the_last_decision_and_shows_it_again(ada: Browser, store: Store) -> None:
    ada.open("/review")
    first = shown(ada)
    ada.decide(first, "reject")
    ada.send("/undo", record=first, verdict=store.verdicts(first)[0].id, order="least_sure")
    assert store.entry(first).review == "open"
    assert shown(ada) == first
    assert [verdict.judgement for verdict in store.verdicts(first)] == ["reject", "undo"]


def test_nobody_undoes_what_another_decided(ada: Browser, ben: Browser, store: Store) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}")
    ada.decide(id, "accept")
    ben.open(f"/review/{id}")
    assert "not one of your decisions" in ben.send("/undo", 400, record=id, verdict=store.verdicts(id)[0].id)


def test_the_slower_of_two_reviewers_sees_the_conflict_and_nothing_is_lost(
    ada: Browser, ben: Browser, store: Store
) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}")
    ben.open(f"/review/{id}")
    ada.decide(id, "", category_key="THREATEN")
    page = text_of(ben.decide(id, "accept", expect=412))
    assert "Nothing was kept" in page
    assert "ada decided correct" in page
    ben.decide(id, "accept")
    assert [verdict.reviewer for verdict in store.verdicts(id)] == ["ada", "ben"]


def test_the_same_form_sent_twice_decides_once(ada: Browser, store: Store) -> None:
    id = event_of(store)
    card = ada.open(f"/review/{id}")
    for _ in range(2):
        ada.page = card
        ada.decide(id, "accept")
    assert len(store.verdicts(id)) == 1


def test_decisions_are_in_the_file_when_they_were_acknowledged(ada: Browser, store: Store) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}")
    ada.decide(id, "accept")
    with open_store(store.place) as other:
        assert other.entry(id).review == "accepted"


def test_followed_dyads_make_a_queue(ada: Browser, store: Store) -> None:
    assert "follow no dyad" in ada.open("/review?order=dyads")
    ada.open("/dyads/GEO/KAZ")
    ada.send("/follow", one="GEO", other="KAZ")
    ada.open("/review?order=dyads")
    event = store.entry(shown(ada)).record
    assert {link.country for link in (*event.sources, *event.targets)} == {"GEO", "KAZ"}


def test_double_coding_hides_what_the_first_coder_decided(ada: Browser, ben: Browser, store: Store) -> None:
    ada.open("/review?order=blind")
    id = shown(ada)
    first = store.entry(id).record
    ada.decide(id, "correct", status="negated")
    page = ben.open(f"/review/{id}?order=blind")
    assert "ada" not in text_of(page).split()
    assert f'<option value="{first.status.value}" selected>' in page
    ben.decide(id, "accept")
    assert [verdict.reviewer for verdict in store.verdicts(id)] == ["ada", "ben"]


def test_disagreement_of_two_coders_is_measured_and_listed(ada: Browser, ben: Browser, store: Store) -> None:
    ids = [record.id for record in store.records()]
    for id in ids:
        ada.open(f"/review/{id}?order=blind")
        ada.decide(id, "accept")
        ben.open(f"/review/{id}?order=blind")
        ben.decide(id, "reject" if id == ids[0] else "accept")
    page = text_of(ada.open("/agree"))
    assert "ada, ben" in page
    assert "ada says yes; ben says no" in page
    assert store.entry(ids[0]).review == "disputed"
    ada.open("/review?order=disagreement")
    assert shown(ada) == ids[0]


def test_precision_is_shown_once_enough_of_the_sample_is_reviewed(ada: Browser, store: Store) -> None:
    from make_store import coded

    store.add([coded(f"Arman visited Georgia on 2024-01-{n:02}.", id=f"m{n}") for n in range(1, 25)])
    assert "not known yet" in ada.open("/events")
    ada.open("/review?order=sample")
    for number in range(20):
        ada.decide(shown(ada), "reject" if number % 5 == 0 else "accept")
    page = text_of(ada.open("/events?review=accepted"))
    assert "About 80 % of all records are right (58 % to 92 %, from 20 reviewed" in page


def test_joined_records_become_one_happening_by_a_named_person(ada: Browser, store: Store) -> None:
    one, other = event_of(store, "d1"), event_of(store, "d3", "ASSAULT")
    ada.open(f"/records/{one}")
    answer = ada.client.post(
        "/join",
        data={"form_token": ada.hidden("form_token") or _token(ada), "joining": "join", "record": [one, other]},
    )
    assert answer.status_code == 200
    (decision,) = store.cluster_decisions()
    assert (decision.by, set(decision.records)) == ("ada", {one, other})


def _token(browser: Browser) -> str:
    browser.open("/review")
    return browser.hidden("form_token")


@pytest.mark.parametrize("judgement", ["", "delete", "accept; drop table verdict"])
def test_unknown_judgements_are_refused(ada: Browser, store: Store, judgement: str) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}")
    ada.decide(id, judgement, expect=400)
    assert store.verdicts(id) == ()
