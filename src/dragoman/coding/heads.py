"""What the trained event heads say of a document's sentences, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.language.model import LanguageModel
from dragoman.language.parser import EventStates
from dragoman.types.parse import Sentence

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelTrigger:
    """A word that the network holds for a trigger, with the probabilities of each choice.

    `probability` is that of any event at the token; the arrays follow the model's label lists. `happened` is the
    probability that the report holds it to have happened. `roles` is (tokens, roles): the probability of each token as
    part of each argument.
    """

    token: int
    probability: float
    categories: Floats
    cameo: Floats
    modes: Floats
    statuses: Floats
    attributions: Floats
    reciprocal: float
    happened: float
    roles: Floats


def read_triggers(
    model: LanguageModel, sentences: Sequence[Sentence], *, threshold: float
) -> tuple[tuple[ModelTrigger, ...], ...]:
    """For each sentence the tokens whose probability of an event is at least `threshold`, in text order.

    Sentences without event states (furniture, parses that did not come from the model) have none.
    """
    found: list[tuple[int, int, float]] = []
    for number, sentence in enumerate(sentences):
        if isinstance(sentence.states, EventStates) and not sentence.furniture and sentence.tokens:
            likely = 1.0 - _softmax(sentence.states.triggers[1:])[:, 0]
            found.extend((number, int(i), float(likely[i])) for i in np.flatnonzero(likely >= threshold))
    result: list[list[ModelTrigger]] = [[] for _ in sentences]
    for group in _group(found, sentences):
        for (number, *_), trigger in zip(group, _score(model, group, sentences), strict=True):
            result[number].append(trigger)
    return tuple(map(tuple, result))


def read_tokens(model: LanguageModel, sentence: Sentence, tokens: Sequence[int]) -> list[ModelTrigger]:
    """What the heads say of these tokens, whether they are triggers or not; [] without event states."""
    if not isinstance(sentence.states, EventStates):
        return []
    likely = 1.0 - _softmax(sentence.states.triggers[1:])[:, 0]
    return _score(model, [(0, token, float(likely[token])) for token in tokens], [sentence])


def _group(
    found: list[tuple[int, int, float]], sentences: Sequence[Sentence], budget: int = 2048
) -> list[list[tuple[int, int, float]]]:
    """Triggers by sentence length, in groups of at most `budget` padded words, so that little is padded."""
    groups: list[list[tuple[int, int, float]]] = []
    group: list[tuple[int, int, float]] = []
    for item in sorted(found, key=lambda item: (len(sentences[item[0]].tokens), item[0], item[1])):
        if group and len(sentences[item[0]].tokens) * (len(group) + 1) > budget:
            groups.append(group)
            group = []
        group.append(item)
    return [*groups, group] if group else groups


def _score(
    model: LanguageModel, group: Sequence[tuple[int, int, float]], sentences: Sequence[Sentence]
) -> list[ModelTrigger]:
    numbers = sorted({number for number, *_ in group})
    place = {number: row for row, number in enumerate(numbers)}
    states, mask = pad_states([sentences[number].states for number in numbers])
    rows = np.array([place[number] for number, *_ in group], np.int64)
    columns = np.array([token + 1 for _, token, _ in group], np.int64)
    scores = model.codes(states, mask, rows, columns)
    categories, cameo, modes = _softmax(scores.categories), _softmax(scores.cameo), _softmax(scores.modes)
    statuses, attributions = _softmax(scores.statuses), _softmax(scores.attributions)
    reciprocal, happened = _softmax(scores.reciprocal)[:, 1], _softmax(scores.happened)[:, 1]
    roles = (1.0 / (1.0 + np.exp(-scores.roles))).astype(np.float32)
    return [
        ModelTrigger(
            token=token,
            probability=probability,
            categories=categories[i],
            cameo=cameo[i],
            modes=modes[i],
            statuses=statuses[i],
            attributions=attributions[i],
            reciprocal=float(reciprocal[i]),
            happened=float(happened[i]),
            roles=roles[i, 1 : len(sentences[number].tokens) + 1],
        )
        for i, (number, token, probability) in enumerate(group)
    ]


def pad_states(states: Sequence[EventStates]) -> tuple[Floats, NDArray[np.int64]]:
    """States (sentences, words + 1, width) and mask (sentences, words + 1) of some sentences, padded with 0."""
    length = max(len(state.states) for state in states)
    padded = np.zeros((len(states), length, states[0].states.shape[1]), np.float32)
    mask = np.zeros((len(states), length), np.int64)
    for row, state in enumerate(states):
        padded[row, : len(state.states)] = state.states
        mask[row, : len(state.states)] = 1
    return padded, mask


def _softmax(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max(-1, keepdims=True))
    result: Floats = shifted / shifted.sum(-1, keepdims=True)
    return result
