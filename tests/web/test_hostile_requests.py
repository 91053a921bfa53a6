"""Hostile requests: bodies, headers, cookies and addresses that no honest program sends are refused with a reason."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from dragoman.codec import format_json
from dragoman.store import Store, open_store
from dragoman.web import WebOptions, create_app
from make_hostile import HOSTILE, assert_inert
from make_store import Coder
from make_web import Browser, event_of, fill

VISIT = "Arman visited Armenia on 2024-08-15, and they talked for a long while. "
JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that every test here writes to."""
    with open_store(tmp_path_factory.mktemp("hostile") / "kept.dragoman", create=True) as opened:
        fill(opened)
        yield opened


@pytest.fixture(scope="module")
def desk(kept: Store) -> Iterator[TestClient]:
    """A program on this machine that may write everything."""
    options = WebOptions(reads=0, writes=0, open_coder=Coder)
    with TestClient(create_app(kept, options), base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def eve(kept: Store) -> Iterator[Browser]:
    """A browser at a server over the same store."""
    app = create_app(kept, WebOptions(reads=0, writes=0))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield Browser.of(client, "eve")


def test_report_through_the_api_is_kept_as_text_or_refused(desk: TestClient) -> None:
    for name, text in HOSTILE.items():
        report = {"text": f"{VISIT} {text}", "title": text[:2000], "publisher": text[:500], "url": text[:2000]}
        answer = desk.post("/api/v1/documents", json={"documents": [report]})
        if "\x00" in text:
            assert answer.status_code == 422
            assert "NUL character" in answer.json()["detail"]
            continue
        assert answer.status_code == 201, (name, answer.text)
        id = answer.json()["reports"][0]["id"]
        assert desk.get(f"/api/v1/documents/{id}").json()["text"].startswith(VISIT)
        assert_inert(desk.get(f"/articles/{id}").text)


def test_id_of_a_report_is_a_name_and_no_path(desk: TestClient, kept: Store) -> None:
    folder = desk.app.state.site.audit.path.parent
    desk.app.state.site.access.secret()
    before = sorted(path.name for path in folder.rglob("*"))
    for name, text in HOSTILE.items():
        answer = desk.post("/api/v1/documents", json={"documents": [{"text": f"{VISIT} {name}", "id": text}]})
        assert answer.status_code in (201, 400), name
        if answer.status_code == 400:
            assert "id" in answer.json()["detail"]
        else:
            shown = desk.get(f"/articles/{quote(text, safe='')}")
            assert shown.status_code == 200, name
            assert_inert(shown.text)
    assert {path.name for path in folder.rglob("*")} - set(before) <= {"kept.dragoman.audit"}
    assert kept.check() == []


def test_verdict_through_the_api_is_kept_as_text_or_refused(desk: TestClient, kept: Store) -> None:
    id = event_of(kept)
    for name, text in HOSTILE.items():
        body = {"record": id, "judgement": "unsure", "reviewer": text[:80], "note": text[:2000]}
        answer = desk.post("/api/v1/reviews", json=body)
        assert answer.status_code in (201, 400), name
    assert_inert(desk.get(f"/records/{id}").text)
    assert_inert(desk.get("/articles/d1").text)


@pytest.mark.parametrize("field", ["category", "status", "time", "place", "sources", "no such field", None])
def test_correction_of_a_field_is_a_valid_value_or_refused(desk: TestClient, kept: Store, field: str | None) -> None:
    id = event_of(kept, "d3", "ASSAULT")
    for name, text in HOSTILE.items():
        body = {"record": id, "judgement": "correct", "reviewer": "eve", "field": field, "value": text}
        answer = desk.post("/api/v1/reviews", json=body)
        assert answer.status_code == 400, (name, answer.text)
        assert answer.json()["detail"]
    assert_inert(desk.get(f"/records/{id}").text)


@pytest.mark.parametrize(
    "body",
    [
        b'{"documents":[{"text":"caf\xe9 \xff\xfe"}]}',
        b"\xff\xfe{\x00",
        b"\x00" * 1000,
        b"[" * 200_000,
        b'{"documents":' * 50_000,
        b'{"documents":[{"text":' + b"9" * 5000 + b"}]}",
        b'{"documents":[{"text":1e999999}]}',
        b'{"documents":[{"text":NaN}]}',
        b'{"documents":[{"text":"a","text":"b"}',
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
        b"",
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/documents", "/api/v1/reviews"])
def test_body_that_is_no_json_is_refused(desk: TestClient, path: str, body: bytes) -> None:
    answer = desk.post(path, content=body, headers=JSON)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        r'{"documents":[{"text":"Arman visited Armenia. \ud800 It was long."}]}',
        r'{"documents":[{"text":"Arman visited Armenia. It was long.","title":"\udfff"}]}',
        r'{"documents":[{"text":"Arman visited Armenia. It was long.","id":"\ud83d"}]}',
    ],
)
def test_half_a_character_is_replaced_or_refused(desk: TestClient, body: str) -> None:
    answer = desk.post("/api/v1/documents", content=body, headers=JSON)
    assert answer.status_code in (201, 400, 422)
    if answer.status_code == 201:
        shown = desk.get(f"/articles/{answer.json()['reports'][0]['id']}")
        assert shown.status_code == 200


@pytest.mark.parametrize("field", ["note", "reviewer", "judged", "value", "field", "undoes", "record"])
def test_half_a_character_in_a_verdict_is_refused(desk: TestClient, kept: Store, field: str) -> None:
    before = len(kept.verdicts())
    body = {"record": event_of(kept), "judgement": "unsure", "reviewer": "eve", field: "x\ud800y"}
    answer = desk.post("/api/v1/reviews", content=format_json(body).encode("utf-8", "surrogatepass"), headers=JSON)
    assert answer.status_code in (400, 404, 412)
    escaped = "{" + ",".join(f'"{name}":"{value}"' for name, value in body.items()).replace("\ud800", r"\ud800") + "}"
    answer = desk.post("/api/v1/reviews", content=escaped, headers=JSON)
    assert answer.status_code in (400, 404, 412), answer.text
    assert len(kept.verdicts()) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("content-length", value) for value in ("-1", "1e3", "²", "0x10", "", "9" * 40)),
        *(
            ("host", value)
            for value in ("", "127.0.0.1.evil.example.com", "localhost@evil.example.com", "[::1", "a" * 5000)
        ),
        *(("cookie", f"dragoman={value}") for value in ("x.y", "." * 300, "A" * 5000, "%00.%00", '"";')),
        *(("if-none-match", value) for value in ('"' * 1000, "W/", "a,b," * 500)),
        *(("accept", value) for value in ("text/csv;q=" + "9" * 100, "*/*" * 500, "\x7f")),
        *(("range", value) for value in ("bytes=0-", "bytes=-1", "bytes=" + "0-1," * 300)),
        *(("x-forwarded-host", value) for value in ("evil.example.com",)),
    ],
)
def test_headers_of_no_honest_client_break_nothing(desk: TestClient, name: str, value: str) -> None:
    for path in ("/", "/api/v1/events", "/static/dragoman.css"):
        answer = desk.get(path, headers={name: value.encode("latin-1")})
        assert answer.status_code in (200, 206, 400, 413, 416), path
        assert "evil.example.com" not in answer.headers.get("location", "")


