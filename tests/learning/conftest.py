from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new, empty store."""
    with open_store(tmp_path / "test.dragoman", create=True) as opened:
        yield opened
