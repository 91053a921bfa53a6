"""Folders and files that appear whole or not at all; a folder never over something that is there."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from dragoman.errors import OriginError

SUMS = "SHA256SUMS"


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder to write into, which gets its name when all is written. Raises OriginError when the name is taken."""
    if path.exists():
        raise OriginError(f"{path}: already there, and an export never overwrites; give another --out or remove it")
    path.parent.mkdir(parents=True, exist_ok=True)
    building = path.with_name(f".{path.name}.part")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    try:
        yield building
        building.rename(path)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A file to write, which gets its name when it is whole. Raises OriginError where none can be written."""
    if path.is_dir():
        raise OriginError(f"{path}: a folder; this format is one file")
    if not path.parent.is_dir():
        raise OriginError(f"{path}: cannot be written: there is no folder {path.parent}")
    building = path.with_name(f".{path.name}.part")
    try:
        yield building
        building.replace(path)
    except OSError as error:
        raise OriginError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        building.unlink(missing_ok=True)


def hash_file(path: Path) -> str:
    """SHA-256 of the file in hexadecimal."""
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def write_sums(folder: Path) -> None:
    """Writes SHA256SUMS for all files of the folder, in the form that `sha256sum --check` reads."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{hash_file(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def check_sums(folder: Path) -> list[str]:
    """What differs from SHA256SUMS: changed, missing and added files, one line each; empty when nothing does."""
    sums = folder / SUMS
    if not sums.is_file():
        raise OriginError(f"{folder}: no snapshot, for it has no {SUMS}")
    lines = (line.partition("  ") for line in sums.read_text(encoding="utf-8").splitlines())
    expected = {name: digest for digest, _, name in lines}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {SUMS}
    missing = [f"{name}: missing" for name in sorted(expected.keys() - found)]
    added = [f"{name}: not part of the snapshot" for name in sorted(found - expected.keys())]
    both = sorted(expected.keys() & found)
    return [*missing, *added, *(f"{name}: changed" for name in both if hash_file(folder / name) != expected[name])]
