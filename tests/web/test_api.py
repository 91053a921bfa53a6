"""The API: filters, pages, formats, tags, writes, one shape of error, and a description that holds."""

import pytest
from starlette.testclient import TestClient

from dragoman.store import Store
from make_store import coded
from make_web import event_of

LISTS = (
    *("records", "events", "agreements", "positions", "claims", "projects", "memberships", "documents", "reviews"),
    *("runs", "actors", "dyads", "snapshots", "codebook", "status"),
)


def test_items_are_records_by_the_contract(reader: TestClient) -> None:
    items = reader.get("/api/v1/events").json()["items"]
    assert {item["kind"] for item in items} == {"event"}
    assert {"id", "document", "evidence", "status", "attribution", "confidence", "reason", "day", "quote"} <= set(
        items[0]
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("source=KAZ&target=ARM", {"CONSULT"}),
        ("type=ASSAULT", {"ASSAULT"}),
        ("type=ASSAULT&type=THREATEN", {"ASSAULT", "THREATEN"}),
        ("since=2024-05", {"ASSAULT", "CONSULT"}),
        ("until=2024-04-15", {"CONSULT"}),
        ("min_conf=0.5&type=CONSULT", {"CONSULT"}),
        ("q=threatened", {"CONSULT", "THREATEN"}),
        ("document=d3", {"ASSAULT", "CONSULT"}),
        ("status=planned", set()),
        ("place=ARM", {"CONSULT"}),
    ],
)
def test_filters(reader: TestClient, query: str, expected: set[str]) -> None:
    items = reader.get(f"/api/v1/events?{query}").json()["items"]
    assert {item["category"] for item in items} == expected


def test_pages_lead_from_one_to_the_next_until_the_last(reader: TestClient) -> None:
    ids: list[str] = []
    path: str | None = "/api/v1/records?limit=2"
    while path:
        answer = reader.get(path)
        body = answer.json()
        ids += [item["id"] for item in body["items"]]
        path = body["next"]
        assert ('rel="next"' in answer.headers.get("link", "")) == (path is not None)
    assert len(ids) == len(set(ids)) == len(reader.get("/api/v1/records").json()["items"])


@pytest.mark.parametrize("name", ["documents", "dyads", "runs", "reviews", "actors?country=ARM"])
def test_pages_of_small_lists_hold_everything_once(client: TestClient, store: Store, name: str) -> None:
    for number, id in enumerate([record.id for record in store.records()]):
        body = {"record": id, "judgement": "accept", "reviewer": f"coder {number}"}
        assert client.post("/api/v1/reviews", json=body).status_code == 201
    store.add(coded("Sona visited Georgia on 2024-07-01.", id="new"))
    sign = "&" if "?" in name else "?"
    whole = client.get(f"/api/v1/{name}").json()["items"]
    found, path = [], f"/api/v1/{name}{sign}limit=1"
    while path:
        body = client.get(path).json()
        found += body["items"]
        path = body["next"]
    assert found == whole
    assert len(whole) >= 2


@pytest.mark.parametrize("name", ["documents", "dyads", "runs", "reviews", "actors"])
@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "~", "\x00", "½"])
def test_forged_places_are_refused_or_lead_nowhere(reader: TestClient, name: str, after: str) -> None:
    asked = {"after": after, **({"name": "Arman"} if name == "actors" else {})}
    answer = reader.get(f"/api/v1/{name}", params=asked)
    assert answer.status_code in (200, 400)
    if answer.status_code == 400:
        assert "after" in answer.json()["detail"]


def test_filter_by_who_decided(client: TestClient, store: Store) -> None:
    body = {"record": event_of(store), "judgement": "accept", "reviewer": "ada"}
    client.post("/api/v1/reviews", json=body)
    assert [one["id"] for one in client.get("/api/v1/events?coder=ada").json()["items"]] == [event_of(store)]
    assert len(client.get("/api/v1/events?coder=ben&coder=ada").json()["items"]) == 1
    assert client.get("/api/v1/events?coder=ben").json()["items"] == []


@pytest.mark.parametrize("query", ["staus=planned", "page=2", "offset=50", "Source=KAZ", "=x"])
def test_parameter_that_nothing_reads_is_refused(reader: TestClient, query: str) -> None:
    answer = reader.get(f"/api/v1/events?{query}")
    assert answer.status_code == 400
    assert "status" in answer.json()["detail"]
    assert reader.get("/api/v1/runs/x?more=1").json()["detail"].endswith("this resource takes none")


@pytest.mark.parametrize("name", [*LISTS, "records/x", "documents/d1", "happenings/x", "dyads/KAZ/ARM/series"])
def test_day_of_knowledge_is_refused_where_nothing_reads_it(reader: TestClient, name: str) -> None:
    """Records carry the day for which each office was asked; no answer can be asked for as of another day."""
    answer = reader.get(f"/api/v1/{name}", params={"as_of": "2024-04-15"})
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("parameter 'as_of': ")


