"""Joint training of the shared encoder: trees, entities and events in turn.

One command makes the model that ships (`python -m dragoman.train`). Seeded; same data, same scores within noise.
"""

import copy
import logging
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from dragoman.language.subwords import EncodedWords, encode_words
from dragoman.train.batching import plan_batches, recase
from dragoman.train.event_data import EventLabels, EventSentence
from dragoman.train.event_heads import EventHeads, PairHeads, SpeechHeads
from dragoman.train.labels import SyntaxLabels
from dragoman.train.losses import EventOptions, entity_loss, event_loss, number_tree, tree_loss
from dragoman.train.network import Encoder, SyntaxHeads
from dragoman.train.treebank import TaggedSentence, TreeSentence

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class JointOptions:
    """Settings of the joint stage. Passes count whole readings of each data set; rates are peak learning rates."""

    tree_passes: float = 8.0
    entity_passes: float = 3.5
    event_passes: float = 5.0
    budget: int = 1024
    encoder_rate: float = 1.6e-4
    head_rate: float = 1.5e-3
    warm_up: int = 80
    final_share: float = 0.02
    average: float = 0.999
    trunk_share: float = 0.3
    seed: int = 1
    report_every: int = 200


class Model(nn.Module):
    """The encoder with all heads."""

    def __init__(self, encoder: Encoder, syntax: SyntaxLabels, events: EventLabels) -> None:
        super().__init__()
        self.encoder = encoder
        self.syntax = SyntaxHeads(
            upos=len(syntax.upos),
            xpos=len(syntax.xpos),
            rules=len(syntax.rules),
            entities=len(syntax.entities),
            deprels=len(syntax.deprels),
        )
        self.events = EventHeads(
            categories=len(events.categories),
            cameo=len(events.cameo),
            modes=len(events.modes),
            statuses=len(events.statuses),
            attributions=len(events.attributions),
        )
        self.pairs = PairHeads(categories=len(events.categories), cameo=len(events.cameo))
        self.speech = SpeechHeads()


class Average:
    """A running mean of the weights; it scores about half a point better than the last step's weights."""

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.model = copy.deepcopy(model).eval()
        self.decay = decay
        self._own = [p for p in self.model.parameters() if p.requires_grad]
        self._live = [p for p in model.parameters() if p.requires_grad]
        self._steps = 0

    @torch.no_grad()
    def update(self) -> None:
        """Move the mean towards the live weights; early steps weigh more, so that the start is forgotten."""
        self._steps += 1
        share = 1.0 - min(self.decay, (1.0 + self._steps) / (10.0 + self._steps))
        torch._foreach_lerp_(self._own, self._live, share)


class Task:
    """Endless batches of one data set in a new order at each pass."""

    def __init__(self, lengths: Sequence[int], budget: int, chance: random.Random) -> None:
        self._lengths, self._budget, self._chance = lengths, budget, chance
        self.batches_per_pass = len(plan_batches(lengths, budget, random.Random(0)))

    def __iter__(self) -> Iterator[list[int]]:
        while True:
            yield from plan_batches(self._lengths, self._budget, self._chance)


def rates_at(step: int, steps: int, options: JointOptions) -> float:
    """The share of the peak rate at a step: linear warm-up, then linear down to the final share."""
    if step < options.warm_up:
        return (step + 1) / options.warm_up
    left = (steps - step) / max(1, steps - options.warm_up)
    return options.final_share + (1.0 - options.final_share) * left


def make_optimizer(model: nn.Module, encoder_rate: float, head_rate: float) -> torch.optim.AdamW:
    """AdamW with one rate for the encoder and one for the heads; norms and biases do not decay."""
    groups: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            key = (name.startswith("encoder."), parameter.ndim > 1)
            groups.setdefault(key, []).append(parameter)
    settings = [
        {"params": parameters, "lr": encoder_rate if deep else head_rate, "weight_decay": 0.01 if decays else 0.0}
        for (deep, decays), parameters in groups.items()
    ]
    optimizer = torch.optim.AdamW(settings, betas=(0.9, 0.98), fused=True)
    for group in optimizer.param_groups:
        group["peak"] = group["lr"]
    return optimizer


def schedule(counts: Sequence[int], chance: random.Random) -> list[int]:
    """Which task each step serves: every task's steps spread evenly over the run."""
    marks = [((i + chance.random()) / count, task) for task, count in enumerate(counts) for i in range(count)]
    return [task for _, task in sorted(marks)]


def train_jointly(
    model: Model,
    tokenizer: Tokenizer,
    trees: Sequence[TreeSentence],
    entities: Sequence[TaggedSentence],
    events: Sequence[EventSentence],
    syntax_labels: SyntaxLabels,
    event_labels: EventLabels,
    options: JointOptions,
    folder: Path,
) -> nn.Module:
    """The averaged model after all passes; a checkpoint is written to `folder` at every report."""
    chance = random.Random(options.seed)
    data = [encode_words(tokenizer, [s.words for s in part]) for part in (trees, entities, events)]
    tasks = [Task([len(e.ids) for e in encoded], options.budget, chance) for encoded in data]
    passes = (options.tree_passes, options.entity_passes, options.event_passes)
    plan = schedule([round(task.batches_per_pass * p) for task, p in zip(tasks, passes, strict=True)], chance)
    numbers = [number_tree(sentence, syntax_labels) for sentence in trees]
    optimizer = make_optimizer(model, options.encoder_rate, options.head_rate)
    average = Average(model, options.average)
    feeds = [iter(task) for task in tasks]
    event_options = EventOptions(trunk_share=options.trunk_share)
    model.train()
    sums, seen, started = [0.0, 0.0, 0.0], [0, 0, 0], time.monotonic()
    for step, task in enumerate(plan):
        share = rates_at(step, len(plan), options)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * share
        rows = next(feeds[task])
        encoded = [recase(data[task][row], chance) for row in rows]
        with torch.autocast("cpu", torch.bfloat16):
            loss = _task_loss(
                task,
                model,
                encoded,
                rows,
                numbers,
                entities,
                events,
                syntax_labels,
                event_labels,
                event_options,
                chance,
            )
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        average.update()
        sums[task] += loss.item()
        seen[task] += 1
        if (step + 1) % options.report_every == 0 or step + 1 == len(plan):
            means = [total / max(1, count) for total, count in zip(sums, seen, strict=True)]
            _log.info(
                "step %d/%d  loss %s  %.0f s",
                step + 1,
                len(plan),
                [round(m, 3) for m in means],
                time.monotonic() - started,
            )
            sums, seen = [0.0, 0.0, 0.0], [0, 0, 0]
            torch.save(average.model.state_dict(), folder / "joint.pt")
    return average.model


def _task_loss(
    task: int,
    model: Model,
    encoded: Sequence[EncodedWords],
    rows: Sequence[int],
    numbers: Sequence[object],
    entities: Sequence[TaggedSentence],
    events: Sequence[EventSentence],
    syntax_labels: SyntaxLabels,
    event_labels: EventLabels,
    event_options: EventOptions,
    chance: random.Random,
) -> Tensor:
    if task == 0:
        return tree_loss(model.encoder, model.syntax, encoded, [numbers[row] for row in rows])  # type: ignore[misc]
    if task == 1:
        return 2.0 * entity_loss(model.encoder, model.syntax, encoded, [entities[row] for row in rows], syntax_labels)
    return event_loss(
        model.encoder,
        model.events,
        model.pairs,
        model.speech,
        encoded,
        [events[row] for row in rows],
        event_labels,
        event_options,
        chance,
    )
