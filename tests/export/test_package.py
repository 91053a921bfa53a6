import csv
import io
import json
from pathlib import Path

import pytest
from frictionless import Package, Resource, validate

import make_export
from dragoman.export import ExportOptions

# frictionless 5.21 leaves the files that it reads open.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_export.write_folder("package", tmp_path / "out")
    return tmp_path / "out"


def test_frictionless_finds_the_package_valid(folder: Path) -> None:
    report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert report.stats["tasks"] == 11


def test_description_is_of_data_package_2(folder: Path) -> None:
    description = json.loads((folder / "datapackage.json").read_text())
    assert description["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert {resource["name"] for resource in description["resources"]} >= {"documents", "events", "participants"}


def test_changed_value_is_found_by_frictionless(folder: Path) -> None:
    path = folder / "events.csv"
    path.write_bytes(path.read_bytes().replace(b"40.1776", b"north"))
    report = validate(str(folder / "datapackage.json"))
    assert "type-error" in {kind for (kind,) in report.flatten(["type"])}


def test_event_without_its_document_is_found_by_frictionless(folder: Path) -> None:
    path = folder / "documents.csv"
    lines = path.read_bytes().split(b"\r\n")
    path.write_bytes(b"\r\n".join(line for line in lines if not line.startswith(b"d1,")))
    kinds = {kind for (kind,) in validate(str(folder / "datapackage.json")).flatten(["type"])}
    assert "foreign-key" in kinds


def test_frictionless_reads_the_cells(folder: Path) -> None:
    resource: Resource = Package(str(folder / "datapackage.json")).get_resource("events")
    visit = next(row for row in resource.read_rows() if row["latitude"])
    assert (visit["day"], float(visit["latitude"]), visit["counted"]) == (make_export.DAY, 40.1776, True)


def test_same_input_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    make_export.write_folder("package", tmp_path / "again")
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_text_is_in_the_package_only_when_asked_for(folder: Path, tmp_path: Path) -> None:
    make_export.write_folder("package", tmp_path / "full", ExportOptions(with_text=True))
    whole = "".join(path.read_text() for path in folder.iterdir())
    rows = list(csv.DictReader(io.StringIO((tmp_path / "full" / "documents.csv").read_text(), newline="")))
    assert make_export.FIRST not in whole
    assert rows[0]["text"] == make_export.FIRST
    assert validate(str(tmp_path / "full" / "datapackage.json")).valid
