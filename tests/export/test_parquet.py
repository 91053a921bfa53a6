import sys
from pathlib import Path

import duckdb
import polars
import pyarrow.parquet
import pytest

import make_export
from dragoman.errors import OriginError, ResourceError
from dragoman.export import ExportOptions
from dragoman.export.tables import EVENTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_export.write_folder("parquet", tmp_path / "out")
    return tmp_path / "out"


def test_polars_reads_the_events_with_types(folder: Path) -> None:
    frame = polars.read_parquet(folder / "events" / "year=2024" / "part-0.parquet", hive_partitioning=False)
    assert frame.columns == list(EVENTS.header)
    assert (frame.schema["day"], frame.schema["latitude"], frame.schema["counted"]) == (
        polars.Date,
        polars.Float64,
        polars.Boolean,
    )
    assert frame["id"].to_list() == sorted(frame["id"].to_list())


def test_duckdb_counts_happenings_by_year(folder: Path) -> None:
    query = f"SELECT year, count(*), count(DISTINCT cluster) FROM '{folder}/events/*/*.parquet' GROUP BY 1 ORDER BY 1"
    assert duckdb.sql(query).fetchall() == [(0, 1, 1), (2024, 5, 4)]


def test_records_lead_to_documents_and_participants(folder: Path) -> None:
    query = f"""
        SELECT e.quote, d.published::VARCHAR, p.name FROM '{folder}/events/*/*.parquet' e
        JOIN '{folder}/documents.parquet' d ON d.id = e.document
        JOIN '{folder}/participants.parquet' p ON p.record = e.id
        WHERE p.role = 'source' AND e.latitude > 40"""
    assert duckdb.sql(query).fetchall() == [("Arman visited Armenia on 2024-04-15", "2024-04-16", "Arman Seitov")]


def test_files_are_packed_with_zstd_and_columns_described(folder: Path) -> None:
    file = pyarrow.parquet.ParquetFile(folder / "documents.parquet")
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    assert file.schema_arrow.field("sha256").metadata == {b"description": b"of the text in UTF-8"}


def test_without_events_the_columns_are_there(tmp_path: Path) -> None:
    make_export.write_folder("parquet", tmp_path / "out", ExportOptions(threshold=1.0))
    assert duckdb.sql(f"SELECT category FROM '{tmp_path}/out/events/*/*.parquet'").fetchall() == []


def test_folder_that_is_there_is_not_written_over(folder: Path) -> None:
    with pytest.raises(OriginError, match="already there, and an export never overwrites"):
        make_export.write_folder("parquet", folder)


def test_failed_export_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.export.parquet.write_tables", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_export.write_folder("parquet", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_missing_pyarrow_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.compute", None)
    with pytest.raises(ResourceError, match=r"pip install 'dragoman\[arrow\]'"):
        make_export.write_folder("parquet", tmp_path / "out")
