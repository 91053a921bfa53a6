"""What a token allows, and what is written down of every attempt to write."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from dragoman.codec import parse_json
from dragoman.store import Store
from dragoman.web import WebOptions, create_app
from make_store import Coder
from make_web import Browser, event_of

REPORT = {"documents": [{"text": "Arman visited Armenia on 2024-08-15, and they talked for a long while."}]}


@pytest.fixture
def served(store: Store):
    """A server with tokens, reached from elsewhere."""
    options = WebOptions(host="192.0.2.1", reads=0, writes=0, open_coder=Coder)
    with TestClient(create_app(store, options), base_url="http://192.0.2.1", follow_redirects=False) as client:
        yield client


def ask(client: TestClient, what: str, headers: dict[str, str]) -> int:
    store = client.app.state.site.store
    judged = {"record": event_of(store), "judgement": "unsure", "reviewer": "eve"}
    asked = {
        "read": lambda: client.get("/api/v1/events", headers=headers),
        "review": lambda: client.post("/api/v1/reviews", json=judged, headers=headers),
        "ingest": lambda: client.post("/api/v1/documents", json=REPORT, headers=headers),
        "admin": lambda: client.post("/api/v1/snapshots", headers=headers),
    }
    return asked[what]().status_code


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("read", {"read"}),
        ("review", {"read", "review"}),
        ("ingest", {"ingest"}),
        ("admin", {"read", "review", "ingest", "admin"}),
    ],
)
def test_each_scope_allows_what_it_says(served: TestClient, scope: str, allowed: set[str]) -> None:
    text = served.app.state.site.access.add("ada", (scope,))
    for what in ("read", "review", "ingest", "admin"):
        status = ask(served, what, {"authorization": f"Bearer {text}"})
        assert (status in (200, 201)) == (what in allowed), (scope, what, status)
        assert status in (200, 201, 403)


@pytest.mark.parametrize("what", ["read", "review", "ingest", "admin"])
@pytest.mark.parametrize(
    "header", [None, "Bearer dg_wrong", "Basic YTpi", "Bearer", "Bearer \x7f", "bearer " + "x" * 5000]
)
def test_without_a_valid_token_nothing_is_allowed(served: TestClient, what: str, header: str | None) -> None:
    served.app.state.site.access.add("ada", ("admin",))
    assert ask(served, what, {} if header is None else {"authorization": header}) == 401


def test_on_this_machine_programs_need_no_token_until_there_is_one(store: Store) -> None:
    options = WebOptions(reads=0, writes=0, open_coder=Coder)
    with TestClient(create_app(store, options), base_url="http://127.0.0.1") as client:
        for what in ("read", "review", "ingest", "admin"):
            assert ask(client, what, {}) in (200, 201)
        client.app.state.site.access.add("ada", ("review",))
        assert ask(client, "read", {}) == 200
        for what in ("review", "ingest", "admin"):
            assert ask(client, what, {}) == 401


def attempts(client: TestClient) -> list[Any]:
    path = client.app.state.site.audit.path
    return [parse_json(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_every_attempt_to_write_is_written_down_and_no_reading(served: TestClient) -> None:
    text = served.app.state.site.access.add("ada", ("review",))
    bearer = {"authorization": f"Bearer {text}"}
    for what in ("read", "review", "ingest"):
        ask(served, what, bearer)
    ask(served, "admin", {})
    found = [(one["who"], one["token"], one["path"], one["status"]) for one in attempts(served)]
    assert found == [
        ("ada", True, "/api/v1/reviews", 201),
        ("ada", True, "/api/v1/documents", 403),
        (None, False, "/api/v1/snapshots", 401),
    ]
    path = served.app.state.site.audit.path
    assert path.stat().st_mode & 0o077 == 0
    assert text not in path.read_text()


def test_forms_are_written_down_with_the_name_in_the_browser(ada: Browser, store: Store) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}")
    ada.decide(id, "accept")
    ada.client.post(f"/review/{id}", data={"judgement": "accept"})
    found = [(one["who"], one["method"], one["path"], one["status"]) for one in attempts(ada.client)]
    assert found[-2:] == [("ada", "POST", f"/review/{id}", 303), ("ada", "POST", f"/review/{id}", 403)]


def test_path_with_a_line_end_stays_one_line(served: TestClient) -> None:
    served.post("/review/x%0a%7b%22who%22:%22ada%22%7d")
    (one,) = attempts(served)
    assert one["path"] == '/review/x\n{"who":"ada"}'


def test_disk_that_takes_no_line_is_said_in_the_log(
    served: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path
) -> None:
    served.app.state.site.audit.path = tmp_path
    assert ask(served, "admin", {}) == 401
    assert "/api/v1/snapshots" in caplog.text
