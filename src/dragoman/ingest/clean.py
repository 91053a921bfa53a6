"""Pure text work on the way in: newlines, bytes to characters, document ids."""

import codecs
import hashlib
import re
from datetime import date

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive"),
    (b"SQLite format 3", "an SQLite database"),
)
_NEWLINES = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]]*(?=\s|$)|\n[ \t]*\n")


def decode(raw: bytes) -> tuple[str, str | None]:
    """The characters of `raw`, and a note when the encoding had to be assumed.

    A byte order mark decides; else UTF-8; else Windows-1252, with the note. Raises ValueError when it is neither, or
    when the bytes are no text.

    >>> decode("Türkiye".encode("cp1252"))
    ('Türkiye', 'not valid UTF-8 (byte 2): read as Windows-1252')
    """
    for signature, name in _SIGNATURES:
        if raw.startswith(signature):
            raise ValueError(f"{name}, not text; convert it to plain text, HTML or JSON Lines first")
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _decode_strictly(raw[len(bom) :], encoding), None
    if (zero := raw.find(b"\0")) >= 0:
        raise ValueError(f"NUL byte at byte {zero + 1}: a binary file, or UTF-16 without its byte order mark")
    try:
        return raw.decode("utf-8"), None
    except UnicodeDecodeError as error:
        text = _decode_windows(raw, bad=error.start)
        return text, f"not valid UTF-8 (byte {error.start + 1}): read as Windows-1252"


def _decode_strictly(raw: bytes, encoding: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"marked as {encoding} but broken at byte {error.start + 1}; save it as UTF-8") from error
    if "\0" in text:
        raise ValueError(f"NUL character at character {text.index(chr(0)) + 1}: not text")
    return text


def _decode_windows(raw: bytes, *, bad: int) -> str:
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in raw)
    if controls > len(raw) / 100:
        raise ValueError(f"{controls} control bytes in {len(raw)}: a binary file, not text")
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"neither UTF-8 (byte {bad + 1}) nor Windows-1252 (byte {error.start + 1}); save it as UTF-8"
        ) from error


def normalise(text: str) -> tuple[str, str | None]:
    """The text with `\\n` as its only line end, and a note when unpaired surrogates had to be replaced.

    Nothing else changes: spans point into the text as it was read.
    """
    text = _NEWLINES.sub("\n", text.removeprefix("\ufeff"))
    replaced, count = _SURROGATE.subn("\ufffd", text)
    return replaced, f"{count} unpaired surrogates replaced by U+FFFD" if count else None


def find_unbroken(text: str, *, limit: int) -> int | None:
    """Where the first `limit` characters without sentence end or blank line start; None if there are none."""
    last = 0
    for match in _SENTENCE_END.finditer(text):
        if match.start() - last >= limit:
            return last
        last = match.end()
    return last if len(text) - last >= limit else None


def hash_document(
    text: str,
    *,
    title: str | None = None,
    published: date | None = None,
    publisher: str | None = None,
    url: str | None = None,
) -> str:
    """The document id: a hash of the text and what the input says about it, never of the place it was read from."""
    parts = (text, title or "", published.isoformat() if published else "", publisher or "", url or "")
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass"))
    return f"doc_{digest.hexdigest()[:16]}"
