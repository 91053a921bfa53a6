"""A record that the coder missed: words, a form, a record like any other until it is taken back."""

import re

import pytest

from dragoman.coding.ids import record_id
from dragoman.store import Store
from dragoman.types.record import Origin
from dragoman.types.review import Judgement
from make_store import NEWER, coded
from make_web import AGAIN, Browser, elements, event_of, text_of

PATH = "/add/d2"


def key_of(page: str, field: str, label: str) -> str:
    return re.search(rf'id="p-{field}-(\w+)"[^>]*> <label[^>]*>{label}', page)[1]


def fill(browser: Browser, expect: int = 200, **fields: str) -> str:
    """Opens the form over the selected words and sends it."""
    words = fields.setdefault("words", "agreed")
    fields.setdefault("kind", "event")
    browser.open(f"{PATH}?words={words}&kind={fields['kind']}")
    sent = {"trigger": words if fields["kind"] == "event" else "", "decision": browser.hidden("decision"), **fields}
    return browser.send(PATH, expect, **sent)


def added(store: Store):
    """What people added."""
    return [entry for entry in store.records().entries() if entry.record.origin is Origin.PERSON]


def test_selected_words_fill_the_form(ada: Browser) -> None:
    page = ada.open(f"{PATH}?at=59-66&words=agreed")
    inputs = {attributes.get("name"): attributes for tag, attributes in elements(page).tags if tag == "input"}
    assert (inputs["words"]["value"], inputs["words_at"]["value"]) == ("agreed", "60-66")
    assert inputs["trigger"]["value"] == "agreed"
    assert '<mark class="k-agreement n1 chosen"' in page


def test_clause_is_not_taken_for_the_word_that_tells_it(ada: Browser) -> None:
    page = ada.open(f"{PATH}?words=Armenia and Kazakhstan agreed on trade")
    assert re.search(r'id="e-trigger" name="trigger" value=""', page)


def test_form_gives_a_record_that_is_shown_counted_and_signed(ada: Browser, store: Store) -> None:
    page = ada.open(f"{PATH}?words=agreed")
    armenia, kazakhstan = key_of(page, "sources", "Armenia"), key_of(page, "targets", "Kazakhstan")
    shown = fill(
        ada,
        category="COOPERATE",
        sources_shown="1",
        sources=armenia,
        targets_shown="1",
        targets=kazakhstan,
        time_edtf="2024-04-16",
        place_shown="1",
        place="none",
        note="the coder knows no such verb",
    )
    (entry,) = added(store)
    event = entry.record
    assert event.id == record_id("ev", "d2", "event", "plover", 60, 66, "COOPERATE")
    assert (event.category, event.cameo, event.quad, event.counted) == ("COOPERATE", "06", "material_cooperation", True)
    assert (event.sources[0].country, event.targets[0].country, event.sentence) == ("ARM", "KAZ", 1)
    assert event.evidence[0].of(AGAIN).startswith("agreed")
    (verdict,) = store.verdicts(event.id)
    assert (verdict.reviewer, verdict.judgement, verdict.note) == ("ada", Judgement.ADD, "the coder knows no such verb")
    assert f'id="c-{event.id}"' in shown
    assert "added by a person" in text_of(shown)
    assert f"c-{event.id}" in ada.open("/events?type=COOPERATE") or event.id in ada.page
    assert "1 happening" in text_of(ada.open("/events?type=COOPERATE&counted=1"))
    assert store.dyad("ARM", "KAZ").events(type="COOPERATE").count().happenings == 1


def test_added_record_outlives_a_newer_coder(ada: Browser, store: Store) -> None:
    fill(ada, category="COOPERATE")
    store.add(coded(AGAIN, id="d2", published="2024-04-17", provenance=NEWER))
    assert [entry.record.category for entry in added(store)] == ["COOPERATE"]


def test_done_promise_is_a_pledge_as_the_codebook_says(ada: Browser, store: Store) -> None:
    fill(ada, category="AGREE", status="asserted")
    (entry,) = added(store)
    assert (entry.record.status, entry.record.counted) == ("pledged", True)


def test_author_takes_it_back_on_the_page_of_the_report(ada: Browser, ben: Browser, store: Store) -> None:
    page = fill(ada, category="COOPERATE")
    (entry,) = added(store)
    verdict = re.search(r'name="verdict" value="([^"]+)"', page)[1]
    assert "Take back" not in text_of(ben.open("/articles/d2"))
    after = ada.send("/undo", record=entry.record.id, verdict=verdict, then="/articles/d2")
    assert f"c-{entry.record.id}" not in after
    assert added(store) == []


def test_added_record_waits_in_no_queue_and_is_not_drawn_into_the_sample(ada: Browser, store: Store) -> None:
    fill(ada, category="COOPERATE")
    (entry,) = added(store)
    for order in ("sample", "blind", "least_sure"):
        assert entry.record.id not in ada.open(f"/review?order={order}").partition("Last decisions")[0]


def test_second_reviewer_can_judge_it(ada: Browser, ben: Browser, store: Store) -> None:
    fill(ada, category="COOPERATE")
    (entry,) = added(store)
    ben.open(f"/review/{entry.record.id}")
    ben.decide(entry.record.id, "reject")
    assert store.entry(entry.record.id).review == "disputed"


