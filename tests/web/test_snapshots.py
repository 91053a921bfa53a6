"""Snapshots through the API: written, listed, described, handed out file by file, and never anything else."""

import io
from hashlib import sha256
from threading import Thread

import pyarrow.parquet as parquet
import pytest
from starlette.testclient import TestClient

from dragoman.export import check_sums
from dragoman.store import Store
from make_store import coded


def make(client: TestClient, status: int = 201) -> dict:
    answer = client.post("/api/v1/snapshots")
    assert answer.status_code == status, answer.text
    return answer.json()


def test_snapshot_is_written_listed_and_whole(client: TestClient) -> None:
    assert client.get("/api/v1/snapshots").json()["items"] == []
    made = make(client)
    assert made["id"].startswith("sn_")
    listed = client.get("/api/v1/snapshots").json()["items"]
    assert [one["id"] for one in listed] == [made["id"]]
    assert listed[0]["files"] == len(made["files"])
    folder = client.app.state.site.snapshots.folder
    assert check_sums(folder / made["name"]) == []


def test_files_are_what_their_hashes_say(client: TestClient) -> None:
    made = make(client)
    for file in made["files"]:
        answer = client.get(file["href"])
        assert answer.status_code == 200
        assert len(answer.content) == file["bytes"]
        assert sha256(answer.content).hexdigest() == file["sha256"]
        assert client.get(file["href"], headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    events = next(file for file in made["files"] if file["path"].startswith("events/"))
    assert parquet.read_table(io.BytesIO(client.get(events["href"]).content)).num_rows > 0


def test_same_content_is_one_snapshot_and_a_change_another(client: TestClient, store: Store) -> None:
    first = make(client)
    assert make(client, 200)["id"] == first["id"]
    store.add(coded("Sona visited Georgia on 2024-07-01.", id="new"))
    second = make(client)
    assert second["id"] != first["id"]
    assert client.get(f"/api/v1/snapshots/{first['id']}").json() == first
    assert len(client.get("/api/v1/snapshots").json()["items"]) == 2


def test_of_two_at_once_one_is_told_to_wait(client: TestClient) -> None:
    snapshots = client.app.state.site.snapshots
    with snapshots._making:
        answer = client.post("/api/v1/snapshots")
    assert answer.status_code == 409
    assert int(answer.headers["retry-after"]) > 0
    assert "being written" in answer.json()["detail"]
    assert client.post("/api/v1/snapshots").status_code == 201


def test_snapshots_of_the_command_line_are_listed_where_they_lie_in_the_folder(client: TestClient) -> None:
    made = make(client)
    folder = client.app.state.site.snapshots.folder
    (folder / made["name"]).rename(folder / "spring")
    assert client.get(f"/api/v1/snapshots/{made['id']}").json()["name"] == "spring"


@pytest.mark.parametrize(
    "path",
    [
        *("..%2f..%2ftest.dragoman", "../../../../etc/passwd", "%2e%2e/%2e%2e/test.dragoman.access", "/etc/passwd"),
        *("events%00.parquet", "SHA256SUMS/../../x", "nothing"),
    ],
)
def test_nothing_but_its_files_is_handed_out(client: TestClient, path: str) -> None:
    made = make(client)
    client.app.state.site.access.secret()  # the file is there
    answer = client.get(f"/api/v1/snapshots/{made['id']}/files/{path}")
    assert answer.status_code == 404
    assert "secret" not in answer.text


@pytest.mark.parametrize("id", ["none", "..", "%2e%2e", "sn_" + "0" * 32, "making-1"])
def test_snapshot_that_is_none_is_not_found(client: TestClient, id: str) -> None:
    make(client)
    assert client.get(f"/api/v1/snapshots/{id}").status_code == 404


def test_sums_that_name_a_file_outside_are_refused(client: TestClient) -> None:
    made = make(client)
    sums = client.app.state.site.snapshots.folder / made["name"] / "SHA256SUMS"
    sums.chmod(0o644)
    sums.write_text(f"{'0' * 64}  ../../test.dragoman\n")
    answer = client.get("/api/v1/snapshots")
    assert answer.status_code == 503
    assert "lies outside" in answer.json()["detail"]


def test_what_is_being_written_is_not_listed(client: TestClient) -> None:
    folder = client.app.state.site.snapshots.folder
    seen: list[int] = []
    writing = Thread(target=make, args=(client,))
    writing.start()
    while writing.is_alive():
        seen.append(len(client.app.state.site.snapshots.list()))
    writing.join()
    assert set(seen) <= {0, 1}
    assert [path.name for path in folder.iterdir() if path.name.startswith(("making-", "."))] == []
