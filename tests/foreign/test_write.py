import csv
import io
import json
from pathlib import Path

import pytest

import make_export
from dragoman.errors import ConfigError
from dragoman.foreign import FOREIGN, find_writer, read_foreign
from dragoman.types.foreign import ForeignEvent


@pytest.fixture
def events(tmp_path: Path) -> list[ForeignEvent]:
    path = tmp_path / "events.txt"
    path.write_text(make_export.write("polecat")[0])
    return [row for row in read_foreign("polecat", [path]) if isinstance(row, ForeignEvent)]


def test_csv_has_the_layer_file_and_line_of_every_row(events: list[ForeignEvent]) -> None:
    out = io.StringIO(newline="")
    find_writer("csv")(events, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert tuple(rows[0]) == FOREIGN.header
    assert [(row["layer"], row["line"]) for row in rows] == [("polecat", "2"), ("polecat", "3"), ("polecat", "4")]
    assert (rows[0]["source_name"], rows[0]["source_country"], rows[0]["day"]) == ("Arman Seitov", "KAZ", "2024-04-15")


def test_jsonl_keeps_actors_and_place_as_objects(events: list[ForeignEvent]) -> None:
    out = io.StringIO()
    find_writer("jsonl")(events, out)
    first = json.loads(out.getvalue().splitlines()[0])
    assert first["sources"] == [{"name": "Arman Seitov", "country": "KAZ", "sectors": ["GOV"]}]
    assert (first["day"], first["place"]["geonames"]) == ("2024-04-15", 616052)


def test_unknown_format_names_those_there_are() -> None:
    with pytest.raises(ConfigError, match="'xml' is no format; expected one of csv, jsonl, parquet"):
        find_writer("xml")
