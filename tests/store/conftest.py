"""Stores for tests: every test that takes `store` runs on SQLite, and on a PostgreSQL server where one can be started.

`pytest -m postgres` runs those alone. The server is Debian's package `postgresql`, with the driver of the extra.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.store import Store, open_store

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_HAS_SERVER = bool(_BINARIES) and importlib.util.find_spec("psycopg") is not None


def _user() -> str | None:
    """PostgreSQL refuses to run as root; Debian's package brings a user for it."""
    if os.geteuid() != 0:
        return None
    return "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server, without the name of a database."""
    if not _HAS_SERVER:
        pytest.skip("needs Debian's package postgresql and the extra postgresql")
    folder = Path(tmp_path_factory.mktemp("server").parent.parent.parent) / f"dragoman-test-{os.getpid()}"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    binaries, user = _BINARIES[0], _user()
    run = {"user": user, "check": True, "capture_output": True, "cwd": folder}
    data = folder / "data"
    try:
        subprocess.run([binaries / "initdb", "-D", data, "-U", "dragoman", "-A", "trust", "-E", "UTF8", "-N"], **run)
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c autovacuum=off"
        subprocess.run([binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], **run)
        yield f"postgresql://dragoman@/postgres?host={folder}"
        subprocess.run([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(server: str) -> str:
    """The address of an empty database. Emptying one is much quicker than making one."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new, empty store."""
    place = str(tmp_path / "test.dragoman") if request.param == "sqlite" else request.getfixturevalue("database")
    with open_store(place, create=True) as opened:
        yield opened


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Store]:
    """A new, empty store in an SQLite file."""
    with open_store(tmp_path / "test.dragoman", create=True) as opened:
        yield opened
