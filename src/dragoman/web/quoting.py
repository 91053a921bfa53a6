"""Words that a person selected or typed, found again in the text of their report."""

import re
from functools import lru_cache

from dragoman.errors import InputError
from dragoman.language.split import Segmenter
from dragoman.types.text import Span, shorten
from dragoman.web.words import reveal

_LONGEST = 4000
_BOUNDS = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


def find_words(text: str, written: str, *, at: str = "", near: int = 0) -> Span:
    """The stretch that says `written`, blanks aside: the one at `at`, else the occurrence that is nearest to `near`.

    `at` is "start-end" as the page counts; it is not trusted. Raises InputError when the text has no such words.

    >>> find_words("he met, then met again", "met", near=20)
    Span(start=13, end=16)
    """
    words = written.split()
    if not words:
        raise InputError("words: expected some of the report's; select or type them")
    if len(written) > _LONGEST:
        raise InputError(f"words: expected at most {_LONGEST} characters of the report, found {len(written)}")
    if (span := read_bounds(text, at)) is not None and reveal(span.of(text)).split() == words:
        return span
    found = [Span(*match.span()) for match in re.finditer(r"\s+".join(map(re.escape, words)), text)]
    if not found:
        raise InputError(f"words {shorten(written)!r}: the report does not say this; copy them as they stand there")
    return min(found, key=lambda span: abs(span.start - near))


def read_bounds(text: str, at: str) -> Span | None:
    """The stretch of "start-end" without the blanks around it; None when that is none of this text."""
    match = _BOUNDS.fullmatch(at)
    if match is None:
        return None
    start, end = int(match[1]), min(int(match[2]), len(text))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def sentence_at(text: str, place: int) -> tuple[int, Span]:
    """Number and bounds of the sentence at a place, as the coder cuts the text."""
    sentences = _segmenter().segment(text)
    for number, sentence in enumerate(sentences):
        if place < sentence.span.end:
            return number, sentence.span
    return max(0, len(sentences) - 1), Span(0, len(text))


@lru_cache(maxsize=1)
def _segmenter() -> Segmenter:
    return Segmenter.load()
