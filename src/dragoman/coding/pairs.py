"""What one marked mention does to another in a sentence, by the pair head."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.choose import CodeTable
from dragoman.coding.heads import pad_states
from dragoman.language.model import LanguageModel
from dragoman.language.parser import EventStates
from dragoman.types.parse import Sentence

Floats = NDArray[np.float32]
_FLOOR = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class PairReading:
    """Category and CAMEO code of a pair; `nothing` is the probability that there is no event between the two."""

    category: str
    cameo: str
    confidence: float
    nothing: float


def read_pair(
    model: LanguageModel, table: CodeTable, sentence: Sentence, source: Sequence[int], target: Sequence[int]
) -> PairReading | None:
    """What the tokens `source` do to the tokens `target`; None when one is empty or nothing was analysed."""
    if not isinstance(sentence.states, EventStates) or not source or not target:
        return None
    states, mask = pad_states([sentence.states])
    length = states.shape[1]
    weights = [_weights(length, tokens) for tokens in (source, target)]
    categories, cameo = model.pairs(states, mask, weights[0], weights[1], word_roles(length, source, target))
    own, codes = _shares(categories[0]), _shares(cameo[0])
    nothing = float(own[0])
    joined = np.sqrt(own * np.maximum(table.members @ codes, _FLOOR))
    joined[0] = 0.0
    best = int(joined.argmax())
    within = codes * table.members[best]
    return PairReading(
        category=model.labels.categories[best],
        cameo=model.labels.cameo[int(within.argmax())] if within.any() else "",
        confidence=float(joined[best] / joined.sum()),
        nothing=nothing,
    )


def word_roles(length: int, source: Sequence[int], target: Sequence[int]) -> NDArray[np.int64]:
    """(1, words + 1) role numbers: 0 the sentence, 1 source, 2 target, 3 left of both, 4 between, 5 right of both."""
    left, right = min(*source, *target) + 1, max(*source, *target) + 2
    roles = np.full((1, length), 4, np.int64)
    roles[0, :left] = 3
    roles[0, right:] = 5
    roles[0, 0] = 0
    roles[0, [token + 1 for token in source]] = 1
    roles[0, [token + 1 for token in target]] = 2
    return roles


def _weights(length: int, tokens: Sequence[int]) -> Floats:
    weights = np.zeros((1, length), np.float32)
    weights[0, [token + 1 for token in tokens]] = 1.0 / len(tokens)
    return weights


def _shares(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max())
    result: Floats = shifted / shifted.sum()
    return result
