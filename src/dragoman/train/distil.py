"""Distillation: the small event branch learns from what the teacher sees in unmarked text (Hinton, Vinyals and Dean 2015,
"Distilling the Knowledge in a Neural Network").

The teacher reads each sentence once; kept are its word states. Its heads turn them into soft labels again when a batch
is read. The small branch learns the states themselves and the soft labels of triggers, codes, arguments and pairs.
"""  # noqa: E501

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from dragoman.language.subwords import EncodedWords, encode_words
from dragoman.train.batching import make_batch
from dragoman.train.loop import Model
from dragoman.train.losses import pair_inputs
from dragoman.train.network import Batch
from dragoman.train.teacher import Teacher

# A word is worth its codes and arguments when the teacher gives an event there this much.
LIKELY, MOST_TRIGGERS = 0.15, 4
ARGUMENT = 0.5
Words = tuple[str, ...]
WordRange = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One sentence and the teacher's states of its words (words + 1, 384) in half precision, row 0 the classifier."""

    words: Words
    states: Tensor


@torch.no_grad()
def read_lessons(
    teacher: Teacher, tokenizer: Tokenizer, sentences: Sequence[Words], *, group: int = 32
) -> list[Lesson]:
    """What the teacher sees in each sentence, shortest sentences first; sentences past its length are left out."""
    teacher.eval()
    ordered = sorted(sentences, key=len)
    lessons: list[Lesson] = []
    for start in range(0, len(ordered), group):
        part = ordered[start : start + group]
        encoded = encode_words(tokenizer, part)
        with torch.autocast("cpu", torch.bfloat16):
            states = teacher.encoder.event_words(make_batch(encoded)).half()
        lessons += [
            Lesson(words=words, states=states[row, : len(words) + 1].clone())
            for row, words in enumerate(part)
            if len(encoded[row].firsts) == len(words) + 1
        ]
    return lessons


def distil_loss(
    model: Model | Teacher,
    teacher: Teacher,
    encoded: Sequence[EncodedWords],
    lessons: Sequence[Lesson],
    chance: random.Random,
    *,
    trunk_share: float = 0.0,
) -> Tensor:
    """How far the small branch is from the teacher: states, triggers, codes, arguments and pairs."""
    batch = make_batch(encoded)
    words = model.encoder.event_words(batch, trunk_share=trunk_share)
    told = torch.zeros(words.shape)
    for row, lesson in enumerate(lessons):
        told[row, : len(lesson.states)] = lesson.states.float()
    mask = batch.word_mask
    loss = 2.0 * ((words.float() - told).square().mean(-1) * mask).sum() / mask.sum() / told[mask].var()
    with torch.no_grad():
        wanted = teacher.events.trigger_scores(told).softmax(-1)
    scores = model.events.trigger_scores(words).float()
    each = functional.cross_entropy(scores.transpose(1, 2), wanted.transpose(1, 2), reduction="none")
    # Words that may hold an event weigh three times as much, as they do in the loss of marked text.
    weight = mask * (1.0 + 2.0 * (1.0 - wanted[:, :, 0]))
    weight[:, 0] = 0.0
    loss = loss + 2.0 * (each * weight).sum() / weight.sum()
    places = _likely_places(wanted, mask, chance)
    if not places:
        return loss
    rows, columns = (torch.tensor(part) for part in zip(*places, strict=True))
    loss = loss + _code_loss(model, teacher, words, told, mask, rows, columns)
    with torch.no_grad():
        roles = teacher.events.role_scores(told, rows, columns).sigmoid() * mask[rows][:, :, None]
    own = model.events.role_scores(words, rows, columns).float()
    inside = mask[rows].clone()
    inside[:, 0] = False
    missed = functional.binary_cross_entropy_with_logits(own, roles, reduction="none").sum(-1)
    loss = loss + 4.0 * (missed * inside).sum() / inside.sum()
    return loss + _pair_loss(model, teacher, words, told, batch, rows.tolist(), roles, chance)


def _likely_places(wanted: Tensor, mask: Tensor, chance: random.Random) -> list[tuple[int, int]]:
    """(sentence, word column) where the teacher thinks of an event, at most four a sentence."""
    places: list[tuple[int, int]] = []
    likely = ((1.0 - wanted[:, :, 0]) > LIKELY) & mask
    likely[:, 0] = False
    for row in range(len(likely)):
        columns = likely[row].nonzero().flatten().tolist()
        chance.shuffle(columns)
        places += [(row, column) for column in columns[:MOST_TRIGGERS]]
    return places


def _code_loss(
    model: Model | Teacher, teacher: Teacher, words: Tensor, told: Tensor, mask: Tensor, rows: Tensor, columns: Tensor
) -> Tensor:
    with torch.no_grad():
        wanted = teacher.events.code_scores(told, mask, rows, columns)
    scores = model.events.code_scores(words, mask, rows, columns)
    weights = (1.0, 1.0, 0.5, 1.0, 0.5, 0.5, 0.5)
    losses = [
        weight * functional.cross_entropy(own.float(), theirs.softmax(-1))
        for weight, own, theirs in zip(weights, scores, wanted, strict=True)
    ]
    return torch.stack(losses).sum()


def _pair_loss(
    model: Model | Teacher,
    teacher: Teacher,
    words: Tensor,
    told: Tensor,
    batch: Batch,
    rows: Sequence[int],
    roles: Tensor,
    chance: random.Random,
) -> Tensor | float:
    """The typing of pairs of spans that the teacher takes for arguments, in both directions."""
    spans: dict[int, dict[WordRange, None]] = {}
    for row, role in zip(rows, roles, strict=True):
        for side in (0, 1):
            span = tuple(column - 1 for column in (role[:, side] > ARGUMENT).nonzero().flatten().tolist() if column)
            if span:
                spans.setdefault(row, {})[span] = None
    marked = [(row, a, b) for row, found in spans.items() for a in found for b in found if not set(a) & set(b)]
    if not marked:
        return 0.0
    chance.shuffle(marked)
    marked = marked[:24]
    chosen = torch.tensor([row for row, _, _ in marked])
    source, target, role = pair_inputs(words.shape[1], [(a, b) for _, a, b in marked])
    mask = batch.word_mask[chosen]
    with torch.no_grad():
        wanted = teacher.pairs(told[chosen], mask, source, target, role)
    scores = model.pairs(words[chosen], mask, source, target, role)
    losses = [functional.cross_entropy(s.float(), w.softmax(-1)) for s, w in zip(scores, wanted, strict=True)]
    return torch.stack(losses).sum()
