import io
from importlib.metadata import version

import make_export
from dragoman.export import Dataset, ExportOptions
from dragoman.export.methods import Summary, describe, write_methods

PLAIN = ExportOptions()


def paragraph(options: ExportOptions = PLAIN) -> str:
    out = io.StringIO()
    write_methods(make_export.data(), out, options)
    return out.getvalue()


def test_paragraph_has_versions_and_counts() -> None:
    text = paragraph()
    assert (
        "We coded 3 news reports published from 2024-04-16 to 2024-04-17 by 2 outlets "
        f"(1 without a date of publication) with dragoman {version('dragoman')}." in text
    )
    assert "The codebook was plover-2.0, the language model made 1, the knowledge base of actors kb made." in text
    assert "6 tellings of events (5 asserted and 1 planned)" in text
    assert "Series count the 5" in text
    assert "however many reports tell of it: 4 happenings." in text
    assert "1 agreement, 1 claim, 1 membership, 1 position and 1 project" in text


def test_threshold_is_said() -> None:
    assert "confidence below 0.85 were left out" in paragraph(ExportOptions(threshold=0.85))
    assert "the lowest calibrated confidence is 0.80" in paragraph()


def test_citation_names_the_snapshot() -> None:
    text = describe(Summary(), threshold=0.0, snapshot="sn_1")
    assert f"dragoman, version {version('dragoman')} [computer software]; data: snapshot sn_1." in text
    assert "No record was found." in text


def test_one_day_is_said_once() -> None:
    out = io.StringIO()
    write_methods(Dataset(coded=(make_export.first(),)), out, ExportOptions())
    assert "1 news report published on 2024-04-16 by 1 outlet with" in out.getvalue()