@pytest.mark.parametrize("key", ["", "é".encode("latin-1"), "x" * 201, "' OR 1=1 --", "\t"])
def test_key_of_a_repeated_request_is_only_a_name(desk: TestClient, kept: Store, key: str | bytes) -> None:
    before = len(kept.verdicts())
    body = {"record": event_of(kept), "judgement": "accept", "reviewer": "ada"}
    answer = desk.post("/api/v1/reviews", json=body, headers={"idempotency-key": key})
    assert answer.status_code in (201, 400)
    assert len(kept.verdicts()) - before == (answer.status_code == 201)


@pytest.mark.parametrize("tag", ['"', "*", 'W/"x"', '""', "x" * 3000, '"r-1.zz"', "a, b"])
def test_tags_of_versions_are_compared_and_nothing_else(desk: TestClient, kept: Store, tag: str) -> None:
    body = {"record": event_of(kept), "judgement": "accept", "reviewer": "ada"}
    answer = desk.post("/api/v1/reviews", json=body, headers={"if-match": tag})
    assert answer.status_code in ((201,) if tag == "*" else (412,))


ADDRESSES = (
    *(
        "/articles/%ff%fe",
        "/records/%00",
        "/actors/%f0%28%8c%28",
        "/search?q=%ff",
        "/search?q=%00",
        "/events?source=%c0%af",
    ),
    *("/articles/..%2f..%2fetc%2fpasswd", "/articles/%2e%2e/%2e%2e/etc/passwd", "/runs/..%5c..%5cboot.ini"),
    *("/dyads/ARM/" + "A" * 3000, "/dyads/%3Cb/x%3E", "/dyads/ARM/АРМ", "/happenings/" + "9" * 4000),
    *("/review/" + "%f0%9f%98%80" * 50, "/records/%E2%80%AEfdp.exe", "/codings/../../x", "/add/%0d%0aSet-Cookie:x=1"),
    *("/events?" + "source=a&" * 2000, "/events?" + "&" * 5000, "/events?q=" + "(" * 400, "/search?q=" + "a*" * 200),
    *(
        "/login?then=%0d%0aLocation:%20https://evil.example.com",
        "/login?then=//evil.example.com",
        "/map?worldview=%3Cscript%3E",
    ),
    *("/api/v1/records/%ff", "/api/v1/runs/%00", "/api/v1/dyads/ARM/%ff/series", "/api/v1/documents/" + "x" * 5000),
    *(
        "/api/v1/events?limit=" + "9" * 500,
        "/api/v1/events?min_conf=nan",
        "/api/v1/events?min_conf=inf",
        "/api/v1/events?q=%00",
    ),
    *("/api/v1/events?since=99999-01-01", "/api/v1/events?since=2024-13-45", "/api/v1/events?counted=perhaps"),
)


