"""From what an input says to a Document, or to the reason why it is none. Pure."""

import re
from datetime import date

from dragoman.ingest.clean import find_unbroken, hash_document, normalise
from dragoman.ingest.furniture import find_furniture
from dragoman.ingest.options import Found, ReadOptions
from dragoman.types.text import Document, Rejected

_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=[-_]|$)")


def assemble(found: Found, *, origin: str, options: ReadOptions, line: int | None = None) -> Document | Rejected:
    """A document with newlines normalised, furniture marked and missing values filled from `options`."""
    text, replaced = normalise(found.text)
    if reason := _refusal(text, options):
        return Rejected(origin=origin, line=line, reason=reason)
    published, undated = _read_date(found.date)
    published = published or options.published
    title, publisher, url = _tidy(found.title), _tidy(found.publisher) or options.publisher, found.url or options.url
    return Document(
        id=found.id or hash_document(text, title=title, published=published, publisher=publisher, url=url),
        text=text,
        origin=origin if line is None else f"{origin}:{line}",
        title=title,
        published=published,
        publisher=publisher,
        url=url,
        language=_read_language(found.language) or options.language,
        furniture=find_furniture(text),
        notes=tuple(note for note in (*found.notes, replaced, undated) if note),
    )


def _refusal(text: str, options: ReadOptions) -> str | None:
    if not text.strip():
        return "empty: no text to code"
    if "\0" in text:
        return f"NUL character at character {text.index(chr(0)) + 1}: not text"
    if len(text) > options.report_bytes:
        return f"{len(text):,} characters; one report may have {options.report_bytes:,}: split it, or give JSON Lines"
    if (start := find_unbroken(text, limit=options.unbroken)) is not None:
        return f"no sentence end in {options.unbroken:,} characters from character {start + 1:,} on: not running text"
    return None


def _read_date(written: str | None) -> tuple[date | None, str | None]:
    """The date, and a note when something is written that is no ISO 8601 date."""
    if not written or not written.strip():
        return None, None
    if match := _DATE.fullmatch(written.strip()):
        try:
            return date(*(int(part) for part in match.groups())), None
        except ValueError:
            pass
    return None, f"date {written.strip()[:40]!r} is not a date like 2024-04-16 and was left out"


def _read_language(written: str | None) -> str | None:
    """The two or three letters that `en-GB` begins with; None when nothing of that kind is written."""
    match = _LANGUAGE.match(written.strip()) if written else None
    return match.group().lower() if match else None


def _tidy(value: str | None) -> str | None:
    return (" ".join(normalise(value)[0].split()) or None) if value else None
