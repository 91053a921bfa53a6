"""A store with a few reports by invented people, and clients of its page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.store import Store, open_store
from dragoman.web import WebOptions, create_app
from make_web import Browser, fill


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Three reports with five events, an agreement and a claim."""
    with open_store(tmp_path / "test.dragoman", create=True) as opened:
        fill(opened)
        yield opened


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    """A program on this machine."""
    with TestClient(create_app(store), base_url="http://127.0.0.1:8642", follow_redirects=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A program over a store that no test writes to."""
    with open_store(tmp_path_factory.mktemp("read") / "read.dragoman", create=True) as opened:
        fill(opened)
        app = create_app(opened, WebOptions(reads=0, writes=0))
        with TestClient(app, base_url="http://127.0.0.1:8642", follow_redirects=False) as client:
            client.store = opened
            yield client


@pytest.fixture
def ada(store: Store) -> Iterator[Browser]:
    """The browser of a reviewer called ada."""
    app = create_app(store, WebOptions(reads=0, writes=0))
    with TestClient(app, base_url="http://127.0.0.1:8642") as opened:
        yield Browser.of(opened, "ada")


@pytest.fixture
def ben(store: Store) -> Iterator[Browser]:
    """The browser of a second reviewer, with a server process of its own over the same store."""
    app = create_app(store, WebOptions(reads=0, writes=0))
    with TestClient(app, base_url="http://127.0.0.1:8642") as opened:
        yield Browser.of(opened, "ben")
