"""Who says a stretch of reported content, by the speech head."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.heads import pad_states
from dragoman.coding.spans import ArgumentSpan, find_arguments
from dragoman.language.model import LanguageModel
from dragoman.language.parser import EventStates
from dragoman.language.tree import Tree

Floats = NDArray[np.float32]


def find_speaker(
    model: LanguageModel, tree: Tree, content: Sequence[int], *, threshold: float = 0.5
) -> ArgumentSpan | None:
    """The likeliest speaker of the tokens `content` outside them; None when no word reaches the threshold."""
    shares = read_speech(model, tree, content)
    if shares is None:
        return None
    speaker = shares[:, 0].copy()
    speaker[list(content)] = 0.0
    spans = find_arguments(tree, speaker, threshold=threshold)
    return max(spans, key=lambda span: span.probability, default=None)


def read_speech(model: LanguageModel, tree: Tree, content: Sequence[int]) -> Floats | None:
    """(tokens, 2): probability of each token as part of the speaker, and of the cue; None without event states."""
    states = tree.sentence.states
    if not isinstance(states, EventStates) or not content:
        return None
    padded, _ = pad_states([states])
    weights, place = _inputs(padded.shape[1], content)
    scores = model.speech(padded, weights, place)[0, 1:]
    return (1.0 / (1.0 + np.exp(-scores))).astype(np.float32)


def _inputs(length: int, content: Sequence[int]) -> tuple[Floats, NDArray[np.int64]]:
    """Weights of the content (1, words + 1) and places (1, words + 1): 1 inside, 2 before, 3 after, 0 the sentence."""
    first, last = min(content) + 1, max(content) + 2
    place = np.full((1, length), 3, np.int64)
    place[0, :first] = 2
    place[0, first:last] = 1
    place[0, 0] = 0
    weights = np.zeros((1, length), np.float32)
    weights[0, [token + 1 for token in content]] = 1.0 / len(content)
    return weights, place
