"""What the caller says of everything that is read, and the limits that keep a bad file from stopping a run."""

from dataclasses import dataclass
from datetime import date

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """Values for what an input does not say itself, and limits.

    `published`, `publisher`, `url` and `language` fill only what is missing. `report_bytes` is the largest single
    report (a book of a million words is about 6 MB); `file_bytes` the largest JSON file, which is read whole; JSON
    Lines and CSV files are streamed and may have any size. `unbroken` is how many characters may pass without the end
    of a sentence before a text counts as no running text.
    """

    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    report_bytes: int = 10 * MEGABYTE
    file_bytes: int = 200 * MEGABYTE
    unbroken: int = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one input says: its text and what it says about itself; `date` is as written there."""

    text: str
    id: str | None = None
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()
