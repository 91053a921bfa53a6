"""Formats of the API: every list in each of them, the same records in all, whole pages and everything at once."""

import csv
import io
import threading
from collections.abc import Iterator
from typing import Any

import httpx2 as httpx
import pyarrow.parquet as parquet
import pytest
import uvicorn
from starlette.testclient import TestClient

from dragoman.codec import parse_json
from dragoman.store import Store
from dragoman.web import WebOptions, create_app
from dragoman.web.api.formats import MEDIA, TABLES, write_parquet
from make_store import coded
from make_web import placed

RECORDS = ("records", "events", "agreements", "positions", "claims", "projects", "memberships")
SMALL = (
    *("documents", "reviews", "runs", "codebook", "status", "dyads", "dyads/KAZ/ARM/series", "snapshots"),
    "actors?name=Arman",
)


def table(content: bytes) -> Any:
    return parquet.read_table(io.BytesIO(content))


@pytest.mark.parametrize("suffix", ["json", "jsonl", "csv", "parquet", "geojson"])
@pytest.mark.parametrize("name", RECORDS)
def test_registers_come_in_every_format(reader: TestClient, name: str, suffix: str) -> None:
    answer = reader.get(f"/api/v1/{name}.{suffix}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == MEDIA[suffix].partition(";")[0]


@pytest.mark.parametrize("suffix", TABLES)
@pytest.mark.parametrize("name", SMALL)
def test_small_lists_come_as_tables(reader: TestClient, name: str, suffix: str) -> None:
    path, _, query = name.partition("?")
    answer = reader.get(f"/api/v1/{path}.{suffix}?{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == MEDIA[suffix].partition(";")[0]


def test_tables_have_the_same_columns_and_as_many_rows_whatever_the_format(reader: TestClient) -> None:
    for name in (*RECORDS, "documents", "runs", "codebook", "dyads"):
        items = reader.get(f"/api/v1/{name}.json").json()["items"]
        rows = list(csv.reader(io.StringIO(reader.get(f"/api/v1/{name}.csv").text)))
        packed = table(reader.get(f"/api/v1/{name}.parquet").content)
        assert packed.column_names == rows[0], name
        assert packed.num_rows == len(rows) - 1 == len(items), name


def test_empty_tables_keep_their_columns_and_types(reader: TestClient) -> None:
    full, empty = (
        table(reader.get(f"/api/v1/events.parquet?type={category}").content) for category in ("CONSULT", "AID")
    )
    assert empty.num_rows == 0
    assert empty.schema == full.schema
    assert reader.get("/api/v1/reviews.csv").text.startswith("id,record,document,reviewer,")


def test_parquet_holds_numbers_as_numbers(reader: TestClient) -> None:
    rows = table(reader.get("/api/v1/events.parquet?type=ASSAULT").content).to_pylist()
    assert (rows[0]["goldstein"], rows[0]["counted"], rows[0]["target_country"]) == (-10.0, True, "GEO")


def test_text_in_parquet_is_as_it_was_read_and_in_csv_it_is_guarded(store: Store) -> None:
    store.add(coded("Arman visited Armenia on 2024-04-15.", id="sum", publisher="=SUM(A1)"))
    with TestClient(create_app(store), base_url="http://127.0.0.1") as client:
        assert table(client.get("/api/v1/documents.parquet").content)["publisher"].to_pylist()[-1] == "=SUM(A1)"
        rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/documents.csv").text)))
        assert rows[-1]["publisher"] == "'=SUM(A1)"


def test_map_has_every_record_and_a_point_where_the_place_is_known(store: Store) -> None:
    store.add(placed(coded("Sona visited Georgia on 2024-06-01.", id="shusha")))
    with TestClient(create_app(store), base_url="http://127.0.0.1") as client:
        found = client.get("/api/v1/events.geojson").json()
        assert found["type"] == "FeatureCollection"
        assert len(found["features"]) == len(client.get("/api/v1/events").json()["items"])
    here = [one for one in found["features"] if one["geometry"] is not None]
    assert [one["geometry"] for one in here] == [{"type": "Point", "coordinates": [46.75, 39.76]}]
    assert here[0]["properties"]["precision"] == "city"
    assert here[0]["properties"]["place"] == "Shusha"


def test_map_leads_to_its_next_page(reader: TestClient) -> None:
    answer = reader.get("/api/v1/events.geojson?limit=2")
    assert answer.headers["link"].startswith("</api/v1/events.geojson?limit=2&after=")
    assert answer.json()["next"] in answer.headers["link"]


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet", "geojson"])
def test_everything_at_once(reader: TestClient, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    monkeypatch.setattr("dragoman.web.api.answers.LONGEST_PAGE", 2)  # several pages even here
    answer = reader.get(f"/api/v1/records.{suffix}?limit=all&order=oldest")
    counts = {
        "jsonl": lambda: len(answer.text.splitlines()),
        "csv": lambda: len(answer.text.splitlines()) - 1,
        "parquet": lambda: table(answer.content).num_rows,
        "geojson": lambda: len(answer.json()["features"]),
    }
    assert counts[suffix]() == len(reader.get("/api/v1/records").json()["items"]) == 7


def test_everything_as_one_json_is_refused(reader: TestClient) -> None:
    answer = reader.get("/api/v1/records.json?limit=all")
    assert answer.status_code == 400
    assert ".parquet" in answer.json()["detail"]


def test_many_rows_make_one_whole_file() -> None:
    rows = ((str(number), float(number)) for number in range(12_345))
    found = table(b"".join(write_parquet(("id", "score"), rows, {"score": "float64"})))
    assert found.num_rows == 12_345
    assert found["score"].to_pylist()[-1] == 12_344.0


def test_missing_arrow_is_said_with_its_extra(reader: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    for path in ("/api/v1/events.parquet", "/api/v1/events.parquet?limit=all"):
        answer = reader.get(path)
        assert answer.status_code == 501
        assert "dragoman[arrow]" in answer.json()["detail"]


@pytest.mark.parametrize("format", [*MEDIA])
def test_format_follows_what_is_accepted(reader: TestClient, format: str) -> None:
    answer = reader.get("/api/v1/events", headers={"accept": MEDIA[format].partition(";")[0]})
    assert answer.headers["content-type"].partition(";")[0] == MEDIA[format].partition(";")[0]


@pytest.fixture
def served(store: Store) -> Iterator[str]:
    """The address of a real server with threads of its own."""
    server = uvicorn.Server(uvicorn.Config(create_app(store, WebOptions(reads=0)), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def test_streams_of_several_clients_do_not_disturb_each_other(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of one answer are made by whichever thread is free; a database cursor belongs to one thread."""
    monkeypatch.setattr("dragoman.web.api.answers.LONGEST_PAGE", 1)
    found: list[int] = []

    def ask() -> None:
        for _ in range(5):
            lines = httpx.get(f"{served}/api/v1/records.jsonl?limit=all", timeout=30).text.splitlines()
            found.append(len({parse_json(line)["id"] for line in lines}))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [7] * 40