@pytest.mark.parametrize("path", ADDRESSES, ids=lambda path: path[:40])
def test_addresses_of_no_honest_client_are_answered_or_refused(desk: TestClient, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code in (200, 303, 400, 404, 414)
    assert "evil.example.com" not in answer.headers.get("location", "")
    assert "stolen" not in str(answer.headers)
    assert "x" not in answer.cookies
    assert "root:" not in answer.text
    if answer.headers["content-type"].startswith("text/html"):
        assert_inert(answer.text)
    elif answer.status_code >= 400:
        assert answer.json()["detail"]


FORMS = {
    "broken UTF-8": b"reviewer=%ff%fe&then=/",
    "NUL": b"reviewer=a%00b&then=/",
    "no field": b"",
    "a thousand fields": b"a=1&" * 1000,
    "long field": b"reviewer=" + b"x" * 100_000,
    "nested": b"reviewer[name]=x&reviewer[]=y",
    "header in the name": b"reviewer=x%0d%0aSet-Cookie:%20a=b&then=/%0d%0ax",
    "right-to-left override": b"reviewer=%e2%80%aeeve&then=/",
}


@pytest.mark.parametrize("body", FORMS.values(), ids=list(FORMS))
def test_forms_of_no_honest_browser_are_refused_or_taken_as_text(eve: Browser, body: bytes) -> None:
    eve.open("/login")
    token = f"form_token={eve.hidden('form_token')}&".encode()
    for content in (token + body, body):
        answer = eve.client.post(
            "/name",
            follow_redirects=False,
            content=content,
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
        assert answer.status_code in (303, 400, 403)
        assert answer.status_code == 303 or "set-cookie" not in answer.headers
        assert "a=b" not in answer.headers.get("set-cookie", "")
        assert answer.headers.get("location", "/") in ("/", "/%0Ax", "/login")
