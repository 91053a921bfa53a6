"""Hostile inputs: whatever a report, a name or an address holds is shown as text or refused; nothing runs or breaks."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from dragoman.store import open_store
from dragoman.web import WebOptions, create_app
from make_store import coded
from make_web import elements

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "script in upper case": "<SCRIPT SRC=//evil.example.com/x.js></SCRIPT>",
    "image with handler": '<img src=x onerror="alert(1)">',
    "svg with handler": "<svg/onload=alert(1)>",
    "end of attribute": '" onmouseover="alert(1)',
    "end of attribute in single quotes": "' onfocus='alert(1)' autofocus='",
    "end of title": "</title><script>alert(1)</script>",
    "end of textarea": "</textarea><script>alert(1)</script>",
    "end of script": "</script><script>alert(1)</script>",
    "comment": "<!-- --><b>bold</b>",
    "style": "<style>body{display:none}</style>",
    "base": "<base href=https://evil.example.com/>",
    "refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example.com">',
    "frame": "<iframe src=https://evil.example.com></iframe>",
    "form": '<form action="https://evil.example.com"><input name=form_token></form>',
    "script address": "javascript:alert(1)",
    "script address with a line end": "java\nscript:alert(1)",
    "data address": "data:text/html,<script>alert(1)</script>",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#60;",
    "template": "{{ 7*7 }} {% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "template of another engine": "${7*7} #{7*7} <%= 7*7 %> {{constructor.constructor('alert(1)')()}}",
    "format": "%s %d %n {0} {name!r}",
    "sql": "'; DROP TABLE document; --",
    "sql union": "x' UNION SELECT sql FROM sqlite_master --",
    "full-text query": 'a" OR text:* NEAR(b, 2) AND NOT (',
    "like pattern": "%_%\\%",
    "null": "before\x00after",
    "controls": "\x01\x02\x08\x1b[31mred\x1b[0m\x7f",
    "right-to-left override": "invoice\u202efdp.exe",
    "isolates": "\u2066\u2067\u2068 mixed \u2069\u2069",
    "zero width": "pay\u200bpal\u2060\ufeff",
    "line separators": "one\u2028two\u2029three",
    "tags": "flag \U000e0061\U000e0062\U000e007f",
    "emoji": "👩‍👩‍👧‍👦 🇰🇿 🏴‍☠️",
    "arabic and hebrew": "رئيس الوزراء ושר החוץ",
    "combining marks": "Z" + "\u0351\u0363\u0368" * 60,
    "broken UTF-8 as read": "caf\ufffd\ufffd",
    "spreadsheet formula": '=HYPERLINK("https://evil.example.com";"click")',
    "spreadsheet command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "path": "../../../../etc/passwd",
    "windows path": "..\\..\\windows\\system32\\config",
    "header": "x\r\nSet-Cookie: stolen=1",
    "very long word": "A" * 5000,
    "many angle brackets": "<" * 500,
    "huge number": "9" * 300,
    "json": '{"kind":"event"}]}',
    "markdown": "[click](javascript:alert(1)) ![x](https://evil.example.com/x.png)",
}
assert len(HOSTILE) >= 40


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Reports whose title, text, publisher and address are hostile."""
    from dataclasses import replace

    from dragoman.types.review import Judgement, Verdict

    with open_store(tmp_path_factory.mktemp("hostile") / "h.dragoman", create=True) as store:
        made = []
        for number, text in enumerate(HOSTILE.values()):
            one = coded(f"Arman visited Armenia on 2024-04-15. {text}", id=f"h{number}", publisher=text)
            made.append(replace(one, document=replace(one.document, title=text, url=text, notes=(text,))))
        store.add(made)
        for number, (one, text) in enumerate(zip(made, HOSTILE.values(), strict=True)):
            record = one.coding.records[0]
            verdict = Verdict(
                id=f"v{number}",
                record=record.id,
                document=record.document,
                reviewer=text,
                decided_at="2024-05-01T00:00:00",
                judgement=Judgement.UNSURE,
                note=text,
            )
            store.add_verdict(verdict)
        options = WebOptions(reads=0, writes=0)
        with TestClient(create_app(store, options), base_url="http://localhost", follow_redirects=False) as client:
            yield client


