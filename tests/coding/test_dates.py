from datetime import date

import pytest

import make
from dragoman.coding.dates import find_time, find_time_spans, read_time
from dragoman.types.text import Span
from dragoman.types.when import Granularity, TimeBasis

TUESDAY = date(2024, 4, 16)


def edtf(text: str, published: date | None = TUESDAY, tense: str | None = None) -> str | None:
    return read_time(text, published, tense=tense).edtf


def test_date_with_year_is_stated() -> None:
    reading = read_time("on Monday, April 15, 2024", None)
    assert (reading.edtf, reading.precision, reading.basis) == ("2024-04-15", Granularity.DAY, TimeBasis.STATED)


def test_no_year_and_no_document_date_leaves_the_year_open() -> None:
    assert edtf("April 15", None) == "XXXX-04-15"


def test_year_comes_from_the_document_date_and_is_marked_relative() -> None:
    reading = read_time("April 15", TUESDAY)
    assert (reading.edtf, reading.basis) == ("2024-04-15", TimeBasis.RELATIVE)


@pytest.mark.parametrize(("tense", "year"), [("past", "2023"), ("future", "2024")])
def test_tense_decides_the_year(tense: str, year: str) -> None:
    assert edtf("Dec. 1", tense=tense) == f"{year}-12-01"


def test_written_weekday_finds_the_year() -> None:
    assert edtf("Thursday, Nov. 2", date(2024, 1, 5), "past") == "2023-11-02"


def test_weekday_against_the_date_is_marked_uncertain() -> None:
    assert edtf("Wednesday, April 15, 2024", None) == "2024-04-15?"


@pytest.mark.parametrize(
    ("words", "tense", "day"),
    [
        ("on Tuesday", "past", "2024-04-16"),
        ("on Wednesday", "past", "2024-04-10"),
        ("on Wednesday", "future", "2024-04-17"),
        ("last Tuesday", None, "2024-04-09"),
        ("next Tuesday", None, "2024-04-23"),
        ("Tuesday of next week", None, "2024-04-23"),
    ],
)
def test_weekday_by_news_convention(words: str, tense: str | None, day: str) -> None:
    assert edtf(words, tense=tense) == day


def test_last_week_is_a_week() -> None:
    reading = read_time("last week", TUESDAY)
    assert (reading.edtf, reading.precision) == ("2024-04-08/2024-04-14", Granularity.WEEK)


def test_early_in_a_month_is_the_month_and_says_so() -> None:
    reading = read_time("early May", TUESDAY)
    assert reading.edtf == "2024-05"
    assert "early in the month" in reading.reason


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("since 1994", "1994/.."),
        ("until the end of 2025", "../2025"),
        ("between 1994 and 1996", "1994/1996"),
        ("from May to July 2023", "2023-05/2023-07"),
        ("April 30 - May 2, 2024", "2024-04-30/2024-05-02"),
        ("1994–96", "1994/1996"),
        ("the third quarter of 2023", "2023-07/2023-09"),
        ("the summer of 2014", "2014-22"),
        ("the early 1990s", "199X"),
        ("the 19th century", "18XX"),
        ("around 2010", "2010~"),
        ("44 BC", "-0043"),
    ],
)
def test_wider_times(words: str, expected: str) -> None:
    assert edtf(words, None) == expected


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("recently", "no definite time"),
        ("in due course", "no definite time"),
        ("three days later", "another time in the text"),
        ("for three days", "duration"),
        ("every Monday", "recurs"),
        ("fiscal 2024", "fiscal"),
        ("1445 AH", "Gregorian"),
        ("03/04/2021", "ambiguous"),
        ("June 31", "no such day"),
        ("at 9 a.m.", "time of day"),
        ("the red book", "not a time expression"),
    ],
)
def test_what_names_no_time_is_refused_with_the_reason(words: str, reason: str) -> None:
    reading = read_time(words, TUESDAY)
    assert reading.edtf is None
    assert reason in reading.reason


def test_relative_time_without_document_date_is_refused() -> None:
    assert "not known" in read_time("yesterday", None).reason


def test_very_long_text_is_refused_quickly() -> None:
    assert "longer than" in read_time("since " * 1000, TUESDAY).reason


def test_years_beyond_the_calendar_are_refused() -> None:
    assert read_time("9000 years ago", TUESDAY).reason == "outside the calendar"


def test_find_time_keeps_words_and_span() -> None:
    time = find_time("Monday", Span(10, 16), TUESDAY)
    assert time is not None
    assert (time.span, time.text, time.edtf) == (Span(10, 16), "Monday", "2024-04-15")


def test_find_time_gives_none_for_vague_words() -> None:
    assert find_time("recently", Span(0, 8), TUESDAY) is None


SAID = """
Mr Mr PROPN NNP 3 nsubj
May May PROPN NNP 1 flat Person
met meet VERB VBD 0 root
1200 1200 NUM CD 5 nummod
soldiers soldier NOUN NNS 3 obj
on on ADP IN 9 case
Monday Monday PROPN NNP 3 obl
, , PUNCT , 9 punct
April April PROPN NNP 7 appos
15 15 NUM CD 9 nummod
. . PUNCT . 3 punct
"""


def test_spans_are_whole_dates_without_preposition_names_or_counts() -> None:
    parsed = make.parsed(SAID)
    text = parsed.document.text
    assert [span.of(text) for span in find_time_spans(parsed.sentences[0], text)] == ["Monday, April 15"]


def test_recurring_day_is_no_span() -> None:
    parsed = make.parsed("They they PRON PRP 2 nsubj\nmarch march VERB VBP 0 root\nevery every DET DT 4 det\n"
                         "Friday Friday PROPN NNP 2 obl:unmarked\n. . PUNCT . 2 punct")  # fmt: skip
    assert find_time_spans(parsed.sentences[0], parsed.document.text) == ()
