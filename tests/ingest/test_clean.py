import codecs
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.ingest.clean import decode, find_unbroken, hash_document, normalise

# U+0000 is never text here, and surrogates cannot be written.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Türkiye".encode(), "Türkiye"),
        (codecs.BOM_UTF8 + "Türkiye".encode(), "Türkiye"),
        (codecs.BOM_UTF16_LE + "Türkiye".encode("utf-16-le"), "Türkiye"),
        (codecs.BOM_UTF16_BE + "Türkiye".encode("utf-16-be"), "Türkiye"),
    ],
)
def test_decode_follows_the_byte_order_mark_or_reads_utf8(raw: bytes, text: str) -> None:
    assert decode(raw) == (text, None)


@given(TEXT)
def test_decode_reads_back_any_utf8(text: str) -> None:
    raw = text.encode()
    if not raw.startswith((b"%PDF-", b"PK\x03\x04", b"GIF8", b"{\\rtf", b"BZh", b"\x7fELF", b"SQLite")):
        assert decode(raw) == (text, None)


def test_decode_falls_back_to_windows_1252_and_says_so() -> None:
    text, note = decode("“Türkiye” said".encode("cp1252"))
    assert text == "“Türkiye” said"
    assert note == "not valid UTF-8 (byte 1): read as Windows-1252"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"%PDF-1.7 ...", "a PDF file"),
        (b"PK\x03\x04....", "Office document"),
        (b"They\0met", "NUL byte at byte 5"),
        (codecs.BOM_UTF16_LE + b"a\0\0\0", "NUL character at character 2"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\0", "broken at byte"),
        (bytes(range(1, 9)) * 9 + b"\xff", "control bytes"),
        (b"caf\xe9 \x81", "neither UTF-8"),
    ],
)
def test_decode_refuses_what_is_no_text(raw: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        decode(raw)


def test_normalise_leaves_one_kind_of_line_end() -> None:
    assert normalise("a\r\nb\rc\u2028d\ne") == ("a\nb\nc\nd\ne", None)


def test_normalise_replaces_unpaired_surrogates_one_for_one() -> None:
    assert normalise("a\ud800b") == ("a\ufffdb", "1 unpaired surrogates replaced by U+FFFD")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("word " * 30, 0),
        ("They met. " + "word " * 30, 9),
        ("They met. " * 30, None),
        ("word\n\n" * 30, None),
        ("word\n" * 30, 0),
        ("", None),
    ],
)
def test_unbroken_text_is_found_where_it_starts(text: str, start: int | None) -> None:
    assert find_unbroken(text, limit=100) == start


def test_same_text_and_metadata_have_the_same_id() -> None:
    assert hash_document("They met.", publisher="A") == hash_document("They met.", publisher="A")


@pytest.mark.parametrize(
    "other", [{"title": "T"}, {"published": date(2024, 1, 2)}, {"publisher": "P"}, {"url": "https://example.org"}]
)
def test_each_metadata_value_changes_the_id(other: dict[str, object]) -> None:
    assert hash_document("They met.", **other) != hash_document("They met.")  # type: ignore[arg-type]
