"""Training examples of the sentence splitter: laid-out texts as arrays, cut into windows of equal length."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.language.split_features import BLANK_LINE, TEXT_END, describe_tokens
from dragoman.language.tokenize import find_tokens
from dragoman.train.splitter_texts import LaidOutText

WINDOW = 256
BATCH = 12
UNKNOWN_TAG = -100
_TAGS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
TAG_NUMBERS = {tag: number for number, tag in enumerate(_TAGS.split())}


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One text as tensors: features (n, columns), ends (n,) 0 or 1, weight of each position (n,), tags (n,)."""

    features: NDArray[np.int32]
    ends: NDArray[np.float32]
    counted: NDArray[np.float32]
    tags: NDArray[np.int64]


def make_example(laid: LaidOutText) -> Example:
    """Features and targets of one laid-out text; ends forced by blank lines or the text's end are not counted."""
    tokens = find_tokens(laid.text)
    features = describe_tokens(laid.text, tokens)
    targets = set(laid.ends)
    ends = np.array([end in targets for _, end in tokens], np.float32)
    counted = (features[:, 3] != BLANK_LINE) & (features[:, 3] != TEXT_END)
    tags = dict(laid.tags)
    labels = np.array([TAG_NUMBERS.get(tags.get(end, ""), UNKNOWN_TAG) for _, end in tokens], np.int64)
    return Example(features=features, ends=ends, counted=counted.astype(np.float32), tags=labels)


def draw_batches(examples: list[Example], draw: random.Random) -> Iterator[Example]:
    """Windows of equal length from the examples, in random order, stacked."""
    joined = Example(
        features=np.concatenate([one.features for one in examples]),
        ends=np.concatenate([one.ends for one in examples]),
        counted=np.concatenate([one.counted for one in examples]),
        tags=np.concatenate([one.tags for one in examples]),
    )
    shift = draw.randrange(WINDOW)
    starts = list(range(shift, len(joined.ends) - WINDOW, WINDOW))
    draw.shuffle(starts)
    for first in range(0, len(starts) - BATCH + 1, BATCH):
        index = np.array(starts[first : first + BATCH])[:, None] + np.arange(WINDOW)
        yield Example(joined.features[index], joined.ends[index], joined.counted[index], joined.tags[index])
