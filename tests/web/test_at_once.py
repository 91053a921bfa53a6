"""Several reviewers at one moment, and a server killed while they decide: nothing that was acknowledged is lost."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Barrier, Thread

import httpx2 as httpx
import pytest

from dragoman.store import Store, open_store
from make_web import event_of

REVIEWERS = ("ada", "ben", "cara", "dev")
WORDS = ("accept", "reject", "unsure")


@dataclass
class Server:
    """`dragoman serve` in a process of its own."""

    address: str
    process: "subprocess.Popen[bytes]"

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.address, timeout=60)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(60)


@pytest.fixture
def server(store: Store) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from dragoman.cli import main; main()", "serve", store.place, "--port", str(port)]
    process = subprocess.Popen([*command, "--quiet"], env={**os.environ, "PYTHONWARNINGS": "ignore"})
    started = Server(address=f"http://127.0.0.1:{port}", process=process)
    try:
        wait_for(started)
        yield started
    finally:
        started.kill()


def wait_for(server: Server) -> None:
    ends = time.monotonic() + 120
    with server.client() as client:
        while True:
            try:
                client.get("/api/v1/runs")
                return
            except httpx.TransportError:
                assert time.monotonic() < ends, "the server did not start"
                time.sleep(0.1)


def test_of_reviewers_at_one_moment_one_is_kept_and_the_others_see_who_was_faster(store: Store, server: Server) -> None:
    id, together = event_of(store), Barrier(len(REVIEWERS))
    answers: dict[str, httpx.Response] = {}
    with server.client() as client:
        tag = client.get(f"/api/v1/records/{id}").headers["etag"]

    def decide(reviewer: str) -> None:
        body = {"record": id, "judgement": "accept", "reviewer": reviewer}
        with server.client() as client:
            together.wait(60)
            answers[reviewer] = client.post("/api/v1/reviews", json=body, headers={"if-match": tag})

    everybody = [Thread(target=decide, args=(reviewer,)) for reviewer in REVIEWERS]
    for one in everybody:
        one.start()
    for one in everybody:
        one.join(120)
    (first,) = [reviewer for reviewer, answer in answers.items() if answer.status_code == 201]
    slower = [answers[reviewer] for reviewer in REVIEWERS if reviewer != first]
    assert {answer.status_code for answer in slower} == {412}
    assert all(f"{first} decided accept" in answer.json()["detail"] for answer in slower)
    assert [verdict.reviewer for verdict in store.verdicts(id)] == [first]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_every_acknowledged_decision_outlives_a_server_killed_while_people_decide(store: Store, server: Server) -> None:
    records = [record.id for record in store.records()]
    acknowledged: list[str] = []

    def review(reviewer: str) -> None:
        """Decides on one record after another, until the server is gone."""
        with server.client() as client:
            for number in range(1000):
                note = f"{reviewer} {number}"
                body = {"record": records[number % len(records)], "judgement": WORDS[number % 3], "note": note}
                try:
                    answer = client.post("/api/v1/reviews", json={**body, "reviewer": reviewer})
                except httpx.TransportError:
                    return
                if answer.status_code == 201:
                    acknowledged.append(note)

    everybody = [Thread(target=review, args=(reviewer,)) for reviewer in REVIEWERS[:2]]
    for one in everybody:
        one.start()
    ends = time.monotonic() + 120
    while len(acknowledged) < 20:
        assert time.monotonic() < ends, f"only {len(acknowledged)} decisions were acknowledged"
        time.sleep(0.01)
    server.kill()
    for one in everybody:
        one.join(120)
    with open_store(store.place) as after:
        kept = {verdict.note for verdict in after.verdicts()}
        assert set(acknowledged) <= kept
        assert len(kept - set(acknowledged)) <= len(everybody)  # written, and killed before the answer went out
        assert after.check() == []
