"""Web pages: the report's own text, and what the page says about it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from dragoman.errors import OriginError
from dragoman.ingest.assemble import assemble
from dragoman.ingest.clean import decode
from dragoman.ingest.options import Found, ReadOptions
from dragoman.ingest.streams import read_all
from dragoman.types.text import Document, Rejected

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HEAD = 4096
# Only dates that the page states as its own, and no limit taken from today's date: reading knows no clock.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2200-01-01"}


def read_html(stream: IO[bytes], *, origin: str, options: ReadOptions) -> Iterator[Document | Rejected]:
    """Yields the one report of a web page: headline, then body; menus and comments are left out by trafilatura.

    Title, date, publisher and address are taken where the page states them.
    """
    try:
        raw = read_all(stream, limit=options.report_bytes)
        page, note = decode_page(raw)
    except (ValueError, OriginError) as error:
        yield Rejected(origin=origin, reason=str(error))
        return
    found = extract_report(page) if page.strip() else None
    if found is None:
        reason = "empty: no text to code" if not page.strip() else "no report text found in this web page"
        yield Rejected(origin=origin, reason=reason)
        return
    yield assemble(replace(found, notes=(note,) if note else ()), origin=origin, options=options)


def decode_page(raw: bytes) -> tuple[str, str | None]:
    """The page's characters: UTF-8 or a byte order mark first, then the charset that the page declares."""
    text, note = decode(raw)
    declared = _CHARSET.search(raw[:_HEAD])
    if note is None or declared is None:
        return text, note
    name = declared.group(1).decode("ascii")
    try:
        return raw.decode(name), None
    except (LookupError, UnicodeDecodeError):
        return text, f"{note}; the declared charset {name!r} does not fit"


def extract_report(page: str) -> Found | None:
    """The main text of the page and its metadata; None when trafilatura finds no main text."""
    # Costs a fifth of a second, and only web pages need it.
    import trafilatura

    extracted = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATES
    )
    values: dict[str, Any] = (
        {} if extracted is None else extracted if isinstance(extracted, dict) else extracted.as_dict()
    )
    text, title = (values.get("text") or "").strip(), values.get("title") or None
    if not text:
        return None
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    return Found(
        text=text, title=title, date=values.get("date"), publisher=values.get("sitename"), url=values.get("url")
    )
