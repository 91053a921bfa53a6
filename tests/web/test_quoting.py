"""Words that a person selected are found where they stand, or refused."""

import pytest

from dragoman.errors import InputError
from dragoman.types.text import Span
from dragoman.web.quoting import find_words, read_bounds, sentence_at

TEXT = "Sona met Arman.\n\nThen Arman\nmet Sona again."


def test_words_are_taken_from_where_they_were_selected() -> None:
    assert find_words(TEXT, "met", at="28-31") == Span(28, 31)


def test_place_that_says_something_else_is_not_trusted() -> None:
    assert find_words(TEXT, "met", at="0-4", near=40) == Span(28, 31)


def test_typed_words_are_found_over_the_end_of_a_line() -> None:
    assert find_words(TEXT, "Arman  met").of(TEXT) == "Arman\nmet"


def test_unseen_characters_are_found_as_the_page_shows_them() -> None:
    assert find_words("an a\u202eb c", "a⟨U+202E⟩b", at="3-6") == Span(3, 6)


@pytest.mark.parametrize("written", ["", "  ", "Sona spoke", "x" * 5000])
def test_words_that_the_report_does_not_say_are_refused(written: str) -> None:
    with pytest.raises(InputError, match="words"):
        find_words(TEXT, written)


@pytest.mark.parametrize(
    ("at", "span"),
    [("4-9", Span(5, 8)), ("5-9999", Span(5, len(TEXT))), ("9-9", None), ("-1-4", None), ("4", None), ("15-17", None)],
)
def test_bounds_are_cut_to_words_of_the_text(at: str, span: Span | None) -> None:
    assert read_bounds(TEXT, at) == span


def test_sentence_is_the_coders() -> None:
    assert sentence_at(TEXT, 28) == (1, Span(17, len(TEXT)))
