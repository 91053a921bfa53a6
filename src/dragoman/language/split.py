"""Sentence boundaries: raw text to sentences of syntactic words with exact character ranges."""

import re
from dataclasses import dataclass
from pathlib import Path

from dragoman.language.tokenize import Range, find_tokens, find_words
from dragoman.types.text import Span

_BLANK_LINE = re.compile(r"\n[ \t\r\f\v\u00a0]*\n")
_STOP = re.compile(r"^(?:[.,]?[!?]+[.!?]*|\.|…|\.{2,})$")
_CLOSERS = frozenset("\"'”’)]}»''")
_HARD_LIMIT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One syntactic word: `form` is `text[start:end]`; `space_after` is False when the next word begins at `end`."""

    start: int
    end: int
    form: str
    space_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceTokens:
    """One sentence. `multiwords` are half-open ranges of word indexes written as one surface token ("don't")."""

    span: Span
    words: tuple[Word, ...]
    multiwords: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmenter:
    """Splits text into sentences and words."""

    @classmethod
    def load(cls, path: Path | None = None) -> "Segmenter":
        """Open the splitter's weights."""
        return cls()

    def segment(self, text: str) -> list[SentenceTokens]:
        """The sentences of `text` in order; every character that is not blank lies in exactly one of them."""
        tokens = find_tokens(text)
        sentences: list[SentenceTokens] = []
        first = 0
        for end in _find_ends(text, tokens):
            sentences.append(_build(text, tokens[first:end]))
            first = end
        return sentences


def _find_ends(text: str, tokens: list[Range]) -> list[int]:
    ends: list[int] = []
    first = 0
    for index, (start, end) in enumerate(tokens):
        if (
            index + 1 == len(tokens)
            or index + 1 - first >= _HARD_LIMIT
            or _is_boundary(text, tokens, index, start, end)
        ):
            ends.append(index + 1)
            first = index + 1
    return ends


def _is_boundary(text: str, tokens: list[Range], index: int, start: int, end: int) -> bool:
    following = tokens[index + 1][0]
    gap = text[end:following]
    if "\n" in gap and _BLANK_LINE.search(gap):
        return True
    back = index
    while back and text[tokens[back][0] : tokens[back][1]] in _CLOSERS:
        back -= 1
    if not _STOP.match(text[tokens[back][0] : tokens[back][1]]):
        return "\n" in gap
    return bool(gap) and not text[following].islower()


def _build(text: str, tokens: list[Range]) -> SentenceTokens:
    ranges: list[Range] = []
    multiwords: list[tuple[int, int]] = []
    for token in tokens:
        parts = find_words(text, token)
        if len(parts) > 1:
            multiwords.append((len(ranges), len(ranges) + len(parts)))
        ranges.extend(parts)
    nexts = [start for start, _ in ranges[1:]]
    nexts.append(-1 if ranges[-1][1] >= len(text) or text[ranges[-1][1]].isspace() else ranges[-1][1])
    words = tuple(
        Word(start=start, end=end, form=text[start:end], space_after=end != following)
        for (start, end), following in zip(ranges, nexts, strict=True)
    )
    return SentenceTokens(span=Span(ranges[0][0], ranges[-1][1]), words=words, multiwords=tuple(multiwords))
