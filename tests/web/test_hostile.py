"""Hostile inputs: whatever a report, a name or an address holds is shown as text or refused; nothing runs or breaks."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from dragoman.store import open_store
from dragoman.web import WebOptions, create_app
from make_hostile import HOSTILE, assert_inert
from make_store import coded
from make_web import elements


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
