"""Training: settled records are coded blind, compared at once and scored; the record stays as it was."""

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from dragoman.codec import format_json, parse_json
from dragoman.store import Store
from dragoman.types.review import Judgement, Verdict
from dragoman.web import WebOptions, create_app
from dragoman.web.access import Session, read_session, write_session
from dragoman.web.training.marking import mark_answer
from dragoman.web.training.progress import SET, Progress, next_of, read_progress, write_progress
from make_web import Browser, event_of, text_of

Say = Callable[..., None]


@pytest.fixture
def say(store: Store) -> Say:
    """Gives a reviewer's verdict; blind unless `judged` says what was seen."""

    def give(record: str, reviewer: str, judgement: str, *, note: str = "", **changes: str) -> None:
        blind = changes.pop("seen", "") == ""
        entry = store.entry(record)
        verdict = Verdict(
            id=f"v-{reviewer}-{record}-{len(store.verdicts())}",
            record=record,
            document=entry.document,
            reviewer=reviewer,
            decided_at="2026-01-02T03:04:05.000+00:00",
            judgement=Judgement(judgement),
            judged=None if blind else _digest(store, record),
            value=format_json(changes) if changes else None,
            note=note,
        )
        store.add_verdict(verdict, blind=blind)

    return give


def _digest(store: Store, record: str) -> str:
    from dragoman.store.fold import shown

    return shown(parse_json(store.entry(record).json), None)


@pytest.fixture
def carla(store: Store):
    """The browser of somebody new."""
    app = create_app(store, WebOptions(reads=0, writes=0))
    with TestClient(app, base_url="http://127.0.0.1:8642") as opened:
        yield Browser.of(opened, "carla")


def on_card(browser: Browser) -> str | None:
    found = re.search(r'action="/training/([^"?]+)" data-swap', browser.page)
    return found[1] if found else None


def answer(browser: Browser, judgement: str, **fields: str) -> str:
    return text_of(browser.send(f"/training/{on_card(browser)}", judgement=judgement, **fields))


def test_nothing_to_train_on_is_said_with_what_to_do(carla: Browser) -> None:
    assert "two reviewers or more judged it" in text_of(carla.open("/training"))


def test_somebody_without_a_name_is_asked_for_it(client) -> None:
    assert "Under which name" in client.get("/training").text


def test_right_answer_is_told_with_the_reasons_of_those_who_settled_it(carla: Browser, store: Store, say: Say) -> None:
    event = event_of(store)
    say(event, "ada", "accept", note="he did travel")
    say(event, "ben", "accept")
    page = carla.open("/training")
    assert "he did travel" not in page
    assert "Record 1 of 1" in text_of(page)
    told = answer(carla, "accept")
    assert "The same as agreed. You accepted it; those who settled it accepted it." in told
    assert "ada: accept he did travel" in told


def test_answers_never_enter_the_record(carla: Browser, store: Store, say: Say) -> None:
    event = event_of(store)
    say(event, "ada", "accept")
    say(event, "ben", "accept")
    before, state = store.verdicts(), store.entry(event)
    carla.open("/training")
    answer(carla, "reject", note="never")
    assert store.verdicts() == before
    assert store.entry(event) == state


def test_agreed_correction_is_asked_of_the_coding_and_compared_field_by_field(
    carla: Browser, store: Store, say: Say
) -> None:
    event = event_of(store)
    say(event, "ada", "correct", category="THREATEN")
    say(event, "ben", "correct", category="THREATEN")
    assert store.entry(event).record.category == "THREATEN"
    carla.open("/training")
    assert "CONSULT" in text_of(carla.page)
    told = answer(carla, "accept")
    assert "The decision is the agreed one" in told
    assert "categoryCONSULTCONSULTTHREATEN" in told  # as coded, yours, agreed


def test_the_same_correction_is_the_same_in_everything(carla: Browser, store: Store, say: Say) -> None:
    event = event_of(store)
    say(event, "ada", "correct", category="THREATEN")
    say(event, "ben", "correct", category="THREATEN")
    carla.open("/training")
    assert "The same as agreed" in answer(carla, "", category_key="THREATEN")


