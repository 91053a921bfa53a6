"""A real report, coded by the shipped coder, through every format and back."""

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
from frictionless import validate
from shapely.geometry import shape

import make_export
from dragoman import Coder, ReadOptions, read, run
from dragoman.export import Dataset, ExportOptions, check_sums, find_format, write_snapshot
from dragoman.export.days import find_bounds
from dragoman.export.jsonl import read_coded, read_records
from dragoman.foreign import read_foreign
from dragoman.pipeline import Coded
from dragoman.types.foreign import ForeignEvent
from dragoman.types.record import Event

pytestmark = [
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"),
]
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def coded() -> tuple[Coded, ...]:
    items = read(
        [str(EXAMPLES / "visit.txt"), str(EXAMPLES / "ceasefire.txt")], options=ReadOptions(published=make_export.DAY)
    )
    return tuple(item for item in run(items, Coder.open()) if isinstance(item, Coded))


@pytest.fixture
def data(coded: tuple[Coded, ...]) -> Dataset:
    return Dataset(coded=coded)


def text_of(name: str, data: Dataset, options: ExportOptions = make_export.EVERY) -> str:
    return make_export.write(name, options, data)[0]


def counted(coded: tuple[Coded, ...]) -> list[Event]:
    records = (record for report in coded for record in report.coding.records)
    return [record for record in records if isinstance(record, Event) and record.counted]


def test_json_lines_give_back_every_record_and_report(coded: tuple[Coded, ...], data: Dataset) -> None:
    records = [record for report in coded for record in report.coding.records]
    assert [record for record, _ in read_records(text_of("jsonl", data).splitlines())] == records
    whole = text_of("jsonl", data, ExportOptions(every_status=True, with_text=True))
    assert tuple(read_coded(whole.splitlines())) == coded


def test_every_record_is_in_the_package_and_frictionless_finds_it_valid(data: Dataset, tmp_path: Path) -> None:
    find_format("package").write(data, tmp_path / "out", make_export.EVERY)  # type: ignore[arg-type]
    report = validate(str(tmp_path / "out" / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])


def test_quotes_are_words_of_the_report(coded: tuple[Coded, ...], data: Dataset) -> None:
    texts = {report.document.id: " ".join(report.document.text.split()) for report in coded}
    rows = list(csv.DictReader(io.StringIO(text_of("csv", data), newline="")))
    parts = [(row["document"], part) for row in rows for part in row["quote"].rstrip("…").split(" … ")]
    assert parts
    assert [part for document, part in parts if part not in texts[document]] == []


@pytest.mark.parametrize("layer", ["polecat", "gdelt", "icews"])
def test_rows_of_other_formats_are_read_back(
    layer: str, coded: tuple[Coded, ...], data: Dataset, tmp_path: Path
) -> None:
    path = tmp_path / "events.txt"
    path.write_text(text_of(layer, data, ExportOptions(every_telling=True)), encoding="utf-8")
    found = list(read_foreign(layer, [path]))
    events = counted(coded)
    assert found
    assert all(isinstance(row, ForeignEvent) for row in found)
    assert len({row.cameo or row.category for row in found}) <= len({event.cameo for event in events})  # type: ignore[union-attr]
    assert {row.day for row in found} <= {  # type: ignore[union-attr]
        day for event in events for day in (make_export.DAY, event.time and find_bounds(event.time.edtf)[0])
    }


def test_points_lie_where_the_gazetteer_says(coded: tuple[Coded, ...], data: Dataset) -> None:
    places = {(event.place.longitude, event.place.latitude) for event in counted(coded) if event.place}
    features = json.loads(text_of("geojson", data, ExportOptions()))["features"]
    points = [shape(feature["geometry"]) for feature in features]
    assert points
    assert {(point.x, point.y) for point in points} <= places


def test_snapshot_holds_every_record(coded: tuple[Coded, ...], data: Dataset, tmp_path: Path) -> None:
    write_snapshot(data, tmp_path / "v1", ExportOptions())
    events = f"SELECT count(*), count(*) FILTER (counted) FROM '{tmp_path}/v1/events/*/*.parquet'"
    total = sum(isinstance(record, Event) for report in coded for record in report.coding.records)
    assert duckdb.sql(events).fetchall() == [(total, len(counted(coded)))]
    assert check_sums(tmp_path / "v1") == []
