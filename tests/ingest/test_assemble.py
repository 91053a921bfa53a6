from datetime import date

import pytest

from dragoman.ingest.assemble import assemble
from dragoman.ingest.options import Found, ReadOptions
from dragoman.types.text import Document, Rejected


def made(found: Found, options: ReadOptions | None = None) -> Document:
    document = assemble(found, origin="made.txt", options=options or ReadOptions())
    assert isinstance(document, Document)
    return document


def refused(text: str, options: ReadOptions | None = None) -> str:
    rejected = assemble(Found(text=text), origin="made.txt", options=options or ReadOptions())
    assert isinstance(rejected, Rejected)
    return rejected.reason


def test_missing_values_come_from_the_options() -> None:
    options = ReadOptions(published=date(2024, 4, 16), publisher="Daily", url="https://example.org", language="en")
    document = made(Found(text="They met."), options)
    assert (document.published, document.publisher) == (date(2024, 4, 16), "Daily")
    assert (document.url, document.language) == ("https://example.org", "en")


def test_what_the_input_says_wins_over_the_options() -> None:
    options = ReadOptions(published=date(2024, 4, 16), publisher="Daily")
    document = made(Found(text="They met.", date="2023-01-02", publisher="Weekly"), options)
    assert (document.published, document.publisher) == (date(2023, 1, 2), "Weekly")


@pytest.mark.parametrize("written", ["2024-04-16", "20240416", "2024-04-16T09:30:00Z", "2024-04-16 09:30"])
def test_iso_dates_are_read(written: str) -> None:
    assert made(Found(text="They met.", date=written)).published == date(2024, 4, 16)


@pytest.mark.parametrize("written", ["16/04/2024", "2024-13-01", "yesterday"])
def test_other_dates_are_left_out_and_said(written: str) -> None:
    document = made(Found(text="They met.", date=written))
    assert document.published is None
    assert document.notes == (f"date '{written}' is not a date like 2024-04-16 and was left out",)


@pytest.mark.parametrize(("written", "code"), [("en-GB", "en"), ("EN", "en"), ("fr", "fr"), ("", None), ("?", None)])
def test_language_is_the_two_letters_at_its_start(written: str, code: str | None) -> None:
    assert made(Found(text="They met.", language=written)).language == code


def test_id_of_the_input_is_kept() -> None:
    assert made(Found(text="They met.", id="B001")).id == "B001"


def test_id_does_not_depend_on_the_origin() -> None:
    there = assemble(Found(text="They met."), origin="elsewhere", options=ReadOptions())
    assert isinstance(there, Document)
    assert made(Found(text="They met.")).id == there.id


def test_text_is_kept_and_furniture_marked_in_it() -> None:
    document = made(Found(text="They met.\r\nLeave a review"))
    assert document.text == "They met.\nLeave a review"
    assert [mark.span.of(document.text) for mark in document.furniture] == ["Leave a review"]


def test_empty_text_is_refused() -> None:
    assert refused(" \n ") == "empty: no text to code"


def test_nul_is_refused() -> None:
    assert refused("They\0met.").startswith("NUL character at character 5")


def test_text_without_sentence_end_is_refused() -> None:
    assert refused("word " * 20_000) == ("no sentence end in 100,000 characters from character 1 on: not running text")


def test_too_long_a_report_is_refused() -> None:
    assert refused("They met. " * 20, ReadOptions(report_bytes=100)).startswith(
        "200 characters; one report may have 100"
    )


def test_unpaired_surrogate_in_a_title_is_replaced_as_in_the_text() -> None:
    assert made(Found(text="They met.", title="a\ud800b")).title == "a\ufffdb"
