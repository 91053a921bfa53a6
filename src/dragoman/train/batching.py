"""Sentences as padded subword batches."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from dragoman.language.shapes import LOWER, NONE, TITLE, UPPER, shape_of
from dragoman.train.network import Batch

MAXIMUM_SUBWORDS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedWords:
    """Subword ids, the shape of each subword's word, and each word's first subword (index 0 is the classifier token)."""

    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    firsts: tuple[int, ...]


def open_tokenizer(path: str) -> Tokenizer:
    """The subword tokenizer without its stored padding and truncation."""
    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encode_words(tokenizer: Tokenizer, sentences: Sequence[Sequence[str]]) -> list[EncodedWords]:
    """The subwords of each sentence, cut at 512; words past the cut are left out of `firsts`."""
    encodings = tokenizer.encode_batch([list(words) for words in sentences], is_pretokenized=True)
    return [_encoded(encoding, words) for encoding, words in zip(encodings, sentences, strict=True)]


def _encoded(encoding: object, words: Sequence[str]) -> EncodedWords:
    ids: list[int] = list(encoding.ids)  # type: ignore[attr-defined]
    owners: list[int | None] = list(encoding.word_ids)  # type: ignore[attr-defined]
    if len(ids) > MAXIMUM_SUBWORDS:
        ids, owners = [*ids[: MAXIMUM_SUBWORDS - 1], ids[-1]], [*owners[: MAXIMUM_SUBWORDS - 1], None]
    shape_ids = [shape_of(word) for word in words]
    # A word without a subword (a lone variation selector) reads the classifier token.
    firsts = [0] * (1 + len(words))
    seen = 0
    for place, owner in enumerate(owners):
        if owner is not None and firsts[1 + owner] == 0:
            firsts[1 + owner] = place
            seen = owner + 1
    shapes = [NONE if owner is None else shape_ids[owner] for owner in owners]
    return EncodedWords(ids=tuple(ids), shapes=tuple(shapes), firsts=tuple(firsts[: 1 + max(seen, 1)]))


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
    changed = {LOWER, TITLE, UPPER, UPPER + 1, UPPER + 2}
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
