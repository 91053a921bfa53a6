"""One training step's loss for each task."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from dragoman.language.subwords import EncodedWords
from dragoman.train.batching import make_batch, pad_labels
from dragoman.train.event_data import EventLabels, EventSentence, TriggerGold, cameo_class
from dragoman.train.event_heads import EventHeads, PairHeads, SpeechHeads
from dragoman.train.labels import SyntaxLabels
from dragoman.train.network import Batch, Encoder, SyntaxHeads, attention_bias, gather_words
from dragoman.train.treebank import TaggedSentence, TreeSentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Class numbers of one treebank sentence's labels; an unknown label is -100, which the loss ignores."""

    upos: tuple[int, ...]
    xpos: tuple[int, ...]
    rules: tuple[int, ...]
    heads: tuple[int, ...]
    deprels: tuple[int, ...]


def number_tree(sentence: TreeSentence, labels: SyntaxLabels) -> Numbers:
    """The class numbers of `sentence`; heads count from 1, 0 being the root column."""

    def of(values: Sequence[str], inventory: tuple[str, ...]) -> tuple[int, ...]:
        place = {name: number for number, name in enumerate(inventory)}
        return tuple(place.get(value, -100) for value in values)

    return Numbers(
        upos=of(sentence.upos, labels.upos),
        xpos=of(sentence.xpos, labels.xpos),
        rules=of(sentence.rules, labels.rules),
        heads=tuple(head + 1 for head in sentence.heads),
        deprels=of(sentence.deprels, labels.deprels),
    )


def syntax_words(encoder: Encoder, batch: Batch) -> Tensor:
    """Word states of the syntax branch, column 0 the root."""
    bias = attention_bias(batch.mask)
    shared = encoder.shared_states(batch.ids, batch.shapes, bias)
    return gather_words(encoder.syntax_states(shared, bias), batch.words)


def _cross_entropy(scores: Tensor, gold: Tensor, smoothing: float = 0.0) -> Tensor:
    return functional.cross_entropy(scores.flatten(0, -2).float(), gold.flatten(), label_smoothing=smoothing)


def tree_loss(
    encoder: Encoder, heads: SyntaxHeads, encoded: Sequence[EncodedWords], numbers: Sequence[Numbers]
) -> Tensor:
    """Tags, lemma rules, arcs and labels of gold heads, weighted as in LANGUAGE.md."""
    batch = make_batch(encoded)
    words = syntax_words(encoder, batch)
    length = words.shape[1] - 1
    gold = {name: pad_labels([getattr(n, name) for n in numbers], length) for name in Numbers.__dataclass_fields__}
    upos, xpos, rules, _ = heads.tags(words[:, 1:])
    # A head past the 512-subword cut has no column.
    gold["heads"][gold["heads"] > length] = -100
    arcs = heads.arcs(words)[:, 1:] + (1.0 - batch.word_mask[:, None, :].float()) * -10000.0
    own = torch.arange(1, length + 1)
    arcs[:, own - 1, own] = -10000.0
    dependent, head = heads.label_states(words)
    chosen = gold["heads"].clamp(min=0)[:, :, None].expand(-1, -1, head.shape[-1])
    labels = heads.label_scores(dependent[:, 1:], torch.gather(head, 1, chosen))
    return (
        _cross_entropy(upos, gold["upos"])
        + 0.5 * _cross_entropy(xpos, gold["xpos"])
        + 0.5 * _cross_entropy(rules, gold["rules"])
        + _cross_entropy(arcs, gold["heads"])
        + _cross_entropy(labels, gold["deprels"])
    )


def entity_loss(
    encoder: Encoder,
    heads: SyntaxHeads,
    encoded: Sequence[EncodedWords],
    sentences: Sequence[TaggedSentence],
    labels: SyntaxLabels,
) -> Tensor:
    """Cross-entropy of the entity tags."""
    batch = make_batch(encoded)
    words = syntax_words(encoder, batch)[:, 1:]
    place = {tag: number for number, tag in enumerate(labels.entities)}
    gold = pad_labels([[place[tag] for tag in sentence.tags] for sentence in sentences], words.shape[1])
    return _cross_entropy(heads.tags(words)[3], gold)


