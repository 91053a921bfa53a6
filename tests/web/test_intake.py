"""Reports in through the API: what is new, what was there, what was not coded and why."""

from collections.abc import Iterator
from threading import Thread

import pytest
from starlette.testclient import TestClient

from dragoman.store import Store
from dragoman.web import WebOptions, create_app
from make_store import Coder

VISIT = "Arman visited Armenia on 2024-08-15. The talks were long and the mood was good."


@pytest.fixture
def coder() -> Coder:
    return Coder()


@pytest.fixture
def desk(store: Store, coder: Coder) -> Iterator[TestClient]:
    """A program on this machine that brings reports; the coder says what it was given."""
    options = WebOptions(reads=0, writes=0, open_coder=lambda: coder)
    with TestClient(create_app(store, options), base_url="http://127.0.0.1") as client:
        yield client


def bring(client: TestClient, *documents: dict, status: int = 201) -> dict:
    answer = client.post("/api/v1/documents", json={"documents": list(documents)})
    assert answer.status_code == status, answer.text
    return answer.json()


def test_report_is_read_coded_and_kept(desk: TestClient, store: Store) -> None:
    taken = bring(desk, {"text": VISIT, "title": "A visit", "published": "2024-08-16", "publisher": "The Herald"})
    (report,) = taken["reports"]
    assert (report["outcome"], report["records"]) == ("new", 1)
    kept = store.document(report["id"])
    assert (kept.text, kept.title, str(kept.published), kept.publisher) == (
        VISIT,
        "A visit",
        "2024-08-16",
        "The Herald",
    )
    assert kept.origin == "api:local:1"
    assert store.run(taken["run"]).manifest.kind == "ingest"
    assert [event["category"] for event in desk.get(f"/api/v1/events?document={report['id']}").json()["items"]] == [
        "CONSULT"
    ]


def test_report_sent_again_is_there_and_not_coded_again(desk: TestClient, coder: Coder, store: Store) -> None:
    bring(desk, {"text": VISIT})
    runs = len(store.runs())
    again = bring(desk, {"text": VISIT}, status=200)
    assert (again["run"], again["reports"][0]["outcome"]) == (None, "there")
    assert len(coder.given) == 1
    assert len(store.runs()) == runs


def test_batch_says_of_each_report_what_became_of_it(desk: TestClient, store: Store) -> None:
    taken = bring(
        desk,
        {"text": VISIT, "id": "one"},
        {"text": " \n "},
        {"text": "Un ministre a visité la capitale.", "language": "fr"},
        {"text": "Sona visited Georgia. This is unreadable and breaks it, as was said before.", "id": "breaks"},
        {"text": VISIT, "id": "d1"},
        {"text": VISIT, "id": "one"},
        {"text": "Sona threatened Georgia on 2024-08-20, and that was the end of it.", "id": "one"},
    )
    assert [one["outcome"] for one in taken["reports"]] == [
        *("new", "failed", "skipped", "failed", "failed", "there", "failed")
    ]
    reasons = [one["reason"] or "" for one in taken["reports"]]
    assert "empty" in reasons[1]
    assert "French" in reasons[2]
    assert "breaks this coder" in reasons[3]
    assert "another text" in reasons[4]
    assert "another text" in reasons[6]
    assert store.document("one").text == VISIT


def test_batch_of_which_nothing_is_kept_is_refused_with_the_reasons(desk: TestClient) -> None:
    problem = bring(desk, {"text": ""}, {"text": VISIT, "id": "d1"}, status=422)
    assert "document 1: empty" in problem["detail"]
    assert "document 2: id 'd1' is kept with another text" in problem["detail"]


