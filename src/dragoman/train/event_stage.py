"""The event stage: the trunk and the syntax branch stay as they are, the event layers and heads learn the corpus.

Because the trunk is frozen, a new event model never changes a parse, and the stage takes minutes.
"""

import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from dragoman.language.subwords import encode_words
from dragoman.train.batching import plan_batches, recase
from dragoman.train.distil import Lesson, distil_loss
from dragoman.train.event_data import EventLabels, EventSentence
from dragoman.train.loop import Average, JointOptions, Model, Task, make_optimizer, rates_at, schedule
from dragoman.train.losses import EventOptions, event_loss
from dragoman.train.swap import NameTable, swap_names
from dragoman.train.teacher import Teacher

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStageOptions:
    """Settings of the event stage. `swap` is the share of sentences read with other names in each pass.

    `pairs` and `speech` weigh the losses of marked pairs and of speakers.
    """

    passes: int = 10
    budget: int = 1024
    encoder_rate: float = 1.5e-4
    head_rate: float = 1.0e-3
    average: float = 0.998
    swap: float = 0.5
    rare: int = 350
    pairs: float = 1.0
    speech: float = 1.0
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """What a teacher read in unmarked text, and how often the small branch reads it in the whole stage."""

    teacher: Teacher
    read: Sequence[Lesson]
    passes: float = 1.3


class _Steps:
    """Takes optimizer steps on losses; the learning rate falls over `steps` steps."""

    def __init__(self, model: nn.Module, options: EventStageOptions, steps: int) -> None:
        self._learning = [p for p in model.parameters() if p.requires_grad]
        self._optimizer = make_optimizer(model, options.encoder_rate, options.head_rate)
        self.average = Average(model, options.average)
        self._rates, self._steps, self._taken = JointOptions(warm_up=60), steps, 0

    def take(self, loss: Tensor) -> None:
        share = rates_at(min(self._taken, self._steps), self._steps, self._rates)
        for group in self._optimizer.param_groups:
            group["lr"] = group["peak"] * share
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._learning, 1.0)
        self._optimizer.step()
        self.average.update()
        self._taken += 1


def train_events(
    model: Model | Teacher,
    tokenizer: Tokenizer,
    sentences: Sequence[EventSentence],
    labels: EventLabels,
    names: NameTable | None,
    options: EventStageOptions,
    *,
    lessons: Lessons | None = None,
    after_pass: Callable[[int, nn.Module], None] | None = None,
) -> nn.Module:
    """The averaged model after all passes; only event layers and event heads have changed.

    `lessons` are spread evenly between the marked sentences. `after_pass` is called with the number of passes made and
    the averaged model so far.
    """
    chance = random.Random(options.seed)
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(name.startswith(("encoder.events.", "events.", "pairs.", "speech.")))
    rare = rare_categories(sentences, options.rare)
    pool = [s for s in sentences for _ in range(2 if any(t.category in rare for t in s.triggers) else 1)]
    weights = EventOptions(trunk_share=0.0, pairs=options.pairs, speech=options.speech)
    a_pass = len(plan_batches([len(s.words) * 3 // 2 for s in pool], options.budget, chance))
    told = encode_words(tokenizer, [lesson.words for lesson in lessons.read]) if lessons else []
    task = Task([len(e.ids) for e in told], options.budget, chance)
    told_a_pass = round(task.batches_per_pass * lessons.passes / options.passes) if lessons else 0
    feed = iter(task)
    steps = _Steps(model, options, options.passes * (a_pass + told_a_pass))
    started = time.monotonic()
    for number in range(options.passes):
        read = [swap_names(s, names, chance) if names and chance.random() < options.swap else s for s in pool]
        encoded = encode_words(tokenizer, [s.words for s in read])
        batches = plan_batches([len(e.ids) for e in encoded], options.budget, chance)
        marked = iter(batches)
        sums, counts = [0.0, 0.0], [0, 0]
        model.train()
        for kind in schedule([len(batches), told_a_pass], chance):
            rows = next(feed if kind else marked)
            with torch.autocast("cpu", torch.bfloat16):
                if kind and lessons:
                    taught = [lessons.read[row] for row in rows]
                    loss = distil_loss(model, lessons.teacher, [told[row] for row in rows], taught, chance)
                else:
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
            steps.take(loss)
            sums[kind] += loss.item()
            counts[kind] += 1
        means = [round(total / max(1, count), 3) for total, count in zip(sums, counts, strict=True)]
        _log.info("events pass %d: loss marked %s, told %s, %.0f s", number + 1, *means, time.monotonic() - started)
        if after_pass is not None:
            after_pass(number + 1, steps.average.model)
    return steps.average.model


def rare_categories(sentences: Sequence[EventSentence], fewest: int) -> frozenset[str]:
    """Categories told fewer than `fewest` times; their sentences are read twice in each pass."""
    counts = Counter(trigger.category for sentence in sentences for trigger in sentence.triggers)
    return frozenset(category for category, count in counts.items() if count < fewest)
