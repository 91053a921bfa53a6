"""Sentence boundaries: raw text to sentences of syntactic words with exact character ranges."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dragoman.language.split_features import describe_tokens
from dragoman.language.split_network import SplitWeights, load_split_weights, score_ends
from dragoman.language.split_rules import apply_rules
from dragoman.language.tokenize import Range, find_tokens, find_words, gives_stop
from dragoman.types.text import Span

# Longer ones are cut at the likeliest place: the encoder reads 512 subwords at most.
LONGEST_SENTENCE = 400


class Word(NamedTuple):
    """One syntactic word: `form` is `text[start:end]`; `space_after` is False when the next word begins at `end`.

    A named tuple, as one is made for every word read and a frozen dataclass takes three times as long to make.
    """

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

    weights: SplitWeights

    @classmethod
    def load(cls, path: Path | None = None) -> "Segmenter":
        """Open the splitter's weights; by default the ones in the package. `ResourceError` when they are unreadable."""
        return cls(weights=load_split_weights(path or Path(__file__).parents[1] / "data" / "splitter.npz"))

    def segment(self, text: str) -> list[SentenceTokens]:
        """The sentences of `text` in order; every character that is not blank lies in exactly one of their words."""
        tokens = find_tokens(text)
        if not tokens:
            return []
        features = describe_tokens(text, tokens)
        ends = find_ends(apply_rules(score_ends(self.weights, features), features))
        firsts = [0, *ends[:-1]]
        return [_build(text, tokens[first:end]) for first, end in zip(firsts, ends, strict=True)]


def find_ends(scores: NDArray[np.float32]) -> list[int]:
    """Indexes after the last token of each sentence: scores above 0, the last token, the longest length."""
    chosen = np.append(np.flatnonzero(scores[:-1] > 0), len(scores) - 1) + 1
    ends: list[int] = []
    first = 0
    for end in chosen.tolist():
        while end - first > LONGEST_SENTENCE:
            first = _best_cut(scores, first)
            ends.append(first)
        ends.append(end)
        first = end
    return ends


def _best_cut(scores: NDArray[np.float32], first: int) -> int:
    """The likeliest end in the second half of the longest sentence that may start at `first`."""
    begin = first + LONGEST_SENTENCE // 2
    return begin + int(np.argmax(scores[begin : first + LONGEST_SENTENCE])) + 1


def _part_stop(text: str, tokens: list[Range]) -> list[Range]:
    """The sentence's tokens; the point of a final abbreviation is parted from it, as the treebanks do."""
    start, end = tokens[-1]
    if gives_stop(text[start:end]):
        return [*tokens[:-1], (start, end - 1), (end - 1, end)]
    return tokens


def _build(text: str, tokens: list[Range]) -> SentenceTokens:
    ranges: list[Range] = []
    multiwords: list[tuple[int, int]] = []
    for token in _part_stop(text, tokens):
        parts = find_words(text, token)
        if len(parts) > 1:
            multiwords.append((len(ranges), len(ranges) + len(parts)))
        ranges.extend(parts)
    nexts = [start for start, _ in ranges[1:]]
    nexts.append(-1 if ranges[-1][1] >= len(text) or text[ranges[-1][1]].isspace() else ranges[-1][1])
    words = tuple(
        Word(start, end, text[start:end], end != following)
        for (start, end), following in zip(ranges, nexts, strict=True)
    )
    return SentenceTokens(span=Span(ranges[0][0], ranges[-1][1]), words=words, multiwords=tuple(multiwords))