@pytest.mark.parametrize(
    "body",
    [
        *({}, [], None, "text", {"documents": []}, {"documents": ["text"]}, {"documents": [{"title": "no text"}]}),
        {"documents": [{"text": VISIT, "published": "in spring"}]},
        {"documents": [{"text": VISIT, "more": 1}]},
        {"documents": [{"text": VISIT, "id": "a\x00b"}]},
        {"documents": [{"text": VISIT, "id": ""}]},
        {"documents": [{"text": VISIT, "title": "x" * 2001}]},
        {"documents": [{"text": VISIT}] * 101},
    ],
)
def test_bodies_that_make_no_sense_are_refused(desk: TestClient, coder: Coder, body: object) -> None:
    answer = desk.post("/api/v1/documents", json=body)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert coder.given == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_another_site_could_send_is_refused(desk: TestClient, coder: Coder, kind: str) -> None:
    body = '{"documents": [{"text": "Arman visited Armenia, and it was a long visit."}]}'
    answer = desk.post("/api/v1/documents", content=body, headers={"content-type": kind})
    assert answer.status_code in (400, 415)
    assert coder.given == []


def test_coder_is_opened_once_and_batches_wait_for_each_other(store: Store, coder: Coder) -> None:
    opened: list[int] = []

    def open_coder() -> Coder:
        opened.append(1)
        return coder

    options = WebOptions(reads=0, writes=0, open_coder=open_coder)
    with TestClient(create_app(store, options), base_url="http://127.0.0.1") as client:
        assert opened == []
        threads = [
            Thread(target=bring, args=(client, {"text": f"{VISIT} This is report {number} of them."}))
            for number in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert opened == [1]
    assert store.status().documents == 3 + 6
    assert store.check() == []


def test_report_larger_than_the_limit_is_refused_before_it_is_read(desk: TestClient, coder: Coder) -> None:
    answer = desk.post("/api/v1/documents", json={"documents": [{"text": "word " * 2_000_000}]})
    assert answer.status_code == 413
    assert "at most 1,000,000 bytes" in answer.json()["detail"]
    assert coder.given == []


def limited(store: Store, coder: Coder, **limits: float) -> TestClient:
    options = WebOptions(reads=0, writes=0, open_coder=lambda: coder, **limits)
    return TestClient(create_app(store, options), base_url="http://127.0.0.1")


def test_long_report_is_said_to_be_too_long_and_the_others_are_kept(store: Store, coder: Coder) -> None:
    with limited(store, coder, longest_report=200) as client:
        taken = bring(client, {"text": VISIT}, {"text": VISIT + " They talked." * 20, "id": "long"})
    assert [one["outcome"] for one in taken["reports"]] == ["new", "failed"]
    assert taken["reports"][1]["reason"].startswith("339 characters; here a report may have 200: split it")
    assert "long" not in coder.given


def test_report_of_the_largest_size_is_taken(desk: TestClient, coder: Coder) -> None:
    text = (VISIT + " ") * (100_000 // (len(VISIT) + 1))
    assert bring(desk, {"text": text})["reports"][0]["outcome"] == "new"
    bring(desk, {"text": text + "x" * 100}, status=422)
    assert len(coder.given) == 1


def test_batch_that_takes_too_long_keeps_what_is_coded_and_says_what_is_not(
    store: Store, coder: Coder, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("dragoman.web.intake.time.monotonic", lambda: now[0])
    code_many = coder.code_many

    def slowly(documents):
        now[0] += 40
        return code_many(documents)

    coder.code_many = slowly
    batch = [{"text": f"{VISIT} This is report {number} of them.", "id": f"r{number}"} for number in range(4)]
    with limited(store, coder) as client:
        first = bring(client, *batch)
        assert [one["outcome"] for one in first["reports"]] == ["new", "new", "failed", "failed"]
        assert first["reports"][3]["reason"] == "not coded: the reports before it took 60 s; send it again"
        again = bring(client, *batch)
    assert [one["outcome"] for one in again["reports"]] == ["there", "there", "new", "new"]


def test_batch_that_waits_too_long_for_others_is_told_to_come_again(store: Store, coder: Coder) -> None:
    with limited(store, coder, coding_seconds=0.05) as client:
        with client.app.state.site.intake._turn:
            problem = client.post("/api/v1/documents", json={"documents": [{"text": VISIT}]})
        assert problem.status_code == 409
        assert problem.headers["content-type"] == "application/problem+json"
        assert int(problem.headers["retry-after"]) > 0
        assert "send them again" in problem.json()["detail"]
        bring(client, {"text": VISIT})
