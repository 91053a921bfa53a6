import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.shapes import NONE, SHAPES, shape_of


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("talks", "lower"),
        ("Yerevan", "title"),
        ("NATO", "upper"),
        ("A", "capital"),
        ("McKenna", "mixed"),
        ("2024", "digits"),
        ("1,200", "has_digit"),
        ("F-16", "has_digit"),
        ("don't", "lower"),
        ("O'Hara", "mixed"),
        ("U.S.", "upper"),
        ("...", "punctuation"),
        ("北京", "mixed"),
    ],
)
def test_shape(word: str, shape: str) -> None:
    assert SHAPES[shape_of(word)] == shape


@given(st.text())
def test_every_word_has_a_shape_but_not_none(word: str) -> None:
    assert NONE < shape_of(word) < len(SHAPES)
