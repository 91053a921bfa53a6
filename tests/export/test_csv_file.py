import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make_export
from dragoman.errors import ConfigError, InputError
from dragoman.export import ExportOptions
from dragoman.export.csv_file import TABLE_NAMES, guard_cell, read_rows, unguard_cell
from dragoman.export.tables import DOCUMENTS, EVENTS


def test_csv_is_by_rfc_4180_with_iso_dates_and_empty_cells() -> None:
    text, done = make_export.write("csv")
    visit = next(csv.DictReader(io.StringIO(text)))
    assert text.split("\r\n")[0] == ",".join(EVENTS.header)
    assert (visit["day"], visit["source_country"], visit["reciprocal"]) == ("2024-04-15", "KAZ", "false")
    assert (visit["speaker"], visit["cluster"], visit["quote"]) == (
        "",
        "cl_visit",
        "Arman visited Armenia on 2024-04-15",
    )
    assert done.rows == {"events": 6}


def test_only_counted_events_are_written_by_default() -> None:
    _, done = make_export.write("csv", ExportOptions())
    assert done.rows == {"events": 5}
    assert done.left_out == {"events not counted by their status (--all writes them)": 1}


def test_records_below_the_threshold_are_left_out_and_counted() -> None:
    _, done = make_export.write("csv", ExportOptions(every_status=True, threshold=0.95))
    assert done.rows["events"] == 0
    assert done.left_out["records below the threshold"] == len(make_export.records())


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_every_table_has_rows(name: str) -> None:
    text, done = make_export.write("csv", ExportOptions(every_status=True, table=name))
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == done.rows[name] + 1 > 1


def test_unknown_table_names_those_there_are() -> None:
    with pytest.raises(ConfigError, match=r"'evnts' is no table; expected one of documents, events, agreements"):
        make_export.write("csv", ExportOptions(table="evnts"))


def test_formula_in_a_title_is_guarded_and_can_be_read_back() -> None:
    text, _ = make_export.write("csv", ExportOptions(table="documents"))
    assert "'=HYPERLINK" in text
    back = list(read_rows(io.StringIO(text, newline=""), DOCUMENTS))
    assert back[0][1] == '=HYPERLINK("x")'


def test_raw_cells_are_as_they_are() -> None:
    text, _ = make_export.write("csv", ExportOptions(table="documents", raw=True))
    assert next(read_rows(io.StringIO(text, newline=""), DOCUMENTS, raw=True))[1] == '=HYPERLINK("x")'


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\r", "'=1", "''-"])
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert guard_cell(text) == "'" + text


@given(st.text(alphabet="'=+-@\t\rab\n", max_size=6))
def test_guard_can_be_taken_off(text: str) -> None:
    assert unguard_cell(guard_cell(text)) == text


def test_text_is_written_only_when_asked_for() -> None:
    without, _ = make_export.write("csv", ExportOptions(table="documents"))
    with_text, _ = make_export.write("csv", ExportOptions(table="documents", with_text=True))
    assert make_export.FIRST not in without
    assert make_export.FIRST in with_text


def test_another_table_is_not_read_as_this_one() -> None:
    with pytest.raises(InputError, match="not a table of events"):
        list(read_rows(["a,b\r\n"], EVENTS))
