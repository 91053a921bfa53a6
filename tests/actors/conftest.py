from pathlib import Path

import pytest

import make_actors
from dragoman.actors.kb import KnowledgeBase


@pytest.fixture(scope="session")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return make_actors.open_made(tmp_path_factory.mktemp("kb"))


@pytest.fixture
def table(tmp_path: Path) -> "Table":
    return Table(tmp_path / "actors.csv")


class Table:
    """Writes a CSV of actors, rows under the right header unless another is given."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, *rows: str, header: str = make_actors.HEADER) -> Path:
        self.path.write_text(header + "\n".join(rows) + "\n", encoding="utf-8")
        return self.path
