"""From word probabilities to argument spans, along the tree."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dragoman.language.tree import Tree

Floats = NDArray[np.float32]

_LEFT = frozenset({"det", "compound", "amod", "flat", "nmod:desc", "nummod", "nmod:poss", "det:predet", "goeswith"})
_RIGHT = frozenset({"flat", "goeswith", "fixed"})
# A word that only modifies the noun right of it is not the whole actor.
_PARTS = frozenset({"nmod:desc", "compound", "amod", "flat"})
# A run of these alone ("the" of "the chair's draft") is read with the noun that they stand before.
_BEFORE = frozenset({"det", "det:predet", "nmod:poss", "nummod"})
_FARTHEST = 2
_EDGES = frozenset({"PUNCT", "ADP", "CCONJ", "SCONJ"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentSpan:
    """Tokens `[start, end)` that fill a role; `head` is the head token, `probability` the mean over the words."""

    start: int
    end: int
    head: int
    probability: float


def find_arguments(tree: Tree, probabilities: Floats, *, threshold: float = 0.5) -> tuple[ArgumentSpan, ...]:
    """The stretches of words whose probability reaches `threshold`, grown to whole phrases, in text order."""
    likely = probabilities >= threshold
    if not likely.any():
        return ()
    spans: list[ArgumentSpan] = []
    for start, end in _runs(likely):
        span = _grow(tree, *_trim(tree, start, end), probabilities)
        if span is None:
            continue
        if spans and span.start < spans[-1].end:
            # Two runs of one phrase: "the" and "rebels" of "the two armed rebels".
            spans[-1] = replace(span, start=min(span.start, spans[-1].start), end=max(span.end, spans[-1].end))
        else:
            spans.append(span)
    return tuple(spans)


def _runs(chosen: NDArray[np.bool_]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for index in chosen.nonzero()[0].tolist():
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def _trim(tree: Tree, start: int, end: int) -> tuple[int, int]:
    tokens = tree.sentence.tokens
    while start < end and tokens[start].upos in _EDGES:
        start += 1
    while end > start and (tokens[end - 1].upos in _EDGES or tokens[end - 1].deprel == "case"):
        end -= 1
    return start, end


def _grow(tree: Tree, start: int, end: int, probabilities: Floats) -> ArgumentSpan | None:
    if start >= end:
        return None
    tokens = tree.sentence.tokens
    head = _whole_name(tree, _head(tree, start, end), start, end)
    mean = float(np.mean(probabilities[start:end]))
    end = max(end, head + 1)
    members = {head}
    for index in range(head - 1, -1, -1):
        above = tokens[index].head
        if tokens[index].deprel in _LEFT and (above in members or start <= above < end):
            members.add(index)
        elif index < start:
            break
    start = min(start, *members)
    while end < len(tokens) and tokens[end].deprel in _RIGHT and start <= tokens[end].head < end:
        end += 1
    return ArgumentSpan(start=start, end=end, head=head, probability=mean)


def _whole_name(tree: Tree, head: int, start: int, end: int) -> int:
    """The head of the name that `head` is only a title or first part of ("President" in "President Tokayev")."""
    tokens = tree.sentence.tokens
    parts = _PARTS | _BEFORE if tokens[head].upos in ("DET", "ADJ") else _PARTS
    while tokens[head].deprel in parts and end <= tokens[head].head <= end + _FARTHEST:
        head = tokens[head].head
    return head


def _head(tree: Tree, start: int, end: int) -> int:
    """The token of the stretch that governs it: the first whose own head lies outside, nouns before others."""
    tokens = tree.sentence.tokens
    tops = [i for i in range(start, end) if not start <= tokens[i].head < end]
    nominal = [i for i in tops if tokens[i].upos in ("NOUN", "PROPN", "PRON", "NUM")]
    return (nominal or tops)[0]