def assert_inert(page: str) -> None:
    """Only our own elements: one script by file, no handlers, no frames, no addresses that run."""
    found = elements(page)
    assert found.balanced
    assert [one["src"] for tag, one in found.tags if tag == "script"] == ["/static/dragoman.js"]
    assert not {"iframe", "base", "style", "object", "embed", "img"} & {tag for tag, _ in found.tags}
    for tag, attributes in found.tags:
        assert not [name for name in attributes if name.startswith("on")], tag
        for name in ("href", "src", "action", "formaction"):
            assert not re.match(r"(?i)[\s\x00-\x20]*(javascript|data|vbscript):", attributes.get(name, ""))
    assert not [one for _, one in found.tags if "http-equiv" in one]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\u200b\u2028]", page)


@pytest.mark.parametrize("number", range(len(HOSTILE)), ids=list(HOSTILE))
def test_report_is_shown_as_text(hostile: TestClient, number: int) -> None:
    answer = hostile.get(f"/articles/h{number}")
    assert answer.status_code == 200
    assert_inert(answer.text)
    assert "49" not in re.sub(r"[0-9a-f]{6,}|U\+\w+", "", "".join(elements(answer.text).texts)).split()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_query_is_answered_or_refused(hostile: TestClient, text: str) -> None:
    for path in (f"/search?q={quote(text)}", f"/actors?name={quote(text)}", f"/events?source={quote(text)}"):
        answer = hostile.get(path)
        assert answer.status_code in (200, 400), path
        assert_inert(answer.text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_ids_that_are_none_are_not_found(hostile: TestClient, text: str) -> None:
    for path in ("articles", "records", "happenings", "actors", "runs", "review"):
        answer = hostile.get(f"/{path}/{quote(text, safe='')}")
        assert answer.status_code in (200, 400, 404), path
        assert_inert(answer.text)
    problem = hostile.get(f"/api/v1/records/{quote(text, safe='')}")
    assert problem.status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/events", "/agree", "/dyads/ARM/KAZ", "/actors/Q9001", "/map", "/search?q=visited"]
)
def test_lists_of_hostile_reports_are_inert(hostile: TestClient, path: str) -> None:
    answer = hostile.get(path)
    assert answer.status_code == 200
    assert_inert(answer.text)


def test_review_cards_of_hostile_reports_are_inert(hostile: TestClient) -> None:
    token = re.search(r'name="form_token" value="([^"]+)"', hostile.get("/review").text)[1]
    hostile.post("/name", data={"form_token": token, "reviewer": "eve"})
    for entry in hostile.get("/api/v1/events?limit=100").json()["items"]:
        answer = hostile.get(f"/review/{entry['id']}")
        assert answer.status_code == 200
        assert_inert(answer.text)


def test_csv_holds_no_cell_that_a_spreadsheet_runs(hostile: TestClient) -> None:
    import csv
    import io

    rows = list(csv.reader(io.StringIO(hostile.get("/api/v1/events.csv?limit=100").text)))
    assert not [cell for row in rows for cell in row if re.match(r"[=@\t\r]|\+|-(?!\d)", cell)]


@pytest.mark.parametrize("path", ["/events?after=x", "/events?after=~", "/events?after=2024-01-01~" + "9" * 400])
def test_forged_cursors_are_refused(hostile: TestClient, path: str) -> None:
    assert hostile.get(path).status_code == 400


def test_a_report_of_ten_megabytes_is_shown(tmp_path) -> None:
    with open_store(tmp_path / "big.dragoman", create=True) as store:
        store.add(coded("Arman visited Armenia on 2024-04-15.\n" + "word " * 2_000_000, id="big"))
        with TestClient(create_app(store), base_url="http://localhost") as client:
            answer = client.get("/articles/big")
            assert answer.status_code == 200
            assert len(answer.content) > 10_000_000
            assert client.get("/records/" + next(iter(store.events())).id).status_code == 200
            assert len(client.get("/search?q=word").content) < 100_000