# The statuses under which the report holds that the thing happened.
HAPPENED = frozenset({"asserted", "background"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EventOptions:
    """How the event losses are weighed."""

    trunk_share: float
    smoothing: float = 0.05
    nothing_pairs: float = 0.35
    pairs: float = 1.0
    speech: float = 1.0


def event_loss(
    encoder: Encoder,
    heads: EventHeads,
    pairs: PairHeads,
    speech: SpeechHeads,
    encoded: Sequence[EncodedWords],
    sentences: Sequence[EventSentence],
    labels: EventLabels,
    options: EventOptions,
    chance: random.Random,
) -> Tensor:
    """Triggers, codes, stance and arguments of marked events, and the typing of marked pairs."""
    batch = make_batch(encoded)
    words = encoder.event_words(batch, trunk_share=options.trunk_share)
    loss = _trigger_loss(heads, words, batch, sentences, labels, options)
    found = [
        (row, trigger)
        for row, sentence in enumerate(sentences)
        for trigger in sentence.triggers
        if trigger.word + 1 < len(encoded[row].firsts)
    ]
    if found:
        loss = loss + _code_loss(heads, words, batch, found, labels, options)
        loss = loss + _role_loss(heads, words, batch, found)
    marked = [pair for row, s in enumerate(sentences) for pair in pair_examples(row, s, options, chance)]
    marked = [pair for pair in marked if max(*pair[1], *pair[2]) + 1 < len(encoded[pair[0]].firsts)]
    if marked:
        loss = loss + options.pairs * _pair_loss(pairs, words, batch, marked, labels, options)
    loss = loss + _happened_loss(heads, words, batch, sentences)
    return loss + options.speech * _speech_loss(speech, words, batch, sentences)


def _happened_loss(
    heads: EventHeads, words: Tensor, batch: Batch, sentences: Sequence[EventSentence]
) -> Tensor | float:
    """Did it happen? From predicates judged for that alone, and from the status of marked events."""
    length = words.shape[1]
    judged = [
        (row, word + 1, label)
        for row, sentence in enumerate(sentences)
        for word, label in (*sentence.happened, *((t.word, int(t.status in HAPPENED)) for t in sentence.triggers))
        if word + 1 < length
    ]
    if not judged:
        return 0.0
    rows, columns, gold = (torch.tensor(part) for part in zip(*judged, strict=True))
    return _cross_entropy(heads.code_scores(words, batch.word_mask, rows, columns)[-1], gold)


def _speech_loss(
    speech: SpeechHeads, words: Tensor, batch: Batch, sentences: Sequence[EventSentence]
) -> Tensor | float:
    length = words.shape[1]
    found = [
        (row, gold)
        for row, sentence in enumerate(sentences)
        for gold in sentence.speeches
        if max(*gold.content, *gold.speaker, *gold.cue, 0) + 1 < length
    ]
    if not found:
        return 0.0
    content, place = speech_inputs(length, [gold.content for _, gold in found])
    rows = torch.tensor([row for row, _ in found])
    scores = speech(words[rows], content, place).float()
    wanted = torch.zeros_like(scores)
    for number, (_, gold) in enumerate(found):
        wanted[number, [word + 1 for word in gold.speaker], 0] = 1.0
        wanted[number, [word + 1 for word in gold.cue], 1] = 1.0
    mask = batch.word_mask[rows].clone()
    mask[:, 0] = False
    loss = functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none").sum(-1)
    return 4.0 * (loss * mask).sum() / mask.sum()


def speech_inputs(length: int, contents: Sequence[tuple[int, ...]]) -> tuple[Tensor, Tensor]:
    """Weights of the content words (n, words) and the place of each word (n, words), for `SpeechHeads`."""
    weights, place = torch.zeros(len(contents), length), torch.zeros(len(contents), length, dtype=torch.long)
    for number, content in enumerate(contents):
        first, last = min(content) + 1, max(content) + 2
        place[number, 1:first] = 2
        place[number, last:] = 3
        place[number, first:last] = 1
        weights[number, [word + 1 for word in content]] = 1.0 / len(content)
    return weights, place


def _trigger_loss(
    heads: EventHeads,
    words: Tensor,
    batch: Batch,
    sentences: Sequence[EventSentence],
    labels: EventLabels,
    options: EventOptions,
) -> Tensor:
    place = {name: number for number, name in enumerate(labels.categories)}
    gold = torch.where(batch.word_mask, 0, -100)
    gold[:, 0] = -100
    for row, sentence in enumerate(sentences):
        for trigger in sentence.triggers:
            if trigger.word + 1 < gold.shape[1] and gold[row, trigger.word + 1] == 0:
                gold[row, trigger.word + 1] = place[trigger.category]
    scores = heads.trigger_scores(words)
    # Words with an event are about one in twelve; they weigh as much as the rest together.
    weight = torch.ones(scores.shape[-1])
    weight[1:] = 3.0
    return 2.0 * functional.cross_entropy(scores.flatten(0, 1).float(), gold.flatten(), weight=weight)


def _code_loss(
    heads: EventHeads,
    words: Tensor,
    batch: Batch,
    found: Sequence[tuple[int, TriggerGold]],
    labels: EventLabels,
    options: EventOptions,
) -> Tensor:
    rows = torch.tensor([row for row, _ in found])
    columns = torch.tensor([trigger.word + 1 for _, trigger in found])
    scores = heads.code_scores(words, batch.word_mask, rows, columns)
    gold = (
        [labels.categories.index(t.category) for _, t in found],
        [cameo_class(t.cameo, labels) for _, t in found],
        [labels.modes.index(t.mode) for _, t in found],
        [labels.statuses.index(t.status) for _, t in found],
        [labels.attributions.index(t.by) for _, t in found],
        [int(t.reciprocal) for _, t in found],
    )
    weights = (1.0, 1.0, 0.5, 1.0, 0.5, 0.5)
    losses = [
        weight * _cross_entropy(score, torch.tensor(numbers), options.smoothing)
        for weight, score, numbers in zip(weights, scores[: len(gold)], gold, strict=True)
    ]
    return torch.stack(losses).sum()


def _role_loss(heads: EventHeads, words: Tensor, batch: Batch, found: Sequence[tuple[int, TriggerGold]]) -> Tensor:
    rows = torch.tensor([row for row, _ in found])
    columns = torch.tensor([trigger.word + 1 for _, trigger in found])
    scores = heads.role_scores(words, rows, columns).float()
    gold = torch.zeros_like(scores)
    for number, (_, trigger) in enumerate(found):
        for role, spans in enumerate(trigger.arguments):
            for span in spans:
                for word in span:
                    if word + 1 < gold.shape[1]:
                        gold[number, word + 1, role] = 1.0
    mask = batch.word_mask[rows].clone()
    mask[:, 0] = False
    loss = functional.binary_cross_entropy_with_logits(scores, gold, reduction="none").sum(-1)
    return 4.0 * (loss * mask).sum() / mask.sum()


Pair = tuple[int, tuple[int, ...], tuple[int, ...], str, str]


def pair_examples(row: int, sentence: EventSentence, options: EventOptions, chance: random.Random) -> list[Pair]:
    """Marked pairs of a sentence: (row, source words, target words, category, CAMEO code); "none" for unlinked actors."""  # noqa: E501
    examples: list[Pair] = []
    linked: set[tuple[tuple[int, ...], tuple[int, ...]]] = set()
    actors: dict[tuple[int, ...], None] = {}
    for trigger in sentence.triggers:
        sources, targets = trigger.arguments[0], trigger.arguments[1]
        actors.update(dict.fromkeys((*sources, *targets)))
        both = (
            [(a, b) for a in sources for b in sources if a != b]
            if trigger.reciprocal and not targets
            else [(a, b) for a in sources for b in targets if a != b]
        )
        for source, target in both:
            if (source, target) not in linked:
                linked.add((source, target))
                examples.append((row, source, target, trigger.category, trigger.cameo))
    for source in actors:
        for target in actors:
            if source != target and (source, target) not in linked and chance.random() < options.nothing_pairs:
                examples.append((row, source, target, "none", "none"))
    return examples


def pair_inputs(
    length: int, marked: Sequence[tuple[tuple[int, ...], tuple[int, ...]]]
) -> tuple[Tensor, Tensor, Tensor]:
    """Span weights of sources and of targets (n, words) and the role of each word (n, words), for `PairHeads`."""
    source, target = torch.zeros(len(marked), length), torch.zeros(len(marked), length)
    role = torch.zeros(len(marked), length, dtype=torch.long)
    for number, (first, second) in enumerate(marked):
        left, right = min(*first, *second) + 1, max(*first, *second) + 2
        role[number, :left] = 3
        role[number, left:right] = 4
        role[number, right:] = 5
        role[number, 0] = 0
        for words, weights, name in ((first, source, 1), (second, target, 2)):
            places = [word + 1 for word in words]
            weights[number, places] = 1.0 / len(places)
            role[number, places] = name
    return source, target, role


def _pair_loss(
    pairs: PairHeads,
    words: Tensor,
    batch: Batch,
    marked: Sequence[Pair],
    labels: EventLabels,
    options: EventOptions,
) -> Tensor:
    rows = torch.tensor([pair[0] for pair in marked])
    source, target, role = pair_inputs(words.shape[1], [(pair[1], pair[2]) for pair in marked])
    categories, cameo = pairs(words[rows], batch.word_mask[rows], source, target, role)
    gold = torch.tensor([labels.categories.index(pair[3]) for pair in marked])
    codes = torch.tensor([cameo_class(pair[4], labels) for pair in marked])
    return _cross_entropy(categories, gold, options.smoothing) + _cross_entropy(cameo, codes, options.smoothing)
