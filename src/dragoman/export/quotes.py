"""Short quotes: what stands in for a text that may not be passed on. Pure."""

from collections.abc import Iterable

from dragoman.export.options import QUOTE
from dragoman.types.text import Span


def cut(words: str, limit: int = QUOTE) -> str:
    """The words on one line, cut at a space with an ellipsis when they are longer than the limit.

    >>> cut("one  two\\nthree", 9)
    'one two…'
    """
    line = " ".join(words.split())
    if len(line) <= limit:
        return line
    kept = line[: limit - 1]
    return (kept.rsplit(" ", 1)[0] or kept).rstrip() + "…"


def quote_spans(spans: Iterable[Span], text: str, limit: int = QUOTE) -> str:
    """The words of the spans in text order, with dots where something stands between them."""
    return cut(" … ".join(span.of(text) for span in sorted(set(spans))), limit)
