"""ARCHITECTURE.md section 3: who may import whom. A wrong arrow in any module of the package fails here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "dragoman"

_LOW = ("errors", "types")
_CODING = (*_LOW, "language", "actors", "coding", "codebooks", "data")
_OUTER = ("codec", "config", "timelimit", "ingest", "coder", "pipeline", "predict", "store", "export", "corpus")
_ALL = (*_CODING, *_OUTER, "analysis", "clusters", "foreign", "review")

# Room (or file at the top) → the rooms it may import, itself always among them.
MAY_IMPORT = {
    "errors": (),
    "types": ("errors",),
    "config": ("errors",),
    "timelimit": (),
    "codec": ("errors", "types"),
    "ingest": (*_LOW, "codec"),
    # The store stands above coding: it reads, codes and clusters what it keeps.
    "store": (*_LOW, "codec", "analysis", "clusters", "coding", "coder", "ingest", "learned", "pipeline", "processes"),
    # The file of learned layers; and learning, which reads verdicts, codes again and never writes the store.
    "learned": (*_LOW, "codec", "coding"),
    "learning": (*_LOW, "codec", "coding", "coder", "learned", "store"),
    "export": (*_LOW, "codec", "pipeline"),
    # Events of others are read by the columns that exports write, and never by the store of the record.
    "foreign": (*_LOW, "codec", "export"),
    "language": _LOW,
    "corpus": _LOW,
    "clusters": (*_LOW, "coding", "language", "pipeline"),
    "analysis": _LOW,
    "registers": (*_LOW, "pipeline"),
    "review": _LOW,
    "actors": (*_LOW, "language", "data"),
    "codebooks": (),
    "data": (),
    "coding": (*_LOW, "language", "actors", "codebooks"),
    "coder": (*_CODING, "answers"),
    "answers": (*_CODING, "coder"),
    # The corpus is read by training's readers, inside functions only.
    "evaluate": (*_CODING, "codec", "coder", "clusters", "pipeline", "train"),
    "pipeline": (*_CODING, "codec", "coder", "timelimit", "ingest"),
    "processes": (*_LOW, "pipeline"),
    "predict": (*_LOW, "codec"),
    "scale": _ALL,
    "cli": (*_ALL, "analysis", "evaluate", "learned", "learning", "registers", "review", "web"),
    "web": (*_ALL, "analysis", "learned", "registers", "review"),
    # Confidence is fitted on what the finished coder writes.
    "train": (*_CODING, "codec", "coder", "evaluate"),
}
# Of `language`, rules see the tree helpers only; heads also see the opened model.
TREE_ONLY = {"actors": {"tree"}, "coding": {"tree", "parser", "model"}}
THIRD_PARTY = {
    "onnxruntime": {"language/model.py", "train"},
    "typer": {"cli"},
    "trafilatura": {"ingest/html.py"},
    "torch": {"train"},
    "json": {"codec.py", "train", "evaluate", "language/model.py", "actors", "coding/confidence.py", "coding/story.py"},
}
FILES = sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.parts[0].removesuffix(".py").removeprefix("_").split("_")[0] or "package"


def imports_of(path: Path) -> Iterator[tuple[str, int, bool]]:
    """Yields each imported module, its line, and whether the import stands at module level (type checks aside)."""
    tree = ast.parse((SOURCE / path).read_text(encoding="utf-8"))
    top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno, id(node) in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno, id(node) in top


@pytest.mark.parametrize("path", FILES, ids=str)
def test_imports_follow_the_arrows(path: Path) -> None:
    room = room_of(path)
    if path == Path("__init__.py"):
        return  # lists the public names of every room
    assert room in MAY_IMPORT, f"{path}: no such room; add it to ARCHITECTURE.md section 3 and to this table"
    wrong = []
    for module, line, _ in imports_of(path):
        if module.startswith("dragoman."):
            other = module.split(".")[1].removeprefix("_").split("_")[0]
            if other != room and other not in MAY_IMPORT[room]:
                wrong.append(f"{path}:{line} imports {module}")
    assert wrong == []


@pytest.mark.parametrize("path", [path for path in FILES if path.parts[0] in TREE_ONLY], ids=str)
def test_rules_see_trees_not_the_network(path: Path) -> None:
    seen = {module.split(".")[2] for module, _, _ in imports_of(path) if module.startswith("dragoman.language.")}
    assert seen <= TREE_ONLY[path.parts[0]]


@pytest.mark.parametrize("path", FILES, ids=str)
def test_imports_are_absolute(path: Path) -> None:
    tree = ast.parse((SOURCE / path).read_text(encoding="utf-8"))
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level] == []


@pytest.mark.parametrize("path", FILES, ids=str)
def test_library_is_known_to_its_one_place_only(path: Path) -> None:
    wrong = []
    for module, line, _ in imports_of(path):
        homes = THIRD_PARTY.get(module.split(".")[0])
        if homes is not None and not any(str(path) == home or path.parts[0] == home for home in homes):
            wrong.append(f"{path}:{line} imports {module}")
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=str)
def test_nothing_imports_training_at_module_level(path: Path) -> None:
    if path.parts[0] != "train":
        assert [module for module, _, top in imports_of(path) if top and module.startswith("dragoman.train")] == []


_ROOMS_WITHOUT_OUTPUT = {"cli", "train", "web", "evaluate"}


@pytest.mark.parametrize("path", FILES, ids=str)
def test_library_neither_prints_nor_exits(path: Path) -> None:
    if path.parts[0] in _ROOMS_WITHOUT_OUTPUT:
        return
    tree = ast.parse((SOURCE / path).read_text(encoding="utf-8"))
    called = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert [node.lineno for node in called if ast.unparse(node.func) in ("print", "sys.exit", "exit")] == []


@pytest.mark.parametrize("path", FILES, ids=str)
def test_file_is_of_a_size_that_can_be_read(path: Path) -> None:
    assert len((SOURCE / path).read_text(encoding="utf-8").splitlines()) <= 500
