"""Coding in several processes: what is kept is what one process keeps."""

from functools import partial
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.store import Ingestion, IngestOptions, Store, open_store
from make_store import NEWER, Coder

SENTENCES = ("Arman visited Armenia on 2024-04-15.", "Sona threatened Georgia.", "Arman visited Georgia.")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(150):
        text = " ".join(SENTENCES[(number + more) % 3] for more in range(1 + number % 4)) + f" It was day {number}.\n"
        (folder / f"{number:03}.txt").write_text("It is unreadable." if number % 40 == 7 else text)
    (folder / "empty.txt").write_text("")
    return folder


def ingest(store: Store, inbox: Path, workers: int) -> Ingestion:
    return store.ingest([inbox], open_coder=Coder, options=IngestOptions(workers=workers))


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All rows but those of runs, whose ids and times differ."""
    tables = ("document", "coding", "record", "entry", "dyad", "dyad_month", "cluster", "cluster_member")
    found = {table: store.engine.read(f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in tables}
    (columns,) = [[str(row[1]) for row in store.engine.read("PRAGMA table_info(coding)")]]
    keep = [number for number, name in enumerate(columns) if name != "run"]
    found["coding"] = [tuple(row[number] for number in keep) for row in found["coding"]]
    return found


def test_three_processes_keep_what_one_keeps(tmp_path: Path, inbox: Path) -> None:
    done, kept = [], []
    for workers in (1, 3):
        with open_store(tmp_path / f"{workers}.dragoman", create=True) as store:
            done.append(ingest(store, inbox, workers))
            kept.append(everything(store))
    one, three = done
    assert (one.new, len(one.failed)) == (146, 5)
    assert kept[0] == kept[1]
    assert (one.new, one.records, one.failed) == (three.new, three.records, three.failed)


def test_second_time_nothing_is_new_and_other_versions_are_said(local: Store, inbox: Path) -> None:
    ingest(local, inbox, 2)
    newer = partial(Coder, NEWER)
    done = local.ingest([inbox], open_coder=newer, options=IngestOptions(workers=2))
    assert (done.new, done.there, done.other_versions) == (0, 146, 146)


def test_recoding_takes_several_processes(local: Store, inbox: Path) -> None:
    ingest(local, inbox, 2)
    done = local.recode(open_coder=partial(Coder, NEWER), options=IngestOptions(workers=2))
    assert done.recoded == 146
    assert local.runs()[0].manifest.provenance == NEWER


def test_an_opened_coder_is_refused_for_several_processes(local: Store, inbox: Path) -> None:
    with pytest.raises(InputError, match="give open_coder instead of coder"):
        local.ingest([inbox], coder=Coder(), options=IngestOptions(workers=2))


@pytest.mark.parametrize("workers", [0, 257])
def test_number_of_processes_has_limits(workers: int) -> None:
    with pytest.raises(InputError, match="expected 1 to 256"):
        IngestOptions(workers=workers)
