import json
import os
import stat
from pathlib import Path

import duckdb
import pytest
from frictionless import Package

import make_export
from dragoman.errors import OriginError
from dragoman.export import Dataset, ExportOptions, Manifest, check_sums, write_snapshot

PLAIN = ExportOptions()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_snapshot(make_export.data(), tmp_path / "v1", PLAIN)
    return tmp_path / "v1"


def test_same_input_gives_the_same_id_and_bytes(folder: Path, tmp_path: Path) -> None:
    first = json.loads((folder / "datapackage.json").read_text())["id"]
    again = write_snapshot(make_export.data(), tmp_path / "v2", PLAIN)
    assert again.id == first
    assert (folder / "SHA256SUMS").read_text() == (tmp_path / "v2" / "SHA256SUMS").read_text()


def test_order_of_the_reports_does_not_matter(folder: Path, tmp_path: Path) -> None:
    data = make_export.data()
    turned = Dataset(coded=tuple(data.coded)[::-1], clusters=data.clusters, stories=data.stories)
    write_snapshot(turned, tmp_path / "v2", PLAIN)
    assert (folder / "SHA256SUMS").read_text() == (tmp_path / "v2" / "SHA256SUMS").read_text()


def test_other_records_give_another_id(folder: Path, tmp_path: Path) -> None:
    less = write_snapshot(Dataset(coded=(make_export.first(),)), tmp_path / "v2", PLAIN)
    assert less.id != json.loads((folder / "datapackage.json").read_text())["id"]


def test_snapshot_is_never_written_over(folder: Path) -> None:
    with pytest.raises(OriginError, match="already there, and an export never overwrites"):
        write_snapshot(make_export.data(), folder, PLAIN)


def test_files_are_read_only(folder: Path) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}
    assert modes == {0o444}


def test_duckdb_reads_events_of_every_status(folder: Path) -> None:
    query = f"SELECT count(*), count(*) FILTER (counted), count(DISTINCT cluster) FROM '{folder}/events/*/*.parquet'"
    assert duckdb.sql(query).fetchall() == [(6, 5, 5)]


def test_hashes_are_those_of_the_files(folder: Path) -> None:
    assert check_sums(folder) == []
    assert len((folder / "SHA256SUMS").read_text().splitlines()) == len(list(folder.rglob("*.*")))


def test_changes_are_found(folder: Path) -> None:
    for name in ("methods.md", "claims.parquet"):
        os.chmod(folder / name, 0o644)
    (folder / "methods.md").write_text("other")
    (folder / "claims.parquet").unlink()
    (folder / "new.txt").write_text("")
    assert check_sums(folder) == [
        "claims.parquet: missing",
        "new.txt: not part of the snapshot",
        "methods.md: changed",
    ]


def test_folder_without_hashes_is_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(OriginError, match="no snapshot, for it has no SHA256SUMS"):
        check_sums(tmp_path)


def test_manifest_says_versions_and_inputs(folder: Path) -> None:
    (path,) = (folder / "runs").iterdir()
    manifest = json.loads(path.read_text())
    assert (manifest["model"], manifest["documents"], manifest["records"]["event"]) == ("made 1", 3, 6)
    assert [item["id"] for item in manifest["inputs"]] == ["d1", "d2", "d3"]


def test_manifests_of_a_store_are_kept_as_they_are(tmp_path: Path) -> None:
    given = Dataset(coded=(make_export.first(),), manifests=(Manifest(name="r-1", text='{"kind":"ingest"}'),))
    write_snapshot(given, tmp_path / "v1", PLAIN)
    assert (tmp_path / "v1" / "runs" / "r-1.json").read_text() == '{"kind":"ingest"}\n'


def test_description_is_valid_and_names_every_file(folder: Path) -> None:
    package = Package(str(folder / "datapackage.json"))
    assert list(Package.metadata_validate(package.to_descriptor())) == []
    paths = [path for resource in package.resources for path in [resource.path, *resource.extrapaths] if path]
    assert {str(path) for path in map(Path, paths)} == {
        str(path.relative_to(folder)) for path in folder.rglob("*.parquet")
    }


def test_text_is_kept_only_when_asked_for(folder: Path, tmp_path: Path) -> None:
    write_snapshot(make_export.data(), tmp_path / "full", ExportOptions(with_text=True))
    texts = duckdb.sql(f"SELECT text FROM '{tmp_path}/full/documents.parquet' WHERE id = 'd1'").fetchall()
    assert texts == [(make_export.FIRST,)]
    assert "text" not in duckdb.sql(f"SELECT * FROM '{folder}/documents.parquet'").columns
