"""The event stage: the trunk and the syntax branch stay as they are, the event layers and heads learn the corpus.

Because the trunk is frozen, a new event model never changes a parse, and the stage takes minutes.
"""

import logging
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import nn

from dragoman.language.subwords import encode_words
from dragoman.train.batching import make_batch, plan_batches, recase
from dragoman.train.doubts import doubtful_words
from dragoman.train.event_data import EventLabels, EventSentence, Range
from dragoman.train.loop import Average, JointOptions, Model, make_optimizer, rates_at
from dragoman.train.losses import EventOptions, event_loss, event_words
from dragoman.train.swap import NameTable, swap_names

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStageOptions:
    """Settings of the event stage. `swap` is the share of sentences read with other names in each pass."""

    passes: int = 10
    budget: int = 1024
    encoder_rate: float = 1.5e-4
    head_rate: float = 1.0e-3
    average: float = 0.998
    swap: float = 0.5
    rare: int = 350
    seed: int = 1


def train_events(
    model: Model,
    tokenizer: Tokenizer,
    sentences: Sequence[EventSentence],
    labels: EventLabels,
    names: NameTable | None,
    options: EventStageOptions,
) -> nn.Module:
    """The averaged model after all passes; only event layers and event heads have changed."""
    chance = random.Random(options.seed)
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(name.startswith(("encoder.events.", "events.", "pairs.", "speech.")))
    rare = rare_categories(sentences, options.rare)
    pool = [s for s in sentences for _ in range(2 if any(t.category in rare for t in s.triggers) else 1)]
    rates = JointOptions(warm_up=60)
    optimizer = make_optimizer(model, options.encoder_rate, options.head_rate)
    average = Average(model, options.average)
    weights = EventOptions(trunk_share=0.0)
    steps = options.passes * len(plan_batches([len(s.words) * 3 // 2 for s in pool], options.budget, chance))
    step, started = 0, time.monotonic()
    for number in range(options.passes):
        read = [swap_names(s, names, chance) if names and chance.random() < options.swap else s for s in pool]
        encoded = encode_words(tokenizer, [s.words for s in read])
        total, count = 0.0, 0
        model.train()
        for rows in plan_batches([len(e.ids) for e in encoded], options.budget, chance):
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * rates_at(min(step, steps), steps, rates)
            with torch.autocast("cpu", torch.bfloat16):
                loss = event_loss(
                    model.encoder,
                    model.events,
                    model.pairs,
                    model.speech,
                    [recase(encoded[row], chance) for row in rows],
                    [read[row] for row in rows],
                    labels,
                    weights,
                    chance,
                )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
            optimizer.step()
            average.update()
            step, total, count = step + 1, total + loss.item(), count + 1
        _log.info("events pass %d: loss %.3f, %.0f s", number + 1, total / count, time.monotonic() - started)
    return average.model


@torch.no_grad()
def judge_labels(model: Model, tokenizer: Tokenizer, sentences: Sequence[EventSentence]) -> dict[str, list[Range]]:
    """Characters of doubtful words by report, as the model judges sentences that it was not trained on."""
    model.eval()
    doubts: dict[str, list[Range]] = {}
    for start in range(0, len(sentences), 16):
        group = sentences[start : start + 16]
        encoded = encode_words(tokenizer, [sentence.words for sentence in group])
        scores = model.events.trigger_scores(event_words(model.encoder, make_batch(encoded), trunk_share=0.0))
        likely = 1.0 - scores.float().softmax(-1)[:, 1:, 0]
        for row, sentence in enumerate(group):
            found = doubtful_words(sentence, likely[row, : len(encoded[row].firsts) - 1].tolist())
            if found:
                doubts.setdefault(sentence.report, []).extend(found)
    return doubts


def rare_categories(sentences: Sequence[EventSentence], fewest: int) -> frozenset[str]:
    """Categories told fewer than `fewest` times; their sentences are read twice in each pass."""
    counts = Counter(trigger.category for sentence in sentences for trigger in sentence.triggers)
    return frozenset(category for category, count in counts.items() if count < fewest)
