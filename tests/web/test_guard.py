"""Who may come in: hosts, tokens, forms, rates, sizes, and the headers of every answer."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dragoman.errors import InputError, StoreError
from dragoman.store import Store
from dragoman.web import WebOptions, create_app
from dragoman.web.access import Access, new_session, read_session, write_session
from dragoman.web.rate import RateLimit
from make_web import Browser, event_of


@pytest.fixture
def outside(store: Store) -> Iterator[TestClient]:
    """A client of a server that others can reach."""
    options = WebOptions(host="192.0.2.1", names=("record.example.org",), reads=0, writes=0)
    with TestClient(create_app(store, options), base_url="http://192.0.2.1", follow_redirects=False) as opened:
        yield opened


def token(client: TestClient, name: str = "ada", *scopes: str) -> dict[str, str]:
    text = client.app.state.site.access.add(name, scopes or ("review",))
    return {"authorization": f"Bearer {text}"}


def test_every_answer_has_the_strict_headers(client: TestClient) -> None:
    for path in ("/", "/api/v1/events", "/static/dragoman.css", "/nothing", "/favicon.ico"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"


def test_another_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example.com"}).status_code == 400


@pytest.mark.parametrize("host", ["localhost:8642", "127.0.0.1", "[::1]:8642"])
def test_names_of_this_machine_are_taken(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_session_cookie_is_kept_from_scripts_and_other_sites(client: TestClient) -> None:
    cookie = client.get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_changed_cookie_is_not_believed(ada: Browser) -> None:
    cookie = ada.client.cookies["dragoman"]
    body, _, signature = cookie.rpartition(".")
    secret = ada.client.app.state.site.access.secret()
    assert read_session(cookie, secret).reviewer == "ada"
    assert read_session(f"{body}x.{signature}", secret) is None
    assert read_session(f"{body}.{signature[:-1]}0", secret) in (None, read_session(cookie, secret))
    assert read_session(cookie, b"another secret") is None


def test_form_without_its_token_is_refused(ada: Browser, store: Store) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}")
    answer = ada.client.post(f"/review/{id}", data={"judgement": "accept", "form_token": "0" * 64})
    assert answer.status_code == 403
    assert store.verdicts(id) == ()


def test_form_from_another_site_is_refused(ada: Browser, store: Store) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}")
    answer = ada.client.post(
        f"/review/{id}",
        data={"judgement": "accept", "form_token": ada.hidden("form_token")},
        headers={"sec-fetch-site": "cross-site"},
    )
    assert answer.status_code == 403


def test_form_token_of_another_session_is_refused(ada: Browser, ben: Browser, store: Store) -> None:
    id = event_of(store)
    ada.open(f"/review/{id}")
    answer = ben.client.post(f"/review/{id}", data={"judgement": "accept", "form_token": ada.hidden("form_token")})
    assert answer.status_code == 403


def test_outside_everybody_needs_a_token(outside: TestClient) -> None:
    assert outside.get("/events").status_code == 303
    assert outside.get("/events").headers["location"].startswith("/login")
    answer = outside.get("/api/v1/events")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["status"] == 401
    assert outside.get("/static/dragoman.css").status_code == 200


def test_token_opens_the_api_within_its_scope(outside: TestClient, store: Store) -> None:
    reads = token(outside, "ben", "read")
    assert outside.get("/api/v1/events", headers=reads).status_code == 200
    body = {"record": event_of(store), "judgement": "accept"}
    assert outside.post("/api/v1/reviews", json=body, headers=reads).status_code == 403
    assert outside.post("/api/v1/reviews", json=body, headers=token(outside)).status_code == 201
    assert store.verdicts()[0].reviewer == "ada"


def test_login_opens_the_pages_and_signs_verdicts_with_the_name_of_the_token(outside: TestClient, store: Store) -> None:
    text = token(outside)["authorization"].removeprefix("Bearer ")
    form = re.search(r'name="form_token" value="([^"]+)"', outside.get("/login").text)[1]
    assert outside.post("/login", data={"form_token": form, "token": "dg_wrong"}).status_code == 403
    assert outside.post("/login", data={"form_token": form, "token": text, "then": "/events"}).status_code == 303
    assert outside.get("/events").status_code == 200
    id = event_of(store)
    page = outside.get(f"/review/{id}").text
    fields = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("form_token", "judged", "seen")}
    assert outside.post(f"/review/{id}", data={**fields, "judgement": "accept"}).status_code == 303
    assert store.verdicts(id)[0].reviewer == "ada"


def test_withdrawn_token_stops_at_once(outside: TestClient) -> None:
    headers = token(outside)
    assert outside.get("/api/v1/events", headers=headers).status_code == 200
    outside.app.state.site.access.withdraw("ada")
    assert outside.get("/api/v1/events", headers=headers).status_code == 401


def test_tokens_are_kept_as_hashes_in_a_file_of_the_owner(outside: TestClient) -> None:
    text = token(outside)["authorization"].removeprefix("Bearer ")
    path = outside.app.state.site.access.path
    assert text not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


def test_broken_file_of_tokens_is_named_with_its_line(tmp_path) -> None:
    (tmp_path / "access").write_text('{"secret": "00"}\nnonsense\n')
    with pytest.raises(StoreError, match="access:2"):
        Access(tmp_path / "access").tokens()


@pytest.mark.parametrize(("name", "scopes"), [("", ("read",)), ("a\x00b", ("read",)), ("ada", ("root",))])
def test_tokens_need_a_name_and_known_scopes(tmp_path, name: str, scopes: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        Access(tmp_path / "access").add(name, scopes)


def test_nobody_takes_the_name_of_a_token(ada: Browser) -> None:
    token(ada.client, "carla")
    ada.open("/login")
    assert "belongs to a token" in ada.send("/name", 400, reviewer="carla")


def test_too_many_requests_are_told_when_to_come_again(store: Store) -> None:
    with TestClient(create_app(store, WebOptions(reads=0.5)), base_url="http://127.0.0.1") as client:
        answers = [client.get("/api/v1/runs") for _ in range(8)]
    assert answers[-1].status_code == 429
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 2


def test_bucket_fills_again_with_time() -> None:
    now = [0.0]
    limit = RateLimit(1.0, clock=lambda: now[0])
    assert [limit.wait_of("a") for _ in range(10)] == [0.0] * 10
    assert limit.wait_of("a") == pytest.approx(1.0)
    assert limit.wait_of("b") == 0.0
    now[0] = 1.0
    assert limit.wait_of("a") == 0.0


def test_large_bodies_are_refused(client: TestClient) -> None:
    answer = client.post("/api/v1/reviews", content=b" " * 1_000_001, headers={"content-type": "application/json"})
    assert answer.status_code == 413


def test_large_body_without_a_stated_length_is_refused(client: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(30):
            yield b" " * 50_000

    answer = client.post("/api/v1/reviews", content=parts(), headers={"content-type": "application/json"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "then", ["//evil.example.com", "https://evil.example.com", "/\\evil.example.com", "javascript:x"]
)
def test_login_leads_nowhere_else(ada: Browser, then: str) -> None:
    ada.open("/login")
    ada.client.follow_redirects = False
    answer = ada.client.post("/name", data={"form_token": ada.hidden("form_token"), "reviewer": "eve", "then": then})
    assert answer.headers["location"] == "/"


def test_session_survives_writing_and_reading() -> None:
    session = new_session()
    assert read_session(write_session(session, b"key"), b"key") == session


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fcodec.py", "/static//etc/passwd"]
)
def test_no_file_outside_the_static_folder_is_served(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert "import" not in answer.text
