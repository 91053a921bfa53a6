"""Snapshots that the server keeps: folders beside the store, each named by the hash of what it holds."""

import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex
from threading import Lock

from dragoman.codec import format_json, parse_json
from dragoman.errors import BusyError, InputError, RecordNotFoundError, StoreError
from dragoman.export import Dataset, ExportOptions, Manifest, write_snapshot
from dragoman.export.folder import SUMS
from dragoman.store import Store

_DESCRIPTION = "datapackage.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotFile:
    """One file of a snapshot: its path inside, its size, and the SHA-256 that the snapshot states."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One snapshot: the hash of its content, the folder's name, and its files."""

    id: str
    name: str
    files: tuple[SnapshotFile, ...]

    @property
    def bytes(self) -> int:
        """The size of all its files."""
        return sum(file.bytes for file in self.files)


class Snapshots:
    """The folder of snapshots. What stands in a snapshot never changes; a new one is laid beside the others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._making = Lock()

    def list(self) -> tuple[Snapshot, ...]:
        """All snapshots by the names of their folders."""
        return tuple(self._found())

    def find(self, id: str) -> Snapshot:
        """The snapshot of this id. Raises RecordNotFoundError."""
        found = next((one for one in self._found() if one.id == id), None)
        if found is None:
            raise RecordNotFoundError(f"snapshot {id[:60]!r}: there is none of this id; /api/v1/snapshots lists them")
        return found

    def file(self, id: str, path: str) -> tuple[Path, SnapshotFile]:
        """Where a file of a snapshot lies. Only what its SHA256SUMS names is one. Raises RecordNotFoundError."""
        snapshot = self.find(id)
        file = next((one for one in snapshot.files if one.path == path), None)
        if file is None:
            raise RecordNotFoundError(f"snapshot {id}: has no file {path[:80]!r}")
        return self.folder / snapshot.name / file.path, file

    def make(self, store: Store) -> tuple[Snapshot, bool]:
        """A snapshot of the store as it is; False when there is one with this content already.

        Raises BusyError while another one is being written.
        """
        if not self._making.acquire(blocking=False):
            raise BusyError("snapshot: another one is being written; ask again when it is done")
        try:
            return self._write(store)
        except OSError as error:
            raise StoreError(f"snapshot: cannot be written: {error.strerror or error}") from error
        finally:
            self._making.release()

    def _write(self, store: Store) -> tuple[Snapshot, bool]:
        building = self.folder / f"making-{token_hex(4)}"
        written = write_snapshot(_dataset_of(store), building, ExportOptions())
        target = self.folder / str(written.id)
        new = not target.exists()
        if new:
            building.rename(target)
        else:
            shutil.rmtree(building)
        return self.find(str(written.id)), new

    def _found(self) -> Iterator[Snapshot]:
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.iterdir()):
            if (path / SUMS).is_file() and not path.name.startswith(("making-", ".")):
                yield _read(path)


def _read(folder: Path) -> Snapshot:
    try:
        described = parse_json((folder / _DESCRIPTION).read_text(encoding="utf-8"))
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
        files = tuple(_file(folder, *line.split("  ", 1)) for line in lines)
        return Snapshot(id=str(described["id"]), name=folder.name, files=files)
    except (OSError, InputError, KeyError, TypeError) as error:
        raise StoreError(f"{folder.name}: no whole snapshot ({error}); move it out of {folder.parent.name}") from error


def _file(folder: Path, digest: str, path: str) -> SnapshotFile:
    if not (folder / path).resolve().is_relative_to(folder.resolve()):
        raise InputError(f"{SUMS} names {path!r}, which lies outside")
    return SnapshotFile(path=path, bytes=(folder / path).stat().st_size, sha256=digest)


def _dataset_of(store: Store) -> Dataset:
    return Dataset(
        coded=store.coded(),
        clusters=tuple(store.clusters()),
        stories=store.stories(),
        manifests=tuple(Manifest(name=run.id, text=format_json(asdict(run))) for run in store.runs()),
    )