def test_what_is_there_already_is_not_added_and_nothing_typed_is_lost(ada: Browser, store: Store) -> None:
    page = fill(ada, 412, words="visited", category="CONSULT", mode="visit", note="mine")
    assert "there already" in text_of(page)
    assert 'name="note" maxlength="2000" value="mine"' in page
    assert '<option value="CONSULT" selected>' in page
    assert added(store) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "category: is needed for this event"),
        ({"category": "COOPERATE", "trigger": ""}, "word that tells it: is needed"),
        ({"category": "COOPERATE", "words": "sang a song"}, "does not say this"),
        ({"kind": "position", "topic": "trade", "words": "trade"}, "holder: is needed"),
        ({"kind": "claim", "words": "trade", "content": ""}, "what is said: is needed"),
        ({"kind": "membership", "words": "Armenia"}, "member: is needed"),
        ({"kind": "project", "words": "trade", "name": ""}, "a project needs one"),
        ({"kind": "agreement", "words": "agreed", "description": ""}, "title or description"),
    ],
)
def test_record_that_says_too_little_is_refused(
    ada: Browser, store: Store, fields: dict[str, str], message: str
) -> None:
    words = fields.get("words", "agreed")
    ada.open(f"{PATH}?kind={fields.get('kind', 'event')}")
    sent = {"kind": "event", "words": words, "trigger": words, **fields}
    assert message in text_of(ada.send(PATH, 400, **sent))
    assert added(store) == []


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"kind": "agreement", "words": "trade", "description": "trade", "instrument": "treaty"}, "trade between"),
        (
            {"kind": "position", "words": "trade", "topic": "trade", "stance": "against", "holder_added": "Arman"},
            "Arman Seitov (KAZ GOV) against trade",
        ),
        ({"kind": "claim", "words": "agreed on trade", "content": "agreed on trade"}, "agreed on trade"),
        ({"kind": "project", "words": "trade", "name": "trade"}, "project: proposed trade"),
        (
            {"kind": "membership", "words": "trade", "member_added": "Arman", "organization_added": "trade (IGO IGO)"},
            "Arman Seitov (KAZ GOV) in trade (IGO)",
        ),
    ],
)
def test_records_of_every_kind_can_be_added(ada: Browser, store: Store, fields: dict[str, str], line: str) -> None:
    shown = {f"{name}_shown": "1" for name in ("holder", "speaker", "member", "organization", "parties")}
    ada.open(f"{PATH}?kind={fields['kind']}")
    page = ada.send(PATH, **shown, **fields)
    (entry,) = added(store)
    assert line in text_of(page)
    assert store.check() == []
    assert f"/records/{entry.record.id}" in page


def test_two_memberships_in_the_same_words_are_two_records(ada: Browser, store: Store) -> None:
    for member in ("Armenia", "Kazakhstan"):
        ada.open(f"{PATH}?kind=membership")
        ada.send(
            PATH,
            kind="membership",
            words="trade",
            member_shown="1",
            member_added=member,
            organization_shown="1",
            organization_added="trade (IGO IGO)",
        )
    assert len(added(store)) == 2


def test_review_card_leads_to_the_form_and_back(ada: Browser, store: Store) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}")
    href = re.search(r'href="(/add/d1\?then=[^"]+)"', ada.page)[1]
    ada.open(href.replace("&amp;", "&") + "&words=Georgia")
    ada.send("/add/d1", kind="event", words="Georgia", trigger="Georgia", category="ACCUSE", then=ada.hidden("then"))
    assert f'action="/review/{id}"' in ada.page


def test_form_needs_a_name_and_a_token_of_this_session(ada: Browser, client, store: Store) -> None:
    assert "Under which name" in client.get(PATH).text
    assert client.post(PATH, data={"kind": "event", "words": "agreed"}).status_code == 403
    ada.open(PATH)
    assert ada.client.post(PATH, data={"kind": "event", "words": "agreed", "form_token": "x"}).status_code == 403
    assert added(store) == []


def test_reports_and_kinds_that_are_none_are_named(ada: Browser) -> None:
    assert "none of this id" in text_of(ada.open("/add/nothing", 404))
    assert "kind &#39;poem&#39; is not one of" in ada.open(f"{PATH}?kind=poem", 400)


def test_leaving_leads_to_no_other_site(ada: Browser) -> None:
    page = ada.open(f"{PATH}?then=https://evil.example.com/")
    assert "evil" not in page.partition("<h1")[2]
    assert ada.open(f"{PATH}?then=//evil.example.com/").partition("<h1")[2].count("evil") == 0


def test_the_same_form_sent_twice_adds_once(ada: Browser, store: Store) -> None:
    ada.open(f"{PATH}?words=agreed")
    sent = {"words": "agreed", "trigger": "agreed", "kind": "event", "category": "COOPERATE"}
    page, decision = ada.page, ada.hidden("decision")
    ada.send(PATH, decision=decision, **sent)
    ada.page = page
    ada.send(PATH, decision=decision, **sent)
    assert len(added(store)) == 1
    assert len(store.verdicts()) == 1
