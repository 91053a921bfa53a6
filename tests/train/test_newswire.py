"""Running text put together from the tokens of the public newswire file."""

import gzip
import json
from pathlib import Path

import pytest

from dragoman.train.newswire import NewswireRow, document_text, read_newswire


def text_of(*paragraphs: str) -> str:
    """Paragraphs are written with a space between tokens, as the public file cuts them."""
    return document_text(NewswireRow(id="x", paragraphs=tuple(tuple(p.split()) for p in paragraphs)))


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("Rain , she said ; no more .", "Rain, she said; no more."),
        ("The city ’ s ( old ) gate", "The city’s (old) gate"),
        ("It did n't cost $ 40 or 5 % more", "It didn't cost $40 or 5% more"),
        ("An anti - dam march , 6 June - Odra", "An anti-dam march, 6 June - Odra"),
        ('He said " no " twice .', 'He said "no" twice.'),
        ("The traders ' union", "The traders' union"),
        ("the U . S . envoy", "the U.S. envoy"),
        ("and / or 2021 / 22", "and/or 2021/22"),
    ],
)
def test_tokens_are_joined_as_newspapers_write(tokens: str, text: str) -> None:
    assert text_of(tokens) == text


def test_each_sentence_has_its_line_and_paragraphs_are_parted() -> None:
    assert text_of("Rain fell . Snow came .", "It froze .") == "Rain fell.\nSnow came.\n\nIt froze."


@pytest.mark.parametrize("tokens", ["Mr . Adler left", "on Oct . 30 he left", "law No . 12 stands", "by J . Adler"])
def test_a_stop_after_an_abbreviation_ends_no_sentence(tokens: str) -> None:
    assert "\n" not in text_of(tokens)


def test_a_closing_quote_stays_with_its_sentence() -> None:
    assert text_of("“ We wait . ” They left .") == "“We wait.”\nThey left."


def test_bare_addresses_are_left_out() -> None:
    assert text_of("https://example.org/a/b", "Rain fell .") == "Rain fell."


def test_rows_are_read_from_the_public_form(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl.gz"
    row = {"id": "odra_1.txt", "sentences": [{"tokens": ["Rain", "fell", "."], "tags": ["O", "O", "O"]}]}
    file.write_bytes(gzip.compress((json.dumps(row) + "\n").encode()))
    assert list(read_newswire(file)) == [NewswireRow(id="odra_1", paragraphs=(("Rain", "fell", "."),))]