def test_score_counts_decisions_and_fields_and_lists_what_differed(carla: Browser, store: Store, say: Say) -> None:
    first, second = event_of(store), event_of(store, category="THREATEN")
    for event in (first, second):
        say(event, "ada", "accept")
        say(event, "ben", "accept")
    carla.open("/training")
    answer(carla, "accept")
    carla.open("/training")
    wrong = on_card(carla)
    answer(carla, "reject")
    page = carla.open("/training")
    assert "1 of 2 answers are the agreed ones in everything; the decision is in 1." in text_of(page)
    assert f"/records/{wrong}" in page
    carla.send("/training")
    assert on_card(carla) in (first, second)


def test_one_record_counts_once_however_often_it_is_sent(carla: Browser, store: Store, say: Say) -> None:
    for event in (event_of(store), event_of(store, category="THREATEN")):
        say(event, "ada", "accept")
        say(event, "ben", "accept")
    carla.open("/training")
    record = on_card(carla)
    answer(carla, "reject")
    carla.send(f"/training/{record}", judgement="accept")
    assert "1 answered, 0 of them the same" in text_of(carla.page)


@pytest.mark.parametrize(
    "second",
    [{"judgement": "reject"}, {"judgement": "correct", "category": "THREATEN"}],
    ids=["decision", "field"],
)
def test_open_difference_trains_nobody(carla: Browser, store: Store, say: Say, second: dict[str, str]) -> None:
    event = event_of(store)
    say(event, "ada", "accept")
    say(event, "ben", **second)
    assert on_card_of(carla) is None


def test_difference_that_a_third_one_settled_trains(carla: Browser, store: Store, say: Say) -> None:
    event = event_of(store)
    say(event, "ada", "accept")
    say(event, "ben", "reject")
    say(event, "dora", "reject", seen="yes", note="not an act")
    assert on_card_of(carla) == event
    assert "You rejected it; those who settled it rejected it." in answer(carla, "reject")


def test_one_reviewer_alone_agrees_with_nobody(carla: Browser, store: Store, say: Say) -> None:
    say(event_of(store), "ada", "accept")
    assert on_card_of(carla) is None


def test_those_who_settled_a_record_are_not_trained_on_it(ada: Browser, store: Store, say: Say) -> None:
    event = event_of(store)
    say(event, "ada", "accept")
    say(event, "ben", "accept")
    assert on_card_of(ada) is None


def on_card_of(browser: Browser) -> str | None:
    browser.open("/training")
    return on_card(browser)


def test_record_outside_the_set_is_refused(carla: Browser, store: Store) -> None:
    carla.open("/training")
    carla.send(f"/training/{event_of(store)}", 400, judgement="accept")
    assert "not one of the agreed records" in text_of(carla.page)


def test_address_of_an_answer_leads_to_the_next_card(client, store: Store) -> None:
    assert client.get(f"/training/{event_of(store)}").headers["location"] == "/training"


def test_unsure_is_no_answer(store: Store) -> None:
    event = store.entry(event_of(store))
    value = parse_json(event.json)
    unsure = Verdict(
        id="v", record=event.record.id, document="d1", reviewer="x", decided_at="", judgement=Judgement.UNSURE
    )
    marked = mark_answer(value, unsure, value, "accepted")
    assert not marked.decision_same
    assert not marked.same


def test_a_round_ends_and_the_next_goes_on_behind_it() -> None:
    records = [f"r{number:02}" for number in range(SET + 5)]
    assert next_of(records, Progress(right=tuple(records[:SET]))) == []
    behind = next_of(records, Progress(after=records[SET - 1]))
    assert behind[:6] == [*records[SET:], "r00"]
    assert len(behind) == SET


def test_progress_that_is_none_begins_anew() -> None:
    for written in ("", "[]", "{}", "nonsense", '[["a"],[]]'):
        assert read_progress(written) == Progress()
    kept = Progress(right=("a",), wrong=("b",), after="c")
    assert read_progress(write_progress(kept)) == kept


def test_sessions_of_older_versions_are_still_read() -> None:
    from base64 import urlsafe_b64encode

    from dragoman.web.access import _sign

    secret = b"s" * 32
    old = urlsafe_b64encode(format_json(["id", "ada", "", [], [], "1-2", "", 3]).encode()).decode()
    assert read_session(f"{old}.{_sign(old, secret)}", secret) == Session(
        id="id", reviewer="ada", seen="1-2", visited=3
    )
    new = Session(id="id", reviewer="ada", training="[]")
    assert read_session(write_session(new, secret), secret) == new