def test_asking_for_the_head_alone_gives_the_same_headers(reader: TestClient) -> None:
    head, whole = reader.head("/api/v1/events"), reader.get("/api/v1/events")
    assert head.status_code == 200
    assert head.headers["etag"] == whole.headers["etag"]


def test_tag_spares_an_answer_until_the_store_changes(client: TestClient, store: Store) -> None:
    first = client.get("/api/v1/events")
    again = client.get("/api/v1/events", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/v1/events?type=AID", headers={"if-none-match": first.headers["etag"]}).status_code == 200
    store.add(coded("Sona visited Georgia on 2024-07-01.", id="new"))
    changed = client.get("/api/v1/events", headers={"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


def test_review_is_kept_and_gives_a_new_tag(client: TestClient, store: Store) -> None:
    id = event_of(store)
    tag = client.get(f"/api/v1/records/{id}").headers["etag"]
    body = {"record": id, "judgement": "correct", "field": "status", "value": "planned", "reviewer": "ada"}
    answer = client.post("/api/v1/reviews", json=body, headers={"if-match": tag})
    assert answer.status_code == 201
    assert answer.json()["status"] == "planned"
    assert answer.headers["etag"] != tag
    assert client.get("/api/v1/reviews").json()["items"][0]["reviewer"] == "ada"


def test_review_against_an_older_version_fails_and_changes_nothing(client: TestClient, store: Store) -> None:
    id = event_of(store)
    tag = client.get(f"/api/v1/records/{id}").headers["etag"]
    body = {"record": id, "judgement": "accept", "reviewer": "ada"}
    assert client.post("/api/v1/reviews", json=body, headers={"if-match": tag}).status_code == 201
    late = client.post("/api/v1/reviews", json={**body, "reviewer": "ben"}, headers={"if-match": tag})
    assert late.status_code == 412
    assert late.headers["content-type"] == "application/problem+json"
    assert "ada decided accept" in late.json()["detail"]
    assert len(store.verdicts(id)) == 1


def test_idempotency_key_decides_once(client: TestClient, store: Store) -> None:
    body = {"record": event_of(store), "judgement": "accept", "reviewer": "ada"}
    for _ in range(2):
        answer = client.post("/api/v1/reviews", json=body, headers={"idempotency-key": "one"})
        assert answer.status_code == 201
    assert len(store.verdicts()) == 1


def test_plain_text_cannot_post_a_review(client: TestClient, store: Store) -> None:
    """Other sites can send text/plain without asking; JSON they cannot."""
    body = f'{{"record": "{event_of(store)}", "judgement": "accept", "reviewer": "eve"}}'
    answer = client.post("/api/v1/reviews", content=body, headers={"content-type": "text/plain"})
    assert 400 <= answer.status_code < 500
    assert store.verdicts() == ()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"record": "none", "judgement": "accept", "reviewer": "ada"},
        {"record": "none", "judgement": "maybe", "reviewer": "ada"},
        {"record": "none", "judgement": "accept"},
        {"record": "x" * 300, "judgement": "accept", "reviewer": "ada"},
        {"record": "none", "judgement": "accept", "reviewer": "ada", "more": 1},
        [],
        "text",
        None,
    ],
)
def test_reviews_that_make_no_sense_are_refused(client: TestClient, body: object) -> None:
    answer = client.post("/api/v1/reviews", json=body)
    assert answer.status_code in (400, 404)
    assert {"type", "title", "status", "detail"} <= set(answer.json())


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=1001", "limit=x", "since=soon", "min_conf=7", "order=odd", "after=x", "status=odd", "q="],
)
def test_questions_that_make_no_sense_are_problems(reader: TestClient, query: str) -> None:
    answer = reader.get(f"/api/v1/events?{query}")
    assert answer.status_code in ((200,) if query == "q=" else (400,))
    assert answer.json()


def test_small_resources(reader: TestClient) -> None:
    assert reader.get("/api/v1/documents/d1").json()["text"].startswith("Arman visited")
    assert reader.get("/api/v1/actors?name=Arman").json()["items"][0]["actor_id"] == "Q9001"
    assert reader.get("/api/v1/dyads/KAZ/ARM/series").json()["items"][0]["month"] == "2024-04"
    assert reader.get("/api/v1/codebook").json()["items"][0]["category"]
    status = reader.get("/api/v1/status").json()["items"][0]
    assert status["documents"] == 3
    assert "place" not in status
    run = reader.get("/api/v1/runs").json()["items"][0]["id"]
    assert reader.get(f"/api/v1/runs/{run}").json()["id"] == run


def test_description_names_every_resource_and_no_other_host(reader: TestClient) -> None:
    described = reader.get("/api/v1/openapi.json").json()
    assert {f"/api/v1/{name}" for name in LISTS} <= set(described["paths"])
    assert reader.get("/docs").status_code == 404
    for path, methods in described["paths"].items():
        for method, about in methods.items():
            assert about["summary"], (path, method)


def test_writing_with_another_method_is_not_allowed(client: TestClient) -> None:
    assert client.delete("/api/v1/events").status_code == 405
    assert client.put("/api/v1/records/x", json={}).status_code == 405
