"""What is read: spans, documents, and inputs that could not become documents."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


def shorten(text: str, most: int = 90) -> str:
    """The text on one line of at most so many characters, cut with an ellipsis.

    >>> shorten("one  two\\nthree", 8)
    'one two…'
    """
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character range `[start, end)` into the text of one document."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """True when at least one character lies in both spans."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """True when every character of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end


def cover(*spans: Span) -> Span:
    """The shortest span that holds all of `spans`, of which there is at least one.

    >>> cover(Span(9, 12), Span(2, 5))
    Span(start=2, end=12)
    """
    return Span(min(span.start for span in spans), max(span.end for span in spans))


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """A stretch of page furniture ("Leave a review"): kept in the text, marked, never coded."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One published text as it was read. `text` never changes: all spans point into it.

    `published`, `publisher`, `url` and `title` are None when neither the input nor the caller gave them; nothing is
    guessed. `language` is an ISO 639-1 code, None when it was not detected. `title` is not part of `text` unless the
    input had it there. `notes` say what reading had to assume ("not UTF-8, read as Windows-1252").
    """

    id: str
    text: str
    origin: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    furniture: tuple[Furniture, ...] = ()
    notes: tuple[str, ...] = ()


class Rejection(StrEnum):
    """Why an input is no document: it could not be read, it was set aside on purpose, or it was never a report."""

    FAILED = "failed"
    SKIPPED = "skipped"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """One input that did not become a document, and why. `line` is None for inputs that are not line-based."""

    origin: str
    reason: str
    line: int | None = None
    kind: Rejection = Rejection.FAILED

    @property
    def place(self) -> str:
        """Where it stood, for a message: the origin, and the line where there is one."""
        return self.origin if self.line is None else f"{self.origin}, line {self.line}"
