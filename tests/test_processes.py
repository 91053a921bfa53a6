"""Several processes give what one gives, in the same order, and outlive what a document does to one of them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

from dragoman.errors import InputError, ResourceError
from dragoman.pipeline import Coded, run
from dragoman.processes import run_in_processes
from dragoman.types.record import Coding
from dragoman.types.text import Document, Rejected
from make_coder import MadeCoder

TEXTS = ("Arman visited Armenia.", "Breaks.", "Sleeps.", "Sona visited Georgia. Arman visited Kenya.", "Nothing.")


class DeadlyCoder(MadeCoder):
    """Ends its process at the word "Dies"."""

    def code_many(self, documents: Iterable[Document]) -> Iterator[Coding]:
        for document in documents:
            if "Dies" in document.text:
                os._exit(9)
            yield from super().code_many([document])


def open_nothing() -> MadeCoder:
    raise ResourceError("model: not there")


def items(count: int = 30) -> list[Document | Rejected]:
    documents = [
        Document(id=f"d{number}", text=TEXTS[number % len(TEXTS)], origin=f"{number}.txt") for number in range(count)
    ]
    return [*documents, Rejected(origin="x.txt", reason="empty"), Document(id="last", text=TEXTS[0], origin="last")]


@pytest.mark.parametrize("workers", [1, 3])
def test_several_processes_give_what_one_gives(workers: int) -> None:
    assert list(run_in_processes(items(), MadeCoder, workers=workers, limit=0.2)) == list(
        run(items(), MadeCoder(), limit=0.2)
    )


def test_nothing_to_code_gives_nothing() -> None:
    assert list(run_in_processes([], MadeCoder, workers=2)) == []


def test_long_reports_do_not_block_each_other() -> None:
    text = "Arman visited Armenia. " * 300 + "Nobody said a word. " * 10_000
    long = [Document(id=f"d{number}", text=text, origin="long") for number in range(4)]
    found = list(run_in_processes(long, MadeCoder, workers=2, limit=0))
    assert [len(one.coding.records) for one in found if isinstance(one, Coded)] == [300] * 4


def test_document_that_kills_its_process_is_rejected_and_the_rest_is_coded() -> None:
    given = [Document(id=str(number), text=TEXTS[0], origin=f"{number}.txt") for number in range(6)]
    given[3] = Document(id="3", text="Dies.", origin="deadly.txt")
    found = list(run_in_processes(given, DeadlyCoder, workers=1))
    assert [isinstance(one, Coded) for one in found] == [True, True, True, False, True, True]
    bad = found[3]
    assert isinstance(bad, Rejected)
    assert (bad.origin, bad.reason) == (
        "deadly.txt",
        "not coded: the process coding it ended (exit status 9); out of memory?",
    )


def test_process_that_never_codes_anything_stops_the_run() -> None:
    with pytest.raises(ResourceError, match="ended before it coded anything"):
        list(run_in_processes([Document(id="d", text="Dies.", origin="d")], DeadlyCoder, workers=1))


def test_coder_that_cannot_be_opened_is_said() -> None:
    with pytest.raises(ResourceError, match="model: not there"):
        list(run_in_processes(items(), open_nothing, workers=2))


def test_opener_that_no_other_process_can_have_is_said() -> None:
    with pytest.raises(InputError, match=r"expected a function of a module, or a functools.partial of one"):
        list(run_in_processes(items(), lambda: MadeCoder(), workers=2))


def test_stopping_early_ends_the_processes() -> None:
    coding = run_in_processes(items(), partial(MadeCoder), workers=2)
    next(coding)
    pids = children()
    assert len(pids) >= 2
    coding.close()
    assert not children() & pids


def children() -> set[int]:
    """The processes of which this one is the parent, the helper of multiprocessing aside."""
    found = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    pids = {int(pid) for pid in found.read_text().split()}
    return {pid for pid in pids if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()}


SCRIPT = """
import sys, time
from dragoman.processes import run_in_processes
from dragoman.types.text import Document
from make_coder import MadeCoder
if __name__ == "__main__":
    given = (Document(id=str(n), text="Arman visited Armenia.", origin="x") for n in range(10**9))
    for one in run_in_processes(given, MadeCoder, workers=2):
        print("coded", flush=True)
        time.sleep(0.01)
"""


def test_killed_parent_leaves_no_process_behind(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, env=environment)
    assert parent.stdout is not None
    parent.stdout.readline()
    pids = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    give_up = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < give_up:
        time.sleep(0.05)
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
