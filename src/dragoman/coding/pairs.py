"""What one marked mention does to another in a sentence: the pair head, and the votes of its events and rules."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.by_rule import choose_by_rule
from dragoman.coding.choose import CodeTable, share_categories
from dragoman.coding.codebook import Codebook
from dragoman.coding.heads import ModelTrigger, pad_states, read_triggers
from dragoman.coding.triggers import find_triggers
from dragoman.language.model import LanguageModel, ModelLabels
from dragoman.language.parser import EventStates
from dragoman.language.tree import Tree
from dragoman.types.text import Span

Floats = NDArray[np.float32]
_FLOOR = 1e-3
# Weights of the votes, chosen on pairs of the development reports: what no event says for a category counts as much as
# an event that is this likely; a rule of the codebook makes its category so many times likelier where it is told in the
# sentence, and once more where its own source and target are the pair.
_UNSAID = 0.2
_TOLD, _LINKED = 2.7, 7.4
_LEAST_PROBABILITY = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class PairReading:
    """Category and CAMEO code of a pair; `nothing` is the probability that there is no event between the two."""

    category: str
    cameo: str
    confidence: float
    nothing: float


def read_pair(
    model: LanguageModel, table: CodeTable, tree: Tree, codebook: Codebook, source: Sequence[int], target: Sequence[int]
) -> PairReading | None:
    """What the tokens `source` do to the tokens `target`; None when nothing was analysed or both are empty.

    When one of them is empty, that side is nobody whom the sentence names ("an actor", "a recipient"), and the events
    and rules decide by the other side alone.
    """
    if not isinstance(tree.sentence.states, EventStates) or not (source or target):
        return None
    triggers = read_triggers(model, [tree.sentence], threshold=_LEAST_PROBABILITY)[0]
    votes = _vote_of_events(model, table, triggers, source, target) + _UNSAID
    votes *= _vote_of_rules(tree, codebook, model.labels, source, target)
    if source and target:
        own, codes = _ask_head(model, tree.sentence.states, source, target)
    else:
        own, codes = np.ones_like(votes), _codes_of_events(model, triggers, source, target)
        own[0] = 1.0 - max((t.probability * _join(t, model.labels, source, target) for t in triggers), default=0.0)
    joined = np.sqrt(own * np.maximum(table.members @ codes, _FLOOR)) * votes
    joined[0] = 0.0
    best = int(joined.argmax())
    within = codes * table.members[best]
    return PairReading(
        category=model.labels.categories[best],
        cameo=model.labels.cameo[int(within.argmax())] if within.any() else "",
        confidence=float(joined[best] / joined.sum()),
        nothing=float(own[0]),
    )


def _ask_head(
    model: LanguageModel, states: EventStates, source: Sequence[int], target: Sequence[int]
) -> tuple[Floats, Floats]:
    """Shares of the categories and of the CAMEO codes by the pair head."""
    padded, mask = pad_states([states])
    length = padded.shape[1]
    weights = [_weights(length, tokens) for tokens in (source, target)]
    categories, cameo = model.pairs(padded, mask, weights[0], weights[1], word_roles(length, source, target))
    return _shares(categories[0]), _shares(cameo[0])


def _codes_of_events(
    model: LanguageModel, triggers: Sequence[ModelTrigger], source: Sequence[int], target: Sequence[int]
) -> Floats:
    """Shares of the CAMEO codes by the events of a side, each as it is likely to be the side's; even without any."""
    codes = np.full(len(model.labels.cameo), _FLOOR, np.float32)
    for trigger in triggers:
        codes += trigger.probability * _join(trigger, model.labels, source, target) * trigger.cameo
    result: Floats = codes / codes.sum()
    return result


def _vote_of_events(
    model: LanguageModel,
    table: CodeTable,
    triggers: Sequence[ModelTrigger],
    source: Sequence[int],
    target: Sequence[int],
) -> Floats:
    """(categories,): how likely the sentence's events of each category join the pair."""
    votes = np.zeros(len(model.labels.categories), np.float32)
    for trigger in triggers:
        shares = share_categories(trigger, table)
        votes += trigger.probability * _join(trigger, model.labels, source, target) * shares / shares.sum()
    return votes


def _join(trigger: ModelTrigger, labels: ModelLabels, source: Sequence[int], target: Sequence[int]) -> float:
    """How likely the event goes from `source` to `target`: the surest word of each counts; an empty side fits all."""
    sources, targets = (trigger.roles[:, labels.roles.index(role)] for role in ("source", "target"))
    acting = float(sources[list(source)].max()) if source else 1.0
    if not target:
        return acting
    return acting * max(float(targets[list(target)].max()), trigger.reciprocal * float(sources[list(target)].max()))


def _vote_of_rules(
    tree: Tree, codebook: Codebook, labels: ModelLabels, source: Sequence[int], target: Sequence[int]
) -> Floats:
    """(categories,): odds of each category by the codebook's rules; 1 where none speaks."""
    told, linked = set(), set()
    first, second = (_characters(tree, tokens) if tokens else None for tokens in (source, target))
    for candidate in find_triggers(tree, codebook).candidates:
        told.add(candidate.category)
        event = choose_by_rule(tree, candidate, codebook, year=None)
        if event is not None and _meets(event.sources, first):
            others = event.targets or (event.sources if event.reciprocal else ())
            if _meets(others, second):
                linked.add(event.category)
    odds = [
        (_TOLD if category in told else 1.0) * (_LINKED if category in linked else 1.0)
        for category in labels.categories
    ]
    return np.array(odds, np.float32)


def _characters(tree: Tree, tokens: Sequence[int]) -> Span:
    return Span(tree.token(min(tokens)).span.start, tree.token(max(tokens)).span.end)


def _meets(spans: Sequence[Span], place: Span | None) -> bool:
    return place is None or any(span.overlaps(place) for span in spans)


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
