import pytest

import make_export
from dragoman.codec import encode_record
from dragoman.errors import InputError
from dragoman.export import Dataset, ExportOptions
from dragoman.export.jsonl import read_coded, read_records


def plain() -> Dataset:
    """The reports without clusters from elsewhere, so that records are written as they are."""
    return Dataset(coded=(make_export.first(), make_export.second(), make_export.third()))


def test_records_are_read_back_exactly() -> None:
    text, done = make_export.write("jsonl", source=plain())
    back = list(read_records(text.splitlines()))
    assert tuple(record for record, _ in back) == make_export.records()
    assert {provenance for _, provenance in back} == {make_export.first().coding.provenance}
    assert done.rows.total() == len(back)


def test_lines_are_those_of_dragoman_code() -> None:
    text, _ = make_export.write("jsonl", source=plain())
    coded = make_export.first()
    record = coded.coding.records[0]
    line = encode_record(record, text=coded.document.text, provenance=coded.coding.provenance)
    assert text.splitlines()[0] == line


def test_documents_with_text_are_read_back_exactly() -> None:
    text, _ = make_export.write("jsonl", ExportOptions(every_status=True, with_text=True), plain())
    assert tuple(read_coded(text.splitlines())) == tuple(plain().coded)


def test_text_is_written_only_when_asked_for() -> None:
    assert make_export.FIRST not in make_export.write("jsonl")[0]


def test_cluster_across_documents_is_written_into_the_records() -> None:
    back = list(read_records(make_export.write("jsonl")[0].splitlines()))
    assert [record.cluster for record, _ in back].count("cl_visit") == 2


def test_broken_line_is_named() -> None:
    with pytest.raises(InputError, match=r"old\.jsonl, line 2: not a dragoman record: key 'kind' is missing"):
        list(read_records(["", "{}"], origin="old.jsonl"))
    with pytest.raises(InputError, match="input, line 1: not valid JSON"):
        list(read_coded(["{"]))
