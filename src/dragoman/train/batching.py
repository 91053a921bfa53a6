"""Sentences as padded subword batches."""

import random
from collections.abc import Iterator, Sequence

import torch

from dragoman.language.shapes import CAPITAL, LOWER, MIXED, TITLE, UPPER
from dragoman.language.subwords import EncodedWords
from dragoman.train.network import Batch


def make_batch(encoded: Sequence[EncodedWords]) -> Batch:
    """Padded tensors of some sentences."""
    length, words = max(len(e.ids) for e in encoded), max(len(e.firsts) for e in encoded)
    return Batch(
        ids=_pad([e.ids for e in encoded], length),
        shapes=_pad([e.shapes for e in encoded], length),
        mask=_pad([(1,) * len(e.ids) for e in encoded], length).bool(),
        words=_pad([e.firsts for e in encoded], words),
        word_mask=_pad([(1,) * len(e.firsts) for e in encoded], words).bool(),
    )


def _pad(rows: Sequence[Sequence[int]], length: int, fill: int = 0) -> torch.Tensor:
    return torch.tensor([[*row, *([fill] * (length - len(row)))] for row in rows], dtype=torch.long)


def pad_labels(rows: Sequence[Sequence[int]], length: int) -> torch.Tensor:
    """Label rows padded with -100, which the loss ignores."""
    return _pad([row[:length] for row in rows], length, -100)


def recase(encoded: EncodedWords, chance: random.Random) -> EncodedWords:
    """Now and then the shapes of a lower-cased (4 %) or an upper-cased (3 %) sentence, else as it is."""
    draw = chance.random()
    if draw >= 0.07:
        return encoded
    wanted = LOWER if draw < 0.04 else UPPER
    changed = {LOWER, TITLE, UPPER, CAPITAL, MIXED}
    shapes = tuple(wanted if shape in changed else shape for shape in encoded.shapes)
    return EncodedWords(ids=encoded.ids, shapes=shapes, firsts=encoded.firsts)


def plan_batches(lengths: Sequence[int], budget: int, chance: random.Random) -> list[list[int]]:
    """Index lists of batches of at most `budget` padded subwords, of like lengths, in random order."""
    order = list(range(len(lengths)))
    chance.shuffle(order)
    batches: list[list[int]] = []
    pool = 4096
    for start in range(0, len(order), pool):
        batches.extend(_pack(sorted(order[start : start + pool], key=lambda i: lengths[i]), lengths, budget))
    chance.shuffle(batches)
    return batches


def _pack(order: Sequence[int], lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    batch: list[int] = []
    for index in order:
        if batch and lengths[index] * (len(batch) + 1) > budget:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
