"""Broken off, out of space, many at once: what was acknowledged stays, whole and once."""

import multiprocessing
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dragoman.codec import encode_coding
from dragoman.errors import ConflictError, StoreError
from dragoman.store import Store, open_store
from dragoman.store.engine import SqliteEngine
from dragoman.store.migrations import migrate
from dragoman.store.writing import unpack_line
from dragoman.types.review import Judgement, Verdict
from make_store import coded

_LOADER = """
import sys
from dragoman.store import open_store
from dragoman.store.writing import unpack_line
place, shard = sys.argv[1:]
with open_store(place) as store, store.adding(kind="test", provenance=None) as adding:
    for line in open(shard, encoding="utf-8"):
        for outcome in adding.add([unpack_line(line)]):
            print(outcome.document, flush=True)
"""


def line(number: int) -> str:
    given = coded("Arman visited Armenia. Sona threatened Georgia. " + "It rained. " * 20, id=f"d{number}")
    return encode_coding(given.coding, given.document)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "test.dragoman"
    open_store(path, create=True).close()
    return path


def test_killed_loader_loses_nothing_acknowledged_and_tears_nothing(place: Path, tmp_path: Path) -> None:
    shard = tmp_path / "shard.jsonl"
    shard.write_text("".join(line(number) + "\n" for number in range(4000)), encoding="utf-8")
    chance = random.Random(1)
    acknowledged: list[str] = []
    for _ in range(5):
        child = subprocess.Popen([sys.executable, "-c", _LOADER, place, shard], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        acknowledged.append(child.stdout.readline().strip())
        time.sleep(chance.random() * 0.2)
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read()
        child.wait()
        child.stdout.close()
        # The killed program may have been writing its last line.
        acknowledged += rest[: rest.rfind("\n") + 1].split()
        with open_store(place) as store:
            assert store.check() == []
            kept = [document.id for document in store.documents()]
            assert set(acknowledged) <= set(kept)
            assert len(kept) == len(set(kept))
            assert len(store.records()) == 2 * len(kept)


def test_full_disk_is_said_and_leaves_the_file_as_it_was(place: Path) -> None:
    size = place.stat().st_size // 4096 + 40
    full = Store(SqliteEngine(place, max_pages=size))
    numbers = iter(range(1000))

    def fill() -> None:
        for number in numbers:
            full.add(coded("Arman visited Armenia. " + "It rained. " * 200, id=f"d{number}"))

    with pytest.raises(StoreError, match=r"the disk is full; the store is intact.*free space"):
        fill()
    kept = next(numbers) - 1
    full.close()
    with open_store(place) as store:
        assert store.check() == []
        assert 0 < kept <= store.status().documents <= kept + 1
        store.add(coded("Sona visited Georgia.", id="after"))
        assert len(store.events(document="after")) == 1


_LIMITED = """
import sys
from dragoman.store import open_store
from dragoman.errors import StoreError
sys.path.insert(0, sys.argv[2])
from make_store import coded
store = open_store(sys.argv[1])
try:
    for number in range(1000):
        store.add(coded("Arman visited Armenia. " + "It rained. " * 500, id=f"d{number}"))
except StoreError as error:
    print(error)
"""


def test_refused_write_is_said_and_leaves_the_file_sound(place: Path) -> None:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))

    tests = str(Path(__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, place, tests], capture_output=True, text=True, preexec_fn=limit, check=True
    )
    assert "the store is intact" in done.stdout
    with open_store(place) as store:
        assert store.check() == []


def _load(place: Path, seconds: float) -> int:
    number, until = 0, time.time() + seconds
    with open_store(place) as store, store.adding(kind="test", provenance=None) as adding:
        while time.time() < until:
            number += 1
            adding.add([unpack_line(line(number))])
    return number


def _review(place: Path, seconds: float, reviewer: str) -> int:
    done, until = 0, time.time() + seconds
    with open_store(place) as store:
        while time.time() < until:
            for entry in store.records(review="open").order("least_sure").page(limit=5).entries:
                verdict = Verdict(
                    id=f"{reviewer}_{done}_{entry.record.id}",
                    record=entry.record.id,
                    document=entry.document,
                    reviewer=reviewer,
                    decided_at="2026-01-01T00:00:00+00:00",
                    judgement=Judgement.ACCEPT,
                )
                try:
                    store.add_verdict(verdict, seen=entry.version)
                except ConflictError:
                    continue  # the other reviewer was faster: that is what the version is for
                done += 1
    return done


def _read(place: Path, seconds: float) -> int:
    done, until = 0, time.time() + seconds
    with open_store(place) as store:
        while time.time() < until:
            store.dyad("KAZ", "ARM").events().page(limit=50)
            done += 1
    return done


def test_many_processes_read_write_and_review_without_an_error(place: Path) -> None:
    with open_store(place) as store:
        store.add([coded("Arman visited Armenia.", id=f"first{number}") for number in range(50)])
    seconds = 3.0
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        jobs = [
            pool.apply_async(_load, (place, seconds)),
            pool.apply_async(_review, (place, seconds, "ada")),
            pool.apply_async(_review, (place, seconds, "bo")),
            pool.apply_async(_read, (place, seconds)),
        ]
        done = [job.get(timeout=60) for job in jobs]
    assert all(done)
    with open_store(place) as store:
        assert store.check() == []
        assert store.status().verdicts == done[1] + done[2]


def test_threads_share_one_store(place: Path) -> None:
    with open_store(place) as store:
        failed: list[BaseException] = []

        def work(name: str) -> None:
            try:
                store.add([coded("Arman visited Armenia.", id=f"{name}{number}") for number in range(20)])
            except BaseException as error:
                failed.append(error)
            finally:
                store.close()

        threads = [threading.Thread(target=work, args=(f"t{number}_",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert store.status().documents == 80


def test_backup_is_taken_while_another_writes(place: Path, tmp_path: Path) -> None:
    with open_store(place) as store:
        store.add([coded("Arman visited Armenia.", id=f"d{number}") for number in range(100)])
        with store.engine.transaction(durable=False) as writing:
            writing.write("UPDATE store_version SET title = 'not committed'")
            copier = threading.Thread(target=lambda: (store.back_up(tmp_path / "copy.dragoman"), store.close()))
            copier.start()
            copier.join()
    with open_store(tmp_path / "copy.dragoman") as copy:
        assert copy.check() == []
        assert copy.status().documents == 100
        assert ("not committed",) not in copy.engine.read("SELECT title FROM store_version")


def test_damaged_file_is_said(place: Path) -> None:
    with open_store(place) as store:
        store.add([coded("Arman visited Armenia.", id=f"d{number}") for number in range(200)])
        store.engine.read("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = bytearray(place.read_bytes())
    for start in range(8 * 4096, len(raw), 3 * 4096):
        raw[start : start + 2048] = os.urandom(2048)
    place.write_bytes(raw)
    with pytest.raises(StoreError, match="damaged; restore a copy"), open_store(place) as store:
        assert store.check() == []


def test_two_programs_that_make_the_same_store_agree(tmp_path: Path) -> None:
    path = tmp_path / "both.dragoman"
    first, second = SqliteEngine(path), SqliteEngine(path)
    first.start_file()
    migrate(first)
    assert migrate(second) == []
