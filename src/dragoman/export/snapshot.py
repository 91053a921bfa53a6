"""A snapshot: a folder that never changes, with an id made from its content, to cite in a paper."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from dragoman.codec import format_json
from dragoman.export.collect import Row, pass_rows, tables_of
from dragoman.export.columns import Table
from dragoman.export.folder import check_sums, new_folder, write_sums
from dragoman.export.manifest import Versions
from dragoman.export.methods import Summary, describe
from dragoman.export.options import Dataset, ExportOptions, Manifest, Written
from dragoman.export.package import resource_of, write_description
from dragoman.export.parquet import start_gathering, write_tables
from dragoman.export.select import CodedDocument

__all__ = ["check_sums", "write_snapshot"]

Json = Any  # whatever JSON can hold


class Fingerprint:
    """The id of what passes: a hash of all rows of all tables, whatever their order and however Parquet packs them."""

    def __init__(self) -> None:
        self._rows: dict[str, list[bytes]] = {}

    def add(self, table: Table, row: Row) -> None:
        """One more row."""
        # Python writes a tuple the same way on every machine, and None unlike "None".
        self._rows.setdefault(table.name, []).append(sha256(repr(row).encode("utf-8", "surrogatepass")).digest())

    def finish(self, tables: tuple[Table, ...]) -> str:
        """The id: `sn_` and 32 hexadecimal digits."""
        whole = sha256()
        for table in tables:
            whole.update(format_json([table.name, *table.header]).encode())
            for digest in sorted(self._rows.get(table.name, ())):
                whole.update(digest)
        return f"sn_{whole.hexdigest()[:32]}"


def write_snapshot(data: Dataset, folder: Path, options: ExportOptions) -> Written:
    """Writes a new folder: Parquet, `datapackage.json`, manifests of the runs, `methods.md` and SHA256SUMS.

    Events of every status are kept, whatever the options say: whoever checks a paper must see what was not counted. The
    files are made read-only. Raises OriginError when the folder is there.
    """
    options = ExportOptions(every_status=True, threshold=options.threshold, with_text=options.with_text)
    written, gathering = Written(), start_gathering(options)
    fingerprint, summary, versions = Fingerprint(), Summary(), Versions()

    def see(selected: CodedDocument) -> None:
        summary.add(selected)
        versions.add(selected)

    with new_folder(folder) as building:
        for table, row in pass_rows(data, options, written, see):
            fingerprint.add(table, row)
            gathering[table.name].add(row)
        written.id = fingerprint.finish(tables_of(options))
        paths = write_tables(gathering, building)
        _write_manifests(data.manifests or versions.manifests(), building)
        methods = describe(summary, threshold=options.threshold, snapshot=written.id)
        (building / "methods.md").write_text(methods, encoding="utf-8")
        _describe(paths, building, options, written.id)
        write_sums(building)
        _make_read_only(building)
    return written


def _write_manifests(manifests: tuple[Manifest, ...], folder: Path) -> None:
    (folder / "runs").mkdir()
    for manifest in manifests:
        (folder / "runs" / f"{manifest.name}.json").write_text(manifest.text + "\n", encoding="utf-8")


def _describe(paths: Mapping[str, tuple[str, ...]], folder: Path, options: ExportOptions, id: str) -> None:
    about: Mapping[str, Json] = {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
    resources = []
    for table in tables_of(options):
        found = paths[table.name]
        resources.append(resource_of(table, found[0] if len(found) == 1 else list(found), about))
    write_description(folder, resources, title=f"Snapshot {id}", description="", id=id)


def _make_read_only(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
