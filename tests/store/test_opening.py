import sqlite3
from pathlib import Path

import pytest

from dragoman.errors import ResourceError, StoreError, StoreVersionError
from dragoman.store import open_store
from dragoman.store.migrations import check_version, migrate, version_of
from dragoman.store.network import network_filesystem_of
from dragoman.store.opening import open_engine
from dragoman.store.schema import STEPS, Step

NEXT = STEPS[-1].version + 1
LATER = (
    *STEPS,
    Step(
        version=NEXT,
        title="a column more",
        statements=("ALTER TABLE run ADD COLUMN colour TEXT",),
        only={},
    ),
)


def test_no_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no store there; make one with: dragoman init"):
        open_store(tmp_path)


def test_folder_is_opened_by_its_file(tmp_path: Path) -> None:
    open_store(tmp_path / "mine", create=True).close()
    assert open_store(tmp_path / "mine").place == str(tmp_path / "mine" / "record.dragoman")


def test_folder_with_one_store_of_another_name_is_opened_by_it(tmp_path: Path) -> None:
    open_store(tmp_path / "caucasus.dragoman", create=True).close()
    assert open_store(tmp_path).place == str(tmp_path / "caucasus.dragoman")


def test_folder_with_two_stores_asks_which(tmp_path: Path) -> None:
    for name in ("a.dragoman", "b.dragoman"):
        open_store(tmp_path / name, create=True).close()
    with pytest.raises(StoreError, match=r"several stores \(a.dragoman, b.dragoman\)"):
        open_store(tmp_path)


def test_other_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "x.dragoman").write_text("a letter")
    with pytest.raises(StoreError, match="not a dragoman store: it begins with b'a letter'"):
        open_store(tmp_path / "x.dragoman")


def test_other_database_is_no_store(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.dragoman")
    connection.execute("CREATE TABLE mine (a)")
    connection.close()
    with pytest.raises(StoreError, match="holds no store"):
        open_store(tmp_path / "x.dragoman")


def test_file_is_in_write_ahead_mode_and_waits_for_others(tmp_path: Path) -> None:
    store = open_store(tmp_path / "x.dragoman", create=True)
    asked = {
        name: store.engine.read(f"PRAGMA {name}")[0][0] for name in ("journal_mode", "busy_timeout", "foreign_keys")
    }
    assert asked == {"journal_mode": "wal", "busy_timeout": 5000, "foreign_keys": 1}


@pytest.mark.parametrize(("durable", "level"), [(True, 2), (False, 1)])
def test_peoples_decisions_are_flushed_and_bulk_is_not(tmp_path: Path, durable: bool, level: int) -> None:
    store = open_store(tmp_path / "x.dragoman", create=True)
    with store.engine.transaction(durable=durable) as writing:
        assert writing.read("PRAGMA synchronous") == [(level,)]


def test_newer_file_is_refused_and_the_upgrade_named(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "x.dragoman", create=True)
    migrate(engine, LATER)
    with pytest.raises(StoreVersionError, match=r"newer dragoman \(tables of version \d.*pip install --upgrade"):
        open_store(tmp_path / "x.dragoman")


def test_older_file_is_refused_with_the_command_to_run(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "x.dragoman", create=True)
    migrate(engine)
    with pytest.raises(StoreVersionError, match=r"older dragoman.*run: dragoman migrate .*x.dragoman"):
        check_version(engine, LATER)


def test_migration_takes_the_missing_steps_once(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "x.dragoman", create=True)
    migrate(engine)
    assert [step.version for step in migrate(engine, LATER)] == [NEXT]
    assert migrate(engine, LATER) == []
    assert version_of(engine) == NEXT


def test_step_that_fails_leaves_the_version_before(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "x.dragoman", create=True)
    migrate(engine)
    broken = Step(version=NEXT, title="broken", statements=("CREATE TABLE half (a)", "CREATE NONSENSE"), only={})
    with pytest.raises(StoreError, match="syntax error"):
        migrate(engine, (*STEPS, broken))
    assert version_of(engine) == STEPS[-1].version
    assert engine.read("SELECT count(*) FROM sqlite_master WHERE name = 'half'") == [(0,)]


MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
//nas/my\\040share /mnt/my\\040share cifs rw 0 0
/dev/vdb /home/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ada/x.dragoman", "nfs4"),
        ("/home/local/x.dragoman", None),
        ("/homes/x.dragoman", None),
        ("/mnt/my share/x.dragoman", "cifs"),
    ],
)
def test_network_file_system_is_recognised(tmp_path: Path, path: str, kind: str | None) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert network_filesystem_of(Path(path), mounts=mounts) == kind


def test_store_on_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.engine.network_filesystem_of", lambda path: "nfs4")
    with pytest.raises(StoreError, match=r"network file system \(nfs4\).*put the store on a local disk"):
        open_store(tmp_path / "x.dragoman", create=True)


def test_postgresql_without_its_driver_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(ResourceError, match=r"pip install 'dragoman\[postgresql\]'"):
        open_store("postgresql://somewhere/x")
